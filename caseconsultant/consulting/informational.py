"""Questions about a code itself, where no claim is in question."""

from __future__ import annotations

import re

from caseconsultant.domain.question import Circumstance, Intent, Question

_ABOUT_THE_CODE = frozenset({Intent.VALIDITY, Intent.MEANING, Intent.DOCUMENTATION})
_INCLUDES = re.compile(r"\b(?:includ\w{1,4}|contain\w{0,3}|comprise\w{0,2})\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\bdifferences?\b", re.IGNORECASE)
_BILLS = re.compile(
    r"\b(?:bill\w*|report\w*|charg\w+|cod(?:e|ed|ing)|pay|paid|cover\w*|allow\w*|ok|okay|use|append|separately|claim|"
    r"office|hospital|home|facility|asc|pos)\b",
    re.IGNORECASE,
)
_NOTE_ASKED = re.compile(
    r"\b(?:what|which|how)\b[^.?!\n]{0,60}?\b(?:document\w{0,7}|notes?|charts?|records?)\b", re.IGNORECASE
)
_MUE_ASKED = re.compile(r"\b(?:what(?:'s|\sis|\sare)?|which|tell me)\b[^.?!\n]{0,30}\bmues?\b", re.IGNORECASE)


def informational(question: Question, *, timed: bool) -> bool:
    """Whether only the code itself is asked about: what it is, whether it is valid, what the note must hold."""
    intents = set(question.intents)
    if Circumstance.NO_STOP_TIME in question.circumstances:
        return False
    if not timed and Intent.DOCUMENTATION in intents and _NOTE_ASKED.search(question.text):
        return True
    if not timed and _DIFFERENCE.search(question.text) and not _BILLS.search(question.text):
        return True
    if timed or len(question.codes) != 1 or question.codes[0].units or question.codes[0].modifiers:
        return False
    if _MUE_ASKED.search(question.text):
        return True
    about_it = bool(intents) or (_INCLUDES.search(question.text) and not _BILLS.search(question.text))
    return intents <= _ABOUT_THE_CODE and bool(about_it)

"""What the words of a mail tell about its being a machine's.

A text that asks something is a person's, whatever phrases stand in it: coders quote payers' machines. So phrases count
only where nothing is asked, and near the top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.parsing.machine_notices import trade_words
from caseconsultant.parsing.outline import Outline
from caseconsultant.parsing.vocabulary import any_of, machines

_I = re.IGNORECASE
_PREFIX = r"\s*(?:(?:re|fwd?|aw|sv|vs|antw|odp)\s?:\s*|\[[^\]]{0,80}\]\s*|\*{2,9}\s+){0,6}"
_CLOSED = r"\s*(?:[:\uff1a\u2013\u2014-]|re\b|$)"
_ABSENT = re.compile(rf"\s*(?:\[[^\]]*\]\s*)?(?:(?:{any_of(machines.ABSENCE_SUBJECTS)}){_CLOSED}|auto:\s)", _I)
_ABSENT_AT_END = re.compile(rf".{{0,80}}\b(?:{any_of(machines.ABSENCE_ENDS)})\s*$|.*\(out of (?:the )?office\)\s*$", _I)
_ABSENT_SOMEWHERE = re.compile(any_of(machines.ABSENCE_SOMEWHERE), _I)
_ABSENT_TEXT = re.compile(any_of(machines.ABSENCE_TEXTS), _I)
_CHALLENGE = re.compile(any_of(machines.CHALLENGES), _I)
_CHALLENGE_SUBJECT = re.compile(any_of(machines.CHALLENGE_SUBJECTS), _I)
_RECEIPT_SUBJECT = re.compile(rf"{_PREFIX}(?:{any_of(machines.RECEIPT_SUBJECTS)}){_CLOSED}", _I)
_RECEIPT_TEXT = re.compile(any_of(machines.RECEIPT_TEXTS), _I)
_ACKNOWLEDGED = re.compile(rf"{_PREFIX}(?:{any_of(machines.ACKNOWLEDGEMENT_SUBJECTS)})\s*$", _I)
_ACKNOWLEDGED_TEXT = re.compile(any_of(machines.ACKNOWLEDGEMENT_TEXTS), _I)
_NEWSLETTER = re.compile(any_of(machines.NEWSLETTER_TEXTS), _I)
_CODE = re.compile(r"(?<!\w)(?:\d{5}|[A-Z]\d{4}|[A-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4})(?!\w)")
_LETTER_SUBJECT = re.compile(
    r"newsletter|digest|\bweekly\b|\bmonthly\b|\bedition\b|\bissue (?:#|no|\d)|this (?:week|month)", _I
)
_ANSWERED = re.compile(r"\s*(?:\[[^\]]{1,30}\]\s*)?(?:re|aw|sv|vs|fwd?|wg|tr|rv|r|i|enc)\s?:", _I)
_OF_THE_TRADE = 2
"""So many of the coder's words make an answer of a mail that mentions an absence."""
_TOP = 1_500
_LONG = 3_000


def is_absence_subject(subject: str) -> bool:
    """Whether a subject is an absence notice's ("Automatic reply: ...", "Dana Ruiz is out of the office")."""
    return bool(_ABSENT.match(subject[:400]) or _ABSENT_AT_END.match(subject[:400]))


def names_absence(subject: str) -> bool:
    """Whether a subject speaks of absence anywhere: a weak mark."""
    return bool(_ABSENT_SOMEWHERE.search(subject))


def reason(outline: Outline, *, weak: bool) -> str | None:
    """Returns which phrase gives a machine away; None where none does. `weak`: a weak mark stands in the headers."""
    if outline.asks:
        return "newsletter" if _is_letter_with_questions(outline, weak=weak) else None
    return next(_reasons(outline, _one_line(outline.text), weak=weak), None)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text[: _TOP * 2])[:_TOP]


def _reasons(outline: Outline, top: str, *, weak: bool) -> Iterator[str]:
    short = len(outline.text) <= _LONG
    if short and _ABSENT_TEXT.search(top) and not _CODE.search(top) and trade_words(outline.text) < _OF_THE_TRADE:
        yield "absence notice in the text"
    if (
        len({match[0].lower() for match in _CHALLENGE.finditer(top)}) + bool(_CHALLENGE_SUBJECT.search(outline.subject))
        > 1
    ):
        yield "challenge to the sender"
    if _RECEIPT_SUBJECT.match(outline.subject) and _RECEIPT_TEXT.search(_one_line(outline.said)):
        yield "read receipt in the text"
    yield from _acknowledgements(outline)
    if _is_newsletter(outline.said, weak=weak):
        yield "newsletter"


def _acknowledgements(outline: Outline) -> Iterator[str]:
    phrases = {match[0].lower() for match in _ACKNOWLEDGED_TEXT.finditer(_one_line(outline.said))}
    if len(phrases) + bool(_ACKNOWLEDGED.match(outline.subject)) > 1:
        yield "acknowledgement of a ticket system"


def _is_letter_with_questions(outline: Outline, *, weak: bool) -> bool:
    """Headlines ask too: with a question three marks are needed, in a mail that answers and forwards nothing."""
    if outline.answers or _ANSWERED.match(outline.subject):
        return False
    return len(_letter_marks(outline.own)) + bool(_LETTER_SUBJECT.search(outline.subject)) + weak > 2  # noqa: PLR2004 - three marks


def _is_newsletter(said: str, *, weak: bool) -> bool:
    """The phrases stand at the foot of a newsletter; one alone may be any person's."""
    return len(_letter_marks(said)) + weak > 1


def _letter_marks(said: str) -> set[str]:
    return {match[0].lower()[:20] for part in (said[-3_000:], said[:600]) for match in _NEWSLETTER.finditer(part)}

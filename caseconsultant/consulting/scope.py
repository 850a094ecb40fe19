"""What a question asks that the knowledge base does not hold: said plainly, never guessed."""

from __future__ import annotations

import re

from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.domain.question import Intent, Question

HELD = (
    "We answer on medical coding from published tables and rules: which code and how many units, NCCI edits and "
    "modifiers, visits and global periods, drugs and their administration, diagnoses and fees."
)
_AMOUNT = re.compile(
    r"\bhow much\b(?=[^.?!\n]{0,40}\b(?:pays?|paid|reimburse\w{0,5}|allow\w{0,3}|cost)\b)|\brvus?\b|\bfee schedule\b|"
    r"\ballowed amount\b|\b(?:payment|reimbursement)\s(?:rate|amount)s?\b|\bconversion factor\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:what|which|right|correct)\s(?:e\s?[/&]?\s?m\s|visit\s)?levels?\b|\blevel of (?:service|visit)\b|\bmdm\b",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(
    r"\bsupport\w{0,3}\b|\bcover(?:s|ed|age)?\b|\bmedical(?:ly)?\snecess\w{1,4}\b|\bvalid\b|\bbillable\b|\bspecific\b|\bsequenc\w{1,4}\b|"
    r"\b(?:which|what)\s(?:dx|diagnos[ei]s|icd(?:-?10)?)\b|\b(?:dx|diagnosis|icd-?10)\scodes?\b",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:knee|shoulder|joint|bursa|trigger\spoint|epidural|facet|nerve|tendon|intra-?articular|intravitreal)\b[^.?!\n]{0,30}"
    r"\b(?:inj\w{0,8}|blocks?|shots?)\b|\binject\w{0,4}\s(?:into\s)?(?:the\s)?(?:knee|shoulder|joint|eye|tendon)\b",
    re.IGNORECASE,
)
_ANSWERED = frozenset(
    {
        Intent.TOGETHER,
        Intent.MODIFIER,
        Intent.UNITS,
        Intent.WHICH_CODE,
        Intent.DENIAL,
        Intent.DOCUMENTATION,
    }
)


def beyond(question: Question) -> tuple[str, ...]:
    """The subjects asked about that the knowledge base does not hold, each as `what a code pays`."""
    text = question.text
    asked = {
        "the level of a visit": Intent.LEVEL in question.intents or _LEVEL.search(text) is not None,
        "diagnosis codes or coverage by diagnosis": _of_diagnosis(question),
        "injections into a joint, tendon, nerve or eye": not question.codes and _PROCEDURE.search(text) is not None,
        "what a code pays": _AMOUNT.search(text) is not None,
    }
    return tuple(subject for subject, holds in asked.items() if holds)


def _of_diagnosis(question: Question) -> bool:
    told = question.diagnoses or Intent.DIAGNOSIS in question.intents
    return bool(told) and _DIAGNOSIS.search(question.text) is not None


def only_beyond(question: Question, lines: Plan) -> bool:
    """Whether nothing else is asked, so that there is no answer to give."""
    if lines.timed or len(lines.lines) > 1:
        return False
    return _ANSWERED.isdisjoint(question.intents) or not lines.lines


def refusal(subjects: tuple[str, ...]) -> str:
    """The whole answer where only such subjects are asked about."""
    named = " or ".join(subjects)
    return f"We cannot answer this one: our sources do not cover {named}. A person has to look it up. {HELD}"

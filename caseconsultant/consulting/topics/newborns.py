"""Hospital care of a normal newborn by the day: first, later, sent home the same date, and the day of discharge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.visit_rules import proposed, stands, told
from caseconsultant.domain.question import Question

_NEWBORN = re.compile(
    r"\bnew-?borns?\b|\bnewly born\b|\bbab(?:y|ies)\b[^.?]{0,30}\bborn\b|\b9946[0123]\b", re.IGNORECASE
)
_ILL = re.compile(
    r"\bnicu\b|\bsick\b|\bill\b|\bcritical\w*|\bintensive\b|\bjaundice\w*|\bpreterm\b|\bprematur\w*|\bresuscitat\w*|"
    r"\battend\w* (?:the )?deliver\w*|\b9946[4589]\b|\b994[78]\d\b|\bcircumcis\w*|\b5415\d\b|\boffice\b|"
    r"\bscreen\w*|\bhearing\b",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\bday ?(?:of life ?)?#? ?(?:1|2|3|one|two|three)\b|\b(?:first|second|third|1st|2nd|3rd|next|each|later|"
    r"subsequent|same)[- ]"
    r"(?:hospital )?(?:day|date)\b|\bdol ?\d\b|\bdischarg\w*|\bwent home\b|\bsent home\b|\bd/c\b",
    re.IGNORECASE,
)
_SAME = re.compile(r"\bsame (?:calendar )?(?:day|date)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\bday ?(?:of life ?)?#? ?(?:2|3|two|three)\b|\b(?:second|third|2nd|3rd|next|later|"
    r"subsequent)[- ](?:hospital )?day\b|\bdol ?[2-9]\b",
    re.IGNORECASE,
)
_HOME = re.compile(r"\bdischarg\w*|\bwent home\b|\bsent home\b|\bd/c\b", re.IGNORECASE)
_FIRST = re.compile(
    r"\bday ?(?:of life ?)?#? ?(?:1|one)\b|\b(?:first|1st|initial|birth)\b|\bdol ?[01]\b|\b99460\b|\bborn (?:to)?day\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code of each day told; nothing where the baby is ill or no day is told."""
    rule = parameter_of(knowledge, question, "evaluation.newborn.codes")
    text = question.text
    if rule is None or not _NEWBORN.search(text) or _ILL.search(text) or not _DAYS.search(text):
        return NOTHING
    if any(not code.startswith(("9946", "99238", "99239")) for code in proposed(question)):
        return NOTHING
    codes = cast("Mapping[str, str]", rule.value)
    if _HOME.search(text) and _SAME.search(text):
        lines = [codes["same_day"]]
    else:
        lines = [codes["first"]] if _FIRST.search(text) else []
        lines += [codes["later"]] if _LATER.search(text) and not (_HOME.search(text) and not lines) else []
    said = (
        f"Normal newborn in the hospital: {codes['first']} the first day, {codes['later']} each later day, "
        f"{codes['same_day']} "
        f"alone if examined and sent home on one date. On another discharge day {codes['discharge']} (30 minutes or "
        f"less) or {codes['long_discharge']} takes the place of {codes['later']}."
    )
    return Findings(
        (told(said, rule.references),), tuple(map(stands, lines)), headlines=(said,), closed=tuple(codes.values())
    )

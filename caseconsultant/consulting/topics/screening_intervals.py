"""How often Medicare pays a preventive service, from which age, and with which diagnosis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_ASKED = re.compile(
    r"\b(?:every|each) (?:\d+ )?(?:yrs?|years?|months?|mos?)\b|\byearly\b|\bannual(?:ly)?\b|\bhow (?:often|"
    r"frequent\w*|many times)\b|"
    r"\bfrequen\w+|\bonce a year\b|\b(?:1|one)x? ?(?:a|per|/) ?(?:yr|year)\b|\bcover(?:s|ed|age)?\b|\bwhat (?:dx|"
    r"diagnosis)\b|\bwhich (?:dx|"
    r"diagnosis)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(r"\b(?:every|each|once a|yearly|annual\w*|per) ?(?:1 )?(?:yr|year)?\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:every|each) (?P<count>\d{1,2}) (?:months?|mos?)\b|\b(?P<twice>twice a year)\b", re.IGNORECASE)
_PROSTATE_TEST = re.compile(
    r"\b(?:screening psa|psa screen\w*|annual psa|yearly psa)\b|\bpsa\b(?=[^?]*\bmedicare\b)", re.IGNORECASE
)
_RULES = "preventive.medicare_services"
_HALF_YEAR = 6


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The interval, age and diagnosis of the one preventive service asked about; nothing where none is."""
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID} or not _ASKED.search(question.text):
        return NOTHING
    telling = Telling(question, knowledge, Topic.COVERAGE)
    intervals = cast("Mapping[str, int]", telling.table(f"{_RULES}.interval_months"))
    lines = proposed(question)
    codes = [code for code in lines if code in intervals]
    if not lines and _PROSTATE_TEST.search(question.text):
        codes = ["G0103"]
    if len(codes) != 1 or len(lines) > 1 or f"{codes[0]}_high_risk" in intervals:
        return NOTHING
    _told(codes[0], intervals[codes[0]], telling)
    return telling.found()


def _told(code: str, months: int, telling: Telling) -> None:
    age = telling.table(f"{_RULES}.minimum_age").get(code)
    diagnosis = telling.table(f"{_RULES}.diagnosis").get(code)
    parts = [f"{code}: once in {months} months", *([f"from {age} years"] if age else ())]
    statement = ", ".join(parts) + (f"; diagnosis {diagnosis}" if diagnosis else "") + "."
    rests_on = [f"{_RULES}.interval_months", *([f"{_RULES}.minimum_age"] if age else ())]
    rests_on += [f"{_RULES}.diagnosis"] if diagnosis else []
    more = _MORE.search(telling.question.text)
    wanted = _HALF_YEAR if more and more["twice"] else int(more["count"]) if more else None
    if wanted is not None and wanted < months:
        telling.correct(f"{statement} Not every {wanted} months.", *rests_on)
        return
    yes = telling.question.wants_yes_or_no and (wanted is not None or _OFTEN.search(telling.question.text))
    telling.head(statement, *rests_on, verdict=Verdict.YES if yes else None)

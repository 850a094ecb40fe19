"""Wellness visits of earlier years that stand in a mail beside the present one: which, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseconsultant.consulting.reading.dates import dates
from caseconsultant.domain.question import Question

_VISIT: Final = re.compile(
    r"\b(?P<code>g040[2]|g043[89])\b|\b(?P<welcome>ippe|welcome to medicare)\b|\b(?P<first>(?:initial|"
    r"first) (?:awv|wellness))\b|"
    r"\b(?P<any>awvs?|(?:annual )?wellness(?: (?:visit|exam))?)\b",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\b(20[12]\d)\b(?![-/]\d)")
_LAST_YEAR: Final = re.compile(r"\blast (?:year|yr)\b|\ba year ago\b", re.IGNORECASE)
_AGO: Final = re.compile(r"\b(?P<n>\d{1,2}) (?P<unit>months?|years?|yrs?) ago\b", re.IGNORECASE)
_OTHERS: Final = re.compile(r"\b(?!g04(?:02|38|39))(?:\d{5}|[a-z]\d{4})\b", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = re.compile(
    r"\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?:of )?(?P<year>20[12]\d)\b",
    re.IGNORECASE,
)
_NEAR: Final = 45
_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Earlier:
    """The visit before: its code (`G0439` where only a wellness visit is told), its year, its month where told."""

    code: str
    year: int
    month: int | None


@dataclass(frozen=True, slots=True)
class WellnessYears:
    """The last visit before, the code asked for now (empty where none is), and the day in question."""

    earlier: Earlier
    asked: tuple[str, ...]
    on: date | None
    """None where the only day told is that of the earlier visit."""


def wellness_years(question: Question) -> WellnessYears | None:
    """An earlier visit and the one now; None where no earlier one is told or other services are in question."""
    text = question.text
    visits = list(_VISIT.finditer(text))
    if not visits or _OTHERS.search(text):
        return None
    days = sorted({each.day for each in dates(text, as_of=question.as_of)})
    alone = question.as_of_stated and len(days) == 1
    on = days[-1] if len(days) > 1 else question.as_of
    told = [(each, when) for each in visits if (when := _when(text, each, on, alone=alone))]
    if alone and len(told) > 1:  # that day is the present visit's
        told = [each for each in told if each[1] != (on.year, on.month)]
        alone = False
    if not told:
        return None
    last, (year, month) = max(told, key=lambda each: each[1])
    used = {each.start() for each, _ in told}
    asked = tuple(dict.fromkeys(_code(each) for each in visits if each.start() not in used and each["code"]))
    itself = alone and (year, month) == (on.year, on.month)
    return WellnessYears(Earlier(_code(last), year, month or None), asked, None if itself else on)


def _code(found: re.Match[str]) -> str:
    if found["code"]:
        return found["code"].upper()
    return "G0402" if found["welcome"] else "G0438" if found["first"] else "G0439"


def _when(text: str, visit: re.Match[str], on: date, *, alone: bool) -> tuple[int, int] | None:
    """Year and month (nought where not told) of the visit, by the first time told near it that is before the day."""
    near = text[visit.end() : visit.end() + _NEAR]
    later_visit = _VISIT.search(near)
    near = near[: later_visit.start()] if later_visit else near
    day = next((each.day for each in dates(near, as_of=on)), None)
    if day is not None and (day < on or (alone and day == on)):
        return (day.year, day.month)
    if named := _MONTH.search(near):
        return (int(named["year"]), _MONTHS.index(named["month"][:3].lower()) + 1)
    if ago := _AGO.search(near):
        return _before(on, int(ago["n"]) * (1 if ago["unit"].lower().startswith("month") else _YEAR_MONTHS))
    if _LAST_YEAR.search(near):
        return (on.year - 1, 0)
    year = next((int(each) for each in _YEAR.findall(near) if int(each) < on.year), None)
    return (year, 0) if year else None


def _before(on: date, months: int) -> tuple[int, int]:
    count = on.year * _YEAR_MONTHS + on.month - 1 - months
    return (count // _YEAR_MONTHS, count % _YEAR_MONTHS + 1)

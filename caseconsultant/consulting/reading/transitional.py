"""What a question on care after a discharge tells: the day of the visit, the level, the contact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NAMED = re.compile(r"\btcm\b|\btransition\w* care\b|\b9949[56]\b", re.IGNORECASE)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_N = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_SEEN = r"(?:visit|seen|saw|appt|appointment|came in|f2f|face[- ]to[- ]face|ov|follow(?:ed)?[- ]?up|f/?u)"
_DAY = re.compile(
    rf"\b{_SEEN}\b[^.?!\n]{{0,30}}?\b(?:on )?(?:day|d) ?(?:# ?)?(?P<first>{_N})\b|"
    rf"\b{_SEEN}\b[^.?!\n]{{0,30}}?\b(?P<second>{_N}) days? (?:after|post|from|later|out)\b|"
    rf"\bday (?P<third>{_N})\b[^.?!\n]{{0,12}}?\b{_SEEN}\b|"
    rf"\b(?P<fourth>{_N}) days? (?:after|post|from) (?:d/?c|discharge)\b[^.?!\n]{{0,12}}?\b{_SEEN}\b",
    re.IGNORECASE,
)
_DATE = r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:/\d{2,4})?\b"
_DISCHARGED_ON = re.compile(rf"\b(?:d/?c'?d?|discharg\w*)\b[^.?!\n\d]{{0,20}}{_DATE}", re.IGNORECASE)
_SEEN_ON = re.compile(rf"\b{_SEEN}\b[^.?!\n\d]{{0,20}}{_DATE}", re.IGNORECASE)
_LEVEL = re.compile(
    r"\b(?P<before>high|mod(?:erate)?|low|straightforward)\b[- ](?:level )?(?:complexity|mdm|decision|risk|medical)|"
    r"\b(?:mdm|complexity|decision[- ]making)\b(?: (?:was|is|of))*[ :=]{1,3}(?P<after>high|mod(?:erate)?|low|"
    r"straightforward)\b",
    re.IGNORECASE,
)
_NO_CONTACT = re.compile(
    r"\b(?:no|never|without|forgot|missed|nobody|didn't|did not)\b[^.?!\n]{0,24}\b(?:call\w*|contact\w*|phon\w+|"
    r"reach\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Transition:
    """`day` of the visit counted from discharge, `level` of decision making; None where not told."""

    day: int | None
    level: str | None
    no_contact: bool


def transition(text: str, *, year: int) -> Transition | None:
    """The facts, dates without a year read as of `year`; None where care after a discharge is not the subject."""
    if not _NAMED.search(text):
        return None
    return Transition(_day(text, year), _level(text), _NO_CONTACT.search(text) is not None)


def _day(text: str, year: int) -> int | None:
    found = _DAY.search(text)
    if found is None:
        return _between(text, year)
    written = next(each for each in found.groups() if each).lower()
    return int(written) if written.isdigit() else _NUMBERS[written]


def _between(text: str, year: int) -> int | None:
    """Days from a dated discharge to a dated visit, over the turn of the year too."""
    out, seen = _DISCHARGED_ON.search(text), _SEEN_ON.search(text)
    if out is None or seen is None:
        return None
    try:
        first, last = (date(year, int(each["month"]), int(each["day"])) for each in (out, seen))
        last = last if last >= first else last.replace(year=year + 1)
    except ValueError:
        return None
    return (last - first).days


def _level(text: str) -> str | None:
    levels = {
        "moderate" if each.startswith("mod") else each
        for match in _LEVEL.finditer(text)
        if (each := (match["before"] or match["after"]).lower())
    }
    return levels.pop() if len(levels) == 1 else None

"""The day on which care after an operation changes hands, as told: two dates, or how long after the operation."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from caseconsultant.consulting.reading.dates import dates

_OPERATED: Final = re.compile(r"\b(?:surger\w*|operat\w+|procedure|cataract|dos|date of service|done|performed|sx)\b")
_TAKEN: Final = re.compile(
    r"\b(?:assum\w+|took over|takes over|transfer\w*|relinquish\w*|released|handed|"
    r"hand-?off|referred|care (?:from|starting|began))\b"
)
_DAY: Final = re.compile(
    r"\b(?:post-?op(?:erative)? )?day (?P<n>\d{1,2})\b|\b(?P<days>\d{1,2}) days? (?:after|post|later|out)|"
    r"\bafter (?P<weeks>\d) weeks?\b|"
    r"\b(?P<later>\d) weeks? (?:after|post|later|out)|\bafter (?P<some>\d{1,2}) days?\b"
)
_NEAR: Final = 40
_WEEK: Final = 7


def transfer_day(text: str, *, as_of: date) -> tuple[int, date | None] | None:
    """The day after the operation on which the care is assumed, with the operation's date where it is told."""
    found = [
        (each.day, text[max(0, each.span.start - _NEAR) : each.span.start].lower()) for each in dates(text, as_of=as_of)
    ]
    operated = next((day for day, before in found if _OPERATED.search(before)), None)
    taken = next((day for day, before in found if _TAKEN.search(before) and day != operated), None)
    if operated and taken and operated < taken:
        return (taken - operated).days, operated
    told = _DAY.search(text.lower())
    if told is None or not _TAKEN.search(text.lower()):
        return None
    weeks = told["weeks"] or told["later"]
    days = int(weeks) * _WEEK if weeks else int(told["n"] or told["days"] or told["some"])
    return days, operated

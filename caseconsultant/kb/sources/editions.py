"""How an edition's days are found: in a title, in a name, or by what its rows ended last; and when it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTERS = ("first", "second", "third", "fourth")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = rf"(?P<name>{'|'.join(f'{month}|{month[:3]}' for month in _MONTHS)})"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<month>\d\d)[-_](?P<day>\d\d)[-_](?P<year>20\d\d)",
        r"(?P<year>20\d\d)[-_](?P<month>\d\d)[-_](?P<day>\d\d)",
        rf"(?<![a-z]){_MONTH}[-_ ]+(?P<day>\d\d?),?[-_ ]+(?P<year>20\d\d)",
        rf"(?<![a-z]){_MONTH}[-_ ]+(?P<year>20\d\d)",
        rf"(?P<year>20\d\d)[-_ ]{_MONTH}(?![a-z])",
        rf"(?P<year>20\d\d) .*\b{_MONTH} release",
        r"(?P<year>20\d\d)[-_ ]?q(?P<quarter>[1-4])",
        r"(?<![a-z0-9])v(?P<version>[2-9]\d)(?P<part>[0-3])r\d",
        r"ioce[-_ ]?v(?P<editor>\d\d)\.(?P<part>[0-3])",
        rf"(?P<short>\d\d)[-_]{_MONTH}(?![a-z])",
        r"(?P<short>\d\d)clabq(?P<quarter>[1-4])",
        r"rvu(?P<short>\d\d)(?P<letter>[a-d])(?![a-z])",
    )
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_OCTOBER = 10
_NCCI_BEGAN = 1994
"""The number of an NCCI version is its year less this: version 30.2 is the third quarter of 2024."""
_EDITOR_BEGAN = 1999
"""Likewise of the outpatient code editor: version 27.1 is the second quarter of 2026."""


@dataclass(frozen=True, slots=True)
class Period:
    """How long an edition holds: what the publisher calls the one of a day, and its last day (None: open)."""

    name: Callable[[date], str]
    end: Callable[[date], date | None]


def date_in(*texts: str) -> date | None:
    """The day that the first of the texts gives: `07-01-2024`, `2024q3`, `v302r0`, `July 2026`; None if none does."""
    for found in (pattern.search(text) for text in texts for pattern in _DATES):
        if found:
            try:
                return _named_day({key: value for key, value in found.groupdict().items() if value})
            except ValueError:
                continue
    return None


def year_in(texts: Iterable[str]) -> date | None:
    """The first day of the first year that the texts give."""
    found = next((found for text in texts if (found := _YEAR.search(text))), None)
    return date(int(found[1]), 1, 1) if found else None


def quarter_of(day: date) -> date:
    """The first day of the quarter."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def end_of_quarter(day: date) -> date:
    """The last day of the quarter."""
    return quarter_of(quarter_of(day) + timedelta(days=100)) - timedelta(days=1)


def quarter_name(day: date) -> str:
    """Such as `third quarter 2024`."""
    return f"{_QUARTERS[(day.month - 1) // 3]} quarter {day.year}"


def version_name(day: date) -> str:
    """NCCI's number of the quarter: `version 30.2`."""
    return f"version {day.year - _NCCI_BEGAN}.{(day.month - 1) // 3}"


def newest_quarter(last_end: date | None, last_start: date | None, names: Sequence[str]) -> date | None:
    """The quarter of an edition whose rows carry their own days.

    What ended last ended on the day before the edition at the latest: the rows give the earliest quarter it can be.
    A name may move it on by half a year at most: a part of a table may hold nothing that ended just before it.
    """
    told = quarter_of(last_end + timedelta(days=1)) if last_end else None
    named = date_in(*names)
    if told is None:
        return named or (quarter_of(last_start) if last_start else None)
    return named if named and told <= named <= told + timedelta(days=190) else told


def _named_day(parts: dict[str, str]) -> date:
    if "version" in parts:
        return date(_NCCI_BEGAN + int(parts["version"]), int(parts["part"]) * 3 + 1, 1)
    if "editor" in parts:
        return date(_EDITOR_BEGAN + int(parts["editor"]), int(parts["part"]) * 3 + 1, 1)
    year = int(parts["year"]) if "year" in parts else 2000 + int(parts["short"])
    if "quarter" in parts:
        return date(year, int(parts["quarter"]) * 3 - 2, 1)
    if "letter" in parts:
        return date(year, "abcd".index(parts["letter"].lower()) * 3 + 1, 1)
    return date(year, _month(parts), int(parts.get("day", 1)))


def _month(parts: dict[str, str]) -> int:
    if "month" in parts:
        return int(parts["month"])
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(parts["name"].lower()))


def fiscal_day(*names: str) -> date | None:
    """The first day of a fiscal year's release: that of a month named with it, else the October before the year."""
    if day := date_in(*names):
        return day
    year = year_in(names)
    return date(year.year - 1, _OCTOBER, 1) if year else None


def _end_of_year(day: date) -> date:
    return date(day.year, 12, 31)


def _end_of_fiscal_year(day: date) -> date:
    return date(day.year + (day.month >= _OCTOBER), 9, 30)


def _fiscal_year_name(day: date) -> str:
    return f"fiscal year {day.year + (day.month >= _OCTOBER)}"


def _month_name(day: date) -> str:
    return f"as of {_MONTHS[day.month - 1].capitalize()} {day.year}"


QUARTER = Period(quarter_name, end_of_quarter)
VERSION = Period(version_name, end_of_quarter)
YEAR = Period(lambda day: f"calendar year {day.year}", _end_of_year)
FISCAL_YEAR = Period(_fiscal_year_name, _end_of_fiscal_year)
"""October to September, as ICD-10-CM and ICD-10-PCS have it."""
STANDING = Period(_month_name, lambda _day: None)
"""Until it is replaced."""

"""The date of service, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from caseconsultant.domain.codes import Span

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - twelve quoted words read worse
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATES = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?![\d/-])"
    r"|(?<![\d/.-])(?P<us_m>\d{1,2})[/.-](?P<us_d>\d{1,2})[/.-](?P<us_year>\d{4}|\d{2})(?![\d/]|-(?!\s?\d{1,2}[/.-]))"
    r"|(?<![\d/.-])(?P<short_m>\d{1,2})/(?P<short_d>\d{1,2})(?![\d/.-])",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"\b{_MONTH}\s?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<year>(?:19|20)\d\d)\b)?", re.IGNORECASE
)
_WORDED_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?:of\s)?{_MONTH}(?:(?:,?\s|-)(?P<year>(?:19|20)\d\d|(?<=-)\d\d)\b)?",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"\*472\*(?:(?:D8|RD8)\*)?(?P<year>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:-\d{8})?(?!\d)")
"""The service date of an 837 (`DTP*472*D8*20260401`) or an 835 (`DTM*472*20260401`)."""
_ITEM_24A = re.compile(
    r"^[ \t]{0,8}(?:24A?\.?[ \t]{1,4})?(?P<us_m>\d{2}) (?P<us_d>\d{2}) (?P<us_year>\d{4}|\d{2})"
    r"(?= [^\n]{0,40}\b(?:\d{5}|[A-V]\d{4})\b)",
    re.MULTILINE,
)
"""Item 24A of the CMS-1500: month, day and year in boxes, the code further on in the line."""
_FIGURES = re.compile(
    r"\b(?:dos|date\(?s?\)? of service|service dates?)\W{0,3}"
    r"(?:(?P<year>20\d{2})(?P<m>\d{2})(?P<d>\d{2})|(?P<us_m>\d{2})(?P<us_d>\d{2})(?P<us_year>20\d{2}|\d{2}))(?!\d)",
    re.IGNORECASE,
)
"""`DOS 20250304`, `DOS 030425`."""
_MONTH_ALONE = re.compile(
    rf"(?:(?:^|[.?!\n]\s?|\b(?:dos|services?|visit|performed|billed|rendered|given|claim)\s)(?:back\s)?in|"
    rf"\b(?:dos|date of service)\W{{1,3}})\s?{_MONTH},?\s(?:of\s)?(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
"""`In March 2025, can we bill`: editions change on the first of a month, so its first day tells."""
_WEEKDAYS = "mon tue wed thu fri sat sun".split()  # noqa: SIM905
_RELATIVE = re.compile(
    r"\b(?:dos|date of service|seen|visit|service|done|performed|given|came in|rendered|treated|infused|injected)\s"
    r"(?:was\s|is\s|here\s|by us\s)?"
    r"(?P<when>yesterday|(?:last|on|this past)\s(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"(?:\b(?:dos|date\(?s?\)? of service|service dates?|d\.o\.s\.?|seen|given|performed|infused|administered|"
    r"injected|treated|claims? (?:is |was )?dated|"
    r"done|received|rendered|visit|infusion|came in|encounter|service)\b[^\d\n.?!]{0,24})$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:dob|d\.o\.b\.?|born|birth(?:day|date)?|effective|denied|denial|(?<!claim )(?<!claims )dated|letter|eob|"
    r"remit|remittance|submitted|"
    r"received by|resubmitted|since|until|before|after|as of|expires?|version|edition|policy|admitted|surgery|"
    r"appeal(?:ed)?|"
    r"processed|paid|filed|sent|billed|updated|retrieved|published|mailed|age)\b[^\d\n?!]{0,24}$",
    re.IGNORECASE,
)
_ON = re.compile(r"\b(?:on|for)\s(?:the\s)?$", re.IGNORECASE)
_TWO_DIGIT_CENTURY = 70


@dataclass(frozen=True, slots=True)
class DateMention:
    """A valid date as written; `weight` says how plainly it is the date of service (0: it is another date)."""

    day: date
    span: Span
    weight: int


def date_of_service(text: str, *, as_of: date) -> DateMention | None:
    """The date most plainly given for the service, the first of equals; a day without a year lies before `as_of`."""
    found = [each for each in dates(text, as_of=as_of) if each.weight]
    return max(found, key=lambda each: (each.weight, -each.span.start), default=None)


def dates(text: str, *, as_of: date) -> Iterator[DateMention]:
    """Every valid date of a text; `3/4/2024` is read month first."""
    for match in _DATES.finditer(text):
        day = _numeric(match, as_of)
        weight = _weight(text, match.start())
        if day and (weight > 1 or match["short_m"] is None):
            yield DateMention(day, Span(*match.span()), weight)
    yield from _labelled(text)
    yield from _told(text, as_of)
    for pattern in (_WORDED, _WORDED_DAY_FIRST):
        for match in pattern.finditer(text):
            day = _worded(match, as_of)
            if day:
                yield DateMention(day, Span(*match.span()), _weight(text, match.start()))


def _labelled(text: str) -> Iterator[DateMention]:
    """Dates whose place says that they are the service's: segments, item 24A, figures after `DOS`."""
    for pattern in (_SEGMENT, _ITEM_24A, _FIGURES):
        for match in pattern.finditer(text):
            told = {name: value for name, value in match.groupdict().items() if value}
            if "us_year" in told:
                day = _day(_year(told["us_year"]), int(told["us_m"]), int(told["us_d"]))
            else:
                day = _day(int(told["year"]), int(told["m"]), int(told["d"]))
            if day:
                yield DateMention(day, Span(*match.span()), 3)


def _told(text: str, as_of: date) -> Iterator[DateMention]:
    """A month alone, and days told from today: `in March 2025`, `seen yesterday`, `performed last Friday`."""
    for match in _MONTH_ALONE.finditer(text):
        month = _MONTHS.index(match["month"][:3].lower()) + 1
        yield DateMention(date(int(match["year"]), month, 1), Span(*match.span()), 1)
    for match in _RELATIVE.finditer(text):
        back = 1
        if match["weekday"]:
            back = (as_of.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7 or 7
        yield DateMention(as_of - timedelta(days=back), Span(*match.span("when")), 1)


def _weight(text: str, start: int) -> int:
    before = text[max(0, start - 44) : start]
    if _SERVICE.search(before):
        return 3
    if _OTHER.search(before):
        return 0
    return 2 if _ON.search(before) else 1


def _numeric(match: re.Match[str], as_of: date) -> date | None:
    if match["year"]:
        return _day(int(match["year"]), int(match["m"]), int(match["d"]))
    if match["us_year"]:
        return _day(_year(match["us_year"]), int(match["us_m"]), int(match["us_d"]))
    return _latest(int(match["short_m"]), int(match["short_d"]), as_of)


def _worded(match: re.Match[str], as_of: date) -> date | None:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    if match["year"]:
        return _day(_year(match["year"]), month, int(match["d"]))
    return _latest(month, int(match["d"]), as_of)


def _year(written: str) -> int:
    year = int(written)
    if len(written) == 4:  # noqa: PLR2004 - written in full
        return year
    return 2000 + year if year < _TWO_DIGIT_CENTURY else 1900 + year


def _latest(month: int, day: int, as_of: date) -> date | None:
    this_year = _day(as_of.year, month, day)
    return this_year if this_year is None or this_year <= as_of else _day(as_of.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""What a loader tells of a file, and how an edition's days are found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from caseconsultant.kb.sources.member import Member

Row = tuple[int | str | None, ...]
_QUARTERS = ("first", "second", "third", "fourth")
_DATES = (
    re.compile(r"(?P<month>\d\d)[-_](?P<day>\d\d)[-_](?P<year>20\d\d)"),
    re.compile(r"(?P<year>20\d\d)[-_](?P<month>\d\d)[-_](?P<day>\d\d)"),
    re.compile(r"(?P<year>20\d\d)[-_ ]?q(?P<quarter>[1-4])", re.IGNORECASE),
    re.compile(r"(?<![a-z0-9])v(?P<version>[2-9]\d)(?P<part>[0-3])r\d", re.IGNORECASE),
)
_NCCI_BEGAN = 1994
"""The number of an NCCI version is its year less this: version 30.2 is the third quarter of 2024."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A source that a loader can fill, for references where `knowledge/sources.yaml` does not name it."""

    id: str
    title: str
    url: str
    publisher: str = "CMS"
    licence: str = "US government work; CPT numbers are copyright of the American Medical Association"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as far as it is known: None is found out from the rows, or from the name where they are silent."""

    source: str | None = None
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """What the rows of an edition told: how many, days from and to, the share of visits in column two of a pair."""

    rows: int
    first_day: date | None = None
    last_start: date | None = None
    last_end: date | None = None
    visits: float = 0.0


class Loader(Protocol):
    """A module of `kb.sources`: one kind of published file."""

    @property
    def TABLE(self) -> str:  # noqa: N802  # modules stand for loaders, and these are their constants
        """The table its rows go to."""

    @property
    def COLUMNS(self) -> str:  # noqa: N802
        """Of the table, after `edition INTEGER`; the primary key begins with `edition`."""

    @property
    def EXTENT(self) -> str:  # noqa: N802
        """The SELECT of an `Extent` for edition `?`; days as numbers."""

    @property
    def SPAN(self) -> str | None:  # noqa: N802
        """The SELECT of the lowest and the highest key of edition `?`, where it is published in parts."""

    @property
    def PUBLICATIONS(self) -> Mapping[str, Publication]:  # noqa: N802
        """The sources it fills, by id."""

    def recognise(self, member: Member) -> Edition | None:
        """The edition as far as the head tells it; None where it is another kind of file.

        Raises KnowledgeError where it is this kind in a layout that we do not know.
        """

    def rows(self, member: Member, edition: Edition) -> Iterator[Row]:
        """The rows after `edition`; raises KnowledgeError naming file and line."""

    def settle(self, edition: Edition, extent: Extent, member: Member) -> Edition:
        """The edition after its rows were read; `member` is the first of its parts."""

    def edition_name(self, day: date) -> str:
        """What the publisher calls the edition that took effect on the day."""

    def edition_end(self, day: date) -> date:
        """The last day of the edition that took effect on the day."""


def date_in(*names: str) -> date | None:
    """The day that the first of the names gives: `07-01-2024`, `2024q3`, `v302r0`; None where none does."""
    for found in (pattern.search(name) for name in names for pattern in _DATES):
        if found:
            try:
                return _named_day({key: int(value) for key, value in found.groupdict().items()})
            except ValueError:
                continue
    return None


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


def newest_quarter(extent: Extent, names: Sequence[str]) -> date | None:
    """The quarter of an edition whose rows carry their own days.

    What ended last ended on the day before the edition at the latest: the rows give the earliest quarter it can be.
    A name may move it on by half a year at most: a part of a table may hold nothing that ended just before it.
    """
    told = quarter_of(extent.last_end + timedelta(days=1)) if extent.last_end else None
    named = date_in(*names)
    if told is None:
        return named or (quarter_of(extent.last_start) if extent.last_start else None)
    return named if named and told <= named <= told + timedelta(days=190) else told


def _named_day(parts: dict[str, int]) -> date:
    if "version" in parts:
        return date(_NCCI_BEGAN + parts["version"], parts["part"] * 3 + 1, 1)
    if "quarter" in parts:
        return date(parts["year"], parts["quarter"] * 3 - 2, 1)
    return date(parts["year"], parts["month"], parts["day"])

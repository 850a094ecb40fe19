"""Sheets whose columns are known by their headings, so that a layout of another year is read or refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import partial

from caseconsultant.kb.sources.cells import day_in
from caseconsultant.kb.sources.editions import Period, date_in, fiscal_day, year_in
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

_SPACES = re.compile(r"[\s*]+")
_MONEY = str.maketrans("", "", "$, ")
_KNOWN = 0.6
"""The share of headings that makes it this kind of sheet, though perhaps of a layout we do not know."""


class Line:
    """One row of a sheet, its cells by our own names for the columns."""

    __slots__ = ("_at", "_cells")

    def __init__(self, cells: Sequence[str], at: Mapping[str, int]) -> None:
        self._cells = cells
        self._at = at

    def __getitem__(self, column: str) -> str:
        return self._cells[self._at[column]]

    def get(self, column: str) -> str | None:
        """The cell's text; None where it is empty, or where this edition has no such column."""
        return (self._cells[self._at[column]] or None) if column in self._at else None

    def scaled(self, column: str, scale: int) -> int | None:
        """The number times the scale; None where the cell is empty. Raises ValueError where it is no number."""
        text = (self.get(column) or "").translate(_MONEY)
        return scaled(text, scale) if text not in {"", ".", "NA", "N/A"} else None


class Dated(Enum):
    """Where a sheet's edition is written."""

    TITLE = "title"
    """In the rows above the headings, in the headings, else in the name."""
    YEAR = "year"
    """As a year, there or in the name."""
    FISCAL_YEAR = "fiscal year"
    """As a fiscal year, in the name."""
    NAME = "name"
    """In the name only: the titles name other days."""


RowOf = Callable[[Line], Row | None]
"""The row after `edition`, None for a line that is no record. Raises ValueError, saying what is wrong."""


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    at: Mapping[str, int]


def scaled(text: str, scale: int) -> int:
    """`0.18` times 100 as 18, rounded half up where the text is finer; raises ValueError where it is no number."""
    try:
        return int((Decimal(text) * scale).quantize(Decimal(1), rounding="ROUND_HALF_UP"))
    except InvalidOperation:
        raise ValueError(f"{text!r} is no number") from None


def day_text(text: str) -> str | None:
    """`20260101`, `2026-01-01` and `01/31/2026` as ISO text; None where empty. Raises ValueError where it is no day."""
    text = text.strip()
    if not text or text in {"N/A", "*"}:
        return None
    if found := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", text):
        return date(int(found[3]), int(found[1]), int(found[2])).isoformat()
    return day_in(text.replace("-", "")).isoformat()


def code_in(text: str) -> str:
    """A code of five digits or capitals; raises ValueError."""
    if re.fullmatch(r"[0-9A-Z]{5}", text):
        return text
    raise ValueError(f"{text!r} is no code of five digits or capital letters")


def sheet(
    table: str,
    columns: str,
    *publications: Publication,
    period: Period,
    headings: Mapping[str, str],
    row: RowOf,
    optional: Mapping[str, str] | None = None,
    stacked: int = 1,
    title: str | None = None,
    dated: Dated = Dated.TITLE,
    effective: date | None = None,
    indexes: tuple[str, ...] = (),
    source_of: Callable[[Member], str] | None = None,
    ragged: bool = False,
    licensed: int | None = None,
) -> Loader:
    """A loader for sheets with the headings: our names for columns, each with a pattern of the publisher's.

    A heading may be stacked over several rows, which are read together. `title` is a pattern that a row above them
    must fit, where the headings alone tell too little. `effective` dates what names no day anywhere.
    `source_of` tells which of several publications it is. `ragged`: the publisher leaves out empty cells at the end.
    """
    wanted = {name: re.compile(pattern) for name, pattern in headings.items()}
    extra = {name: re.compile(pattern) for name, pattern in (optional or {}).items()}
    find = partial(_find, table=table, wanted=wanted, extra=extra, stacked=stacked)

    def recognise(member: Member) -> Edition | None:
        found = find(member)
        if found is None or not _titled(member, title):
            return None
        source = source_of(member) if source_of else publications[0].id
        return Edition(source, effective or _day(member, found.line, dated))

    def rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # headings tell the layout
        found = find(member)
        return _rows(member, found, row, ragged=ragged) if found else iter(())

    return Loader(table, columns, published(*publications), period, recognise, rows, licensed=licensed, indexes=indexes)


def _rows(member: Member, heading: _Heading, row: RowOf, *, ragged: bool) -> Iterator[Row]:
    width = max(heading.at.values()) + 1
    for line, cells in member.grid():
        if line <= heading.line or sum(map(bool, cells)) < min(2, width):
            continue  # a note, or nothing at all
        try:
            if len(cells) < width and not ragged:
                raise ValueError(f"{len(cells)} columns where the headings have {width}")  # noqa: TRY301
            found = row(Line([*cells, *[""] * (width - len(cells))], heading.at))
        except ValueError as error:
            raise member.error(line, f"{error}; download the file again") from error
        if found is not None:
            yield found


def _find(
    member: Member,
    *,
    table: str,
    wanted: Mapping[str, re.Pattern[str]],
    extra: Mapping[str, re.Pattern[str]],
    stacked: int,
) -> _Heading | None:
    grid = member.head_grid
    best: tuple[int, int, list[str]] = (0, 0, [])
    for index, (line, _) in enumerate(grid):
        names = _names([cells for _, cells in grid[max(0, index - stacked + 1) : index + 1]])
        at = _columns(names, wanted)
        if len(at) == len(wanted):
            return _Heading(line, {**_columns(names, extra), **at})
        best = max(best, (len(at), line, [name for name in wanted if name not in at]))
    if best[0] > max(2, _KNOWN * len(wanted)):
        raise member.error(best[1], f"looks like a table of {table}, but lacks {', '.join(best[2])}; report its layout")
    return None


def _titled(member: Member, title: str | None) -> bool:
    return title is None or any(
        re.search(title, cell, re.IGNORECASE) for _, cells in member.head_grid for cell in cells
    )


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    """The headings of each column, the rows of a stacked one joined; in small letters, without stars."""
    width = max(map(len, rows), default=0)
    joined = (" ".join(cells[column] for cells in rows if column < len(cells)) for column in range(width))
    return [_SPACES.sub(" ", name).strip().lower() for name in joined]


def _columns(names: Sequence[str], wanted: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """The first column that each pattern fits, no column twice."""
    at: dict[str, int] = {}
    for name, pattern in wanted.items():
        fitting = (
            index for index, heading in enumerate(names) if index not in at.values() and pattern.fullmatch(heading)
        )
        if (column := next(fitting, None)) is not None:
            at[name] = column
    return at


def _day(member: Member, line: int, dated: Dated) -> date | None:
    """The edition's first day, as far as the sheet or its names give it."""
    titles = [" ".join(filter(None, cells)) for number, cells in member.head_grid if number <= line]
    match dated:
        case Dated.TITLE:
            return date_in(*titles, *member.names)
        case Dated.YEAR:
            return year_in((*titles, *member.names)) or _start_of_year(date_in(*member.names))
        case Dated.FISCAL_YEAR:
            return fiscal_day(*member.names)
        case Dated.NAME:
            return date_in(*member.names)


def _start_of_year(day: date | None) -> date | None:
    return day.replace(month=1, day=1) if day else None


__all__ = ["Dated", "Line", "code_in", "day_text", "scaled", "sheet"]

"""Look-ups in the published file, where codes and days are integers; no table is read into memory.

Tables that carry the history of their records (pairs, add-on codes) are asked in the newest edition, which also holds
what was changed for days gone by. A table of one quarter's values (MUE) is asked in the edition of the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.records import AddOn, Mue, NoPtpEdit, PtpEdit, Source
from caseconsultant.kb.database import Database, Row
from caseconsultant.kb.numbers import code_number, code_text, day_number, day_of, end_of
from caseconsultant.kb.published_layout import PUBLISHED_LAYOUT

_PairRow = tuple[int, int, int, int]
"""Column one, first day, last day, indicator."""
ADD_ON = "ncci-aoc"
"""The source of add-on codes."""
_CONTRACTORS_OWN = code_number("CCCCC")
_VOID = 9
_PARTIAL = 3
_BEFORE_CPT = code_number("00100")
"""Below it only laboratory and vaccine codes such as 0001A begin a table of pairs."""
_AFTER_CPT = code_number("G0000")
"""A table of pairs that reaches it was read to its end: HCPCS Level II comes last."""
_EITHER_ORDER = (
    "SELECT one, start, until, indicator FROM ptp WHERE edition = ?1 AND one = ?2 AND two = ?3 "
    "UNION ALL SELECT one, start, until, indicator FROM ptp WHERE edition = ?1 AND one = ?3 AND two = ?2"
)
_DAYS_OF_PAIR = f"SELECT start, until FROM ({_EITHER_ORDER}) WHERE indicator <> {_VOID}"  # noqa: S608  # our own words
_DAYS_OF_ADD_ON = "SELECT start, until FROM add_on WHERE edition = ? AND code = ?"


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """An edition of a source. Days inclusive; `covers_from` is the first day that its rows speak of."""

    number: int
    source: str
    name: str
    effective_from: date
    effective_to: date
    covers_from: date
    rows: int
    spans: tuple[tuple[int, int], ...]
    """The keys read, where the table comes in parts."""
    day: str
    """The first day as references write it."""

    def reference(self, locator: str) -> Reference:
        """A pointer to a record of this edition."""
        return Reference(self.source, locator, self.day)

    def gap(self, on: date) -> str | None:
        """What to say of a day past the edition's end."""
        return f"{self.source} ends {self.effective_to}" if on > self.effective_to else None

    def read_for(self, key: int) -> bool:
        """Whether the parts of the table that were read take in the key."""
        return any(_within(span, key) for span in self.spans)


class PublishedTables:
    """The tables of one published file. Safe for threads and forks."""

    def __init__(self, path: Path) -> None:
        """Raises KnowledgeError where the file is missing, damaged or of another layout."""
        self.database = Database(path, layout=PUBLISHED_LAYOUT, remedy="run `kb load` with the published files again")
        self.editions = tuple(self._read_editions())
        """By source, the newest first."""
        self._by_source: dict[str, list[PublishedEdition]] = {}
        for edition in self.editions:
            self._by_source.setdefault(edition.source, []).append(edition)
        self.sources = {source.id: source for source in self._read_sources()}

    @property
    def release(self) -> str:
        """The first twelve digits of the content's hash."""
        return self.database.content[:12]

    def edition_end(self, source: str, effective_from: str) -> date | None:
        """The last day of the edition; None where it is not loaded."""
        ends = (
            one.effective_to for one in self._by_source.get(source, ()) if str(one.effective_from) == effective_from
        )
        return next(ends, None)

    def covers(self, source: str, on: date) -> bool:
        """Whether an edition loaded speaks of the day itself, not only past its end."""
        return any(one.covers_from <= on <= one.effective_to for one in self._by_source.get(source, ()))

    def ptp_edit(self, source: str, first: str, second: str, on: date) -> PtpEdit | NoPtpEdit | None:
        """The record in force, void ones left out; NoPtpEdit where the table was read for both codes and has none."""
        one, two = _number(first), _number(second)
        if one is None or two is None:
            return None
        for edition in self._by_source.get(source, ()):
            if on < edition.covers_from:
                continue
            rows = self.database.rows(_EITHER_ORDER, edition.number, one, two)
            row = _in_force_pair(cast("list[_PairRow]", rows), _asked(edition, on)) if rows else None
            if row:
                columns = (first, second) if row[0] == one else (second, first)
                return _ptp_edit(columns, row, edition, on)
            if edition.read_for(one) and edition.read_for(two):
                return NoPtpEdit(first, second, edition.reference(f"{first}/{second}"), edition.gap(on))
        return None

    def mue(self, source: str, code: str, on: date) -> Mue | None:
        """The units of the edition of the day, or of the last one before it."""
        edition = next((one for one in self._by_source.get(source, ()) if one.effective_from <= on), None)
        if edition is None:
            return None
        rows = self.database.rows(
            "SELECT units, mai FROM mue WHERE edition = ? AND code = ?", edition.number, _number(code)
        )
        if not rows:
            return None
        units, mai = rows[0]
        return Mue(code, int(units or 0), int(mai or 0), edition.reference(code), edition.gap(on))

    def add_on(self, code: str, on: date) -> AddOn | None:
        """The add-on record with the primaries in force; None where the code is no add-on then."""
        edition = next((one for one in self._by_source.get(ADD_ON, ()) if one.covers_from <= on), None)
        if edition is None:
            return None
        sql = (
            "SELECT primary_code, type, start, until, facility_only, practitioner_only FROM add_on "
            "WHERE edition = ? AND code = ? ORDER BY primary_code"
        )
        asked = _asked(edition, on)
        rows = [row for row in self.database.rows(sql, edition.number, _number(code)) if _in_force(row, asked)]
        return _add_on(code, rows, edition, on) if rows else None

    def days_of(self, source: str, subject: str) -> list[tuple[date, date | None]]:
        """First and last days of the records of a pair (`96365/36000`) or an add-on code; none for a unit limit."""
        sql = _DAYS_OF_PAIR if "/" in subject else _DAYS_OF_ADD_ON
        if "/" not in subject and source != ADD_ON:
            return []
        keys = [_number(code) for code in subject.split("/")]
        found = [self.database.rows(sql, one.number, *keys) for one in self._by_source.get(source, ())]
        return [(day_of(int(start or 0)), end_of(int(until or 0))) for rows in found for start, until in rows]

    def close(self) -> None:
        """Lets go of the file."""
        self.database.close()

    def _read_editions(self) -> Iterator[PublishedEdition]:
        spans: dict[object, list[tuple[int, int]]] = {}
        for number, low, high in self.database.rows("SELECT DISTINCT edition, low, high FROM part"):
            if low is not None and high is not None:
                spans.setdefault(number, []).append((int(low), int(high)))
        for row in self.database.rows(
            "SELECT number, source, name, effective_from, effective_to, covers_from, rows FROM edition "
            "ORDER BY source, effective_from DESC"
        ):
            number, source, name, start, end, covers, rows = row
            yield PublishedEdition(
                number=int(number or 0),
                source=str(source),
                name=str(name),
                effective_from=date.fromisoformat(str(start)),
                effective_to=date.fromisoformat(str(end)),
                covers_from=date.fromisoformat(str(covers)),
                rows=int(rows or 0),
                spans=tuple(spans.get(number, ())),
                day=str(start),
            )

    def _read_sources(self) -> Iterator[Source]:
        for row in self.database.rows("SELECT id, publisher, title, licence, url FROM source ORDER BY id"):
            source_id, publisher, title, licence, url = map(str, row)
            newest = self._by_source[source_id][0]
            yield Source(
                id=source_id,
                publisher=publisher,
                title=title,
                edition=newest.effective_from.isoformat(),
                effective_from=newest.effective_from,
                effective_to=newest.effective_to,
                url=url,
                licence=licence,
            )


def _within(span: tuple[int, int], key: int) -> bool:
    low, high = span
    return (low <= key or low < _BEFORE_CPT) and (key <= high or high >= _AFTER_CPT)


def _number(code: str) -> int | None:
    """The code's number; None for what no table holds."""
    try:
        return code_number(code)
    except ValueError:
        return None


def _asked(edition: PublishedEdition, on: date) -> int:
    """The number of the day, or of the edition's last day if that is earlier."""
    return day_number(min(on, edition.effective_to))


def _in_force(row: Row, asked: int) -> bool:
    start, until = row[2], row[3]
    return int(start or 0) <= asked and (not until or asked <= int(until))


def _in_force_pair(rows: Sequence[_PairRow], asked: int) -> _PairRow | None:
    """The record in force; of two in opposite orders the later, then the stricter, however it was asked."""
    standing = [
        (start, -indicator, one, until)
        for one, start, until, indicator in rows
        if indicator != _VOID and start <= asked and (not until or asked <= until)
    ]
    if not standing:
        return None
    start, negative, one, until = max(standing)
    return one, start, until, -negative


def _ptp_edit(columns: tuple[str, str], row: _PairRow, edition: PublishedEdition, on: date) -> PtpEdit:
    column_one, column_two = columns
    _, start, until, indicator = row
    return PtpEdit(
        column_one,
        column_two,
        indicator,
        day_of(start),
        end_of(until),
        Reference(edition.source, f"{column_one}/{column_two}", edition.day),
        edition.gap(on),
    )


def _add_on(code: str, rows: list[Row], edition: PublishedEdition, on: date) -> AddOn:
    types = {int(row[1] or 0) for row in rows}
    listed = [row for row in rows if row[0] != _CONTRACTORS_OWN]
    return AddOn(
        code=code,
        # Some primaries listed and some the contractor's: that is what type 3 says.
        type=types.pop() if len(types) == 1 else _PARTIAL,
        primaries=tuple(code_text(int(row[0] or 0)) for row in listed),
        reference=edition.reference(code),
        edition_gap=edition.gap(on),
        practitioner_only=tuple(code_text(int(row[0] or 0)) for row in listed if row[5]),
        facility_only=any(row[4] for row in rows),
    )

"""NCCI in the published file, where codes and days are integers: pairs, unit limits, add-on codes.

Tables that carry the history of their records (pairs, add-on codes) are asked in the newest edition, which also holds
what was changed for days gone by. A table of one quarter's values (MUE) is asked in the edition of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.records import AddOn, Mue, NoPtpEdit, PtpEdit
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.numbers import code_number, code_text, day_of, end_of
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

_PairRow = tuple[int, int, int, int]
"""Column one, first day, last day, indicator."""
ADD_ON = "ncci-aoc"
"""The source of add-on codes."""
_CONTRACTORS_OWN = code_number("CCCCC")
_VOID = 9
_PARTIAL = 3
_EITHER_ORDER = (
    "SELECT one, start, until, indicator FROM ptp WHERE edition = ?1 AND one = ?2 AND two = ?3 "
    "UNION ALL SELECT one, start, until, indicator FROM ptp WHERE edition = ?1 AND one = ?3 AND two = ?2"
)
_DAYS_OF_PAIR = f"SELECT start, until FROM ({_EITHER_ORDER}) WHERE indicator <> {_VOID}"  # noqa: S608  # our own words
_DAYS_OF_ADD_ON = "SELECT start, until FROM add_on WHERE edition = ? AND code = ?"


class Edits:
    """Pairs, unit limits and add-on codes."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def ptp_edit(self, source: str, first: str, second: str, on: date) -> PtpEdit | NoPtpEdit | None:
        """The record in force, void ones left out; NoPtpEdit where the table was read for both codes and has none."""
        one, two = _number(first), _number(second)
        if one is None or two is None:
            return None
        for edition in self._editions.of(source):
            if on < edition.covers_from:
                continue
            rows = self._database.rows(_EITHER_ORDER, edition.number, one, two)
            row = _in_force_pair(cast("list[_PairRow]", rows), edition.asked(on)) if rows else None
            if row:
                columns = (first, second) if row[0] == one else (second, first)
                return _ptp_edit(columns, row, edition, on)
            if edition.read_for(one) and edition.read_for(two):
                return NoPtpEdit(first, second, edition.reference(f"{first}/{second}"), edition.gap(on))
        return None

    def mue(self, source: str, code: str, on: date) -> Mue | None:
        """The units of the edition of the day, or of the last one before it."""
        edition = self._editions.on(source, on)
        if edition is None:
            return None
        rows = self._database.rows(
            "SELECT units, mai FROM mue WHERE edition = ? AND code = ?", edition.number, _number(code)
        )
        if not rows:
            return None
        units, mai = rows[0]
        return Mue(code, int(units or 0), int(mai or 0), edition.reference(code), edition.gap(on))

    def add_on(self, code: str, on: date) -> AddOn | None:
        """The add-on record with the primaries in force; None where the code is no add-on then."""
        edition = self._editions.history_on(ADD_ON, on)
        if edition is None:
            return None
        sql = (
            "SELECT primary_code, type, start, until, facility_only, practitioner_only FROM add_on "
            "WHERE edition = ? AND code = ? ORDER BY primary_code"
        )
        asked = edition.asked(on)
        rows = [row for row in self._database.rows(sql, edition.number, _number(code)) if _in_force(row, asked)]
        return _add_on(code, rows, edition, on) if rows else None

    def days_of(self, source: str, subject: str) -> list[tuple[date, date | None]]:
        """First and last days of the records of a pair (`96365/36000`) or an add-on code; none for a unit limit."""
        sql = _DAYS_OF_PAIR if "/" in subject else _DAYS_OF_ADD_ON
        if "/" not in subject and source != ADD_ON:
            return []
        keys = [_number(code) for code in subject.split("/")]
        found = [self._database.rows(sql, one.number, *keys) for one in self._editions.of(source)]
        return [(day_of(int(start or 0)), end_of(int(until or 0))) for rows in found for start, until in rows]


def _number(code: str) -> int | None:
    """The code's number; None for what no table holds."""
    try:
        return code_number(code)
    except ValueError:
        return None


def _in_force(row: Row, asked: int) -> bool:
    start, until = row[2], row[3]
    return int(start or 0) <= asked and (not until or asked <= int(until))


def _in_force_pair(rows: Sequence[_PairRow], asked: int) -> _PairRow | None:
    """The record in force; of two in opposite orders the later, then the stricter, however it was asked."""
    if len(rows) == 1:
        _, start, until, indicator = rows[0]
        return rows[0] if indicator != _VOID and start <= asked and (not until or asked <= until) else None
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
        ending=tuple(
            (code_text(int(row[0] or 0)), last) for row in listed if (last := end_of(int(row[3] or 0))) is not None
        ),
    )

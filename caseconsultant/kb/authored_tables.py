"""Dated look-ups in the authored file alone, whatever was loaded. Past an edition's end its last record answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.records import (
    AddOn,
    CodeRecord,
    Guidance,
    ModifierRecord,
    Mue,
    NoPtpEdit,
    Parameter,
    PlaceOfService,
    PtpEdit,
    Source,
)
from caseconsultant.kb import records
from caseconsultant.kb.database import Database, Row

_Found = TypeVar("_Found")


class AuthoredTables:
    """The records of one compiled file of authored knowledge. Safe for threads and forks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.ends = {
            (str(source), str(start)): records.day(end)
            for source, start, end in database.rows("SELECT source, effective_from, effective_to FROM edition")
        }
        """The last day of each edition, by source and first day; None where it is open."""

    def sources(self) -> Iterable[Source]:
        """Every source in its newest edition, by id."""
        newest = self._database.rows(
            "SELECT id, publisher, title, name, effective_from, effective_to, url, licence FROM source JOIN edition "
            "ON source = id "
            "WHERE effective_from = (SELECT max(effective_from) FROM edition WHERE source = id) ORDER BY id"
        )
        return [records.source(row) for row in newest]

    def codes(self, code: str) -> tuple[CodeRecord, ...]:
        """Every dated record of a code, oldest first."""
        rows = self._database.rows("SELECT * FROM code WHERE code = ? ORDER BY effective_from", code)
        return tuple(records.code(row) for row in rows)

    def every_code(self) -> tuple[CodeRecord, ...]:
        """Every record of a code, by code and first day."""
        return tuple(map(records.code, self._database.rows("SELECT * FROM code ORDER BY code, effective_from")))

    def names(self, table: str) -> list[str]:
        """The codes of modifiers (`modifier`) or places (`place`)."""
        rows = self._database.rows(f"SELECT DISTINCT code FROM {table} ORDER BY code")  # noqa: S608  # our own names
        return [str(name) for (name,) in rows]

    def pair(self, first: str, second: str, table: str | None, on: date) -> PtpEdit | NoPtpEdit | None:
        """The record of a pair, whichever way round it is asked."""
        low, high = sorted((first, second))
        sql = (
            "SELECT source, edition, effective_from, effective_to, column_one, column_two, modifier_indicator "
            "FROM ptp WHERE low = ? AND high = ? AND source = ?"
        )
        row = self._in_force(self._database.rows(sql, low, high, table), on)
        return records.ptp(row, gap=self._gap(row, on)) if row else None

    def mue(self, code: str, table: str | None, on: date) -> Mue | None:
        """The unit limit of a table."""
        sql = (
            "SELECT source, edition, effective_from, effective_to, code, units, mai "
            "FROM mue WHERE code = ? AND source = ?"
        )
        row = self._in_force(self._database.rows(sql, code, table), on)
        return records.mue(row, gap=self._gap(row, on)) if row else None

    def add_on(self, code: str, on: date) -> AddOn | None:
        """The add-on record with its primaries in force."""
        sql = (
            "SELECT source, edition, effective_from, effective_to, code, type, facility_only, primary_code, "
            "practitioner_only FROM add_on WHERE code = ? ORDER BY primary_code"
        )
        rows = [row for row in self._database.rows(sql, code) if self._row_holds(row, on)]
        return records.add_on(rows, gap=self._gap(rows[0], on)) if rows else None

    def modifier(self, modifier: str, on: date) -> ModifierRecord | None:
        """The modifier in force on the date."""
        return self._dated("modifier", "code", modifier, on, records.modifier)

    def place(self, code: str, on: date) -> PlaceOfService | None:
        """The place of service in force on the date."""
        return self._dated("place", "code", code, on, records.place)

    def parameter(self, path: str, on: date) -> Parameter | None:
        """The value of a rule on the date."""
        return self._dated("parameter", "path", path, on, records.parameter)

    def parameters(self, under: str, on: date) -> tuple[Parameter, ...]:
        """The rules in force on the date whose path begins so, in the order of their paths."""
        sql = "SELECT DISTINCT path FROM parameter WHERE path >= ? AND path < ? ORDER BY path"
        paths = [str(row[0]) for row in self._database.rows(sql, under, f"{under}\uffff")]
        return tuple(found for path in paths if (found := self.parameter(path, on)))

    def articles(self, name: str) -> tuple[Guidance, ...]:
        """Every dated record of an article, oldest first."""
        rows = self._database.rows("SELECT * FROM article WHERE id = ? ORDER BY effective_from", name)
        return tuple(map(records.guidance, rows))

    def speaking_of(self, code: str) -> list[str]:
        """The articles of a code; those of no code for an empty one."""
        return [str(row[0]) for row in self._database.rows("SELECT id FROM article_code WHERE code = ?", code)]

    def every_article(self) -> list[str]:
        """The ids of all articles."""
        return [str(row[0]) for row in self._database.rows("SELECT DISTINCT id FROM article ORDER BY id")]

    def verified(self, reference: Reference) -> bool:
        """Whether the reference's group of locators was compared with the publication itself."""
        groups = self._database.rows("SELECT grp, verified FROM locator WHERE source = ?", reference.source)
        fitting = [(grp, seen) for grp, seen in groups if grp == "*" or reference.locator.startswith(str(grp))]
        return bool(max(fitting, key=lambda group: len(str(group[0])), default=("", 0))[1])

    def _dated(self, table: str, key: str, name: str, on: date, make: records.Make[_Found]) -> _Found | None:
        sql = (
            f"SELECT * FROM {table} WHERE {key} = ? AND effective_from <= ? "  # noqa: S608  # our own names
            "AND (effective_to IS NULL OR effective_to >= ?)"
        )
        rows = self._database.rows(sql, name, on.isoformat(), on.isoformat())
        return make(rows[0]) if rows else None

    def _in_force(self, rows: Sequence[Row], on: date) -> Row | None:
        return next((row for row in rows if self._row_holds(row, on)), None)

    def _row_holds(self, row: Row, on: date) -> bool:
        """Whether the record is in force on the date, or on its edition's last day if that is earlier."""
        source, edition, start, end = row[:4]
        asked = min(on, self.ends[str(source), str(edition)] or on).isoformat()
        return str(start) <= asked and (end is None or asked <= str(end))

    def _gap(self, row: Row, on: date) -> str | None:
        end = self.ends[str(row[0]), str(row[1])]
        return f"{row[0]} ends {end}" if end is not None and on > end else None

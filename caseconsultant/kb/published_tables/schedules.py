"""The other schedules: laboratory, OPPS, ASC, DMEPOS, drugs; and the lists of the outpatient code editor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseconsultant.domain.published import Amount, DrugLimit, PublishedModifier, PublishedPlace
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

_ASC = ("asc", "asc-ancillary")
_ASC_TABLES = {"asc": "asc", "asc-ancillary": "asc_ancillary"}


class Schedules:
    """Amounts in whole cents, each with the schedule's own indicator."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def laboratory(self, code: str, *, on: date, modifier: str = "") -> Amount | None:
        """The national amount of the clinical laboratory fee schedule; with QW where it has a line of its own."""
        sql = "SELECT indicator, rate FROM lab_fee WHERE edition = ? AND code = ? AND modifier = ?"
        edition, row = self._one("clfs", sql, on, code, modifier)
        return _amount(code, modifier, row[0], row[1], None, edition, on) if edition and row else None

    def opps(self, code: str, *, on: date) -> Amount | None:
        """Status indicator, APC and rate in a hospital outpatient department."""
        sql = "SELECT status, rate, apc FROM opps WHERE edition = ? AND code = ?"
        edition, row = self._one("opps-addendum-b", sql, on, code)
        if edition is None or row is None:
            return None
        return _amount(code, "", row[0], row[1], f"APC {row[2]}" if row[2] else None, edition, on)

    def asc(self, code: str, *, on: date) -> Amount | None:
        """Payment indicator and rate in an ambulatory surgical center."""
        for source in _ASC:
            sql = (
                f"SELECT indicator, rate, multiple_procedure FROM {_ASC_TABLES[source]} WHERE edition = ? AND code = ?"  # noqa: S608
            )
            edition, row = self._one(source, sql, on, code)
            if edition and row:
                detail = "multiple procedures are discounted" if row[2] else None
                return _amount(code, "", row[0], row[1], detail, edition, on)
        return None

    def asc_excludes(self, code: str, *, on: date) -> bool | None:
        """Whether addendum EE keeps the procedure out of an ASC; None where it is not loaded."""
        edition = self._editions.nearest("asc-excluded", on)
        if edition is None:
            return None
        return bool(
            self._database.rows("SELECT 1 FROM asc_excluded WHERE edition = ? AND code = ?", edition.number, code)
        )

    def equipment(self, code: str, state: str, *, on: date) -> tuple[Amount, ...]:
        """The DMEPOS amounts of a state, by modifier, urban and rural."""
        edition = self._editions.nearest("dmepos", on)
        if edition is None:
            return ()
        sql = (
            "SELECT modifier, modifier2, category, urban, rural FROM dme_fee "
            "WHERE edition = ? AND code = ? AND state = ? ORDER BY modifier, modifier2"
        )
        rows = self._database.rows(sql, edition.number, code, state)
        return tuple(amount for row in rows for amount in _areas(code, state, row, edition, on))

    def drug(self, code: str, *, on: date) -> DrugLimit | None:
        """The payment limit of the quarter."""
        sql = "SELECT description, dosage, payment_limit, notes FROM drug_limit WHERE edition = ? AND code = ?"
        edition, row = self._one("asp", sql, on, code)
        if edition is None or row is None:
            return None
        description, dosage, limit, notes = row
        return DrugLimit(
            code,
            str(description),
            str(dosage),
            int(limit) if limit is not None else None,
            str(notes) if notes else None,
            edition.reference(code),
            edition.gap(on),
        )

    def modifier(self, modifier: str, *, on: date) -> PublishedModifier | None:
        """The modifier in the outpatient code editor's list, in force on the day; None where it is not."""
        edition = self._editions.history_on("ioce-modifiers", on) or self._editions.nearest("ioce-modifiers", on)
        if edition is None:
            return None
        asked = min(on, edition.effective_to or on).isoformat()
        sql = (
            "SELECT effective, until, ncci, therapy FROM oce_modifier WHERE edition = ?1 AND modifier = ?2 "
            "AND effective <= ?3 AND (until IS NULL OR until >= ?3)"
        )
        rows = self._database.rows(sql, edition.number, modifier, asked)
        return _modifier(modifier, rows[0], edition, on) if rows else None

    def modifiers_conflict(self, first: str, second: str, *, on: date) -> bool:
        """Whether the code editor refuses the two on one line."""
        edition = self._editions.nearest("ioce-modifier-conflicts", on)
        if edition is None:
            return False
        sql = "SELECT 1 FROM oce_modifier_conflict WHERE edition = ?1 AND (one, two) IN (VALUES (?2, ?3), (?3, ?2))"
        return bool(self._database.rows(sql, edition.number, first, second))

    def revenue_code(self, code: str, *, on: date) -> Amount | None:
        """A revenue code's status indicator; None where the code editor does not list it."""
        sql = "SELECT status FROM revenue_code WHERE edition = ? AND code = ? AND until IS NULL"
        edition, row = self._one("ioce-revenue-codes", sql, on, code.zfill(4))
        return _amount(code.zfill(4), "", row[0], None, None, edition, on) if edition and row else None

    def place(self, code: str, *, on: date) -> PublishedPlace | None:
        """The place of service as published."""
        sql = "SELECT name, facility FROM place_of_service WHERE edition = ? AND code = ?"
        edition, row = self._one("cms-pos", sql, on, code)
        if edition is None or row is None:
            return None
        facility = bool(row[1]) if row[1] is not None else None
        return PublishedPlace(code, str(row[0]), facility, edition.reference(code))

    def _one(self, source: str, sql: str, on: date, *keys: str) -> tuple[PublishedEdition | None, Row | None]:
        edition = self._editions.nearest(source, on)
        rows = self._database.rows(sql, edition.number, *keys) if edition else []
        return edition, rows[0] if rows else None


def _amount(
    code: str, modifier: str, status: object, cents: object, detail: str | None, edition: PublishedEdition, on: date
) -> Amount:
    return Amount(
        code,
        modifier,
        str(status) if status is not None else None,
        int(str(cents)) if cents is not None else None,
        detail,
        edition.reference(f"{code}-{modifier}" if modifier else code),
        edition.gap(on),
    )


def _areas(code: str, state: str, row: Row, edition: PublishedEdition, on: date) -> Iterator[Amount]:
    modifier, second, category, urban, rural = row
    written = " ".join(str(each) for each in (modifier, second) if each)
    for cents, area in ((urban, "not rural"), (rural, "rural")):
        if cents is not None:
            yield _amount(code, written, category, cents, f"{state}, {area}", edition, on)


def _modifier(modifier: str, row: Row, edition: PublishedEdition, on: date) -> PublishedModifier:
    start, end, ncci, therapy = row
    return PublishedModifier(
        modifier=modifier,
        ncci_associated=bool(ncci),
        therapy=bool(therapy),
        effective_from=date.fromisoformat(str(start)) if start else None,
        effective_to=date.fromisoformat(str(end)) if end else None,
        reference=edition.reference(modifier),
        edition_gap=edition.gap(on),
    )

"""The physician fee schedule: records, localities, and what is allowed, with its arithmetic to the cent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from caseconsultant.domain.published import AnesthesiaFactor, Fee, Locality, Payment
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

PFS, QUALIFYING, GPCI, LOCALITIES, CAP = "pfs", "pfs-qualifying-apm", "gpci", "localities", "opps-cap"
ANESTHESIA = "anesthesia-cf"
_FEE = (
    "SELECT code, modifier, status, work, pe_nonfacility, pe_facility, malpractice, total_nonfacility, "
    "total_facility, preoperative, intraoperative, postoperative, pc_tc, global_days, multiple_procedure, bilateral, "
    "assistant, co_surgeon, team, endoscopic_base, supervision, imaging_family, na_nonfacility, na_facility, "
    "conversion_factor FROM fee WHERE edition = ? AND code = ?"
)
_PRICED = frozenset("ART")
"""Status indicators whose lines are paid by the formula: active, restricted, paid if nothing else is."""
_UNITS_A_CENT = 10**7
"""Hundredths of an RVU times thousandths of an index times ten-thousandths of a dollar, for one cent."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line is paid: indices in thousandths, and the name of them in arithmetic."""

    work: int = 1000
    practice_expense: int = 1000
    malpractice: int = 1000


class Fees:
    """Fee schedule records by code and modifier; 26, TC and 53 have lines of their own."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def record(self, code: str, *, on: date, modifier: str = "", schedule: str = PFS) -> Fee | None:
        """The line in the edition of the day; None where the schedule has none."""
        edition = self._editions.nearest(schedule, on)
        if edition is None:
            return None
        rows = self._database.rows(f"{_FEE} AND modifier = ?", edition.number, code, modifier)
        return _fee(rows[0], edition, on) if rows else None

    def modifiers(self, code: str, *, on: date) -> tuple[str, ...]:
        """The modifiers under which the code has lines of its own, such as 26, TC and 53."""
        edition = self._editions.nearest(PFS, on)
        if edition is None:
            return ()
        sql = "SELECT modifier FROM fee WHERE edition = ? AND code = ? AND modifier <> '' ORDER BY modifier"
        return tuple(str(row[0]) for row in self._database.rows(sql, edition.number, code))

    def conversion_factor(self, edition: PublishedEdition) -> int | None:
        """The edition's factor in ten-thousandths of a dollar: every line of a file has the same."""
        rows = self._database.rows("SELECT max(conversion_factor) FROM fee WHERE edition = ?", edition.number)
        return int(rows[0][0]) if rows and rows[0][0] else None

    def localities(self, words: str = "", *, on: date) -> tuple[Locality, ...]:
        """The localities of the year that the words fit: a state, a name, a county, `13202-01`; all where none are."""
        edition = self._editions.nearest(GPCI, on)
        if edition is None:
            return ()
        sql = (
            "SELECT contractor, locality, name, state, work, practice_expense, malpractice FROM gpci WHERE edition = ?"
        )
        found = [_locality(row, edition, on) for row in self._database.rows(sql, edition.number)]
        wanted = words.strip().lower()
        return tuple(
            one for one in found if not wanted or wanted in _names(one) or one in self._by_county(found, wanted, on)
        )

    def anesthesia_factor(self, locality: Locality, *, on: date) -> AnesthesiaFactor | None:
        """The locality's factor in the edition of the day, or in the last one before it."""
        edition = self._editions.on(ANESTHESIA, on)
        if edition is None:
            return None
        sql = "SELECT factor FROM anesthesia_factor WHERE edition = ? AND contractor = ? AND locality = ?"
        rows = self._database.rows(sql, edition.number, locality.contractor, locality.number)
        if not rows:
            return None
        reference = edition.reference(f"{locality.contractor}-{locality.number}")
        return AnesthesiaFactor(int(rows[0][0] or 0), reference, edition.gap(on))

    def payment(
        self,
        code: str,
        *,
        on: date,
        facility: bool,
        modifier: str = "",
        locality: Locality | None = None,
        schedule: str = PFS,
    ) -> Payment | None:
        """What is allowed for one unit, national where no locality is given; None where the line has no such amount.

        Source: 42 CFR 414.20-414.26; rounded half up to the cent. The OPPS cap lowers imaging's technical part.
        """
        fee = self.record(code, on=on, modifier=modifier, schedule=schedule)
        if fee is None or fee.status not in _PRICED:
            return None
        place = _Place(locality.work, locality.practice_expense, locality.malpractice) if locality else _Place()
        expense = fee.pe_facility if facility else fee.pe_nonfacility
        units = fee.work * place.work + expense * place.practice_expense + fee.malpractice * place.malpractice
        cents = (units * fee.conversion_factor + _UNITS_A_CENT // 2) // _UNITS_A_CENT
        cap = self._cap(fee, locality, facility=facility, on=on)
        references = (fee.reference, *((locality.reference,) if locality else ()))
        return Payment(
            code=code,
            modifier=modifier,
            cents=min(cents, cap) if cap is not None else cents,
            facility=facility,
            locality=f"{locality.contractor}-{locality.number}" if locality else None,
            arithmetic=_arithmetic(fee, expense, place if locality else None, cents),
            capped=cap is not None and cap < cents,
            references=references,
            edition_gap=fee.edition_gap or (locality.edition_gap if locality else None),
        )

    def _cap(self, fee: Fee, locality: Locality | None, *, facility: bool, on: date) -> int | None:
        edition = self._editions.nearest(CAP, on) if locality else None
        if edition is None or locality is None or edition.effective_from.year != on.year:
            return None
        sql = (
            f"SELECT {'facility' if facility else 'nonfacility'} FROM opps_cap "  # noqa: S608  # our own names
            "WHERE edition = ? AND code = ? AND modifier = ? AND contractor = ? AND locality = ?"
        )
        keys = edition.number, fee.code, fee.modifier, locality.contractor, locality.number
        rows = self._database.rows(sql, *keys)
        return int(rows[0][0]) if rows and rows[0][0] is not None else None

    def _by_county(self, found: list[Locality], wanted: str, on: date) -> list[Locality]:
        edition = self._editions.nearest(LOCALITIES, on)
        if edition is None or len(wanted) < 4:  # noqa: PLR2004  # shorter ones fit counties by chance
            return []
        sql = "SELECT contractor, locality FROM locality WHERE edition = ? AND lower(counties) LIKE ?"
        keys = set(self._database.rows(sql, edition.number, f"%{wanted}%"))
        return [one for one in found if (one.contractor, one.number) in keys]


def _names(locality: Locality) -> set[str]:
    name = locality.name.lower()
    parts = {part.strip() for part in re.split(r"[(),/-]", name)}
    return {name, *parts, locality.state.lower(), f"{locality.contractor}-{locality.number}"}


def _locality(row: Row, edition: PublishedEdition, on: date) -> Locality:
    contractor, number, name, state, work, expense, malpractice = row
    return Locality(
        contractor=str(contractor),
        number=str(number),
        name=str(name),
        state=str(state),
        work=int(work or 0),
        practice_expense=int(expense or 0),
        malpractice=int(malpractice or 0),
        reference=edition.reference(f"{contractor}-{number}"),
        edition_gap=edition.gap(on),
    )


def _fee(row: Row, edition: PublishedEdition, on: date) -> Fee:
    code, modifier, status = map(str, row[:3])
    numbers = [int(value or 0) for value in row[3:12]]
    texts = ["" if value is None else str(value) for value in row[12:19]]
    base, supervision, family = (str(value) if value is not None else None for value in row[19:22])
    return Fee(
        code=code,
        modifier=modifier,
        status=status,
        work=numbers[0],
        pe_nonfacility=numbers[1],
        pe_facility=numbers[2],
        malpractice=numbers[3],
        total_nonfacility=numbers[4],
        total_facility=numbers[5],
        preoperative=numbers[6],
        intraoperative=numbers[7],
        postoperative=numbers[8],
        pc_tc=texts[0],
        global_days=texts[1],
        multiple_procedure=texts[2],
        bilateral=texts[3],
        assistant=texts[4],
        co_surgeon=texts[5],
        team=texts[6],
        endoscopic_base=base,
        supervision=supervision,
        imaging_family=family,
        never_nonfacility=bool(row[22]),
        never_facility=bool(row[23]),
        conversion_factor=int(row[24] or 0),
        reference=edition.reference(f"{code}-{modifier}" if modifier else code),
        edition_gap=edition.gap(on),
    )


def _arithmetic(fee: Fee, expense: int, place: _Place | None, cents: int) -> str:
    """`(1.30 x 1.063 + 1.46 x 1.318 + 0.09 x 1.285) x 33.4009 = 113.29`."""
    values = (fee.work, expense, fee.malpractice)
    factor = f"{fee.conversion_factor / 10_000:.4f}"
    if place is None:
        total = sum(values)
        added = " + ".join(f"{value / 100:.2f}" for value in values)
        return f"{added} = {total / 100:.2f} RVU x {factor} = ${cents / 100:,.2f}"
    indices = (place.work, place.practice_expense, place.malpractice)
    terms = " + ".join(f"{value / 100:.2f} x {index / 1000:.3f}" for value, index in zip(values, indices, strict=True))
    return f"({terms}) x {factor} = ${cents / 100:,.2f}"

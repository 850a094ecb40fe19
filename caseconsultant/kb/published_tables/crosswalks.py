"""From one code set to another: ICD-9-CM and ICD-10-CM both ways, NDC and HCPCS, CCSR, HCC."""

from __future__ import annotations

from datetime import date

from caseconsultant.domain.published import Crosswalk, DrugPackage
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.ndc import ndc_digits
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

_APPROXIMATE, _NO_MAP, _COMBINATION = range(3)
"""Places of the flags of a mapping."""
_PACKAGE = "SELECT ndc, code, drug, labeler, dosage, units_per_package FROM ndc WHERE edition = ?"


class Crosswalks:
    """Mappings as published; an approximate one is said to be so."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def to_icd10(self, code: str, *, on: date) -> tuple[Crosswalk, ...]:
        """The ICD-10-CM codes of an ICD-9-CM code, without dots."""
        return self._mapped("gem-9-to-10", "icd9", "icd10", code, on)

    def to_icd9(self, code: str, *, on: date) -> tuple[Crosswalk, ...]:
        """The ICD-9-CM codes of an ICD-10-CM code, without dots."""
        return self._mapped("gem-10-to-9", "icd10", "icd9", code, on)

    def package(self, ndc: str, *, on: date) -> DrugPackage | None:
        """The code that reports a package; raises ValueError where the text is no NDC."""
        edition = self._editions.nearest("ndc-hcpcs", on)
        if edition is None:
            return None
        rows = self._database.rows(f"{_PACKAGE} AND ndc = ?", edition.number, ndc_digits(ndc))
        return _package(rows[0], edition, on) if rows else None

    def packages(self, code: str, *, on: date) -> tuple[DrugPackage, ...]:
        """The packages that a HCPCS code reports."""
        edition = self._editions.nearest("ndc-hcpcs", on)
        rows = self._database.rows(f"{_PACKAGE} AND code = ? ORDER BY ndc", edition.number, code) if edition else []
        return tuple(_package(row, edition, on) for row in rows if edition)

    def category(self, code: str, *, on: date) -> str | None:
        """The CCSR category of an ICD-10-CM code, without its dot."""
        edition = self._editions.nearest("ccsr", on)
        rows = (
            self._database.rows("SELECT category FROM ccsr WHERE edition = ? AND code = ?", edition.number, code)
            if edition
            else []
        )
        return str(rows[0][0]) if rows else None

    def _mapped(self, source: str, column: str, target: str, code: str, on: date) -> tuple[Crosswalk, ...]:
        edition = self._editions.nearest(source, on)
        if edition is None:
            return ()
        sql = f"SELECT {target}, flags FROM gem WHERE edition = ? AND {column} = ? ORDER BY {target}"  # noqa: S608
        rows = self._database.rows(sql, edition.number, code.replace(".", "").upper())
        return tuple(_crosswalk(code, row, edition, on) for row in rows)


def _crosswalk(code: str, row: Row, edition: PublishedEdition, on: date) -> Crosswalk:
    target, flags = str(row[0]), str(row[1])
    return Crosswalk(
        code=code,
        target=None if flags[_NO_MAP] == "1" else target,
        approximate=flags[_APPROXIMATE] == "1",
        combination=flags[_COMBINATION] == "1",
        reference=edition.reference(code),
        edition_gap=edition.gap(on),
    )


def _package(row: Row, edition: PublishedEdition, on: date) -> DrugPackage:
    ndc, code, drug, labeler, dosage, units = row
    return DrugPackage(
        ndc=str(ndc),
        code=str(code),
        drug=str(drug),
        labeler=str(labeler),
        dosage=str(dosage),
        units_per_package=int(units) if units is not None else None,
        reference=edition.reference(str(ndc)),
        edition_gap=edition.gap(on),
    )

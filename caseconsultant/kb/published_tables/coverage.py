"""Medicare coverage: LCDs and articles by contractor, and the diagnoses that the LCDs behind a code list."""

from __future__ import annotations

from datetime import date

from caseconsultant.domain.published import CoverageDocument, DiagnosisCoverage
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

_DOCUMENT = (
    "SELECT id, version, type, title, contractor, effective, retired, url FROM coverage_document WHERE edition = ?"
)
_LISTS = "lcd-diagnoses"


class Coverage:
    """The index and the lists as loaded; both are partial, and say so through their source."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def document(self, document_id: str, *, on: date) -> CoverageDocument | None:
        """The LCD or article in its newest version."""
        edition = self._editions.nearest("mcd", on)
        if edition is None:
            return None
        rows = self._database.rows(f"{_DOCUMENT} AND id = ? ORDER BY version DESC", edition.number, document_id)
        return _document(rows[0], edition) if rows else None

    def documents(self, code: str, *, on: date, contractor: str = "") -> tuple[CoverageDocument, ...]:
        """The LCDs behind the lists of a procedure code, as far as the index knows them; those of one contractor."""
        edition = self._editions.nearest(_LISTS, on)
        if edition is None:
            return ()
        found = (self.document(each, on=on) for each in self._behind(code, edition))
        return tuple(each for each in found if each and contractor.lower() in each.contractor.lower())

    def diagnosis(self, code: str, diagnosis: str, *, on: date) -> DiagnosisCoverage | None:
        """Whether the diagnosis is listed for the procedure; None where no list of that code is loaded."""
        edition = self._editions.nearest(_LISTS, on)
        behind = self._behind(code, edition) if edition else ()
        if edition is None or not behind:
            return None
        sql = "SELECT covered FROM covered_diagnosis WHERE edition = ? AND code = ? AND diagnosis = ?"
        rows = self._database.rows(sql, edition.number, code, diagnosis.replace(".", "").upper())
        listed = bool(rows[0][0]) if rows else None
        return DiagnosisCoverage(code, diagnosis, listed, behind, edition.reference(f"{code}/{diagnosis}"))

    def listed(self, code: str, *, on: date) -> tuple[str, ...]:
        """The diagnoses listed as covered for a procedure, without dots."""
        edition = self._editions.nearest(_LISTS, on)
        if edition is None:
            return ()
        sql = (
            "SELECT diagnosis FROM covered_diagnosis WHERE edition = ? AND code = ? AND covered = 1 ORDER BY diagnosis"
        )
        return tuple(str(row[0]) for row in self._database.rows(sql, edition.number, code))

    def _behind(self, code: str, edition: PublishedEdition) -> tuple[str, ...]:
        sql = "SELECT documents FROM covered_diagnosis WHERE edition = ? AND code = ? AND diagnosis = ''"
        rows = self._database.rows(sql, edition.number, code)
        return tuple(str(rows[0][0]).split()) if rows else ()


def _document(row: Row, edition: PublishedEdition) -> CoverageDocument:
    document_id, version, kind, title, contractor, effective, retired, url = row
    return CoverageDocument(
        id=str(document_id),
        version=int(version or 0),
        type=str(kind),
        title=str(title),
        contractor=str(contractor),
        effective_from=date.fromisoformat(str(effective)) if effective else None,
        retired=date.fromisoformat(str(retired)) if retired else None,
        url=str(url),
        reference=edition.reference(str(document_id)),
    )

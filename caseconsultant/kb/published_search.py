"""What of the published file the search can find: ICD-10-CM with inclusion terms, HCPCS with the names of drugs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from caseconsultant.domain.codes import CodeSystem
from caseconsultant.kb.icd import CATEGORY, dotted
from caseconsultant.kb.search_index import Entry, write

_NEWEST = "SELECT max(effective_from), number FROM edition WHERE source = ?"


def index(connection: sqlite3.Connection) -> None:
    """Write the search index over the newest editions."""
    write(connection, [*_diagnoses(connection), *_hcpcs(connection)])


def _newest(connection: sqlite3.Connection, source: str) -> int | None:
    number = connection.execute(_NEWEST, (source,)).fetchone()[1]
    return int(number) if number is not None else None


def _diagnoses(connection: sqlite3.Connection) -> Iterator[Entry]:
    codes = _newest(connection, "icd-10-cm")
    if codes is None:
        return
    terms = _inclusion_terms(connection)
    rows = connection.execute(
        "SELECT code, billable, description FROM icd10cm WHERE edition = ? ORDER BY code", (codes,)
    )
    for code, billable, description in rows:
        own = [term for length in range(len(code), CATEGORY - 1, -1) for term in terms.get(code[:length], ())]
        yield Entry(CodeSystem.ICD10CM, dotted(code), bool(billable), description, tuple(own))


def _inclusion_terms(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The inclusion terms of each level by its code."""
    number = _newest(connection, "icd-10-cm-tabular")
    found: dict[str, list[str]] = {}
    if number is None:
        return found
    sql = "SELECT owner, text FROM icd10cm_note WHERE edition = ? AND kind = 'inclusion_term'"
    for owner, text in connection.execute(sql, (number,)):
        found.setdefault(owner, []).append(text)
    return found


def _hcpcs(connection: sqlite3.Connection) -> Iterator[Entry]:
    codes = _newest(connection, "hcpcs")
    if codes is None:
        return
    names = _drug_names(connection)
    sql = (
        "SELECT code, description FROM hcpcs "
        "WHERE edition = ? AND length(code) = 5 AND description IS NOT NULL ORDER BY code"
    )
    for code, description in connection.execute(sql, (codes,)):
        yield Entry(CodeSystem.HCPCS, code, True, description, tuple(sorted(names.get(code, ()))))  # noqa: FBT003


def _drug_names(connection: sqlite3.Connection) -> dict[str, set[str]]:
    number = _newest(connection, "ndc-hcpcs")
    found: dict[str, set[str]] = {}
    if number is not None:
        for code, drug in connection.execute("SELECT DISTINCT code, drug FROM ndc WHERE edition = ?", (number,)):
            found.setdefault(code, set()).add(drug)
    return found

"""Authored codes beside the lists of codes: whether they exist, their days, their global period, their role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseconsultant.domain.records import CodeRecord, Role
from caseconsultant.kb.comparing import Comparison, Disagreement
from caseconsultant.kb.published_tables.editions import PublishedEdition
from caseconsultant.kb.published_tables.edits import ADD_ON
from caseconsultant.kb.published_tables.fees import PFS
from caseconsultant.kb.store import Store

_LISTS = ("pfs", "hcpcs", "clfs", "opps-addendum-b", "asp")
_ADD_ON_ROLES = frozenset(
    {Role.ADD_ON, Role.ADDITIONAL_HOUR, Role.SEQUENTIAL, Role.CONCURRENT, Role.SETUP, Role.PUSH_SEQUENTIAL}
)


def compare(store: Store) -> Iterator[Comparison]:
    """On the first day of the newest edition of each list, where the record holds then."""
    newest = [edition for source in _LISTS for edition in store.published.editions.of(source)[:1]]
    for record in store.every_code():
        found = [each for edition in newest for each in _existence(store, record, edition)]
        found.extend(_global_days(store, record))
        found.extend(_role(store, record))
        yield Comparison(bool(newest), tuple(dict.fromkeys(found)))


def _existence(store: Store, record: CodeRecord, edition: PublishedEdition) -> Iterator[Disagreement]:
    """A code that we say holds must not be one that the lists know to be ended, not begun or unknown."""
    on = edition.effective_from
    if not _holds(record, on):
        return
    found = store.published.codes.validity(record.code, on=on)
    if found and found.valid is False:
        yield Disagreement(edition.source, record.code, on, "valid", str(found.why))


def _global_days(store: Store, record: CodeRecord) -> Iterator[Disagreement]:
    for edition in store.published.editions.of(PFS)[:1]:
        fee = store.fees.record(record.code, on=edition.effective_from)
        if fee and _holds(record, edition.effective_from) and record.global_days not in (fee.global_days, None):
            said = f"global days {record.global_days}"
            yield Disagreement(PFS, record.code, edition.effective_from, said, f"global days {fee.global_days}")


def _role(store: Store, record: CodeRecord) -> Iterator[Disagreement]:
    """What the add-on file lists has a role beside another code."""
    for edition in store.published.editions.of(ADD_ON)[:1]:
        on = edition.effective_from
        listed = store.published.edits.add_on(record.code, on)
        if listed and _holds(record, on) and record.role not in _ADD_ON_ROLES:
            yield Disagreement(ADD_ON, record.code, on, f"role {record.role}", f"add-on code, type {listed.type}")


def _holds(record: CodeRecord, on: date) -> bool:
    return record.effective_from <= on and (record.effective_to is None or on <= record.effective_to)

"""Authored pairs, unit limits and add-on codes beside the NCCI tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from caseconsultant.domain.records import AddOn, Mue, NoPtpEdit, PtpEdit
from caseconsultant.kb.comparing import Comparison, Disagreement
from caseconsultant.kb.database import Row
from caseconsultant.kb.published_tables import ADD_ON, PublishedTables
from caseconsultant.kb.records import day
from caseconsultant.kb.store import Store

Fact = PtpEdit | NoPtpEdit | Mue | AddOn | None


def compare(store: Store) -> Iterator[Comparison]:
    """On the first and last day of each record of either side."""
    for source, subject, days in _subjects(store, store.published):
        found = []
        compared = False
        for on in sorted(each for each in days if store.published.editions.covers(source, each)):
            published = _published(store.published, source, subject, on)
            if isinstance(published, PtpEdit | NoPtpEdit) or not source.startswith("ncci-ptp"):
                compared = True
                authored, table = _told(store.authored(source, subject, on)), _told(published)
                if authored not in (table, "nothing"):
                    found.append(Disagreement(source, subject, on, authored, table))
        yield Comparison(compared, tuple(found))


def _subjects(store: Store, published: PublishedTables) -> Iterator[tuple[str, str, set[date]]]:
    """Source, pair or code, and the days on which either side begins or ends to say something."""
    days: dict[tuple[str, str], set[date]] = {}
    for source, subject, start, end in _authored_days(store):
        known = days.setdefault((str(source), str(subject)), set())
        known.update(each for each in (day(start), day(end)) if each)
    for (source, subject), own in days.items():
        turning = {each for start, end in published.edits.days_of(source, subject) for each in _around(start, end)}
        editions = {
            each for one in published.editions.of(source) for each in (one.effective_from, one.effective_to) if each
        }
        yield source, subject, own | turning | editions


def _around(start: date, end: date | None) -> Iterator[date]:
    yield start
    if end:
        yield end
        yield end + timedelta(days=1)


def _authored_days(store: Store) -> list[Row]:
    return store.database.rows(
        "SELECT source, column_one || '/' || column_two, effective_from, effective_to FROM ptp "
        "UNION ALL SELECT source, code, effective_from, effective_to FROM mue "
        "UNION ALL SELECT source, code, effective_from, effective_to FROM add_on"
    )


def _published(tables: PublishedTables, source: str, subject: str, on: date) -> Fact:
    if source == ADD_ON:
        return tables.edits.add_on(subject, on)
    if "/" not in subject:
        return tables.edits.mue(source, subject, on)
    first, second = subject.split("/")
    return tables.edits.ptp_edit(source, first, second, on)


def _told(fact: Fact) -> str:
    """A fact in words, the same for the same fact."""
    match fact:
        case PtpEdit():
            return f"{fact.column_one}/{fact.column_two} indicator {fact.modifier_indicator}"
        case NoPtpEdit():
            return "no edit"
        case Mue():
            return f"{fact.units} units, MAI {fact.mai}"
        case AddOn():
            only = ", facilities only" if fact.facility_only else ""
            marked = [code + " (practitioner only)" * (code in fact.practitioner_only) for code in fact.primaries]
            return f"type {fact.type} with {', '.join(marked)}{only}"
        case None:
            return "nothing"

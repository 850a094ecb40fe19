from __future__ import annotations

from sqlalchemy import update

from caseconsultant.db.models import AuditEvent
from caseconsultant.services import audit


def three_events(session, clock) -> None:
    for event in ("received", "drafted", "approved"):
        audit.record(session, event, case_id=None, actor="engine", at=clock(), version=1)


def test_an_untouched_chain_holds(database, clock):
    with database.transaction() as session:
        three_events(session, clock)
    with database.reading() as session:
        assert [event.event for event in audit.history(session, None)] == ["received", "drafted", "approved"]
        assert audit.first_broken(session, None) is None


def test_a_changed_event_breaks_the_chain_where_it_stands(database, clock):
    with database.transaction() as session:
        three_events(session, clock)
    with database.transaction() as session:
        session.execute(update(AuditEvent).where(AuditEvent.sequence == 2).values(actor="somebody else"))
    with database.reading() as session:
        assert audit.first_broken(session, None).sequence == 2

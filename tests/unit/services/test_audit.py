from __future__ import annotations

from house import House
from sqlalchemy import update

from caseconsultant.db.models import AuditEvent
from caseconsultant.services import audit


def test_an_untouched_chain_holds(house: House):
    case_id = house.asked()
    assert house.events(case_id) == ["received", "drafted"]
    with house.database.reading() as session:
        assert audit.first_broken(session, case_id) is None


def test_a_changed_event_breaks_the_chain_where_it_stands(house: House):
    case_id = house.asked()
    with house.database.transaction() as session:
        session.execute(update(AuditEvent).where(AuditEvent.sequence == 1).values(actor="somebody else"))
    with house.database.reading() as session:
        assert audit.first_broken(session, case_id).sequence == 1


def test_the_installation_has_a_chain_of_its_own(house: House):
    with house.database.transaction() as session:
        for number in range(3):
            audit.record(session, "exported", case=None, actor="operator", at=house.clock(), inbound=number)
    with house.database.reading() as session:
        assert [event.sequence for event in audit.history(session, None)] == [1, 2, 3]
        assert audit.first_broken(session, None) is None

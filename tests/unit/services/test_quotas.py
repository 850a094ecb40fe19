from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from house import SetClock
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, CaseStatus
from caseconsultant.db.session import Database
from caseconsultant.domain.errors import InputError
from caseconsultant.services import accounts, quotas
from caseconsultant.settings import Plan, Settings


def a_case(session: Session, sender_id: int, clock: SetClock) -> int:
    case = Case(
        sender_id=sender_id,
        reply_to="dana@clinic.example.com",
        subject="",
        status=CaseStatus.RECEIVED,
        created_at=clock(),
        due_at=clock(),
    )
    session.add(case)
    session.flush()
    return case.id


def reserve_one(
    database: Database, settings: Settings, clock: SetClock, address: str = "dana@clinic.example.com"
) -> bool:
    with database.transaction() as session:
        sender = accounts.sender_for(session, address, name=None, at=clock())
        return quotas.reserve(session, sender, a_case(session, sender.id, clock), at=clock(), settings=settings)


def test_a_guest_has_one_question(database, settings, clock):
    assert [reserve_one(database, settings, clock) for _ in range(2)] == [True, False]


def test_a_registered_sender_has_five_more(database, settings, clock):
    assert reserve_one(database, settings, clock)
    with database.transaction() as session:
        sender = accounts.sender_for(session, "dana@clinic.example.com", name=None, at=clock())
        assert accounts.register(sender, at=clock(), plan=None, settings=settings)
    assert [reserve_one(database, settings, clock) for _ in range(6)] == [True] * 5 + [False]


def test_plus_tags_are_the_same_person(database, settings, clock):
    assert reserve_one(database, settings, clock, "Dana+a@clinic.example.com")
    assert not reserve_one(database, settings, clock, "dana+b@Clinic.example.com")


def test_fifty_at_once_take_a_quota_of_one_once(database, settings, clock):
    with ThreadPoolExecutor(10) as threads:
        taken = list(threads.map(lambda _: reserve_one(database, settings, clock), range(50)))
    assert sum(taken) == 1


def test_a_release_gives_the_question_back_once_and_a_charge_never_does(database, settings, clock):
    with database.transaction() as session:
        sender = accounts.sender_for(session, "dana@clinic.example.com", name=None, at=clock())
        case = a_case(session, sender.id, clock)
        assert quotas.reserve(session, sender, case, at=clock(), settings=settings)
        quotas.release(session, case, at=clock())
        quotas.release(session, case, at=clock())
        assert quotas.allowance(session, sender, at=clock(), settings=settings).left == 1
        other = a_case(session, sender.id, clock)
        assert quotas.reserve(session, sender, other, at=clock(), settings=settings)
        quotas.charge(session, other, at=clock())
        quotas.release(session, other, at=clock())
        assert quotas.allowance(session, sender, at=clock(), settings=settings).left == 0


@pytest.mark.parametrize(
    ("instant", "bucket"),
    [
        (datetime(2026, 12, 1, 4, 59, tzinfo=UTC), "clinic:2026-11"),
        (datetime(2026, 12, 1, 5, 0, tzinfo=UTC), "clinic:2026-12"),
    ],
)
def test_a_plan_month_begins_at_midnight_in_our_time_zone(database, settings, clock, instant, bucket):
    settings = settings.model_copy(update={"plans": {"clinic": Plan(questions=20)}})
    with database.transaction() as session:
        sender = accounts.sender_for(session, "dana@clinic.example.com", name=None, at=clock())
        accounts.register(sender, at=clock(), plan="clinic", settings=settings)
        assert quotas.allowance(session, sender, at=instant, settings=settings).bucket == bucket


def test_an_unknown_plan_is_refused_by_name(database, settings, clock):
    with database.transaction() as session:
        sender = accounts.sender_for(session, "dana@clinic.example.com", name=None, at=clock())
        with pytest.raises(InputError, match="no plan 'gold'"):
            accounts.register(sender, at=clock(), plan="gold", settings=settings)

from __future__ import annotations

import pytest
from house import House, mail

from caseconsultant.db.models import MailKind
from caseconsultant.queue import DRAFT_CASE, OPEN_CASE, SEND_OUTBOX
from caseconsultant.services import reviewing, sweeping


def sweep(house: House) -> dict[str, int]:
    return sweeping.sweep(database=house.database, post=house.post)


@pytest.mark.parametrize(("seconds", "again"), [(59, []), (60, [1])])
def test_mail_nobody_opened_is_enqueued_again_once_its_stamp_lapsed(house: House, seconds, again):
    house.arrive(mail())
    house.queue.take(OPEN_CASE)
    house.clock.advance(seconds=seconds)
    sweep(house)
    assert house.queue.take(OPEN_CASE) == again
    sweep(house)
    assert house.queue.take(OPEN_CASE) == []


def test_a_case_nobody_drafted_is_enqueued_again(house: House):
    case_id = house.open(house.arrive(mail()))
    house.queue.take(DRAFT_CASE)
    house.clock.advance(seconds=60)
    sweep(house)
    assert house.queue.take(DRAFT_CASE) == [case_id]
    house.draft(case_id)
    house.clock.advance(seconds=60)
    sweep(house)
    assert house.queue.take(DRAFT_CASE) == []


def test_an_answer_nobody_sent_is_enqueued_again(house: House):
    case_id = house.asked()
    reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    house.queue.take(SEND_OUTBOX)
    house.clock.advance(seconds=74)
    sweep(house)
    assert house.queue.take(SEND_OUTBOX) == []
    house.clock.advance(seconds=1)
    sweep(house)
    assert house.queue.take(SEND_OUTBOX) == [1]


def test_a_case_that_waits_longer_than_set_is_acknowledged_once(house: House):
    house.asked()
    house.clock.advance(minutes=119)
    assert sweep(house)["acknowledged"] == 0
    house.clock.advance(minutes=1)
    assert sweep(house)["acknowledged"] == 1
    assert sweep(house)["acknowledged"] == 0
    assert [message.kind for message in house.outbox()] == [MailKind.ACKNOWLEDGEMENT]
    assert b"CC-2026-000001" in house.outbox()[0].raw


def test_held_and_answered_cases_are_not_acknowledged(house: House):
    house.asked(authentication="none")
    answered = house.asked(mail(message_id="<two@clinic.example.com>"))
    reviewing.approve(answered, 1, house.reviewer(), database=house.database, post=house.post)
    house.clock.advance(days=1)
    assert sweep(house)["acknowledged"] == 0

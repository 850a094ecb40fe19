"""The delivery page: a person decides on what failed and on what may have arrived."""

from __future__ import annotations

import pytest
from desk import Browser, Desk
from sqlalchemy import insert

from caseconsultant.db.models import MailKind, OutboxMessage, OutboxState
from caseconsultant.queue import SEND_OUTBOX


def approved(desk: Desk, robin: Browser, state: OutboxState) -> int:
    """An approved answer whose outbox message stands in the state."""
    case = desk.case()
    robin.post(f"/cases/{case}/approve", version=1)
    message = desk.outbox()[-1]
    with desk.database.transaction() as session:
        session.get_one(OutboxMessage, message.id).state = state
    desk.queue.take(SEND_OUTBOX)
    return message.id


def test_nothing_to_deliver_says_so(robin: Browser):
    assert "Everything is with the relay" in robin.get("/outbox").text


def test_without_a_relay_it_says_that_answers_wait(make_desk):
    desk = make_desk(relay_host=None)
    assert "Set CASECONSULTANT_RELAY_HOST" in desk.reviewer().get("/outbox").text


@pytest.mark.parametrize("state", [OutboxState.FAILED, OutboxState.UNCERTAIN])
def test_sending_again_queues_the_same_message(desk: Desk, robin: Browser, state: OutboxState):
    message = approved(desk, robin, state)
    before = desk.outbox()[0].message_id
    assert "Send again" in robin.get("/outbox").text
    assert robin.post(f"/outbox/{message}/resolve", resend="true").headers["Location"] == "/outbox"
    assert [(row.state, row.message_id) for row in desk.outbox()] == [(OutboxState.QUEUED, before)]
    assert desk.queue.take(SEND_OUTBOX) == [message]


def test_settling_an_uncertain_one_as_arrived_sends_the_case(desk: Desk, robin: Browser):
    message = approved(desk, robin, OutboxState.UNCERTAIN)
    assert robin.post(f"/outbox/{message}/resolve", resend="false").status_code == 303
    assert desk.outbox()[0].state is OutboxState.SENT
    assert desk.status(1) == "sent"
    assert not desk.queue.take(SEND_OUTBOX)


def test_a_second_click_is_409_and_sends_nothing_twice(desk: Desk, robin: Browser):
    message = approved(desk, robin, OutboxState.UNCERTAIN)
    robin.post(f"/outbox/{message}/resolve", resend="true")
    answer = robin.post(f"/outbox/{message}/resolve", resend="true")
    assert answer.status_code == 409
    assert "there is nothing to resolve" in answer.text
    assert len(desk.queue.take(SEND_OUTBOX)) == 1


@pytest.mark.parametrize("message", ["77", "0", "99999999999999999999", "x"])
def test_an_unknown_message_is_404(robin: Browser, message: str):
    assert robin.post(f"/outbox/{message}/resolve", resend="true").status_code == 404


@pytest.mark.parametrize("form", [{}, {"resend": "perhaps"}])
def test_a_decision_that_is_none_is_422(desk: Desk, robin: Browser, form: dict[str, str]):
    answer = robin.post(f"/outbox/{approved(desk, robin, OutboxState.FAILED)}/resolve", **form)
    assert answer.status_code == 422
    assert "(resend)" in answer.text


def test_trouble_is_never_pushed_off_the_page_by_what_merely_waits(desk: Desk, robin: Browser):
    now = desk.clock()
    waiting = [
        {
            "kind": MailKind.ANSWER,
            "dedup_key": f"k{number}",
            "message_id": f"m{number}",
            "mail_from": "f",
            "rcpt_to": f"r{number}@example.com",
            "raw": b"",
            "attempts": 0,
            "not_before": now,
            "created_at": now,
            "state": OutboxState.QUEUED if number < 250 else OutboxState.FAILED,
        }
        for number in range(251)
    ]
    with desk.database.transaction() as session:
        session.execute(insert(OutboxMessage), waiting)
    page = robin.get("/outbox").text
    assert "r250@example.com" in page
    assert page.index("r250@example.com") < page.index("r0@example.com")


def test_what_the_relay_said_is_escaped(desk: Desk, robin: Browser):
    message = approved(desk, robin, OutboxState.FAILED)
    with desk.database.transaction() as session:
        session.get_one(OutboxMessage, message).last_reply = "554 <script>alert(1)</script>"
    page = robin.get("/outbox").text
    assert "554 &lt;script&gt;" in page


def test_what_came_back_is_shown_for_a_fortnight(desk: Desk, robin: Browser):
    message = approved(desk, robin, OutboxState.SENT)
    with desk.database.transaction() as session:
        row = session.get_one(OutboxMessage, message)
        row.bounced_at, row.bounce = desk.clock(), "hard: failed 5.1.1"

    assert "hard: failed 5.1.1" in robin.get("/outbox").text
    desk.clock.advance(days=15)
    assert "hard: failed" not in desk.reviewer("Kim").get("/outbox").text

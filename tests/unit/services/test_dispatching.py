from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from house import House
from sqlalchemy import select

from caseconsultant.db.models import CaseStatus, LedgerKind, OutboxMessage, OutboxState, QuotaEntry
from caseconsultant.domain.errors import ForbiddenStepError
from caseconsultant.outbound.relay import Delivery, HandOverError, Outcome
from caseconsultant.queue import SEND_OUTBOX
from caseconsultant.services import dispatching, reviewing, sweeping


@dataclass
class PlayedRelay:
    """Gives the outcomes it is told to; remembers what it was handed."""

    before: Outcome | None = None
    after: Outcome = field(default_factory=lambda: Outcome(Delivery.ACCEPTED, "250 ok"))
    handed: list[bytes] = field(default_factory=list)
    meanwhile: object = None

    @contextmanager
    def begin(self, *, mail_from: str, rcpt_to: str) -> Iterator[PlayedRelay]:
        if callable(self.meanwhile):
            self.meanwhile()
        if self.before:
            raise HandOverError(self.before)
        yield self

    def deliver(self, raw: bytes) -> Outcome:
        self.handed.append(raw)
        return self.after


@pytest.fixture
def approved(house: House) -> int:
    case_id = house.asked()
    reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    house.clock.advance(seconds=15)
    house.queue.take(SEND_OUTBOX)
    return case_id


def send(house: House, relay: PlayedRelay) -> OutboxState | None:
    return dispatching.send_outbox(1, database=house.database, relay=relay, post=house.post)


def ledger(house: House) -> list[LedgerKind]:
    with house.database.reading() as session:
        return list(session.scalars(select(QuotaEntry.kind).order_by(QuotaEntry.id)))


def test_an_accepted_answer_is_sent_and_charged_once(house: House, approved: int):
    relay = PlayedRelay()
    assert send(house, relay) is OutboxState.SENT
    assert send(house, relay) is None
    assert len(relay.handed) == 1
    assert house.case(approved).status is CaseStatus.SENT
    assert ledger(house) == [LedgerKind.RESERVE, LedgerKind.CHARGE]


def test_nothing_is_sent_before_its_time(house: House):
    case_id = house.asked()
    reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    relay = PlayedRelay()
    house.clock.advance(seconds=14.9)
    assert send(house, relay) is None
    house.clock.advance(seconds=0.1)
    assert send(house, relay) is OutboxState.SENT


def test_two_senders_at_once_hand_over_once(house: House, approved: int):
    second = PlayedRelay()
    first = PlayedRelay(meanwhile=lambda: send(house, second))
    assert send(house, first) is None
    assert (len(first.handed), len(second.handed)) == (0, 1)


def test_a_worker_that_could_not_connect_does_not_requeue_what_another_is_handing_over(house: House, approved: int):
    def another_takes_it() -> None:
        with house.database.transaction() as session:
            message = session.get_one(OutboxMessage, 1)
            message.state, message.attempts = OutboxState.HANDING_OVER, 1
            message.lease_until = house.clock() + timedelta(minutes=2)

    late = PlayedRelay(before=Outcome(Delivery.DEFERRED, "421 busy"), meanwhile=another_takes_it)
    assert send(house, late) is None
    assert house.outbox()[0].state is OutboxState.HANDING_OVER


def test_an_accepted_reply_that_came_after_the_lease_still_counts(house: House, approved: int):
    class SlowRelay(PlayedRelay):
        def deliver(self, raw: bytes) -> Outcome:
            house.clock.advance(seconds=121)
            sweeping.sweep(database=house.database, post=house.post)
            assert house.outbox()[0].state is OutboxState.UNCERTAIN
            return super().deliver(raw)

    assert send(house, SlowRelay()) is OutboxState.SENT


@pytest.mark.parametrize(
    "relay",
    [
        PlayedRelay(before=Outcome(Delivery.DEFERRED, "421 busy")),
        PlayedRelay(after=Outcome(Delivery.DEFERRED, "451 later")),
    ],
)
def test_a_deferral_is_tried_again_after_a_wait_that_doubles(house: House, approved: int, relay: PlayedRelay):
    relay = replace(relay, handed=[])
    for seconds in (30, 60, 120):
        assert send(house, relay) is OutboxState.QUEUED
        assert send(house, relay) is None
        message = house.outbox()[0]
        assert message.not_before - house.clock() == timedelta(seconds=seconds)
        assert message.last_reply == (relay.before or relay.after).reply
        house.clock.advance(seconds=seconds)
    assert send(house, PlayedRelay()) is OutboxState.SENT
    assert house.outbox()[0].attempts == 4


def test_after_five_days_of_deferrals_it_failed(house: House, approved: int):
    house.clock.advance(days=5)
    assert send(house, PlayedRelay(after=Outcome(Delivery.DEFERRED, "451 later"))) is OutboxState.FAILED


def test_a_refusal_fails_and_gives_the_question_back(house: House, approved: int):
    assert send(house, PlayedRelay(after=Outcome(Delivery.REFUSED, "554 no"))) is OutboxState.FAILED
    assert ledger(house) == [LedgerKind.RESERVE, LedgerKind.RELEASE]
    assert house.events(approved)[-1] == "failed"


def test_silence_after_data_is_uncertain_and_never_sent_again_unasked(house: House, approved: int):
    assert send(house, PlayedRelay(after=Outcome(Delivery.UNCERTAIN, "no reply"))) is OutboxState.UNCERTAIN
    house.clock.advance(days=1)
    sweeping.sweep(database=house.database, post=house.post)
    assert house.queue.take(SEND_OUTBOX) == []
    assert send(house, PlayedRelay()) is None


def test_a_person_may_resend_what_is_uncertain_under_the_same_message_id(house: House, approved: int):
    relay = PlayedRelay(after=Outcome(Delivery.UNCERTAIN, "no reply"))
    send(house, relay)
    dispatching.resolve(1, resend=True, actor="robin", database=house.database, post=house.post)
    relay.after = Outcome(Delivery.ACCEPTED, "250 ok")
    assert send(house, relay) is OutboxState.SENT
    assert relay.handed[0] == relay.handed[1]


def test_a_person_may_settle_what_is_uncertain_as_arrived(house: House, approved: int):
    send(house, PlayedRelay(after=Outcome(Delivery.UNCERTAIN, "no reply")))
    dispatching.resolve(1, resend=False, actor="robin", database=house.database, post=house.post)
    assert house.case(approved).status is CaseStatus.SENT
    with pytest.raises(ForbiddenStepError, match="nothing to resolve"):
        dispatching.resolve(1, resend=True, actor="robin", database=house.database, post=house.post)


def test_a_hand_over_whose_process_died_becomes_uncertain_when_its_lease_runs_out(house: House, approved: int):
    class DyingRelay(PlayedRelay):
        def deliver(self, raw: bytes) -> Outcome:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(house, DyingRelay())
    house.clock.advance(seconds=120)
    assert sweeping.sweep(database=house.database, post=house.post)["uncertain"] == 0
    house.clock.advance(seconds=1)
    assert sweeping.sweep(database=house.database, post=house.post)["uncertain"] == 1
    assert house.outbox()[0].state is OutboxState.UNCERTAIN


def test_without_a_relay_answers_wait(house: House, approved: int):
    assert dispatching.send_outbox(1, database=house.database, relay=None, post=house.post) is None
    assert house.outbox()[0].state is OutboxState.QUEUED


def test_an_answer_taken_back_while_the_relay_was_greeted_is_not_sent(house: House, approved: int):
    robin = reviewing.Reviewer(1, "Robin", "CPC", "robin@desk.example.com")
    relay = PlayedRelay(meanwhile=lambda: reviewing.undo(approved, robin, database=house.database, post=house.post))
    assert send(house, relay) is None
    assert relay.handed == []

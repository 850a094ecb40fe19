"""The outbox: each message handed to the relay once. Send and mark apart; never an unasked second copy."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from caseconsultant.db.models import Case, CaseStatus, MailKind, OutboxMessage, OutboxState
from caseconsultant.db.session import Database, after_commit
from caseconsultant.domain.errors import ForbiddenStepError, InputError
from caseconsultant.outbound.relay import Delivery, HandOverError, Outcome, Relay
from caseconsultant.queue import SEND_OUTBOX
from caseconsultant.services import audit, quotas
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.steps import move_case, move_outbox

log = structlog.get_logger()

_LONGEST_DELAY = timedelta(hours=1)
_KEEP_TRYING = timedelta(days=5)


def send_outbox(outbox_id: int, *, database: Database, relay: Relay | None, post: PostOffice) -> OutboxState | None:
    """Hand the message over if it is due; returns the state it is left in, None if nothing was to be done.

    Before DATA the row is committed as `handing_over` with a lease. A crash after that leaves a lapsed lease,
    which the sweeper turns into `uncertain`.
    """
    message = _due(outbox_id, database=database, at=post.clock())
    if message is None or relay is None:
        return None
    try:
        with relay.begin(mail_from=message.mail_from, rcpt_to=message.rcpt_to) as hand_over:
            if not _claim(message, database=database, post=post):
                return None  # another worker was first, or it was taken back
            outcome, claimed = hand_over.deliver(message.raw), True
    except HandOverError as error:
        outcome, claimed = error.outcome, False
    with database.transaction() as session:
        return _record(session, message, outcome, claimed=claimed, post=post)


def retry_delay(attempts: int, *, first: timedelta) -> timedelta:
    """How long to wait after so many attempts: `first`, then doubling, an hour at most."""
    return min(first * (1 << min(attempts - 1, 10)), _LONGEST_DELAY)


def resolve(outbox_id: int, *, resend: bool, actor: str, database: Database, post: PostOffice) -> None:
    """A person decides on an uncertain or failed message: it arrived, or it is sent again under the same Message-ID."""
    with database.transaction() as session:
        message, case = _looked_up(session, outbox_id)
        if message.state not in {OutboxState.UNCERTAIN, OutboxState.FAILED}:
            state = message.state.value
            raise ForbiddenStepError(f"outbox message {outbox_id} is {state}: there is nothing to resolve")
        now = post.clock()
        if resend:
            move_outbox(message, OutboxState.QUEUED)
            message.not_before = message.enqueued_at = now
            after_commit(session, lambda: post.queue.send(SEND_OUTBOX, outbox_id))
        else:
            _mark_sent(session, message, case, at=now)
        event = "resent" if resend else "marked_sent"
        audit.record(session, event, case=case, actor=actor, at=now, outbox=outbox_id)


def lapse(session: Session, *, at: datetime) -> int:
    """Turn hand-overs whose lease ran out into `uncertain`: the relay may have the message. Returns how many."""
    lapsed = session.scalars(
        select(OutboxMessage.id).where(OutboxMessage.state == OutboxState.HANDING_OVER, OutboxMessage.lease_until < at)
    ).all()
    for outbox_id in lapsed:
        message, case = _looked_up(session, outbox_id)
        if message.state is OutboxState.HANDING_OVER:
            message.last_reply = "the sending process ended before the relay's reply was recorded"
            _mark_uncertain(session, message, case, at=at)
    return len(lapsed)


def _due(outbox_id: int, *, database: Database, at: datetime) -> OutboxMessage | None:
    with database.reading() as session:
        message = session.get(OutboxMessage, outbox_id, options=[undefer(OutboxMessage.raw)])
    due = message is not None and message.state is OutboxState.QUEUED and message.not_before <= at
    return message if due else None


def _claim(message: OutboxMessage, *, database: Database, post: PostOffice) -> bool:
    """Commit the hand-over before DATA; False where the row is no longer as it was read. Counts the attempt."""
    lease = timedelta(seconds=post.settings.hand_over_lease_seconds)
    with database.transaction() as session:
        claimed = session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id == message.id,
                OutboxMessage.state == OutboxState.QUEUED,
                OutboxMessage.attempts == message.attempts,
            )
            .values(
                state=OutboxState.HANDING_OVER, lease_until=post.clock() + lease, attempts=OutboxMessage.attempts + 1
            )
        )
    return claimed.rowcount == 1  # type: ignore[attr-defined,no-any-return]  # a CursorResult, which the stubs do not say


def _record(
    session: Session, sent: OutboxMessage, outcome: Outcome, *, claimed: bool, post: PostOffice
) -> OutboxState | None:
    """Record the outcome of our own attempt; whatever became of the row since (resolved, taken back) stands."""
    message, case = _locked(session, sent.id, sent.case_id)
    expected = {OutboxState.HANDING_OVER, OutboxState.UNCERTAIN} if claimed else {OutboxState.QUEUED}
    if message.state not in expected or message.attempts != sent.attempts + claimed:
        return None
    now = post.clock()
    message.attempts = sent.attempts + 1
    message.last_reply, message.lease_until = outcome.reply, None
    log.info("handed_over", outbox=message.id, delivery=outcome.delivery.value, attempts=message.attempts)
    match outcome.delivery:
        case Delivery.ACCEPTED:
            _mark_sent(session, message, case, at=now)
        case Delivery.DEFERRED if now - message.created_at < _KEEP_TRYING:
            _defer(message, at=now, first=timedelta(seconds=post.settings.retry_seconds))
        case Delivery.UNCERTAIN:
            _mark_uncertain(session, message, case, at=now)
        case _:
            _fail(session, message, case, at=now)
    return message.state


def _mark_sent(session: Session, message: OutboxMessage, case: Case | None, *, at: datetime) -> None:
    move_outbox(message, OutboxState.SENT)
    message.sent_at = at
    _note(session, "sent", message, case, at=at, kind=message.kind.value)
    if case and message.kind is MailKind.ANSWER and case.status is CaseStatus.APPROVED:
        move_case(case, CaseStatus.SENT)
        case.answered_at = case.answered_at or at  # the follow-up that is free counts from the first answer
        case.claimed_by_id, case.claimed_until = None, None
        quotas.charge(session, case.id, at=at)


def _mark_uncertain(session: Session, message: OutboxMessage, case: Case | None, *, at: datetime) -> None:
    if message.state is not OutboxState.UNCERTAIN:
        move_outbox(message, OutboxState.UNCERTAIN)
        _note(session, "uncertain", message, case, at=at)


def _defer(message: OutboxMessage, *, at: datetime, first: timedelta) -> None:
    if message.state is not OutboxState.QUEUED:
        move_outbox(message, OutboxState.QUEUED)
    message.not_before = at + retry_delay(message.attempts, first=first)
    message.enqueued_at = None  # the sweeper enqueues it when it is due


def _fail(session: Session, message: OutboxMessage, case: Case | None, *, at: datetime) -> None:
    move_outbox(message, OutboxState.FAILED)
    _note(session, "failed", message, case, at=at, reply=message.last_reply)
    if case and message.kind is MailKind.ANSWER:
        quotas.release(session, case.id, at=at)


def _note(
    session: Session, event: str, message: OutboxMessage, case: Case | None, *, at: datetime, **detail: object
) -> None:
    if case:
        audit.record(session, event, case=case, actor=audit.ENGINE, at=at, outbox=message.id, **detail)


def _looked_up(session: Session, outbox_id: int) -> tuple[OutboxMessage, Case | None]:
    case_id = session.scalar(select(OutboxMessage.case_id).where(OutboxMessage.id == outbox_id))
    return _locked(session, outbox_id, case_id)


def _locked(session: Session, outbox_id: int, case_id: int | None) -> tuple[OutboxMessage, Case | None]:
    """The message and its case, both locked: the case first, as everywhere, so that nobody waits in a circle."""
    case = session.get(Case, case_id, with_for_update={"of": Case}) if case_id else None
    message = session.get(OutboxMessage, outbox_id, with_for_update=True)
    if message is None:
        raise InputError(f"there is no outbox message {outbox_id}")
    return message, case

"""The outbox: each message handed to the relay once. Send and mark apart; never an unasked second copy."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from caseconsultant.db.models import Case, CaseStatus, MailKind, OutboxMessage, OutboxState
from caseconsultant.db.session import Database, after_commit
from caseconsultant.domain.errors import ForbiddenStepError, InputError
from caseconsultant.outbound.relay import Delivery, HandOver, HandOverError, Outcome, Relay
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
            outcome = _hand_over(hand_over, message, database=database, post=post)
    except HandOverError as error:
        outcome = error.outcome
    if outcome is None:
        return None
    with database.transaction() as session:
        return _record(session, outbox_id, outcome, post=post)


def retry_delay(attempts: int, *, first: timedelta) -> timedelta:
    """How long to wait after so many attempts: `first`, then doubling, an hour at most."""
    return min(first * (1 << min(attempts - 1, 10)), _LONGEST_DELAY)


def resolve(outbox_id: int, *, resend: bool, actor: str, database: Database, post: PostOffice) -> None:
    """A person decides on an uncertain or failed message: it arrived, or it is sent again under the same Message-ID."""
    with database.transaction() as session:
        message = _locked(session, outbox_id)
        if message.state not in {OutboxState.UNCERTAIN, OutboxState.FAILED}:
            raise ForbiddenStepError(
                f"outbox message {outbox_id} is {message.state.value}: there is nothing to resolve"
            )
        if resend:
            move_outbox(message, OutboxState.QUEUED)
            message.not_before = message.enqueued_at = post.clock()
            after_commit(session, lambda: post.queue.send(SEND_OUTBOX, outbox_id))
        else:
            _mark_sent(session, message, at=post.clock())
        event = "resent" if resend else "marked_sent"
        audit.record(session, event, case_id=message.case_id, actor=actor, at=post.clock(), outbox=outbox_id)


def lapse(session: Session, *, at: datetime) -> int:
    """Turn hand-overs whose lease ran out into `uncertain`: the relay may have the message. Returns how many."""
    lapsed = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == OutboxState.HANDING_OVER, OutboxMessage.lease_until < at)
        .with_for_update(skip_locked=True)
    ).all()
    for message in lapsed:
        _locked_case(session, message)
        move_outbox(message, OutboxState.UNCERTAIN)
        message.last_reply = "the sending process ended before the relay's reply was recorded"
        audit.record(session, "uncertain", case_id=message.case_id, actor=audit.ENGINE, at=at, outbox=message.id)
    return len(lapsed)


def _due(outbox_id: int, *, database: Database, at: datetime) -> OutboxMessage | None:
    with database.reading() as session:
        message = session.get(OutboxMessage, outbox_id, options=[undefer(OutboxMessage.raw)])
    due = message is not None and message.state is OutboxState.QUEUED and message.not_before <= at
    return message if due else None


def _hand_over(hand_over: HandOver, message: OutboxMessage, *, database: Database, post: PostOffice) -> Outcome | None:
    """The outcome, or None where another worker was first."""
    lease = timedelta(seconds=post.settings.hand_over_lease_seconds)
    with database.transaction() as session:
        claimed = session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == message.id, OutboxMessage.state == OutboxState.QUEUED)
            .values(state=OutboxState.HANDING_OVER, lease_until=post.clock() + lease)
        )
        if claimed.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult, which the stubs do not say
            return None
    return hand_over.deliver(message.raw)


def _record(session: Session, outbox_id: int, outcome: Outcome, *, post: PostOffice) -> OutboxState:
    message = _locked(session, outbox_id)
    now = post.clock()
    if message.state not in {OutboxState.QUEUED, OutboxState.HANDING_OVER}:
        return message.state  # withdrawn or resolved meanwhile
    message.attempts += 1
    message.last_reply, message.lease_until = outcome.reply, None
    log.info("handed_over", outbox=outbox_id, delivery=outcome.delivery.value, attempts=message.attempts)
    match outcome.delivery:
        case Delivery.ACCEPTED:
            _mark_sent(session, message, at=now)
        case Delivery.DEFERRED if now - message.created_at < _KEEP_TRYING:
            _defer(message, at=now, first=timedelta(seconds=post.settings.retry_seconds))
        case Delivery.UNCERTAIN:
            move_outbox(message, OutboxState.UNCERTAIN)
            audit.record(session, "uncertain", case_id=message.case_id, actor=audit.ENGINE, at=now, outbox=outbox_id)
        case _:
            _fail(session, message, at=now)
    return message.state


def _mark_sent(session: Session, message: OutboxMessage, *, at: datetime) -> None:
    case = _locked_case(session, message)
    move_outbox(message, OutboxState.SENT)
    message.sent_at = at
    if case is None:
        return
    audit.record(
        session, "sent", case_id=case.id, actor=audit.ENGINE, at=at, outbox=message.id, kind=message.kind.value
    )
    if message.kind is MailKind.ANSWER and case.status is CaseStatus.APPROVED:
        move_case(case, CaseStatus.SENT)
        case.answered_at = at
        case.claimed_by_id, case.claimed_until = None, None
        quotas.charge(session, case.id, at=at)


def _defer(message: OutboxMessage, *, at: datetime, first: timedelta) -> None:
    if message.state is OutboxState.HANDING_OVER:
        move_outbox(message, OutboxState.QUEUED)
    message.not_before = at + retry_delay(message.attempts, first=first)
    message.enqueued_at = None  # the sweeper enqueues it when it is due


def _fail(session: Session, message: OutboxMessage, *, at: datetime) -> None:
    case = _locked_case(session, message)
    move_outbox(message, OutboxState.FAILED)
    audit.record(
        session,
        "failed",
        case_id=message.case_id,
        actor=audit.ENGINE,
        at=at,
        outbox=message.id,
        reply=message.last_reply,
    )
    if case is not None and message.kind is MailKind.ANSWER:
        quotas.release(session, case.id, at=at)


def _locked(session: Session, outbox_id: int) -> OutboxMessage:
    message = session.get(OutboxMessage, outbox_id, with_for_update=True)
    if message is None:
        raise InputError(f"there is no outbox message {outbox_id}")
    return message


def _locked_case(session: Session, message: OutboxMessage) -> Case | None:
    return session.get(Case, message.case_id, with_for_update={"of": Case}) if message.case_id else None

"""What is due and nobody seems to be doing: enqueued again. This, not the broker, is why nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from caseconsultant.db.models import (
    Case,
    CaseStatus,
    Draft,
    Heartbeat,
    InboundMessage,
    MailKind,
    OutboxMessage,
    OutboxState,
    Question,
    Sender,
)
from caseconsultant.db.session import Database, after_commit, insert_for
from caseconsultant.drafting import compose
from caseconsultant.queue import DRAFT_CASE, OPEN_CASE, SEND_OUTBOX
from caseconsultant.services import correspondence, dispatching, originals
from caseconsultant.services.answering import DRAFTABLE
from caseconsultant.services.posting import PostOffice, subject_for

HEARTBEAT = "sweeper"
_TIDIED = "tidied"
_TIDY_EVERY = timedelta(hours=1)
_AT_ONCE = 500
_UNANSWERED = frozenset({CaseStatus.RECEIVED, CaseStatus.DRAFTING, CaseStatus.IN_REVIEW})


def sweep(*, database: Database, post: PostOffice) -> dict[str, int]:
    """Enqueue what is due and lapsed, mark lapsed hand-overs, acknowledge what takes long. Returns how many of each."""
    with database.transaction() as session:
        _beat(session, at=post.clock())
        return {
            OPEN_CASE: _again(session, _unopened, OPEN_CASE, post=post),
            DRAFT_CASE: _again(session, _undrafted, DRAFT_CASE, post=post),
            SEND_OUTBOX: _again(session, _unsent, SEND_OUTBOX, post=post) if post.settings.relay_host else 0,
            "uncertain": dispatching.lapse(session, at=post.clock()),
            "acknowledged": _acknowledge(session, post=post),
            "forgotten": _tidy(session, post=post),
        }


def _tidy(session: Session, *, post: PostOffice) -> int:
    """Once an hour: delete bytes that were kept long enough, and counts of days that are over."""
    now = post.clock()
    last = session.get(Heartbeat, _TIDIED)
    if last is not None and now - last.at < _TIDY_EVERY:
        return 0
    correspondence.forget(session, before=now, settings=post.settings)
    forgotten = originals.forget_old(session, at=now, days=post.settings.keep_raw_days)
    if forgotten < originals.AT_ONCE:
        _beat(session, at=now, name=_TIDIED)
    return forgotten


def _beat(session: Session, *, at: datetime, name: str = HEARTBEAT) -> None:
    """Leave a sign of life; two sweepers may do so at once."""
    insert = insert_for(session)(Heartbeat).values(name=name, at=at)
    session.execute(insert.on_conflict_do_update(index_elements=[Heartbeat.name], set_={"at": at}))


def _again(
    session: Session, due: Callable[[Session, datetime, datetime], Sequence[Any]], task: str, *, post: PostOffice
) -> int:
    now = post.clock()
    rows = due(session, now, now - timedelta(seconds=post.settings.requeue_after_seconds))
    for row in rows:
        row.enqueued_at = now
        row_id = row.id
        after_commit(session, lambda row_id=row_id: post.queue.send(task, row_id))  # type: ignore[misc]
    return len(rows)


def _unopened(session: Session, _now: datetime, lapsed: datetime) -> Sequence[InboundMessage]:
    return session.scalars(
        select(InboundMessage)
        .where(InboundMessage.disposition.is_(None), _lapsed(InboundMessage.enqueued_at, lapsed))
        .order_by(InboundMessage.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()


def _undrafted(session: Session, _now: datetime, lapsed: datetime) -> Sequence[Case]:
    """Cases whose newest question no draft answers yet."""
    asked = select(func.max(Question.id)).where(Question.case_id == Case.id).scalar_subquery()
    answered = select(func.max(Draft.question_id)).where(Draft.case_id == Case.id).scalar_subquery()
    return session.scalars(
        select(Case)
        .where(
            Case.status.in_(DRAFTABLE),
            asked > func.coalesce(answered, 0),
            _lapsed(Case.enqueued_at, lapsed),
        )
        .order_by(Case.priority.desc(), Case.id)
        .limit(_AT_ONCE)
        .with_for_update(of=Case, skip_locked=True)
    ).all()


def _unsent(session: Session, now: datetime, lapsed: datetime) -> Sequence[OutboxMessage]:
    return session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.QUEUED,
            OutboxMessage.not_before <= now,
            _lapsed(OutboxMessage.enqueued_at, lapsed),
        )
        .order_by(OutboxMessage.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()


def _lapsed(column: Any, lapsed: datetime) -> Any:  # noqa: ANN401  a SQL expression
    return or_(column.is_(None), column <= lapsed)


def _acknowledge(session: Session, *, post: PostOffice) -> int:
    """One acknowledgement for each case that waits longer than the set time, held ones apart."""
    since = post.clock() - timedelta(minutes=post.settings.acknowledge_after_minutes)
    written = select(OutboxMessage.id).where(
        OutboxMessage.case_id == Case.id,
        OutboxMessage.kind.in_((MailKind.ACKNOWLEDGEMENT, MailKind.ANSWER, MailKind.ASK)),
    )
    waiting = session.scalars(
        select(Case)
        .join(Sender, Sender.id == Case.sender_id)
        .where(Case.status.in_(_UNANSWERED), Case.created_at <= since, ~written.exists())
        .where(Sender.stopped_at.is_(None), Sender.undeliverable_at.is_(None))
        .order_by(Case.id)
        .limit(_AT_ONCE)
        .with_for_update(of=Case, skip_locked=True)
    ).all()
    written_now = 0
    for case in waiting:
        body = compose.acknowledgement(subject=subject_for(case), greeting_name=case.greeting_name)
        key = f"acknowledgement:{case.id}"
        written_now += (
            post.notify(session, MailKind.ACKNOWLEDGEMENT, body, sender=case.sender, dedup_key=key, case=case)
            is not None
        )
    return written_now

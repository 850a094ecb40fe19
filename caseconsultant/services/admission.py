"""Who is let in: cases received or held, senders registered, and what waited for want of quota taken up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, CaseStatus, MailKind, OutboxMessage, OutboxState, Sender
from caseconsultant.db.session import after_commit
from caseconsultant.drafting import compose
from caseconsultant.queue import DRAFT_CASE
from caseconsultant.services import accounts, audit, quotas
from caseconsultant.services.posting import PostOffice, Thread
from caseconsultant.services.steps import move_case
from caseconsultant.settings import Settings

UNAUTHENTICATED = "unauthenticated"
OVER_QUOTA = "over_quota"
REDACTION_FAILED = "redaction_failed"
_ANSWERED_FIRST = timedelta(days=7)


def admit(session: Session, case: Case, sender: Sender, *, trusted: bool, redacted: bool, post: PostOffice) -> None:
    """Receive the case, or hold it: not safely redacted, unauthenticated, or over quota."""
    if not redacted:
        _hold(session, case, REDACTION_FAILED, post=post)
    elif not trusted:
        _hold(session, case, UNAUTHENTICATED, post=post)
    elif not quotas.reserve(session, sender, case.id, at=post.clock(), settings=post.settings):
        _hold(session, case, OVER_QUOTA, post=post)
        _notify_quota(session, case, sender, post=post)


def register(
    session: Session, sender: Sender, *, to: str | None, thread: Thread | None, plan: str | None, post: PostOffice
) -> None:
    """Register the sender, and take up what waited for want of quota within the last seven days.

    They are told by mail `to` the address; to nobody if it is None.
    """
    now = post.clock()
    if not accounts.register(sender, at=now, plan=plan, settings=post.settings):
        return
    room = quotas.allowance(session, sender, at=now, settings=post.settings)
    body = compose.registered(allowance=allowance_words(room), greeting_name=sender.name)
    key = f"registered:{sender.id}:{plan or 'free'}"
    if to is not None:
        post.notify(session, MailKind.REGISTERED, body, sender=sender, dedup_key=key, to=to, thread=thread)
    for case in _waiting_for_quota(session, sender, since=now - _ANSWERED_FIRST):
        if not quotas.reserve(session, sender, case.id, at=now, settings=post.settings):
            break
        release_held(session, case, actor=sender.address, priority=1, post=post)


def release_held(session: Session, case: Case, *, actor: str, priority: int, post: PostOffice) -> None:
    """Take a held case up; its quota is the caller's to have reserved."""
    move_case(case, CaseStatus.RECEIVED)
    case.held_reason, case.priority, case.enqueued_at = None, priority, post.clock()
    audit.record(session, "released", case=case, actor=actor, at=post.clock())
    case_id = case.id
    after_commit(session, lambda: post.queue.send(DRAFT_CASE, case_id))


def withdraw_unsent(session: Session, case: Case) -> bool:
    """Take back an approved answer that no relay has seen; False if it is too late."""
    waiting = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.case_id == case.id,
            OutboxMessage.kind == MailKind.ANSWER,
            OutboxMessage.state == OutboxState.QUEUED,
        )
        .with_for_update()
    ).all()
    if not waiting or case.status is not CaseStatus.APPROVED:
        return False
    for message in waiting:
        message.state = OutboxState.WITHDRAWN
    move_case(case, CaseStatus.IN_REVIEW)
    return True


def allowance_words(room: quotas.Allowance) -> str:
    """`1 question`, `20 questions a month`."""
    plural = "" if room.questions == 1 else "s"
    return f"{room.questions} question{plural}{' a month' if room.period == 'month' else ''}"


def how_to_register(sender: Sender, *, settings: Settings) -> str:
    """What the sender can do for more questions."""
    if sender.registered_at is None:
        extra = settings.registered_questions
        return (
            f"Write REGISTER as the subject of a new mail to {settings.address}: that gives you {extra} more questions."
        )
    return f"Reply to this mail and ask for a plan; {settings.address} is read by people."


def _hold(session: Session, case: Case, reason: str, *, post: PostOffice) -> None:
    case.status, case.held_reason = CaseStatus.HELD, reason
    audit.record(session, "held", case=case, actor=audit.ENGINE, at=post.clock(), reason=reason)


def _notify_quota(session: Session, case: Case, sender: Sender, *, post: PostOffice) -> None:
    day = post.clock().astimezone(post.settings.zone).date()
    room = quotas.allowance(session, sender, at=post.clock(), settings=post.settings)
    body = compose.quota_used(
        allowance=allowance_words(room),
        how_to_register=how_to_register(sender, settings=post.settings),
        greeting_name=case.greeting_name,
    )
    key = f"quota_used:{sender.id}:{day}"
    post.notify(session, MailKind.QUOTA_USED, body, sender=sender, dedup_key=key, case=case)


def _waiting_for_quota(session: Session, sender: Sender, *, since: datetime) -> Sequence[Case]:
    return session.scalars(
        select(Case)
        .where(
            Case.sender_id == sender.id,
            Case.status == CaseStatus.HELD,
            Case.held_reason == OVER_QUOTA,
            Case.created_at >= since,
        )
        .order_by(Case.id)
        .with_for_update(of=Case)
    ).all()

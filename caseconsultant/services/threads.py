"""Which case a mail belongs to: by the signed tag of our Reply-To, else by a Message-ID of ours that it answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, CaseStatus, InboundMessage, OutboxMessage, Question, Sender
from caseconsultant.domain.message import ParsedMessage
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.tags import TagKind

_FREE_FOLLOW_UP = timedelta(days=14)
_OPEN_AGAIN = frozenset({CaseStatus.AWAITING_SENDER, CaseStatus.IN_REVIEW, CaseStatus.APPROVED, CaseStatus.SENT})


def case_of(session: Session, row: InboundMessage, message: ParsedMessage, *, post: PostOffice) -> Case | None:
    """The case that the mail follows up, whoever asked it; locked. None if it follows up none."""
    addresses = (*row.rcpt_tos, *message.to, *message.cc)
    tagged = post.tags.row_of(TagKind.CASE, addresses, at=post.clock())
    if tagged is not None and (case := session.get(Case, tagged, with_for_update={"of": Case})):
        return case
    named = [name for name in (message.in_reply_to, *message.references) if name]
    if not named:
        return None
    return session.scalars(
        select(Case)
        .join(OutboxMessage, OutboxMessage.case_id == Case.id)
        .where(OutboxMessage.message_id.in_(named))
        .order_by(Case.id.desc())
        .limit(1)
        .with_for_update(of=Case)
    ).one_or_none()


def joins(session: Session, case: Case, sender: Sender, *, at: datetime) -> bool:
    """Whether the sender's mail becomes part of the case: it is their own, and open to them.

    An answer to our question joins; so does the first follow-up within fourteen days of the answer.
    """
    if case.sender_id != sender.id or case.status not in _OPEN_AGAIN:
        return False
    if case.answered_at is None:
        return True
    after = select(Question.id).where(Question.case_id == case.id, Question.created_at >= case.answered_at).limit(1)
    return at - case.answered_at <= _FREE_FOLLOW_UP and session.scalar(after) is None

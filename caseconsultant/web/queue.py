"""The queue: what waits, oldest due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from caseconsultant.db.models import Case, CaseStatus, MailKind, OutboxMessage, OutboxState
from caseconsultant.services.answering import consultation_of
from caseconsultant.web.pages import page, span
from caseconsultant.web.security import Here, Visiting

router = APIRouter()

TABS = {
    "in_review": "To review",
    "held": "Held",
    "awaiting_sender": "Awaiting sender",
    "approved": "On its way",
    "sent": "Sent",
    "declined": "Declined",
    "closed": "Closed",
}
_AT_ONCE = 100
_EXCERPT = 140


@dataclass(frozen=True, slots=True)
class Row:
    """A case at a glance."""

    id: int
    number: str
    asked: str
    codes: tuple[str, ...]
    confidence: str
    sender: str
    age: str
    due: str
    overdue: bool
    with_whom: str
    held_reason: str


@router.get("/")
def queue(app: Here, visiting: Visiting, status: str = "in_review", approved: int | None = None) -> Response:
    """The queue, and the undo of what was just approved."""
    chosen = status if status in TABS else "in_review"
    with app.database.reading() as session:
        rows = _rows(session, CaseStatus(chosen), at=app.clock())
        counts = _counts(session)
        undo = _undoable(session, approved, at=app.clock())
        trouble = session.scalar(
            select(func.count())
            .select_from(OutboxMessage)
            .where(OutboxMessage.state.in_((OutboxState.FAILED, OutboxState.UNCERTAIN)))
        )
    return page(
        "queue", visiting=visiting, tabs=TABS, chosen=chosen, rows=rows, counts=counts, undo=undo, trouble=trouble
    )


def _rows(session: Session, status: CaseStatus, *, at: datetime) -> Sequence[Row]:
    cases = session.scalars(
        select(Case)
        .where(Case.status == status)
        .order_by(Case.priority.desc(), Case.due_at, Case.id)
        .limit(_AT_ONCE)
        .options(joinedload(Case.claimed_by), selectinload(Case.questions), selectinload(Case.drafts))
    )
    return [_row(case, at) for case in cases]


def _row(case: Case, at: datetime) -> Row:
    draft = case.drafts[-1] if case.drafts else None
    mentions = consultation_of(draft).question.codes if draft else ()
    late = (at - case.due_at).total_seconds()
    claimed = case.claimed_by and case.claimed_until and case.claimed_until > at
    return Row(
        id=case.id,
        number=case.number,
        asked=_excerpt(case.questions[-1].text if case.questions else case.subject),
        codes=tuple(dict.fromkeys(mention.code for mention in mentions)),
        confidence=draft.confidence if draft else "being drafted",
        sender=case.reply_to,
        age=span((at - case.created_at).total_seconds()),
        due=f"{span(late)} over" if late > 0 else f"in {span(late)}",
        overdue=late > 0,
        with_whom=case.claimed_by.name if claimed and case.claimed_by else "",
        held_reason=(case.held_reason or "").replace("_", " "),
    )


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1].rstrip()}…"


def _counts(session: Session) -> dict[str, int]:
    found = session.execute(select(Case.status, func.count()).group_by(Case.status)).tuples()
    counts = {status.value: count for status, count in found}
    return {name: counts.get(name, 0) for name in TABS}


def _undoable(session: Session, case_id: int | None, *, at: datetime) -> dict[str, object] | None:
    """What was just approved, while no relay has seen it."""
    if case_id is None:
        return None
    message = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.case_id == case_id,
            OutboxMessage.kind == MailKind.ANSWER,
            OutboxMessage.state == OutboxState.QUEUED,
        )
    ).first()
    case = session.get(Case, case_id)
    if message is None or case is None:
        return None
    return {"id": case.id, "number": case.number, "seconds": max(0, round((message.not_before - at).total_seconds()))}

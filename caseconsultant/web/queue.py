"""The queue: what waits, oldest due first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Response
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from caseconsultant.db.models import Case, CaseStatus, Draft, MailKind, OutboxMessage, OutboxState, Question
from caseconsultant.services.answering import consultation_of
from caseconsultant.web.pages import page, span
from caseconsultant.web.security import Here, Visiting

router = APIRouter()

TABS = {
    "in_review": "To review",
    "received": "Being drafted",
    "held": "Held",
    "awaiting_sender": "Awaiting sender",
    "approved": "On its way",
    "sent": "Sent",
    "declined": "Declined",
    "closed": "Closed",
}
_SHOWS = {name: frozenset({CaseStatus(name)}) for name in TABS} | {
    "received": frozenset({CaseStatus.RECEIVED, CaseStatus.DRAFTING})
}
_DONE = frozenset({"sent", "declined", "closed"})
_AT_ONCE = 100
_LONGEST_ID = 9
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
def queue(app: Here, visiting: Visiting, status: str = "in_review", approved: str = "") -> Response:
    """The queue, and the undo of what was just approved."""
    chosen = status if status in TABS else "in_review"
    with app.database.reading() as session:
        rows = _rows(session, chosen, at=app.clock())
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


def _rows(session: Session, chosen: str, *, at: datetime) -> Sequence[Row]:
    """What is open comes in the order it is due, what is done newest first."""
    order = (Case.id.desc(),) if chosen in _DONE else (Case.priority.desc(), Case.due_at, Case.id)
    cases = session.scalars(
        select(Case)
        .where(Case.status.in_(_SHOWS[chosen]))
        .order_by(*order)
        .limit(_AT_ONCE)
        .options(
            joinedload(Case.claimed_by),
            selectinload(Case.questions).load_only(Question.text),
            selectinload(Case.drafts).load_only(Draft.version, Draft.confidence, Draft.consultation),
        )
    )
    return [_row(case, at) for case in cases]


def _row(case: Case, at: datetime) -> Row:
    draft = case.drafts[-1] if case.drafts else None
    mentions = consultation_of(draft).question.codes if draft else ()
    late = (at - case.due_at).total_seconds()
    waits = case.status.value not in _DONE
    claimed = case.claimed_by and case.claimed_until and case.claimed_until > at
    return Row(
        id=case.id,
        number=case.number,
        asked=_excerpt(case.questions[-1].text if case.questions else case.subject),
        codes=tuple(dict.fromkeys(mention.code for mention in mentions)),
        confidence=draft.confidence if draft else "being drafted",
        sender=case.reply_to,
        age=span((at - case.created_at).total_seconds()),
        due=(f"{span(late)} over" if late > 0 else f"in {span(late)}") if waits else "",
        overdue=waits and late > 0,
        with_whom=case.claimed_by.name if claimed and case.claimed_by else "",
        held_reason=(case.held_reason or "").replace("_", " "),
    )


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1].rstrip()}…"


def _counts(session: Session) -> dict[str, int]:
    found = session.execute(select(Case.status, func.count()).group_by(Case.status)).all()
    counts = {status.value: count for status, count in found}
    return {name: sum(counts.get(status.value, 0) for status in shown) for name, shown in _SHOWS.items()}


def _undoable(session: Session, approved: str, *, at: datetime) -> dict[str, object] | None:
    """What was just approved, while no relay has seen it."""
    if not (approved.isascii() and approved.isdigit()) or len(approved) > _LONGEST_ID:
        return None
    case_id = int(approved)
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

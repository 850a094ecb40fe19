"""What happened to a case, by whom: append-only, each event hashed over the one before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import AuditEvent, Case

ENGINE = "engine"
POLICY = "policy"
_START = "0" * 64


def record(session: Session, event: str, *, case: Case | None, actor: str, at: datetime, **detail: object) -> None:
    """Append an event to the case's chain (None: the installation's own).

    The case's row, which keeps the chain's end, is locked by the caller: a chain has one writer at a time.
    """
    count, last_hash = (case.event_count, case.event_hash) if case else _end_of_own_chain(session)
    entry = AuditEvent(
        case_id=case.id if case else None,
        sequence=(count or 0) + 1,
        at=at,
        actor=actor,
        event=event,
        detail=detail,
        previous_hash=last_hash or _START,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    if case:
        case.event_count, case.event_hash = entry.sequence, entry.hash


def history(session: Session, case_id: int | None) -> list[AuditEvent]:
    """The events of a case (None: of the whole installation), oldest first."""
    return list(session.scalars(select(AuditEvent).where(_of(case_id)).order_by(AuditEvent.sequence)))


def first_broken(session: Session, case_id: int | None) -> AuditEvent | None:
    """The first event whose hash does not follow from the one before it; None if the chain holds."""
    previous = _START
    for entry in history(session, case_id):
        if entry.previous_hash != previous or entry.hash != _hash(entry):
            return entry
        previous = entry.hash
    return None


def _end_of_own_chain(session: Session) -> tuple[int, str]:
    session.flush()
    last = session.scalars(select(AuditEvent).where(_of(None)).order_by(AuditEvent.sequence.desc()).limit(1)).first()
    return (last.sequence, last.hash) if last else (0, "")


def _of(case_id: int | None):  # type: ignore[no-untyped-def]  # noqa: ANN202  a SQL expression
    return AuditEvent.case_id.is_(None) if case_id is None else AuditEvent.case_id == case_id


def _hash(entry: AuditEvent) -> str:
    fields = [
        entry.previous_hash,
        entry.case_id,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.event,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()

"""Delivery trouble: what the relay refused, and what may or may not have arrived. A person decides."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import select

from caseconsultant.db.models import OutboxMessage, OutboxState
from caseconsultant.services import dispatching
from caseconsultant.web.pages import page
from caseconsultant.web.security import Acting, Here, Visiting

router = APIRouter(prefix="/outbox")
_SHOWN = (OutboxState.UNCERTAIN, OutboxState.FAILED, OutboxState.QUEUED, OutboxState.HANDING_OVER)
_AT_ONCE = 200


@router.get("")
def outbox(app: Here, visiting: Visiting) -> Response:
    """Everything of ours that is not yet with the relay, trouble first."""
    with app.database.reading() as session:
        messages = session.scalars(
            select(OutboxMessage).where(OutboxMessage.state.in_(_SHOWN)).order_by(OutboxMessage.id).limit(_AT_ONCE)
        ).all()
        rows = sorted(messages, key=lambda message: (_SHOWN.index(message.state), message.id))
    return page("outbox", visiting=visiting, rows=rows, relay=app.settings.relay_host)


@router.post("/{outbox_id}/resolve")
def resolve(app: Here, visiting: Acting, outbox_id: int, resend: Annotated[bool, Form()]) -> Response:
    """Send it again under the same Message-ID, or settle it as arrived."""
    dispatching.resolve(outbox_id, resend=resend, actor=visiting.reviewer.email, database=app.database, post=app.post)
    return RedirectResponse("/outbox", status_code=303)

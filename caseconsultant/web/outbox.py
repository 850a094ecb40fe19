"""Delivery trouble: what the relay refused, and what may or may not have arrived. A person decides."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import case, select

from caseconsultant.app import App
from caseconsultant.db.models import OutboxMessage, OutboxState
from caseconsultant.domain.errors import ForbiddenStepError, InputError
from caseconsultant.services import dispatching
from caseconsultant.web.pages import page
from caseconsultant.web.security import Acting, Here, RowId, Visit, Visiting

router = APIRouter(prefix="/outbox")
_SHOWN = (OutboxState.UNCERTAIN, OutboxState.FAILED, OutboxState.QUEUED, OutboxState.HANDING_OVER)
_AT_ONCE = 200
_BOUNCES_SHOWN = timedelta(days=14)


@router.get("")
def outbox(app: Here, visiting: Visiting) -> Response:
    """Everything of ours that is not yet with the relay, trouble first; and what came back lately."""
    return _shown(app, visiting)


@router.post("/{outbox_id}/resolve")
def resolve(app: Here, visiting: Acting, outbox_id: RowId, resend: Annotated[bool, Form()]) -> Response:
    """Send it again under the same Message-ID, or settle it as arrived."""
    actor = visiting.reviewer.email
    try:
        dispatching.resolve(outbox_id, resend=resend, actor=actor, database=app.database, post=app.post)
    except (ForbiddenStepError, InputError) as error:
        return _shown(app, visiting, trouble=str(error), status=404 if isinstance(error, InputError) else 409)
    return RedirectResponse("/outbox", status_code=303)


def _shown(app: App, visiting: Visit, *, trouble: str | None = None, status: int = 200) -> Response:
    trouble_first = case({state.value: place for place, state in enumerate(_SHOWN)}, value=OutboxMessage.state)
    with app.database.reading() as session:
        rows = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.state.in_(_SHOWN) | (OutboxMessage.bounced_at >= app.clock() - _BOUNCES_SHOWN))
            .order_by(trouble_first, OutboxMessage.id)
            .limit(_AT_ONCE)
        ).all()
    return page("outbox", visiting=visiting, rows=rows, relay=app.settings.relay_host, trouble=trouble, status=status)

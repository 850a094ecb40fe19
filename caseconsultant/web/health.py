"""Whether the house stands: `/healthz` (this process), `/readyz` (what it needs), for load balancers and people."""

from __future__ import annotations

from datetime import timedelta

import structlog
from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy import func, select

from caseconsultant.db.models import Heartbeat, InboundMessage, OutboxMessage, OutboxState
from caseconsultant.domain.errors import CaseConsultantError
from caseconsultant.services import mailboxes
from caseconsultant.services.sweeping import HEARTBEAT
from caseconsultant.web.security import Here

log = structlog.get_logger()

router = APIRouter()
_STALE_SWEEPS = 6


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz(app: Here) -> JSONResponse:
    """The database answers, knowledge opens, and the sweeper showed itself lately; 503 otherwise, with the reason.

    A mailbox that is not read, or whose secret is about to end, is told of but stops nothing else: still 200.
    """
    found: dict[str, object] = {}
    try:
        with app.database.reading() as session:
            beat = session.get(Heartbeat, HEARTBEAT)
            lately = app.clock() - timedelta(seconds=_STALE_SWEEPS * app.settings.sweep_seconds)
            found["sweeper"] = (
                "ok" if beat and beat.at >= lately else "no sign of life: is the worker running, and beat?"
            )
            found["inbound_waiting"] = session.scalar(
                select(func.count()).select_from(InboundMessage).where(InboundMessage.disposition.is_(None))
            )
            found["outbox_trouble"] = session.scalar(
                select(func.count())
                .select_from(OutboxMessage)
                .where(OutboxMessage.state.in_((OutboxState.FAILED, OutboxState.UNCERTAIN)))
            )
            if app.settings.imap:
                found["mailboxes"] = mailboxes.health(session, settings=app.settings, at=app.clock())
        found["database"] = "ok"
        found["knowledge"] = app.library.current().release
        if app.library.defect:  # the release before it goes on answering
            found["knowledge_defect"] = app.library.defect
    except Exception as error:  # noqa: BLE001  whatever it is, it is why we are not ready
        log.warning("not_ready", error=f"{type(error).__name__}: {error}")
        found["database" if "database" not in found else "knowledge"] = _reason(error)
        return JSONResponse(found, status_code=503)
    return JSONResponse(found, status_code=200 if found["sweeper"] == "ok" else 503)


def _reason(error: Exception) -> str:
    """Our own words; of anybody else's error only its name, for a driver's words may tell hosts and users."""
    return str(error) if isinstance(error, CaseConsultantError) else f"{type(error).__name__}; the log has the reason"

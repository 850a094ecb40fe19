"""A case: the question, the draft, its sources; and what a reviewer may do with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy import select

from caseconsultant.app import App
from caseconsultant.db.models import Case, InboundMessage
from caseconsultant.domain.errors import (
    CaseConsultantError,
    ClaimedError,
    ForbiddenStepError,
    InputError,
    StaleDraftError,
)
from caseconsultant.drafting import compose
from caseconsultant.drafting.letter import letter
from caseconsultant.drafting.records import Body
from caseconsultant.services import originals, reviewing
from caseconsultant.services.posting import brand
from caseconsultant.web.case_view import case_view
from caseconsultant.web.pages import page
from caseconsultant.web.security import MAIL_HEADERS, Acting, Here, RowId, Visit, Visiting, Words

router = APIRouter(prefix="/cases/{case_id}")

Version = Annotated[int, Form()]
Act = Callable[..., object]
"""What a reviewer does: a use-case of `services.reviewing` that lacks only its collaborators."""

_CONFLICTS = (ClaimedError, ForbiddenStepError, StaleDraftError)


@router.get("")
def show(app: Here, visiting: Visiting, case_id: RowId) -> Response:
    """The case; opening one that waits for review claims it, unless a colleague has it."""
    with suppress(CaseConsultantError):
        reviewing.look_at(case_id, visiting.reviewer, database=app.database, post=app.post)
    return _shown(app, visiting, case_id)


@router.get("/preview")
def preview(app: Here, visiting: Visiting, case_id: RowId) -> Response:
    """The mail as the sender will see it, for the frame on the case page."""
    with app.database.reading() as session:
        case = session.get(Case, case_id)
        if case is None or not case.drafts:
            return Response("no draft yet", status_code=404, media_type="text/plain")
        draft = case.drafts[-1]
        body = Body(subject=draft.subject, text=draft.text, html=draft.html)
        return _mail(app, visiting, case, body)


@router.post("/preview")
def preview_of(app: Here, visiting: Acting, case_id: RowId, text: Words = "", subject: Words = "") -> Response:
    """The mail of the text as it is being edited."""
    with app.database.reading() as session:
        case = session.get(Case, case_id)
        if case is None:
            return Response("no such case", status_code=404, media_type="text/plain")
        return _mail(app, visiting, case, compose.from_text(subject, text))


@router.post("/approve")
def approve(app: Here, visiting: Acting, case_id: RowId, version: Version) -> Response:
    """Approve and send; there is a moment to undo."""
    act = partial(reviewing.approve, case_id, version, visiting.reviewer)
    return _acted(app, visiting, case_id, act, then=f"/?approved={case_id}")


@router.post("/undo")
def undo(app: Here, visiting: Acting, case_id: RowId) -> Response:
    """Take the approval back."""
    return _acted(app, visiting, case_id, partial(reviewing.undo, case_id, visiting.reviewer), then=f"/cases/{case_id}")


@router.post("/amend")
def amend(
    app: Here, visiting: Acting, case_id: RowId, version: Version, subject: Words = "", text: Words = ""
) -> Response:
    """Keep the edited text as a new version."""
    act = partial(reviewing.amend, case_id, version, visiting.reviewer, subject=subject, text=text)
    return _acted(app, visiting, case_id, act, then=f"/cases/{case_id}", written=text)


@router.post("/ask")
def ask(
    app: Here, visiting: Acting, case_id: RowId, version: Version, questions: Words = "", note: Words = ""
) -> Response:
    """Ask the sender; one question a line."""
    lines = questions.splitlines()
    act = partial(reviewing.ask_sender, case_id, version, visiting.reviewer, questions=lines, note=note)
    written = "\n\n".join(part for part in (questions, note) if part)
    return _acted(app, visiting, case_id, act, then="/", written=written)


@router.post("/decline")
def decline(app: Here, visiting: Acting, case_id: RowId, version: Version, reason: Words = "") -> Response:
    """Decline with a reason the sender sees."""
    act = partial(reviewing.decline, case_id, version, visiting.reviewer, reason=reason)
    return _acted(app, visiting, case_id, act, then="/", written=reason)


@router.post("/close")
def close(app: Here, visiting: Acting, case_id: RowId) -> Response:
    """Close without a mail: it was no question."""
    act = partial(reviewing.close, case_id, visiting.reviewer, reason="not a question")
    return _acted(app, visiting, case_id, act, then="/")


@router.post("/take-up")
def take_up(app: Here, visiting: Acting, case_id: RowId) -> Response:
    """Let a held case into the queue."""
    act = partial(reviewing.take_up_held, case_id, visiting.reviewer)
    return _acted(app, visiting, case_id, act, then=f"/cases/{case_id}")


@router.post("/unclaim")
def unclaim(app: Here, visiting: Acting, case_id: RowId) -> Response:
    """Give the case back to the queue."""
    return _acted(app, visiting, case_id, partial(reviewing.unclaim, case_id, visiting.reviewer), then="/")


@router.post("/original/{inbound_id}")
def original(app: Here, visiting: Acting, case_id: RowId, inbound_id: RowId) -> Response:
    """The mail as it came in, as plain text. It may name a patient: who opened it stands in the audit trail."""
    with app.database.reading() as session:
        belongs = session.scalar(select(InboundMessage.case_id).where(InboundMessage.id == inbound_id)) == case_id
    if not belongs:
        return Response("no such mail on this case", status_code=404, media_type="text/plain")
    actor = visiting.reviewer.email
    try:
        raw = originals.open_original(
            inbound_id, actor=actor, how="original_opened", database=app.database, vault=app.vault, clock=app.clock
        )
    except InputError as error:
        return Response(str(error), status_code=410, media_type="text/plain")
    return Response(raw.decode("utf-8", "replace"), media_type="text/plain; charset=utf-8", headers=MAIL_HEADERS)


def _acted(app: App, visiting: Visit, case_id: int, act: Act, *, then: str, written: str = "") -> Response:
    """Do it and go on; or show the case again with the reason why not, and with what the reviewer wrote."""
    try:
        act(database=app.database, post=app.post)
    except CaseConsultantError as error:
        status = 409 if isinstance(error, _CONFLICTS) else 422
        return _shown(app, visiting, case_id, trouble=str(error), written=written.strip(), status=status)
    return RedirectResponse(then, status_code=303)


def _shown(
    app: App, visiting: Visit, case_id: int, *, trouble: str | None = None, written: str = "", status: int = 200
) -> Response:
    with app.database.reading() as session:
        case = session.get(Case, case_id)
        if case is None:
            return page("missing", visiting=visiting, status=404)
        sources = app.library.current().source
        view = case_view(session, case, visiting.reviewer, sources=sources, at=app.clock())
    return page("case", visiting=visiting, view=view, trouble=trouble, written=written, status=status)


def _mail(app: App, visiting: Visit, case: Case, body: Body) -> Response:
    reply = letter(
        body,
        brand=brand(app.settings),
        case_number=case.number,
        asked=case.asked,
        review=visiting.reviewer.review,
        automatic=False,
    )
    return HTMLResponse(reply.html, headers=MAIL_HEADERS)

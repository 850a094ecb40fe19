"""What is said instead of a page: never JSON, never a traceback."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from caseconsultant.web.pages import page
from caseconsultant.web.security import secured

log = structlog.get_logger()


async def to_sign_in(request: Request, _error: Exception) -> Response:
    """The sign-in page; the queue that polls is told to go there rather than handed it to swap in."""
    if "HX-Request" in request.headers:
        return Response(status_code=401, headers={"HX-Redirect": "/sign-in"})
    return RedirectResponse("/sign-in", status_code=303)


async def refused(_request: Request, error: Exception) -> Response:
    """The form did not carry its token."""
    return refusal("Not accepted", str(error), status=403)


async def not_as_asked(_request: Request, error: Exception) -> Response:
    """An address that cannot be is not found; a form not of our making is named by its fields."""
    places = [fault["loc"] for fault in cast("RequestValidationError", error).errors()]
    if any(place[0] == "path" for place in places):
        return refusal("Not found", "There is no such page.", status=404)
    fields = ", ".join(sorted({str(place[-1]) for place in places}))
    words = f"The form was not complete, or not as our pages make it ({fields})."
    return refusal("Not accepted", f"{words} Go back, reload the page, and send it again.", status=422)


async def no_such_page(_request: Request, error: Exception) -> Response:
    """An unknown address, or a known one that does not take this kind of request."""
    status = cast("HTTPException", error).status_code
    words = "There is no such page." if status == HTTPStatus.NOT_FOUND else f"{HTTPStatus(status).phrase}."
    answer = refusal("Not found" if status == HTTPStatus.NOT_FOUND else "Not accepted", words, status=status)
    answer.headers.update(cast("HTTPException", error).headers or {})
    return answer


async def broken(request: Request, error: Exception) -> Response:
    """A fault of ours; the reason stands in the log and nowhere else. No middleware comes after this one."""
    log.error("request_failed", path=request.url.path, error=type(error).__name__)
    words = "Something went wrong on our side; nothing of this request was kept. The log has the reason."
    return secured(refusal("Trouble", words, status=500))


def refusal(title: str, words: str, *, status: int) -> Response:
    """A short page that says why, with the way back."""
    return page("refusal", title=title, words=words, status=status)

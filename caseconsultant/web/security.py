"""Who is at the desk: the session cookie, the CSRF token of every form, and the headers of every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Cookie, Depends, Form, Path, Request, Response
from pydantic import AfterValidator

from caseconsultant.app import App
from caseconsultant.services import accounts
from caseconsultant.services.reviewing import Reviewer

SESSION_COOKIE = "caseconsultant_session"
SIGN_IN_COOKIE = "caseconsultant_sign_in"

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}
MAIL_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
}
"""For a mail shown in a frame: its own styles, no script, nothing from elsewhere."""


_LARGEST_ID = 2**31 - 1  # PostgreSQL's integer; a larger one is no row of ours on any database


def _without_nul(text: str) -> str:
    """PostgreSQL stores no NUL, and nobody types one."""
    return text.replace("\0", "")


RowId = Annotated[int, Path(ge=1, le=_LARGEST_ID)]
Words = Annotated[str, AfterValidator(_without_nul), Form()]


class NotSignedInError(Exception):
    """The page needs a reviewer: go and sign in."""


class RefusedError(Exception):
    """The form did not come from a page of ours."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in reviewer and the token that their forms carry."""

    reviewer: Reviewer
    csrf: str
    token: str


def the_app(request: Request) -> App:
    """The running house."""
    return cast("App", request.app.state.app)


Here = Annotated[App, Depends(the_app)]


def visit(app: Here, caseconsultant_session: Annotated[str | None, Cookie()] = None) -> Visit:
    """The reviewer behind the cookie. Raises NotSignedInError."""
    if not caseconsultant_session:
        raise NotSignedInError
    with app.database.reading() as session:
        found = accounts.session_for(session, caseconsultant_session, at=app.clock())
        if found is None:
            raise NotSignedInError
        return Visit(Reviewer.of(found.staff), found.csrf, caseconsultant_session)


Visiting = Annotated[Visit, Depends(visit)]


def checked(visiting: Visiting, csrf: Annotated[str, Form()] = "") -> Visit:
    """The visit of a form whose token is right. Raises RefusedError."""
    if not accounts.same_secret(csrf, visiting.csrf):
        raise RefusedError("This form has expired. Go back, reload the page, and send it again.")
    return visiting


Acting = Annotated[Visit, Depends(checked)]


def set_cookie(response: Response, app: App, name: str, value: str) -> None:
    """A cookie that scripts cannot read and other sites cannot send; secure where the desk is served by https."""
    secure = app.settings.desk.startswith("https://")
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=secure, path="/")


def secured(response: Response) -> Response:
    """The response with our headers, where it has none of that name of its own."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response

"""Signing in and out."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Cookie, Response
from fastapi.responses import RedirectResponse

from caseconsultant.services import accounts
from caseconsultant.web.pages import page
from caseconsultant.web.security import (
    SESSION_COOKIE,
    SIGN_IN_COOKIE,
    Acting,
    Here,
    RefusedError,
    Words,
    set_cookie,
)

router = APIRouter()


@router.get("/sign-in")
def sign_in_form(app: Here) -> Response:
    """The form, with a token that its answer must bring back."""
    token = secrets.token_urlsafe(32)
    response = page("sign_in", csrf=token, email="", trouble=None)
    set_cookie(response, app, SIGN_IN_COOKIE, token)
    return response


@router.post("/sign-in")
def sign_in(
    app: Here,
    email: Words = "",
    password: Words = "",
    csrf: Words = "",
    caseconsultant_sign_in: Annotated[str, Cookie()] = "",
) -> Response:
    """A session for the right password; the same words for every reason it is refused."""
    if not csrf or not accounts.same_secret(csrf, caseconsultant_sign_in):
        raise RefusedError("This form has expired. Go back, reload the page, and sign in again.")
    signed = accounts.sign_in(email, password, database=app.database, at=app.clock(), settings=app.settings)
    if signed is None:
        trouble = "That address and password do not go together. After five wrong tries, wait a quarter of an hour."
        return page("sign_in", csrf=csrf, email=email, trouble=trouble, status=401)
    response = RedirectResponse("/", status_code=303)
    set_cookie(response, app, SESSION_COOKIE, signed.token)
    response.delete_cookie(SIGN_IN_COOKIE)
    return response


@router.post("/sign-out")
def sign_out(app: Here, visiting: Acting) -> Response:
    """End the session."""
    with app.database.transaction() as session:
        accounts.sign_out(session, visiting.token)
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(SESSION_COOKIE)
    return response

"""The review desk: server-rendered pages, htmx from our own static folder, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from caseconsultant.app import App
from caseconsultant.web import cases, health, outbox, queue, refusals, signing_in
from caseconsultant.web.security import NotSignedInError, RefusedError, secured

_MOST_BYTES = 2**20  # a reviewer's longest reply is far below it


def make_web(app: App) -> FastAPI:
    """The ASGI application."""
    web = FastAPI(title="CaseConsultant", docs_url=None, redoc_url=None, openapi_url=None, max_body_size=_MOST_BYTES)
    web.state.app = app
    web.mount("/static", StaticFiles(directory=str(files("caseconsultant.web") / "static")), name="static")
    for part in (health, signing_in, queue, cases, outbox):
        web.include_router(part.router)
    web.middleware("http")(_secured)
    web.add_exception_handler(NotSignedInError, refusals.to_sign_in)
    web.add_exception_handler(RefusedError, refusals.refused)
    web.add_exception_handler(RequestValidationError, refusals.not_as_asked)
    web.add_exception_handler(HTTPException, refusals.no_such_page)
    web.add_exception_handler(Exception, refusals.broken)
    return web


async def _secured(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Every response says what a browser may do with it; a page may set its own policy first."""
    return secured(await call_next(request))

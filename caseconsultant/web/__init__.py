"""The review desk: server-rendered pages, htmx from our own static folder, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from caseconsultant.app import App
from caseconsultant.web import cases, health, outbox, queue, signing_in
from caseconsultant.web.security import SECURITY_HEADERS, NotSignedInError, RefusedError


def make_web(app: App) -> FastAPI:
    """The ASGI application."""
    web = FastAPI(title="CaseConsultant", docs_url=None, redoc_url=None, openapi_url=None)
    web.state.app = app
    web.mount("/static", StaticFiles(directory=str(files("caseconsultant.web") / "static")), name="static")
    for part in (health, signing_in, queue, cases, outbox):
        web.include_router(part.router)
    web.middleware("http")(_secured)
    web.add_exception_handler(NotSignedInError, _to_sign_in)
    web.add_exception_handler(RefusedError, _refused)
    return web


async def _secured(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Every response says what a browser may do with it; a page may set its own policy first."""
    response = await call_next(request)
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _to_sign_in(_request: Request, _error: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


async def _refused(_request: Request, error: Exception) -> Response:
    return Response(str(error), status_code=403, media_type="text/plain")

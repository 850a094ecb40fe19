"""Rendering: one Jinja environment; an undefined name is an error."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from caseconsultant.web.security import Visit

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def page(name: str, *, visiting: Visit | None = None, status: int = 200, **values: object) -> Response:
    """The page of templates/web, rendered."""
    template = _environment().get_template(f"{name}.html")
    return HTMLResponse(template.render(visit=visiting, **values), status_code=status)


def span(seconds: float) -> str:
    """A length of time as people say it: `3 min`, `5 h`, `2 d`."""
    size = abs(seconds)
    if size < _HOUR:
        return f"{size // _MINUTE:.0f} min"
    return f"{size // _HOUR:.0f} h" if size < 2 * _DAY else f"{size // _DAY:.0f} d"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("caseconsultant", "templates/web"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["instant"] = _instant
    return environment


def _instant(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M} UTC" if value else ""

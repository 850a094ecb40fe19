"""Templates printed: Jinja, strict, loaded once at first use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from caseconsultant.drafting.marking import linked
from caseconsultant.drafting.records import Body
from caseconsultant.drafting.wrapping import wrapped


@cache
def environment() -> Environment:
    """The one environment: HTML is escaped, an undefined name is an error."""
    loaded = Environment(
        loader=PackageLoader("caseconsultant", "templates/email"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    loaded.filters["wrapped"] = wrapped
    loaded.filters["linked"] = linked
    return loaded


def render(name: str, view: Mapping[str, object]) -> Body:
    """Returns the mail `name` (a folder of templates/email) printed from its view; raises UndefinedError on a gap."""
    return Body(
        subject=" ".join(printed(f"{name}/subject.txt", view).split()),
        text=printed(f"{name}/body.txt", view).strip("\n") + "\n",
        html=printed(f"{name}/body.html", view).strip() + "\n",
    )


def printed(template: str, view: Mapping[str, object]) -> str:
    """Returns one template printed from its view."""
    return environment().get_template(template).render(view)

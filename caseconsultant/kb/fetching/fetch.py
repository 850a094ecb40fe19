"""`kb fetch`: the current editions from the publishers' pages, as `sources.yaml` has their addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.fetching.downloads import Told, download, page
from caseconsultant.kb.fetching.pages import Offer, offers
from caseconsultant.kb.store import Store

_PATIENCE = httpx.Timeout(30.0, connect=10.0)
_AGENT = "caseconsultant kb fetch"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source's files are found."""

    source: str
    title: str
    licence: str
    page: str
    links: re.Pattern[str]
    """Fits the names of its files."""
    via: re.Pattern[str] | None = None
    """Fits the page of an edition, where the files stand a page further."""


Accepted = Callable[[Place, Offer], bool]
"""Shows a licence and says whether the operator accepts it."""


def places(store: Store, wanted: Sequence[str] = ()) -> list[Place]:
    """Where the sources are found, all or those wanted; raises KnowledgeError for one that cannot be fetched."""
    rows = store.database.rows("SELECT id, title, licence, url, fetch FROM source WHERE fetch IS NOT NULL ORDER BY id")
    found = [_place(*map(str, row)) for row in rows]
    known = {place.source for place in found}
    for source in wanted:
        if source not in known:
            raise KnowledgeError(f"{source!r} cannot be fetched; these can: {', '.join(sorted(known))}")
    return [place for place in found if not wanted or place.source in wanted]


def fetch(asked: Iterable[Place], folder: Path, *, accepted: Accepted, told: Told) -> list[Path]:
    """The files of the newest editions, downloaded where they are not here yet; licensed ones only if accepted.

    Several sources may be in the same files; each is downloaded once. Raises KnowledgeError naming the address.
    """
    paths: dict[str, Path] = {}
    with httpx.Client(follow_redirects=True, timeout=_PATIENCE, headers={"User-Agent": _AGENT}) as web:
        for place in asked:
            for offer in _offered(web, place):
                if offer.url not in paths and (not offer.licensed or accepted(place, offer)):
                    paths[offer.url], _ = download(web, offer.url, offer.name, folder, told)
    return list(dict.fromkeys(paths.values()))


def _offered(web: httpx.Client, place: Place) -> list[Offer]:
    address, html = place.page, page(web, place.page)
    if place.via:
        pages = offers(html, address, place.via)
        address = pages[0].url if pages else address
        html = page(web, address) if pages else ""
    found = offers(html, address, place.links)
    if not found:
        raise KnowledgeError(
            f"{place.page}: no file of {place.source} on it (names like {place.links.pattern}); "
            "correct `fetch` in knowledge/sources.yaml, or load a file by hand"
        )
    return found


def _place(source: str, title: str, licence: str, url: str, fetch_as: str) -> Place:
    told = json.loads(fetch_as)
    via = re.compile(told["via"], re.IGNORECASE) if told["via"] else None
    return Place(source, title, licence, told["page"] or url, re.compile(told["links"], re.IGNORECASE), via)

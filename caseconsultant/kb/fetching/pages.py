"""The files that a publisher's page links to, and which of them are of the newest edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from caseconsultant.kb.sources.editions import date_in, fiscal_day

_BEHIND_A_LICENCE = re.compile(r"/license/|/apps/ama/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that a page offers: where it is, its name, the day its name or title gives, and whether it asks first."""

    url: str
    name: str
    day: date | None
    licensed: bool


def offers(html: str, page: str, links: re.Pattern[str]) -> list[Offer]:
    """The files of the newest edition whose name fits `links`, in the order of the page.

    Publishers put files with CPT behind a page that shows the AMA's licence and names the file in its address.
    """
    found = {offer.name: offer for offer in _every(html, page) if links.search(offer.name)}
    days = [offer.day for offer in found.values() if offer.day]
    newest = max(days, default=None)
    return [offer for offer in found.values() if offer.day == newest]


def _every(html: str, page: str) -> Iterator[Offer]:
    links = _Links()
    links.feed(html)
    for href, title in links.found:
        address = urljoin(page, href)
        licensed = bool(_BEHIND_A_LICENCE.search(urlsplit(address).path))
        if licensed:
            named = parse_qs(urlsplit(address).query).get("file")
            if not named:
                continue
            address = urljoin(page, named[0])
        name = unquote(urlsplit(address).path.rpartition("/")[2])
        if name:
            yield Offer(address, name, _day(name, title), licensed)


def _day(name: str, title: str) -> date | None:
    """By its name, else by the words of the link; a year alone stands for its fiscal year."""
    return date_in(name, title) or fiscal_day(name, title)


class _Links(HTMLParser):
    """Addresses of a page with the words that they stand behind."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._href: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href"), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.found.append((self._href, " ".join(" ".join(self._words).split())))
            self._href = None

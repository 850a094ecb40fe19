"""What drafting hands on: a body for the reviewer, and who stands behind a letter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """What a reviewer reads and edits: no footer yet. `text` is wrapped plain text, `html` a fragment."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Review:
    """The person who stands behind a reply, such as Jane Sample, CPC."""

    name: str
    credential: str


@dataclass(frozen=True, slots=True)
class Brand:
    """Whom the letters come from."""

    name: str
    address: str
    url: str | None

"""Lesions that were cut out: size, margin, site, pathology and closure of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from caseconsultant.consulting.reading.lengths import Length
from caseconsultant.consulting.reading.measures import ALSO, CLOSED, DIAMETER, MARGIN, REACH, SIZE, roles, unsummed
from caseconsultant.consulting.reading.sites import Site, far, sites
from caseconsultant.consulting.reading.skin_words import Closure, Kind, closures, kinds, pending
from caseconsultant.domain.codes import Span

_EACH = re.compile(r"\b(?:each|both|all|every|apiece)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lesion:
    """A lesion that was cut out, tenths of a millimetre; None where not written."""

    size: int | None
    margin: int | None
    diameter: int | None
    """The excised diameter where it was written itself."""
    site: str | None
    kind: Kind | None
    closure: Closure | None = None
    closed: int | None = None
    """Length of the closure."""


def lesions(text: str) -> tuple[Lesion, ...]:
    """The lesions of a text that tell a size, in their order; margin, site, kind and closure of each by nearness."""
    measured = unsummed(roles(text), text)
    bodies = _distinct([(each, what) for each, what in measured if what in {SIZE, DIAMETER, None}], text)
    margins = [each for each, what in measured if what == MARGIN]
    closed = [each for each, what in measured if what == CLOSED]
    if not bodies:
        return ()
    found = [
        Lesion(
            None if what == DIAMETER else each.tenths,
            _margin(text, each, [body for body, _ in bodies], margins),
            each.tenths if what == DIAMETER else None,
            _nearest_site(text, each.span, sites(text)),
            _nearest_kind(text, each.span.start),
        )
        for each, what in bodies
    ]
    return tuple(_closed(text, found, closed))


def _distinct(bodies: list[tuple[Length, str | None]], text: str) -> list[tuple[Length, str | None]]:
    """A size that is only named again is no second lesion; a written diameter beside a size and margin is theirs."""
    kept: list[tuple[Length, str | None]] = []
    for each, what in bodies:
        again = any(each.tenths == other.tenths and what != DIAMETER for other, _ in kept)
        listed = again and ALSO.fullmatch(text, kept[-1][0].span.end, each.span.start)
        sited = again and _own_site(text, each) and not each.stated
        if not again or listed or (each.stated and _own_site(text, each) and not sited):
            kept.append((each, what))
    sizes = [each for each in kept if each[1] != DIAMETER]
    diameters = [each for each in kept if each[1] == DIAMETER]
    return diameters if len(sizes) == len(diameters) else kept


def _own_site(text: str, length: Length) -> bool:
    return any(abs(each.span.start - length.span.end) <= REACH for each in sites(text[: length.span.end + REACH]))


def _margin(text: str, body: Length, bodies: Sequence[Length], margins: Sequence[Length]) -> int | None:
    """The narrowest margin of the lesion: those before the next lesion; one said of each holds for all."""
    if not margins:
        return None
    if len(bodies) == 1 or (
        len(margins) == 1 and _EACH.search(text, max(0, margins[0].span.start - 40), margins[0].span.end + 40)
    ):
        return min(each.tenths for each in margins)
    owners = {
        each.span.start: min(bodies, key=lambda other: _distance(other.span, each.span)).span.start for each in margins
    }
    own = [each.tenths for each in margins if owners[each.span.start] == body.span.start]
    return min(own) if own else None


def _distance(body: Span, other: Span) -> int:
    """A margin follows its lesion more often than it precedes it."""
    return other.start - body.end if other.start >= body.end else 2 * (body.start - other.end)


def _nearest_site(text: str, span: Span, found: Sequence[Site]) -> str | None:
    names = {each.name for each in found}
    if len(names) == 1:
        return names.pop()
    if not found:
        return None
    return min(found, key=lambda each: far(text, span, each.span)).name


def _nearest_kind(text: str, position: int) -> Kind | None:
    if pending(text):
        return None
    found = kinds(text)
    if {each for each, _ in found} != {Kind.BENIGN, Kind.MALIGNANT}:
        return found[0][0] if found else None
    return min(found, key=lambda each: abs(each[1] - position))[0]


def _closed(text: str, found: list[Lesion], closed: Sequence[Length]) -> Iterator[Lesion]:
    """Closures in their order; one closure after several lesions is not shared out."""
    classes = [each for each, _ in closures(text)]
    for place, lesion in enumerate(found):
        same = len(set(classes)) == 1
        own = classes[0] if same else classes[place] if len(classes) == len(found) else None
        length = closed[place].tenths if len(closed) == len(found) else None
        yield replace(lesion, closure=own, closed=length)

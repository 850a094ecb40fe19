"""Wounds that were closed: length, site and class of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from caseconsultant.consulting.reading.lengths import Length
from caseconsultant.consulting.reading.measures import CLOSED, DIAMETER, SIZE, roles, unsummed
from caseconsultant.consulting.reading.sites import Site, far, sites
from caseconsultant.consulting.reading.skin_words import Closure, closures, unsutured
from caseconsultant.domain.codes import Span

_PARTS = re.compile(r"[,;\n]|\.(?:\s|$)|[?!]|\s(?:and|plus|&|\+|then)\s|:", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_SEVERAL = re.compile(
    r"\b(?P<count>two|three|four|five|[2-5])\s(?:\w{1,14}\s){0,3}?(?:lacs?|lacerations?|cuts?|wounds?)\b", re.IGNORECASE
)
_APIECE = re.compile(r"^\s?(?:long\s)?(?:each|apiece)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wound:
    """A wound that was closed; length in tenths of a millimetre."""

    length: int
    site: str | None
    closure: Closure | None


def wounds(text: str) -> tuple[Wound, ...]:
    """The wounds of a text: lengths with the site and class of their part of the sentence, or those told before it."""
    read = unsummed(roles(text), text)
    measured = [each for each, what in read if what in {CLOSED, SIZE, None, DIAMETER} and each.stated]
    alone = unsutured(text)
    classes, places = closures(text), sites(text)
    several = _SEVERAL.search(text)
    found: list[Wound] = []
    starts = [_part(text, each.span)[0] for each in measured] + [len(text)]
    for rank, each in enumerate(measured):
        start, end = _part(text, each.span)
        reach = max(end, starts[rank + 1])
        own = next((name for name, at in classes if start <= at < reach), None) or _class_around(classes, start)
        place = _site_of_part(places, start, end) or _site_around(text, each.span, places, measured)
        wound = Wound(each.tenths, place, alone or own)
        times = (
            _NUMBERS[several["count"].lower()]
            if several and len(measured) == 1 and _APIECE.match(text[each.span.end :])
            else 1
        )
        found += [wound] * times
    return tuple(found)


def _part(text: str, span: Span) -> tuple[int, int]:
    before = [match.end() for match in _PARTS.finditer(text, 0, span.start)]
    after = _PARTS.search(text, span.end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _class_around(classes: Sequence[tuple[Closure, int]], start: int) -> Closure | None:
    """The class said before the part, else the one class said of all of them."""
    names = {name for name, _ in classes}
    if len(names) == 1:
        return names.pop()
    before = [(name, at) for name, at in classes if at < start]
    return before[-1][0] if before else None


def _site_of_part(places: Sequence[Site], start: int, end: int) -> str | None:
    return next((each.name for each in places if start <= each.span.start < end), None)


def _site_around(text: str, span: Span, places: Sequence[Site], measured: Sequence[Length]) -> str | None:
    """The site said last before a length, or the one that follows it before the next."""
    before = [each for each in places if each.span.end <= span.start]
    after = [each for each in places if each.span.start >= span.end]
    following = [each.span.start for each in measured if each.span.start >= span.end]
    near = [each for each in after if not following or each.span.start < following[0]]
    if before and (not near or far(text, span, before[-1].span) <= far(text, span, near[0].span)):
        return before[-1].name
    return near[0].name if near else after[0].name if after else None

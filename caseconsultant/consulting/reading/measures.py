"""What each length of a text measures: a lesion, its margin, what was excised, or a closure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting.reading.lengths import Length, lengths

MARGIN, CLOSED, DIAMETER, SIZE = "margin", "closed", "diameter", "size"
_CUES = re.compile(
    rf"(?P<{MARGIN}>(?<!positive )(?<!clear )(?<!negative )\b(?:margins?|mgns?|rims?|borders?)\b(?!\s(?:were |"
    rf"are |came back |was )?(?:positive|clear|negative)))|"
    rf"(?P<{CLOSED}>\b(?:clos(?:ure|ed|ing)|repair(?:ed|s)?|sutur\w+|stitch\w*|sew(?:n|ed)|layer\w*|long|length|"
    rf"lac(?:eration)?s?|cuts?|wounds?)\b)|"
    rf"(?P<{DIAMETER}>\b(?:(?:total\s)?excised\s(?:diam\w*|size|area|specimen)|(?:total|final|full|"
    rf"overall)\s(?:excis\w+\s)?(?:diam\w*|size|defect)|excision\s(?:diam\w*|size)|"
    rf"including (?:the\s)?margins?|incl\.? (?:the\s)?margins?|with margins (?:included|it (?:was|is))|"
    rf"margins included|(?:surgical\s)?defect|(?<!lesion )diameter)\b)|"
    rf"(?P<{SIZE}>\b(?:lesions?|bccs?|sccs?|melanomas?|nev(?:us|i)|moles?|cysts?|measur\w+|sk|keratosis|mass|"
    rf"tumou?rs?|carcinomas?|growths?|spots?|basal|squamous)\b)",
    re.IGNORECASE,
)
_EXCISED_AFTER = re.compile(r"\s(?:was\s|were\s)?(?:excised|excision)\b", re.IGNORECASE)
REACH = 38
_STOP = re.compile(r"[.;?!\n](?:\s|$)|\n")
ALSO = re.compile(r"\s?(?:and|&|,|,\sand|\+)\s?", re.IGNORECASE)
_COMMA_COST = 12


def role(text: str, length: Length, others: Sequence[Length]) -> str | None:
    """What a length is the length of, by the nearest word that tells; None where none stands near."""
    start, end = _window(text, length, others)
    if _EXCISED_AFTER.match(text, length.span.end):
        return DIAMETER
    best: tuple[int, str] | None = None
    for match in _CUES.finditer(text, start, end):
        if match.start() < length.span.end and match.end() > length.span.start:
            continue
        if match.end() <= length.span.start:
            gap, between = length.span.start - match.end(), text[match.end() : length.span.start]
        else:
            gap, between = match.start() - length.span.end, text[length.span.end : match.start()]
            if any(0 <= each.span.start - match.end() < gap for each in others):
                continue
        cost = gap + _COMMA_COST * between.count(",")
        if best is None or cost < best[0]:
            best = (cost, str(match.lastgroup))
    return best[1] if best else None


def _window(text: str, length: Length, others: Sequence[Length]) -> tuple[int, int]:
    """The stretch in which words tell of a length: up to the next length, the end of the sentence, or its reach."""
    start = max(
        [length.span.start - REACH, 0, *(each.span.end for each in others if each.span.end <= length.span.start)]
    )
    end = min(
        [
            length.span.end + REACH,
            len(text),
            *(each.span.start for each in others if each.span.start >= length.span.end),
        ]
    )
    before = [match.end() for match in _STOP.finditer(text, start, length.span.start)]
    after = _STOP.search(text, length.span.end, end)
    return (before[-1] if before else start), (after.start() if after else end)


def roles(text: str) -> tuple[tuple[Length, str | None], ...]:
    """Every length with what it measures; one joined to the one before it by `and` measures the same."""
    found = lengths(text)
    told: list[tuple[Length, str | None]] = []
    for place, each in enumerate(found):
        what = role(text, each, found)
        if not each.stated and what not in {MARGIN, SIZE, DIAMETER}:
            continue
        if told and place and told[-1][0] is found[place - 1]:
            joined = ALSO.fullmatch(text, found[place - 1].span.end, each.span.start)
            if joined and (what is None or what != told[-1][1]) and told[-1][1] in {DIAMETER, SIZE, MARGIN, CLOSED}:
                what = told[-1][1]
        told.append((each, what))
    return tuple(told)


_ADDED = re.compile(r"\b(?:add(?:ed|s|ing)?|sum(?:med)?|total(?:s|ing|led)?|combin\w+|altogether|=)\b|=", re.IGNORECASE)


def unsummed(measured: Sequence[tuple[Length, str | None]], text: str) -> tuple[tuple[Length, str | None], ...]:
    """Without the total that the sender made of the others."""
    bodies = [each.tenths for each, what in measured if what != MARGIN]
    return tuple(
        (each, what)
        for each, what in measured
        if what == MARGIN
        or len(bodies) <= _PAIR
        or each.tenths * 2 != sum(bodies)
        or not _ADDED.search(text, max(0, each.span.start - 60), each.span.end + 20)
    )


_PAIR = 2

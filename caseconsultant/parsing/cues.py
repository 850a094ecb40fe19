"""Looking for a pattern only around the words that it cannot do without: most mails hold few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BEFORE, _AFTER = 40, 200
_SMALL = {place: place + 32 for place in range(ord("A"), ord("Z") + 1)}


def small(text: str) -> str:
    """The text in small letters, each in its place: `lower` may lengthen other alphabets' letters."""
    return text.lower() if text.isascii() else text.translate(_SMALL)


def matches(pattern: re.Pattern[str], text: str, low: str, cues: Sequence[str]) -> Iterator[re.Match[str]]:
    """The pattern's matches, in the text's order, near any of the cues; anywhere if there are none."""
    if not cues:
        yield from pattern.finditer(text)
        return
    done = 0
    for start, end in _windows(low, cues):
        for match in pattern.finditer(text, max(start, done), end):
            yield match
            done = match.end()


def _windows(low: str, cues: Sequence[str]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for place in sorted(_places(low, cues)):
        start, end = max(0, place - _BEFORE), place + _AFTER
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _places(low: str, cues: Sequence[str]) -> Iterator[int]:
    for cue in cues:
        place = low.find(cue)
        while place >= 0:
            yield place
            place = low.find(cue, place + _BEFORE)

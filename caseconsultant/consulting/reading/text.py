"""Sentences and stretches of a text, found once and looked up by position."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from caseconsultant.domain.codes import Span

BLANK = "\x00"
"""Stands for what is known not to be read; no pattern matches it, and positions stay."""

_VERY_OLD = "[age over 89]"
"""What the redaction of patient data leaves of such an age: 45 CFR 164.514(b)(2)(i)(C) makes it one category."""

_SENTENCE_END = re.compile(r"(?<=[.?!;])\s+(?=\S)|\n+")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text by position: `at(i)` is the stretch that holds the i-th code point."""

    starts: tuple[int, ...]
    length: int

    def at(self, position: int) -> Span:
        """The sentence around a position."""
        index = bisect_right(self.starts, position) - 1
        end = self.starts[index + 1] if index + 1 < len(self.starts) else self.length
        return Span(self.starts[index], end)

    def together(self, first: int, second: int) -> bool:
        """Whether two positions lie in one sentence."""
        return bisect_right(self.starts, first) == bisect_right(self.starts, second)


def with_ages(text: str) -> str:
    """The text with 90 for an age that was taken out as over 89, positions kept."""
    return text.replace(_VERY_OLD, "90".rjust(len(_VERY_OLD)))


def table(words: str) -> frozenset[str]:
    """The words of a table written as one text."""
    return frozenset(words.split())


def ordered(words: str) -> tuple[str, ...]:
    """The words of a table in their order."""
    return tuple(words.split())


def sentences(text: str) -> Sentences:
    """The sentences of a text; a line break ends one too."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return Sentences(tuple(starts), len(text))


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text with the spans blanked out, positions kept."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if span.end <= position:
            continue
        start = max(span.start, position)
        pieces += (text[position:start], BLANK * (span.end - start))
        position = span.end
    return "".join((*pieces, text[position:]))

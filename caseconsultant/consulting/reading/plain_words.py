"""Words as knowledge writes them, looked for in a text: `*` stands for any ending, ` + ` for a few words between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_KEPT = 4096
"""Patterns remembered: every list of words under `knowledge/`, and room to grow."""


@lru_cache(maxsize=_KEPT)
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Plain words as one pattern, for texts in small letters; what is between two of them stays in the sentence."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_plain, words))})(?!\w)")


def _plain(words: str) -> str:
    parts = [re.escape(part.strip()).replace(r"\*", r"\w*") for part in words.split(" + ")]
    return r"\b(?:[^.?!\n]|(?<=\d)\.(?=\d)){0,60}?(?<!\w)".join(parts)


def tells_of(text: str, words: Sequence[str], not_words: Sequence[str] = ()) -> bool:
    """Whether a text (in small letters) says one of the words, and none of `not_words`."""
    said = pattern_of(tuple(words)).search(text) is not None
    return said and not (not_words and pattern_of(tuple(not_words)).search(text))

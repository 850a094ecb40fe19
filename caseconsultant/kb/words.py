"""Words as the search keeps them: small letters, stems, without the ones that tell nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "due",
        "her",
        "his",
        "their",
        "this",
        "that",
    ]
)
_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            "one first 1st",
            "two second 2nd",
            "three third 3rd",
            "four fourth 4th",
            "five fifth 5th",
            "six sixth 6th",
            "seven seventh 7th",
            "eight eighth 8th",
            "nine ninth 9th",
            "ten tenth 10th",
        ),
        1,
    )
    for word in words.split()
}
_STEMMER = snowballstemmer.stemmer("english")


def words_of(text: str) -> list[str]:
    """The words in order, `w/` and `w/o` among them."""
    lowered = text.lower().replace("w/o", " without ").replace("w/", " with ").replace("'s", "")
    return _WORD.findall(lowered)


def stems_of(text: str) -> list[str]:
    """The stems of the words that tell something, in order."""
    return [stem(word) for word in words_of(text) if word not in _EMPTY]


def stem_text(texts: Iterable[str]) -> str:
    """The stems of several texts as one."""
    return " ".join(each for text in texts for each in stems_of(text))


@lru_cache(65_536)
def stem(word: str) -> str:
    """`fractures` as `fractur`, `third` and `3rd` as `3`; short words and those with figures stay."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    return str(_STEMMER.stemWord(word)) if word.isalpha() and len(word) > 3 else word  # noqa: PLR2004

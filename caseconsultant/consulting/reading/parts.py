"""Several questions in one mail: numbered, with bullets, or opened by words such as `Second question:`.

What stands before the first (greeting, payer, setting, the claim) belongs to each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBERED = re.compile(
    r"(?:^|\n)[ \t]*(?:q(?:uestion)?\s?)?(?:\(?\d{1,2}[.):]|\(?[a-f][.)]|[-*\u2022])[ \t]+", re.IGNORECASE
)
_INLINE = re.compile(r"(?:(?<=[\s:;.?!])|^)\(?(?P<n>[1-6])\)\s")
_OPENED = re.compile(
    r"(?:(?<=[.?!)])\s+|\n+)"
    r"(?=(?:also|secondly?|second (?:one|question)|"
    r"(?:and )?another (?:one|question|thing)|"
    r"(?:and )?one more(?: (?:question|thing))?|next question|separately|"
    r"unrelated(?: question)?|different (?:question|case)|"
    r"p\.?s\.?|other question|the other (?:one|question))\b[,:;.\s-])",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?:[A-Z]\d{4}|\d{5}|\d{4}[FTUM]|[A-Z]\d{2}(?:\.[0-9A-Z]{1,4})?)\b")
_MOST, _LEAST = 6, 2
_LONGEST_PREAMBLE = 800


def separate_questions(text: str) -> tuple[str, ...]:
    """The questions of a text, each with what stands before the first; empty where there is one."""
    items = _items(text)
    if not sum("?" in each for each in items[1:]) >= _LEAST or len(items) - 1 > _MOST:
        return _opened(text)
    preamble, questions = items[0], items[1:]
    if any("?" not in each for each in questions) or "?" in preamble or len(preamble) > _LONGEST_PREAMBLE:
        return ()
    return tuple(f"{preamble.strip()}\n{each.strip()}".strip() for each in questions)


def _items(text: str) -> Sequence[str]:
    """The preamble and the items of a list, by lines or within one."""
    by_line = _NUMBERED.split(text)
    if len(by_line) > _LEAST:
        return by_line
    marks = list(_INLINE.finditer(text))
    if [int(each["n"]) for each in marks] != list(range(1, len(marks) + 1)) or len(marks) < _LEAST:
        return [text]
    ends = [*(each.start() for each in marks[1:]), len(text)]
    return [text[: marks[0].start()], *(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))]


def _opened(text: str) -> tuple[str, ...]:
    """Two or more questions, each later one opened by words and with codes of its own."""
    pieces = _OPENED.split(text)
    if len(pieces) < _LEAST or len(pieces) > _MOST:
        return ()
    seen: set[str] = set()
    for piece in pieces:
        codes = set(_CODE.findall(piece))
        if "?" not in piece or not codes - seen:
            return ()
        seen |= codes
    return tuple(each.strip() for each in pieces)

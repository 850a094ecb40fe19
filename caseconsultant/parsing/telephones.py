"""Telephone numbers of other countries' shapes, by Google's tables (`phonenumbers`).

Numbers as written in the United States are found by a pattern. The library is asked only behind a plus sign or a
word for a telephone: it would take an NPI for a number, and it is slow to load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.parsing import cues

_CUE = re.compile(
    r"\+(?=\d)|\b(?:tel(?:ephone)?|phone|ph|cell|mobile|fax|call(?:back)?|whatsapp)\b[^\d\n\[+(]{0,16}(?=[\d(])",
    re.IGNORECASE,
)
_CUES = ("+", "tel", "ph", "cell", "mobile", "fax", "call", "whatsapp")
_RUN = re.compile(r"\+?[\d(][\d ().\u2013/-]{8,24}\d")
_FEWEST_DIGITS = 9


def telephones(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers stand, as (start, end)."""
    for cue in cues.matches(_CUE, text, cues.small(text), _CUES):
        start = cue.start() if cue[0] == "+" else cue.end()
        run = _RUN.match(text, start)
        if run and sum(character.isdigit() for character in run[0]) >= _FEWEST_DIGITS:
            length = _length(run[0])
            if length:
                yield start, start + length


def _length(run: str) -> int:
    import phonenumbers  # noqa: PLC0415 - 40 ms to import, for the few mails that need it

    matcher = phonenumbers.PhoneNumberMatcher(run, "US", leniency=phonenumbers.Leniency.POSSIBLE)
    first = next(iter(matcher), None)
    return first.end if first and first.start <= 1 else 0

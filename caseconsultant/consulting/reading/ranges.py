"""Minutes told as a range (`about 35 to 40 minutes`): only the lower figure is shown for certain."""

from __future__ import annotations

import re

_RANGE = re.compile(
    r"(?P<before>\b(?:spent|spend|took|ran|lasted|lasting|documents?|documented|says?|reads?|shows?|states?|approx\w*|"
    r"about|around|roughly|total(?:led|ing)?|time|for|of)\b[^.?!\n\d]{0,24})"
    r"(?P<low>\d{1,3})(?P<link>\s?(?:to|-|\u2013|or)\s?)(?P<high>\d{1,3})(?=\s?-?min)",
    re.IGNORECASE,
)


def minutes_range(text: str) -> tuple[int, int] | None:
    """The range in minutes that a note is said to give, None where it gives none."""
    match = _RANGE.search(text)
    if match is None or int(match["low"]) >= int(match["high"]):
        return None
    return int(match["low"]), int(match["high"])


def at_least(text: str) -> str:
    """The text with each such range as its lower figure, the same length, so that positions stay."""
    return _RANGE.sub(_lower, text)


def _lower(match: re.Match[str]) -> str:
    if int(match["low"]) >= int(match["high"]):
        return match.group()
    room = len(match.group()) - len(match["before"]) - len(match["low"])
    return match["before"] + " " * room + match["low"]

"""Lengths of time written as start and stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseconsultant.domain.codes import Span
from caseconsultant.domain.question import DurationMention

_HALF_DAY = 12 * 60
_DAY = 24 * 60
_MERIDIAN = r"\s?(?P<{name}_half>[ap])(?:\.?m\b\.?|(?<=\d[ap])\b)"
"""`10:15 am`, `10:15a`; a letter alone only where it touches the figure."""


def _time(name: str, *, colon: str) -> str:
    return rf"(?P<{name}_hour>[01]?\d|2[0-4]){colon}(?P<{name}_minute>[0-5]\d)(?:{_MERIDIAN.format(name=name)})?"


_TO = r"\s?(?:-|\u2013|—|to|until|till|til|through|thru|and|>|→)\s?"
_COLON_TIME_A, _COLON_TIME_B = _time("a", colon=":"), _time("b", colon=":")
_LOOSE = (
    r"(?P<{n}_hour>[01]?\d|2[0-4])(?::?(?P<{n}_minute>[0-5]\d))?(?:\s?(?P<{n}_half>[ap])(?:\.?m\b\.?|(?<=\d[ap])\b))?"
)
_LOOSE_A, _LOOSE_B = _LOOSE.format(n="a"), _LOOSE.format(n="b")
_MILITARY_A = r"(?P<a_hour>[01]\d|2[0-4])(?P<a_minute>[0-5]\d)"
_MILITARY_B = r"(?P<b_hour>[01]\d|2[0-4])(?P<b_minute>[0-5]\d)"
_START = r"\b(?:start(?:ed|ing|s)?|beg[aiu]n(?:ning|s)?|hung|initiated|in|on)\b"
_STOP = (
    r"(?:stop(?:ped|s)?|end(?:ed|ing|s)?|finish(?:ed|es)?|complet(?:ed?|ion)|done|off|out|d/c(?:'d)?|"
    r"discontinued|until|till)\b"
)
_TWO_MOMENTS = re.compile(r"(?:\d|\d\s?[ap]\.?m\.?)\s?and\s?\d", re.IGNORECASE)
_SPANNING = re.compile(r"\b(?:between|from|start\w{0,3}|ran|running|infus\w{1,5})\b", re.IGNORECASE)
_MOMENTS = re.compile(
    rf"\bat\s{_COLON_TIME_A}(?:\s?hrs?\b)?\s?(?:and|&|,|then)\s?(?:again\s)?(?:at\s)?{_COLON_TIME_B}(?![\d:])",
    re.IGNORECASE,
)
_EDGE = r"(?![\d:%]|\s?(?:mg|ml|mcg|units?|years?|days?))"

_OF_A_SERVICE = (
    r"[^.?!\n]{0,30}?(?:\x00\x00|"
    r"\b(?:infus\w{1,4}|hydrat\w{1,4}|iv|ivpb|drip|anesth\w{1,6}|chemo\w{0,8}|fluids?|units)\b)"
)
"""Four figures and four figures are times where a service that is timed follows; `2019-2024` are years."""
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d:.$]){_COLON_TIME_A}{_TO}{_COLON_TIME_B}{_EDGE}",
        rf"(?<![\d:.$/-]){_LOOSE_A}{_TO}(?P<b_hour>1[0-2]|0?[1-9])(?::?(?P<b_minute>[0-5]\d))?\s?(?P<b_half>[ap])(?:\.?m\b\.?|(?<=\d[ap])\b)",
        rf"(?<![\d:.$/-])(?P<a_hour>1[0-2]|0?[1-9])(?::(?P<a_minute>[0-5]\d))?\s?(?P<a_half>[ap])(?:\.?m\b\.?|(?<=\d[ap])\b){_TO}{_LOOSE_B}{_EDGE}",
        (
            rf"{_START}[^\d\n]{{0,25}}(?<!\d)(?:{_COLON_TIME_A}|"
            rf"{_MILITARY_A.replace('a_', 'c_')})(?!\d)[^\d\n]{{1,40}}?{_STOP}"
            rf"[^\d\n]{{0,25}}(?:{_COLON_TIME_B}|{_MILITARY_B.replace('b_', 'd_')}){_EDGE}"
        ),
        (
            rf"{_START}[^\d\n]{{0,25}}(?<!\d)(?P<a_hour>\d{{1,2}})\s?(?P<a_half>[ap])\.?m\b\.?[^\d\n]{{1,40}}?{_STOP}"
            rf"[^\d\n]{{0,25}}{_LOOSE_B}{_EDGE}"
        ),
        (
            rf"\b(?:from|between|ran|infused|infusing|infusion|time|times|given|administered|running|ivpb|iv|piggyback)\b:?\s?(?:time\s|from\s|between\s)?"
            rf"{_MILITARY_A}{_TO}{_MILITARY_B}{_EDGE}"
        ),
        rf"(?<![\d:.$/-]){_MILITARY_A}\s?h?\s?(?:-|\u2013|to)\s?{_MILITARY_B}\s?(?:hours|hrs|h)\b",
        rf"(?<![\d:.$/-]){_COLON_TIME_A}{_TO}{_MILITARY_B}{_EDGE}",
        rf"(?<![\d:.$/-]){_MILITARY_A}{_TO}{_COLON_TIME_B}{_EDGE}",
        rf"\b(?:from|between)\s{_LOOSE_A}{_TO}{_COLON_TIME_B}{_EDGE}",
        (
            rf"(?<![\d:.$/\w-])(?!(?:19|20)\d\d\s?\S{{1,4}}\s?(?:19|20)\d\d){_MILITARY_A}\s?(?:-|\u2013|to)\s?"
            rf"{_MILITARY_B}(?![\d:%/.-]|\s?(?:mg|ml|units?|usd))(?={_OF_A_SERVICE})"
        ),
        rf"\b(?:anesthesia|anes|anesth)\s(?:time\s)?{_MILITARY_A}\s?(?:-|\u2013|to)\s?{_MILITARY_B}{_EDGE}",
    )
)


_NOON, _MIDNIGHT = re.compile(r"\bnoon\b", re.IGNORECASE), re.compile(r"\bmidnight\b", re.IGNORECASE)
_GIVEN_AGAIN = re.compile(
    r"\bat (?P<h1>\d{1,2}):(?P<m1>\d{2})\b[^.?!]{0,40}\b(?:again|repeated|same (?:drug|dose)|second dose)\b"
    r"[^.?!]{0,30}?(?:at )?(?P<h2>\d{1,2}):(?P<m2>\d{2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _ClockTime:
    hour: int
    minute: int
    half: str | None

    @property
    def minutes(self) -> int:
        """Minutes after midnight as written; the half of the day counted where it was said."""
        hour = self.hour % 12 + (12 if self.half == "p" else 0) if self.half else self.hour
        return hour * 60 + self.minute

    def __str__(self) -> str:
        half = f" {self.half}m" if self.half else ""
        return f"{self.hour}:{self.minute:02d}{half}"


def clock_durations(text: str) -> Iterator[DurationMention]:
    """Every start and stop of a text as a length of time; a stop before its start lies past noon or midnight."""
    taken = 0
    text = _NOON.sub("12pm", _MIDNIGHT.sub("12am    ", text))  # of the same length, so that positions stay
    for match in sorted(_matches(text), key=lambda each: (each.start(), -each.end())):
        mention = _duration(match) if match.start() >= taken else None
        if mention:
            taken = match.end()
            yield mention


def between_moments(text: str) -> int | None:
    """Minutes between two moments of a text (`at 10:10 and 10:50`), None where it has none."""
    match = next((each for each in _MOMENTS.finditer(text) if _two_moments(each)), None)
    start, stop = (_at(match, "a"), _at(match, "b")) if match else (None, None)
    return (_between(start, stop)[0] or None) if start and stop else None


def between_doses(text: str) -> int | None:
    """Minutes between the two clock times of a drug given again (`at 10:00, the same drug again at 11:05`)."""
    match = _GIVEN_AGAIN.search(text)
    if match is None:
        return None
    start, stop = (int(match["h1"]) * 60 + int(match["m1"]), int(match["h2"]) * 60 + int(match["m2"]))
    return stop - start if stop > start else None


def _two_moments(match: re.Match[str]) -> bool:
    """`at 10:10 and 10:50` are two moments, `between 10:10 and 10:50` is a stretch."""
    spanning = _SPANNING.search(match.string, max(0, match.start() - 14), match.end())
    return spanning is None and (match.re is _MOMENTS or _TWO_MOMENTS.search(match.group()) is not None)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for pattern in _PATTERNS:
        yield from (match for match in pattern.finditer(text) if not _two_moments(match))


def _duration(match: re.Match[str]) -> DurationMention | None:
    start, stop = _at(match, "a", "c"), _at(match, "b", "d")
    if start is None or stop is None:
        return None
    minutes, note = _between(start, stop)
    if not minutes:
        return None
    arithmetic = f"{start} to {stop}{note} = {minutes} minutes"
    return DurationMention(minutes, Span(*match.span()), arithmetic)


def _at(match: re.Match[str], *names: str) -> _ClockTime | None:
    groups = match.groupdict()
    for name in names:
        if groups.get(f"{name}_hour"):
            hour, minute = int(groups[f"{name}_hour"]), int(groups.get(f"{name}_minute") or 0)
            half = groups.get(f"{name}_half")
            return _ClockTime(hour, minute, half.lower() if half and 1 <= hour <= 12 else None)  # noqa: PLR2004 - a clock face
    return None


def _between(start: _ClockTime, stop: _ClockTime) -> tuple[int, str]:
    """Minutes between; where a half of the day was left out, the shortest reading that goes forward."""
    plain = stop.minutes - start.minutes
    open_half = start.hour <= 12 and stop.hour <= 12 and (start.half is None or stop.half is None)  # noqa: PLR2004
    if open_half and start.half != stop.half:
        return plain % _HALF_DAY, ""
    if plain >= 0:
        return plain, ""
    if open_half and start.half is None and start.hour and plain + _HALF_DAY > 0:
        return plain + _HALF_DAY, ""
    return plain + _DAY, " the next day"

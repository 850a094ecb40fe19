"""Lengths of time, each with its arithmetic, and the code or service it was written of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from caseconsultant.consulting.reading.clock import between_doses, between_moments, clock_durations
from caseconsultant.consulting.reading.text import Sentences, blank, ordered
from caseconsultant.domain.codes import CodeMention, Span
from caseconsultant.domain.question import DurationMention

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_WORDS = {word: value for value, word in enumerate(ordered(_UNITS), start=1)} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?"
_WORD = rf"(?:{_TENS}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
_H = r"(?:hours?|hrs?\.?|h)"
_M = r"(?:minutes?|mins?\.?|m)"
_AND = r"\s?(?:,|and|&|\+|plus|,\s?and)?\s?"

_PATTERNS = tuple(
    (
        kind,
        re.compile(pattern, re.IGNORECASE),
    )
    for kind, pattern in (
        (
            "both",
            rf"(?<![\w.:/-])(?P<h>{_NUMBER}|{_WORD})\s?-?\s?{_H}{_AND}(?P<m>{_NUMBER}|{_TENS}|{_WORD})\s?-?\s?{_M}(?![\w/])",
        ),
        ("both", r"(?<![\w.:/-])(?P<h>\d{1,2})\s?h\s?(?P<m>[0-5]\d)(?![\w:/.])"),
        ("both", r"(?<![\w.:/-])(?P<h>\d{1,2}):(?P<m>[0-5]\d)\s?(?:hours?|hrs?|h)\b"),
        ("both", r"(?<![\w.:/-])(?P<h>\d{1,2})\s?-?(?:hours?|hrs?)\s(?P<m>[1-5]\d)(?=\s*(?:[.,;?!)]|$|of\b|on\b))"),
        ("both", r"(?<![\w.:/-])(?P<h>an|one|1)\s?-?hour\s?,?\s?(?:and\s)(?P<m>\d{1,2})(?!\s?[\w:])"),
        (
            "half",
            (
                rf"(?<![\w.:/-])(?:(?P<h>\d{{1,2}}|{_WORD})\s?-?\s?{_H}\sand\sa\shalf"
                rf"|(?P<h2>\d{{1,2}}|{_WORD})\sand\s(?:a|one)[\s-]half\s{_H}|(?P<h3>\d{{1,2}})\s?(?:½|1/2)\s?-?{_H})\b"
            ),
        ),
        (
            "quarter",
            r"(?<![\w.:/-])(?P<part>three[\s-]quarters|half|quarter|1/2|½|3/4|1/4)(?:\sof)?\s(?:an?\s)?(?:hour|hr)\b",
        ),
        ("hours", rf"(?<![\w.:/$-])(?P<h>{_NUMBER}|{_WORD})\s?-?\s?{_H}(?![\w/])"),
        (
            "minutes",
            r"(?<![\w.:/$-])(?P<m>\d{2,3})['\u2032\u2019\"\u2033](?=\s(?:of\s)?(?:\x00|\d{5}|infus|hydrat|therap|manual))",
        ),
        (
            "minutes",
            rf"(?:(?<![\w.:/$-])|(?<=\x00-))(?P<m>{_NUMBER}|{_TENS}|{_WORD})\s?-?\s?(?:minutes?|mins?\.?)(?![\w/])",
        ),
    )
)
_QUARTERS = {"three": 45, "half": 30, "quarter": 15, "1/2": 30, "½": 30, "3/4": 45, "1/4": 15}

_INTERVAL_BEFORE = re.compile(
    r"(?:\b(?:q|every|each|within|per|first|next|last|another|additional|at least|minimum(?: of)?|up to|"
    r"more than|less than|"
    r"under|fewer than|exceed(?:s|ing)?|threshold(?: of)?|beyond|after|every other|past|greater than|aged?|"
    r"observed(?: for)?|"
    r"observation(?: for)?|monitored(?: for)?|waited|wait(?:ing)?(?: for)?|watched(?: for)?|older than|initial|"
    r"subsequent|"
    r"needs?|requires?|takes?|planned|scheduled|ordered|"
    r"[<>]=?|≥|≤)|[<>≥≤]=?)\s?(?:an?\s)?$",
    re.IGNORECASE,
)
_INTERVAL_AFTER = re.compile(
    r"\s?(?:before|prior|after(?!\s(?:the\s)?start)|later|apart|ago|earlier|between|from now|post|into|old\b|"
    r"or less|or more|"
    r"or longer|or fewer|of age|pre\b|early|late\b|of observation|of monitoring|observation|post-|notice|window|shift|"
    r"hold\b|wait|drive|rule\b|threshold|minimum|mark\b|increments?|"
    r"turnaround|business|per (?:day|week)|a (?:day|week)|increment)",
    re.IGNORECASE,
)
_ALWAYS_AFTER = re.compile(r"\s?(?:old\b|of age|of observation|of monitoring|observation|apart|ago)", re.IGNORECASE)
_APART = re.compile(
    r"(?<![\d.\w])(?P<first>\d{1,3}(?:\.\d)?|an?|one|two)\s?-?(?P<first_unit>min|hour|hr)\w{0,4}\.?\s(?:apart|later)\b"
    r"|\b(?:repeat\w{0,3}|again|second\s\w{1,12})\s(?:\w{1,12}\s){0,2}?(?:after|in)\s"
    r"(?P<second>\d{1,3}(?:\.\d)?)\s?-?(?P<second_unit>min|hour|hr)",
    re.IGNORECASE,
)
_ENDED_AFTER = re.compile(
    r"\b(?:left|stopped|discontinued|ended|halted|terminated|d/c'?d?)\b[^.;?!\n]{0,24}\bafter\s(?:about\s|only\s)?$",
    re.IGNORECASE,
)
_LASTED = re.compile(
    r"\b(?:for|lasted|lasting|ran|over|took|infused)\s(?:about\s|approximately\s|another\s)?$", re.IGNORECASE
)
_LINK_FORWARD = re.compile(
    r"[\s\x00)(\[,:;=@\u2013-]{0,40}(?:(?:for|x|ran|run|running|runs|lasted|lasting|lasts|over|was|is|took|taking|infused|given|at|of|time|times|"
    r"total|totall?ing|a|the|about|approximately|approx|administered|documented|infusion|that|which|it|with|"
    r"documentation|"
    r"shows?|units?|in|from|on|by|drug|hydration|iv|subcutaneous|sc|duration|length|start|exactly|only|just|each|"
    r"and lasted)\b"
    r"[\s(:=~-]{0,3}){0,6}",
    re.IGNORECASE,
)
_LINK_BACK = re.compile(
    r"\s?(?:of|for|on|=|->|→|with|using|under|as|is|:)?\s?(?:the\s)?(?:cpt\s|code\s|hcpcs\s)*", re.IGNORECASE
)
_LONGEST_LINK = 80
_OF_FLUID = re.compile(
    r"\s?(?:of\s)?(?:iv\s|plain\s|normal\s|0?\.9%?\s)?(?:saline|hydration|fluids?|ns|lr|lactated)\b", re.IGNORECASE
)
"""What follows a length of time that is the fluid's, not the drug's before it."""
_TURN = 30
_HYDRATION = frozenset({"96360", "96361"})
_LONGEST = 3 * 24 * 60
"""Minutes. Longer stretches are courses of treatment, no services."""


def durations(text: str, *, within: Sentences, codes: Sequence[CodeMention]) -> tuple[DurationMention, ...]:
    """The lengths of time of a text whose dates and other numbers are blanked out, in their order."""
    found = list(clock_durations(text))
    rest = blank(text, [each.span for each in found])
    for kind, pattern in _PATTERNS:
        new = list(_written(rest, kind, pattern))
        found += [each for each in new if not _interval(text, each.span)]
        rest = blank(rest, [each.span for each in new])
    found.sort(key=lambda each: each.span.start)
    return _linked(text, found, codes, within)


def apart(text: str) -> int | None:
    """Minutes between two services of a text (`45 min apart`, `repeated after 1 hour`), None where none are written."""
    match = _APART.search(text)
    if match is None:
        return between_moments(text) or between_doses(text)
    written = match["first"] or match["second"]
    unit = match["first_unit"] or match["second_unit"]
    number = _value(written)
    return round(number * (60 if unit.lower().startswith("h") else 1))


def governing(found: Sequence[DurationMention]) -> int | None:
    """The minutes of the one length of time there is (or all agree on), None where none or several compete."""
    spells = {each.arithmetic for each in found if " to " in each.arithmetic}
    lengths = {each.minutes for each in found} if len(spells) < 2 else set()  # noqa: PLR2004 - a pause lies between
    return lengths.pop() if len(lengths) == 1 else None


def _written(text: str, kind: str, pattern: re.Pattern[str]) -> Iterator[DurationMention]:
    for match in pattern.finditer(text):
        minutes, arithmetic = _length(kind, match)
        if 0 < minutes <= _LONGEST:
            yield DurationMention(minutes, Span(*match.span()), arithmetic)


def _length(kind: str, match: re.Match[str]) -> tuple[int, str]:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if kind == "both":
        return _sum(_value(groups["h"]), _value(groups["m"]))
    if kind == "half":
        return _sum(_value(next(iter(groups.values()))), 30)
    if kind == "quarter":
        minutes = _QUARTERS[re.split(r"[\s-]", groups["part"].lower())[0]]
        return minutes, f"{groups['part']} of an hour = {minutes} minutes"
    if kind == "hours":
        hours = _value(groups["h"])
        return round(hours * 60), f"{hours:g} x 60 = {round(hours * 60)} minutes"
    minutes = round(_value(groups["m"]))
    return minutes, f"{minutes} minutes"


def _sum(hours: float, minutes: float) -> tuple[int, str]:
    total = round(hours * 60 + minutes)
    return total, f"{hours:g} x 60 + {minutes:g} = {total} minutes"


def _value(written: str) -> float:
    lowered = written.lower()
    if lowered[0].isdigit():
        return float(lowered)
    return float(sum(_WORDS[word] for word in re.split(r"[\s-]", lowered)))


def _interval(text: str, span: Span) -> bool:
    """`every 4 hours`, `30 minutes before`: no length of a service."""
    lead = text[max(0, span.start - 24) : span.start]
    if _ENDED_AFTER.search(text, max(0, span.start - 60), span.start):
        return False
    if _INTERVAL_BEFORE.search(lead):
        return True
    lasted = _LASTED.search(lead) is not None
    return (_ALWAYS_AFTER if lasted else _INTERVAL_AFTER).match(text, span.end) is not None


def _linked(
    text: str, found: list[DurationMention], codes: Sequence[CodeMention], within: Sentences
) -> tuple[DurationMention, ...]:
    starts = sorted(codes, key=lambda each: each.span.start)
    if _by_turns(found, starts):
        return tuple(replace(each, codes=(code.code,)) for each, code in zip(found, starts, strict=True))
    position = 0
    linked: list[DurationMention] = []
    for mention in found:
        while position < len(starts) and starts[position].span.start < mention.span.start:
            position += 1
        near = _of_code(text, mention, starts, position)
        same = near and within.together(near.span.start, mention.span.start)
        linked.append(replace(mention, codes=(near.code,)) if near and same else mention)
    return tuple(linked)


def _by_turns(found: Sequence[DurationMention], codes: Sequence[CodeMention]) -> bool:
    """`23 min therex 97110, 12 min manual 97140`: each length of time stands before its code."""
    if len(found) != len(codes) or len(found) < 2:  # noqa: PLR2004 - one has no turn
        return False
    pairs = list(zip(found, codes, strict=True))
    near = all(0 <= code.span.start - each.span.end <= _TURN for each, code in pairs)
    return near and all(code.span.end <= after.span.start for (_, code), (after, _) in pairwise(pairs))


def _of_code(text: str, mention: DurationMention, codes: list[CodeMention], position: int) -> CodeMention | None:
    """The code just before (`96365 for 95 min`), else just after (`95 minutes of 96365`)."""
    before = codes[position - 1] if position else None
    if before and before.code not in _HYDRATION and _OF_FLUID.match(text, mention.span.end):
        return None
    if before and "hydration" in text[before.span.end : mention.span.start].lower() and before.code not in _HYDRATION:
        return None
    if position and _joins(_LINK_FORWARD, text, codes[position - 1].span.end, mention.span.start):
        return codes[position - 1]
    if position < len(codes) and _joins(_LINK_BACK, text, mention.span.end, codes[position].span.start):
        return codes[position]
    return None


def _joins(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= _LONGEST_LINK and pattern.fullmatch(text, start, end) is not None

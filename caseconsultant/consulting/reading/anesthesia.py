"""Anesthesia of a case: minutes, base units, modifiers, physical status, concurrent cases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.clock import clock_durations
from caseconsultant.consulting.reading.text import ordered
from caseconsultant.domain.question import Question

_OF_ANESTHESIA = re.compile(
    r"\banesth\w+|\banes\b|\b991(?:00|16|35|40)\b|\bphysical status\b|\bqualifying circumstances?\b|"
    r"\bP[1-6]\b(?=[^.?!\n]{0,40}\b(?:pay\w*|units?|medicare|plan|modifier)\b)|\b(?:concurrent|"
    r"simultaneous) (?:rooms|ors|cases)\b|\banaesth\w+|\bcrnas?\b|\b0[01]\d{3}\b|\bmda\b|\basa (?:units?|code|"
    r"class)|\bmedical(?:ly)? direct\w*|\b(?-i:QK|QX|QY|QZ|MAC anesthesia)\b",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"\b(?:local|topical) an(?:a)?esth\w+|\bnumbing|\blidocaine|\bmoderate sedation\b|\bconscious sedation\b|"
    r"\b9915[1-7]\b",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\bbase\s(?:units?\s)?(?:value\s)?(?:of\s|is\s|are\s|=\s?|:\s?)?(?P<after>\d{1,2})\b(?!\s?(?:min|%))|"
    r"\b(?P<before>\d{1,2})\sbase(?:\sunits?)?\b|\bbase\s?\((?P<paren>\d{1,2})\)",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"(?<![\w])(?P<modifier>AA|AD|QK|QX|QY|QZ)(?![\w])")
_STATUS = re.compile(r"\bP\s?-?(?P<status>[1-6])\b|\bASA\s?(?:class\s)?(?P<asa>[1-5]|I{1,3}|IV|V)\b")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_COUNTS = {word: value for value, word in enumerate(ordered("one two three four five six seven eight"), start=1)}
_CONCURRENT = re.compile(
    r"\b(?P<count>\d|one|two|three|four|five|six|seven|eight)\s(?:concurrent|simultaneous|overlapping|crnas?\b|"
    r"(?:other\s)?(?:cases|rooms|ors)\b(?=[^.?!\n]{0,30}\b(?:at once|at the same time|concurrent\w*|"
    r"simultaneous\w*|direct\w*|supervis\w*)))|"
    r"\b(?:direct\w*|supervis\w*|running|covering|oversaw|oversee\w*)\s(?:\w+\s){0,2}?(?P<after>\d|one|two|three|"
    r"four|five|six|seven|eight)\s(?:\w+\s){0,2}?(?:crnas?|cases|rooms|ors|nurse an\w+)\b",
    re.IGNORECASE,
)
_OF_ROOMS = re.compile(
    r"\b(?:one|1|first)\s(?:of|out of)\s(?:the\s|his\s|her\s|their\s)?(?P<count>\d|one|two|three|four|five|six|"
    r"seven|eight)\s"
    r"(?:\w+\s){0,2}?(?:crnas?|cases|rooms|ors|nurse an\w+)\b",
    re.IGNORECASE,
)
"""`directed 1 of 3 rooms`: three run at once."""
_ALREADY_UNITS = re.compile(r"\b(?P<units>\d{1,2}(?:\.\d)?)\s(?:time\s)?units\b", re.IGNORECASE)
_FACTOR = re.compile(
    r"\b(?:cf|conversion factor)\s(?:of\s|is\s|=\s?|:\s?)?\$?\s?(?P<factor>\d{2,3}(?:\.\d{1,4})?)\b", re.IGNORECASE
)
_CIRCUMSTANCE = re.compile(r"\b(99100|99116|99135|99140)\b")


@dataclass(frozen=True, slots=True)
class Case:
    """What is told of an anesthesia case; None where it is not."""

    minutes: int | None
    base: int | None
    modifiers: tuple[str, ...]
    status: str | None
    concurrent: int | None
    factor: float | None
    """A conversion factor the sender names, in dollars a unit."""
    circumstances: tuple[str, ...]
    units: tuple[float, ...]
    """Numbers of units that the sender wrote."""


def of_anesthesia(question: Question) -> bool:
    """Whether the question is about an anesthesia service, not the local one that is part of a procedure."""
    return _OF_ANESTHESIA.search(question.text) is not None and not _LOCAL.search(question.text)


def case(question: Question) -> Case:
    """The anesthesia case of a question."""
    text = question.text
    base = _BASE.search(text)
    status = _STATUS.search(text)
    factor = _FACTOR.search(text)
    of_rooms = _OF_ROOMS.search(text)
    rooms = of_rooms["count"] if of_rooms else _concurrent(text)
    return Case(
        _minutes(question),
        int(next(filter(None, base.groups()))) if base else None,
        tuple(dict.fromkeys(match["modifier"] for match in _MODIFIER.finditer(text))),
        f"P{status['status'] or _ROMAN.get(status['asa'], status['asa'])}" if status else None,
        _number(rooms) if rooms else None,
        float(factor["factor"]) if factor else None,
        tuple(dict.fromkeys(_CIRCUMSTANCE.findall(text))),
        tuple(float(match["units"]) for match in _ALREADY_UNITS.finditer(text)),
    )


def _concurrent(text: str) -> str | None:
    found = _CONCURRENT.search(text)
    return (found["count"] or found["after"]) if found else None


def _minutes(question: Question) -> int | None:
    """The governing time; of several stretches by the clock their sum: time around an interruption is added."""
    if question.minutes is not None:
        return question.minutes
    spells = tuple(clock_durations(question.text))
    if len(spells) > 1:
        return sum(each.minutes for each in spells)
    return spells[0].minutes if spells else None


def _number(written: str) -> int:
    return _COUNTS.get(written.lower()) or int(written)

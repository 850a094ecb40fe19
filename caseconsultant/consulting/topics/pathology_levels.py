"""The level of a specimen that is named (88300 to 88309).

Source: `knowledge/rules/pathology.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, cast

from caseconsultant.consulting.reading.plain_words import pattern_of, tells_of
from caseconsultant.consulting.topics.specimens_told import Entry, capital, fits, number_of, part
from caseconsultant.consulting.topics.telling import Telling, both

_LEVELS: Final = "pathology.levels.specimens"
_LEVEL: Final = re.compile(r"883(?:0[0-9])")
_OF_PATHOLOGY: Final = re.compile(
    r"\bpath(?:ology)? (?:codes?|levels?|cpts?|charges?|bill\w*|specimens?|lab|units?|exam\w*)\b|"
    r"\bpathologists?\b[^.?!\n]{0,60}"
    r"\b(?:bills?|codes?|reports?|reads?|examin\w+)\b|\b(?:for|of) (?:surgical )?path(?:ology)?\b|"
    r"\bsurg(?:ical)? path\w*|"
    r"\b8830[0-9]\b|\bspecimens?\b[^.?!\n]{0,30}\b(?:code|level)s?\b|\bpathology\b[^.?!\n]{0,12}\b(?:code|level|"
    r"gross)\b"
)
_CONTAINERS: Final = re.compile(
    r"\b(?P<n>\d{1,2}|two|three|four|five|six) (?:\w+ ){0,2}?(?:jars?|containers?|bottles?|vials?|parts|specimens?)\b|"
    r"\b(?:specimens?|jars?|containers?) ?x ?(?P<x>\d{1,2})\b"
)


def level(text: str, telling: Telling) -> None:
    """The level of each specimen named; silent where a mail names none or is of something else."""
    if not _OF_PATHOLOGY.search(text):
        return
    named = _named(text, telling)
    written = [each.code for each in telling.question.codes if not each.absent]
    if not named or any(not _LEVEL.fullmatch(each) for each in written):
        return
    codes = dict.fromkeys(str(each["code"]) for each in named)
    said = "; ".join(f"{each['name']}: {each['code']}" for each in named)
    wrong = [each for each in written if each not in codes and each not in telling.question.alternatives]
    if wrong and telling.question.wants_yes_or_no:
        telling.correct(f"{capital(said)}, not {both(wrong)}.", _LEVELS)
    else:
        units = {code: _units(code, named, text) for code in codes}
        counted = both([f"{code} x{number}" for code, number in units.items()])
        verdict = fits(units, telling.question)
        telling.head(f"{capital(said)}, each specimen of its own diagnosis once: {counted}.", _LEVELS, verdict=verdict)
    for code in codes:
        telling.stands(code, _units(code, named, text), part(telling))
    for code in written:
        if code not in codes and code not in telling.question.alternatives:
            telling.refuse(code, f"the specimen is {both(list(codes))}")


def _units(code: str, named: Sequence[Entry], text: str) -> int:
    """As many as specimens of the code are named; of one kind as many as containers are told."""
    told = [number_of(number) for each in _CONTAINERS.finditer(text) if (number := each["n"] or each["x"])]
    return max(told) if told and len(named) == 1 else sum(each["code"] == code for each in named)


def _named(text: str, telling: Telling) -> Sequence[Entry]:
    """The specimens whose words and facts are told, each place in the text read once."""
    found: list[Entry] = []
    taken: set[int] = set()
    for each in cast("Sequence[Entry]", telling.value(_LEVELS, ())):
        places = {match.start() for match in pattern_of(tuple(each["words"])).finditer(text)}
        if places and places.isdisjoint(taken) and _holds(each, text):
            found.append(each)
            taken |= places
    return found


def _holds(entry: Entry, text: str) -> bool:
    told = all(tells_of(text, each.split(" | ")) for each in entry.get("told", ()))
    return told and not any(tells_of(text, each.split(" | ")) for each in entry.get("unless", ()))

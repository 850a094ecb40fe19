"""Services named in words whose code is asked: the rule as written, and which of its branches the words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from caseconsultant.consulting.reading.plain_words import tells_of

_AGE = re.compile(
    r"\bage[ds]?\s(?P<after>\d{1,3})\b|\b(?P<years>\d{1,3})[\s-]?(?:y/?o|yrs?|years?)\b(?:[\s-]old)?(?! ago)|"
    r"\b(?P<months>\d{1,2})[\s-](?:months?|mo|weeks?|days?)[\s-]?old\b|\b(?P<newborn>newborn|neonate|infant)\b"
)
_BOTH = ("bilateral*", "both", "bilat", "b/l")
_RIGHT, _LEFT = ("right", "rt"), ("left", "lt")
_KEY = 2
"""Letters by which a word is found."""
_WORD = re.compile(r"(?<!\w)\w.")


@dataclass(frozen=True, slots=True)
class ServiceBranch:
    """What is coded where its facts are told. `open`: it is only a possibility, where none of the facts is told."""

    lines: Mapping[str, int]
    told: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    age: tuple[int, int] | None = None
    payer: str = ""
    place: str = ""
    modifiers: tuple[str, ...] = ()
    note: str = ""
    when: str = ""
    open: bool = False
    no_sides: bool = False


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service, the words that name it, and its branches in the order in which they are tried."""

    name: str
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    branches: tuple[ServiceBranch, ...]
    plus: tuple[ServiceBranch, ...] = ()
    ask: str = ""
    parts: bool = False
    """A practitioner's part in a hospital takes 26."""
    sides: bool = False
    first: bool = False
    """The words alone settle the subject."""

    @property
    def codes(self) -> frozenset[str]:
        """Every code of the service."""
        return frozenset(code for each in (*self.branches, *self.plus) for code in each.lines)

    @property
    def keys(self) -> frozenset[str]:
        """The beginnings of its words."""
        return frozenset(each[:_KEY] for each in self.words)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides between branches: the text in small letters, the patient's age in years, payer and place."""

    text: str
    age: int | None
    medicare: bool
    office: bool
    hospital: bool


def named_service(value: object) -> NamedService:
    """The rule as written in the knowledge. Raises KeyError where a part is missing."""
    rule = cast("Mapping[str, Any]", value)
    return NamedService(
        str(rule["name"]),
        tuple(map(str, rule["words"])),
        tuple(map(str, rule.get("not_words", ()))),
        tuple(map(_branch, rule["branches"])),
        tuple(map(_branch, rule.get("plus", ()))),
        str(rule.get("ask", "")),
        bool(rule.get("parts")),
        bool(rule.get("sides")),
        bool(rule.get("first")),
    )


def _branch(rule: Mapping[str, Any]) -> ServiceBranch:
    least_and_most = rule.get("age")
    return ServiceBranch(
        {str(code): int(units) for code, units in rule["lines"].items()},
        tuple(_group(each) for each in rule.get("told", ())),
        tuple(word for each in rule.get("unless", ()) for word in _group(each)),
        (int(least_and_most[0]), int(least_and_most[1])) if least_and_most else None,
        str(rule.get("payer", "")),
        str(rule.get("place", "")),
        tuple(map(str, rule.get("modifiers", ()))),
        str(rule.get("note", "")),
        str(rule.get("when", "")),
        bool(rule.get("open")),
        bool(rule.get("no_sides")),
    )


def _group(words: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in words.split("|"))


def word_keys(text: str) -> frozenset[str]:
    """The beginnings of the words of a text in small letters."""
    return frozenset(_WORD.findall(text))


def holds(branch: ServiceBranch, told: Circumstances) -> bool:
    """Whether all the facts of a branch are told."""
    return (
        not branch.open
        and all(tells_of(told.text, group) for group in branch.told)
        and not (branch.unless and tells_of(told.text, branch.unless))
        and (branch.age is None or (told.age is not None and branch.age[0] <= told.age <= branch.age[1]))
        and (not branch.payer or (branch.payer == "medicare") == told.medicare)
        and (not branch.place or (told.office if branch.place == "office" else told.hospital))
    )


def age_told(text: str) -> int | None:
    """The patient's age in years, nought for one told in months; None where it is not told."""
    found = _AGE.search(text)
    if found is None:
        return None
    years = found["after"] or found["years"]
    return int(years) if years else 0


def side_modifiers(text: str) -> Sequence[str]:
    """50, RT or LT as the side is told."""
    right, left = tells_of(text, _RIGHT), tells_of(text, _LEFT)
    if tells_of(text, _BOTH) or (right and left):
        return ("50",)
    return ("RT",) if right else ("LT",) if left else ()

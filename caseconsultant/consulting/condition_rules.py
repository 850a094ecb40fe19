"""The rules of `knowledge/rules/conditions*.yaml` as records, read once for each knowledge and day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.conditions import Choice, Combination, Condition, Part, Words
from caseconsultant.domain.records import Parameter

_COMBINED = "combined"
_KEY = 3
"""Letters by which a name is looked up."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a condition, matched where its first word stands."""

    pattern: re.Pattern[str]
    condition: Condition
    gap: bool
    """Whether words may stand between its words."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Conditions by the first letters of their names, and the combinations in the order in which they are tried."""

    names: Mapping[str, tuple[Name, ...]]
    conditions: Mapping[str, Condition]
    combinations: tuple[Combination, ...]


@lru_cache(maxsize=4)
def catalogue(knowledge: Knowledge, on: date) -> Catalogue:
    """Every condition and combination in force on the day."""
    conditions: dict[str, Condition] = {}
    combinations: list[Combination] = []
    for rule in knowledge.parameters("conditions.", on=on):
        for each in cast("Sequence[Mapping[str, Any]]", rule.value):
            if not _in_force(each, on):
                continue
            if rule.path.split(".")[1] == _COMBINED:
                combinations.append(combination_of(each, rule.references))
            else:
                conditions[each["id"]] = condition_of(each, rule)
    return Catalogue(_by_letters(conditions.values()), conditions, tuple(combinations))


def condition_of(said: Mapping[str, Any], rule: Parameter) -> Condition:
    """The condition as written in a rule."""
    return Condition(
        id=said["id"],
        name=said["name"],
        words=tuple(said["words"]),
        code=said.get("code", ""),
        references=rule.references,
        not_words=_words(said, "not_words"),
        groups=_words(said, "groups"),
        stem=said.get("stem", ""),
        parts=_parts(said),
        sides=said.get("sides", {}),
        history=said.get("history", ""),
        family=said.get("family", ""),
        rank=said.get("rank", 5),
        needs=_words(said, "needs"),
        yields=_words(said, "yields"),
        wrong=said.get("wrong", {}),
        note=said.get("note", ""),
    )


def combination_of(said: Mapping[str, Any], references: tuple[Reference, ...]) -> Combination:
    """The combination as written in a rule."""
    return Combination(
        of=tuple(said["of"]),
        code=said.get("code", ""),
        name=said.get("name", ""),
        references=references,
        parts=_parts(said),
        replaces=_words(said, "replaces"),
        uses=_words(said, "uses"),
        sided=said.get("sided", ""),
        sides=said.get("sides", {}),
        then=_words(said, "then"),
        after=_words(said, "after"),
        first=said.get("first", ""),
        with_codes={each: tuple(begins) for each, begins in said.get("with_codes", {}).items()},
        assumed=said.get("assumed", False),
        says=_words(said, "says"),
        why=said.get("why", ""),
        why_unless=_words(said, "why_unless"),
        wrong=said.get("wrong", {}),
        rank=said.get("rank", 5),
    )


def _words(said: Mapping[str, Any], key: str) -> Words:
    return tuple(said.get(key, ()))


def _parts(said: Mapping[str, Any]) -> tuple[Part, ...]:
    return tuple(_part(name, each) for name, each in said.get("parts", {}).items())


def _part(name: str, said: Mapping[str, Any]) -> Part:
    return Part(
        name,
        tuple(map(_choice, said["choices"])),
        _choice(said.get("otherwise", {})),
        said.get("ask", ""),
        _words(said, "figure"),
        said.get("anywhere", False),
    )


def _choice(said: Mapping[str, Any]) -> Choice:
    return Choice(
        tuple(said.get("words", ())),
        said.get("put", ""),
        said.get("code"),
        said.get("name", ""),
        said.get("vague", ""),
        said.get("least"),
        said.get("most"),
    )


def _in_force(said: Mapping[str, Any], on: date) -> bool:
    day = on.isoformat()
    return str(said.get("since", "")) <= day < str(said.get("before", "9999"))


def _by_letters(conditions: Iterable[Condition]) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for condition in conditions:
        for words in condition.words:
            found.setdefault(key_of(words), []).append(Name(_pattern(words), condition, " + " in words))
    return {key: tuple(names) for key, names in found.items()}


def key_of(words: str) -> str:
    """The first letters of the first word."""
    first = _WORD.match(words)
    return first.group()[:_KEY] if first else ""


@lru_cache(maxsize=8192)
def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(part.strip()).replace(r"\*", r"\w*") for part in words.split(" + ")]
    spaced = [part.replace(r"\ ", r"[\s-]+") for part in parts]
    return re.compile(r"\b[^.?!;\n]{0,40}?(?<!\w)".join(spaced) + r"(?!\w)")

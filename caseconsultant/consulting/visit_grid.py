"""The three columns of decision making as the facts leave them, and the level that two of them make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from caseconsultant.consulting.calculators.decision_making import (
    Bounds,
    Data,
    data_level,
    level,
    problem_level,
    risk_level,
)
from caseconsultant.consulting.reading.decision_making import Elements
from caseconsultant.consulting.reading.visits import Place, visit_words
from caseconsultant.consulting.visit_rules import VisitRules

TABLES = "evaluation.decision_making"
_MODERATE, _HIGH = 2, 3


@dataclass(frozen=True, slots=True)
class Grid:
    """The three columns, the level they make, and the names of the levels in rising order."""

    problems: Bounds
    data: Bounds
    risk: Bounds
    made: Bounds
    names: Sequence[str]


def grid(rules: VisitRules, told_of: Elements, names: Sequence[str]) -> Grid:
    """The columns as the facts leave them. Data that nobody speaks of is taken as none, and said to be so."""
    tables = {column: _rows(rules, column, names) for column in ("problems", "data", "risk")}
    problems = _problem_bounds(rules, told_of, cast("Sequence[Sequence[Mapping[str, Any]]]", tables["problems"]))
    risk = _risk_bounds(told_of, cast("Sequence[Sequence[str]]", tables["risk"]))
    data = _data_bounds(told_of, cast("Sequence[Mapping[str, Any]]", tables["data"]))
    needed = rules.whole(f"{TABLES}.columns_needed")
    return Grid(problems, data, risk, level((problems, data, risk), needed), names)


def _rows(rules: VisitRules, column: str, names: Sequence[str]) -> Sequence[object]:
    table = cast("Mapping[str, object]", rules.value(f"{TABLES}.{column}") or {})
    return [table.get(name, ()) for name in names]


def _problem_bounds(rules: VisitRules, told_of: Elements, table: Sequence[Sequence[Mapping[str, Any]]]) -> Bounds:
    if told_of.problems:
        place = problem_level(told_of.problems, table)
        return Bounds(place, place)
    if told_of.open_chronic:
        low = problem_level({"stable_chronic": told_of.open_chronic}, table)
        return Bounds(low, problem_level({"chronic_not_at_goal": 1}, table))
    emergency = visit_words(rules.question.text).place is Place.EMERGENCY
    return Bounds(1 if told_of.open_problem else 0, _HIGH if emergency or not told_of.open_problem else _MODERATE)


def _risk_bounds(told_of: Elements, table: Sequence[Sequence[str]]) -> Bounds:
    if told_of.risks:
        place = risk_level(told_of.risks, table)
        return Bounds(place, place)
    return Bounds(_MODERATE, _HIGH) if told_of.open_risk else Bounds(0, _HIGH)


def _data_bounds(told_of: Elements, table: Sequence[Mapping[str, Any]]) -> Bounds:
    count = 0 if told_of.own_reading_billed and told_of.item_count == 1 else told_of.item_count
    reads = told_of.interpretation and not told_of.own_reading_billed
    place = data_level(Data(count, told_of.historian, reads, told_of.discussion), table)
    if told_of.vague_data:
        return Bounds(place, max(place, _MODERATE))
    return Bounds(place, place)

"""The level of a visit by decision making: two of the three columns must reach it.

Levels are places in rising order, 0 for straightforward; every table has one entry for each level, in that order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class Bounds:
    """A column's level as the facts leave it: the lowest and the highest that it can be."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Data:
    """What was ordered, read and asked: outside notes, results and orders of unique tests are items."""

    items: int = 0
    historian: bool = False
    interpretation: bool = False
    discussion: bool = False


def level(columns: Sequence[Bounds], needed: int) -> Bounds:
    """The level that `needed` columns reach at least, and at most."""
    lows = sorted((each.low for each in columns), reverse=True)
    highs = sorted((each.high for each in columns), reverse=True)
    return Bounds(lows[needed - 1], highs[needed - 1])


def problem_level(problems: Mapping[str, int], table: Sequence[Sequence[Mapping[str, Any]]]) -> int:
    """The highest level that a problem reaches with its number; 0 where none does."""
    return max(
        (
            place
            for place, rows in enumerate(table)
            for row in rows
            if problems.get(str(row["problem"]), 0) >= int(row["at_least"])
        ),
        default=0,
    )


def risk_level(risks: Sequence[str], table: Sequence[Sequence[str]]) -> int:
    """The highest level among the decisions; 0 where none is an example of one."""
    return max((place for place, names in enumerate(table) if not set(names).isdisjoint(risks)), default=0)


def data_level(data: Data, table: Sequence[Mapping[str, Any]]) -> int:
    """The highest level whose categories are filled."""
    return max(
        (place for place, row in enumerate(table) if _filled(data, row) >= int(row["categories_needed"])), default=0
    )


def _filled(data: Data, row: Mapping[str, Any]) -> int:
    """How many of a level's categories are filled; the historian is an item where the level says so."""
    have = {
        "items": data.items + int(bool(row.get("historian_is_item")) and data.historian),
        "independent_historian": int(data.historian),
        "independent_interpretation": int(data.interpretation),
        "external_discussion": int(data.discussion),
    }
    categories = cast("Mapping[str, int]", row.get("categories", {}))
    return sum(have[name] >= least for name, least in categories.items())

"""Codes that follow a quantity: a count, an area in square centimetres, minutes.

A tier holds between two quantities; its first line stands once, the others for every further stretch of the quantity.
Source: the rules of `knowledge/rules/quantities.yaml`, each with its own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast


@dataclass(frozen=True, slots=True)
class TierLine:
    """A code of a tier: once, or for every `each` beyond `after`; `full`: a part of a stretch counts nothing."""

    code: str
    after: float | None = None
    each: float = 1
    full: bool = False
    most_units: int | None = None

    def units(self, quantity: float) -> int:
        """The units that a quantity earns, in whole numbers."""
        if self.after is None:
            return 1
        stretches = (quantity - self.after) / self.each
        earned = max(0, math.floor(stretches) if self.full else math.ceil(stretches))
        return min(earned, self.most_units) if self.most_units is not None else earned


@dataclass(frozen=True, slots=True)
class Tier:
    """The codes of quantities from `least` to `most`, both inclusive; `most` None: open."""

    least: float
    most: float | None
    lines: tuple[TierLine, ...]


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """A service whose codes follow a quantity. Words are plain, `*` stands for any ending, ` + ` for words between."""

    unit: str
    words: tuple[str, ...]
    not_words: tuple[str, ...]
    counted: tuple[str, ...]
    tiers: tuple[Tier, ...]
    note: str = ""
    """What a coder must know beside the codes, a clause."""
    of_clause: tuple[str, ...] = ()
    """Words that make a stretch of a sentence this service's, where an area is told of several."""
    depth: int = 0
    """Of one wound only the deepest is coded; nought: no depth."""
    named: tuple[str, ...] = ()
    """What is counted by name, where no number of it is written."""
    also: tuple[str, ...] = ()
    """Words, such as those of a site, of which one has to be told beside; empty where none has to be."""
    beside: tuple[str, ...] = ()
    """How the codes begin that stand beside, where they are written."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code of the service, in order."""
        return tuple(dict.fromkeys(line.code for tier in self.tiers for line in tier.lines))


def quantity_rule(value: object) -> QuantityRule:
    """The rule as written in the knowledge. Raises KeyError where a part is missing."""
    rule = cast("Mapping[str, Any]", value)
    return QuantityRule(
        str(rule["unit"]),
        tuple(map(str, rule["words"])),
        tuple(map(str, rule.get("not_words", ()))),
        tuple(map(str, rule["counted"])),
        tuple(Tier(tier["least"], tier["most"], _lines(tier["lines"])) for tier in rule["tiers"]),
        str(rule.get("note", "")),
        tuple(map(str, rule.get("of_clause", ()))),
        int(rule.get("depth", 0)),
        tuple(map(str, rule.get("named", ()))),
        tuple(map(str, rule.get("also", ()))),
        tuple(map(str, rule.get("beside", ()))),
    )


def _lines(lines: Sequence[Mapping[str, Any]]) -> tuple[TierLine, ...]:
    return tuple(
        TierLine(
            str(each["code"]),
            each.get("after"),
            each.get("each", 1),
            bool(each.get("full", False)),
            each.get("most_units"),
        )
        for each in lines
    )


def quantity_units(quantity: float, rule: QuantityRule) -> dict[str, int]:
    """Units by code; empty below the least quantity or above the last tier. More never gives fewer units of a tier.

    What lies between two tiers (10.05 where one ends at 10 and the next begins at 10.1) is past the first.
    """
    for tier in rule.tiers:
        if quantity >= rule.tiers[0].least and (tier.most is None or quantity <= tier.most):
            return {line.code: units for line in tier.lines if (units := line.units(quantity))}
    return {}

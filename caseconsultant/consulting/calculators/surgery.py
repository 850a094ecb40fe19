"""Several procedures in one session: their order, and the shares Medicare pays.

Source: Medicare Claims Processing Manual 12 §40.6; the fee schedule's multiple procedure indicators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Procedure:
    """A line with its relative value in hundredths; `base` is the endoscopic base code, None outside the families."""

    code: str
    value: int
    base: str | None = None


def ranked(lines: Sequence[Procedure]) -> tuple[Procedure, ...]:
    """The highest relative value first; equals stay in their order."""
    return tuple(sorted(lines, key=lambda each: -each.value))


def shares(count: int, scheme: Sequence[float]) -> tuple[float, ...]:
    """The share of each of `count` ranked lines; past the scheme's end its last share goes on."""
    return tuple(scheme[min(place, len(scheme) - 1)] for place in range(count))


def family_value(lines: Sequence[Procedure], base: int) -> int:
    """One endoscopy family in hundredths: the highest in full, each other one less the base, never below nothing."""
    order = ranked(lines)
    return order[0].value + sum(max(0, each.value - base) for each in order[1:]) if order else 0


def families(lines: Sequence[Procedure]) -> Mapping[str, tuple[Procedure, ...]]:
    """The lines of each endoscopy family that has two or more."""
    found: dict[str, list[Procedure]] = {}
    for each in lines:
        if each.base:
            found.setdefault(each.base, []).append(each)
    return {base: tuple(members) for base, members in found.items() if len(members) > 1}

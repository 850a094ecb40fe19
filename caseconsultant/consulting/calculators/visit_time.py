"""A visit's level by its minutes, and the prolonged units beyond the top level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def level_by_time(minutes: int, family: Sequence[str], minimums: Mapping[str, int]) -> str | None:
    """The highest code of a family whose minimum is met; None below the lowest. Nothing is rounded."""
    met = [code for code in family if code in minimums and minutes >= minimums[code]]
    return max(met, key=lambda code: minimums[code], default=None)


def next_level(minutes: int, family: Sequence[str], minimums: Mapping[str, int]) -> str | None:
    """The lowest code of the family whose minimum is not met; None at the top."""
    beyond = [code for code in family if code in minimums and minutes < minimums[code]]
    return min(beyond, key=lambda code: minimums[code], default=None)


def prolonged_units(minutes: int, first: int, step: int) -> int:
    """Units of a prolonged code: none below the first minutes, then one for each full step."""
    return 0 if minutes < first else 1 + (minutes - first) // step


def minutes_of_unit(unit: int, first: int, step: int) -> int:
    """The minutes from which a unit is earned, the first being 1."""
    return first + (unit - 1) * step


def units_from(minutes: int, starts: Mapping[str, int]) -> str | None:
    """The code of a pair that the minutes earn (the one that starts latest); None below all."""
    met = [code for code, start in starts.items() if minutes >= start]
    return max(met, key=lambda code: starts[code], default=None)

"""Units of 15-minute therapy codes: Medicare pools the minutes of the day, CPT counts each code by itself.

Source: Medicare Claims Processing Manual 5 §20.2; CPT guidelines, time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimedRules:
    """Whole minutes of a unit, and of the first one."""

    unit: int
    first: int

    def units(self, minutes: int) -> int:
        """A unit at the first's minutes, each further one at a full unit more: 8, 23, 38."""
        return (minutes + self.unit - self.first) // self.unit


def pooled_units(minutes: Mapping[str, int], rules: TimedRules) -> dict[str, int]:
    """Medicare: the total earns the units; full quarter-hours of a code first, then the largest remainders.

    A tie goes to the code that has no unit yet, then to the one that stands first.
    """
    total = rules.units(sum(minutes.values()))
    units = {code: each // rules.unit for code, each in minutes.items()}
    left = total - sum(units.values())
    by_remainder = sorted(minutes, key=lambda code: (-(minutes[code] % rules.unit), units[code] > 0))
    for code in by_remainder[: max(left, 0)]:
        units[code] += 1
    return {code: each for code, each in units.items() if each}


def single_units(minutes: Mapping[str, int], rules: TimedRules) -> dict[str, int]:
    """CPT: each code by itself, a unit once more than half of it is done."""
    return {code: units for code, each in minutes.items() if (units := rules.units(each))}


def units_of_assistant(therapist: int, assistant: int, rules: TimedRules) -> tuple[int, int]:
    """The units of one code without and with the assistant's modifier.

    Full quarter-hours of each first; a unit left over is the therapist's where the therapist's own minutes left over
    earn it alone, else the assistant's (42 CFR 410.60(a)(5), the midpoint rule).
    """
    total = rules.units(therapist + assistant)
    own, helped = therapist // rules.unit, assistant // rules.unit
    left = max(total - own - helped, 0)
    if left and therapist % rules.unit >= rules.first:
        own, left = own + 1, left - 1
    return own, helped + left

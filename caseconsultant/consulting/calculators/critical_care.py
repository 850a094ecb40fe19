"""Critical care by the minute: 99291 once, 99292 for each further stretch.

Source: CPT guidelines, critical care; Medicare Claims Processing Manual 12 §30.6.12 and the final rule for 2023, by
which Medicare's first 99292 takes a full 30 minutes beyond 74.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CriticalCareRules:
    """Whole minutes: the least for 99291, the first 99292, and each further one."""

    minimum: int
    first_additional: int
    step: int


def critical_care_units(minutes: int, rules: CriticalCareRules) -> dict[str, int]:
    """Units by code for the minutes of one date; empty below the least."""
    if minutes < rules.minimum:
        return {}
    units = {"99291": 1}
    if minutes >= rules.first_additional:
        units["99292"] = 1 + (minutes - rules.first_additional) // rules.step
    return units

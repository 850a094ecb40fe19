"""Advance care planning by the minute: 99497 past its half, 99498 for each further stretch past its half.

Source: CPT guidelines on time (the midpoint must be passed); Medicare Claims Processing Manual 18 §140.
"""

from __future__ import annotations


def advance_care_units(minutes: int, first: int, additional: int, step: int) -> dict[str, int]:
    """Units by code; empty below the first minutes."""
    if minutes < first:
        return {}
    units = {"99497": 1}
    if minutes >= additional:
        units["99498"] = 1 + (minutes - additional) // step
    return units

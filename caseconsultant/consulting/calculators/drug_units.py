"""Billing units of a dose, and of what is left of the vials: whole units, rounded up, never more than was opened.

Source: Medicare Claims Processing Manual 17 §40.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil


@dataclass(frozen=True, slots=True)
class DrugUnits:
    """Units of the line for what was given, and of the line for what was discarded."""

    given: int
    discarded: int


def drug_units(dose: Fraction, unit: Fraction, opened: Fraction | None = None) -> DrugUnits:
    """The dose in whole units, up; the vials opened less those. All three in the same measure, `unit` above zero."""
    given = ceil(dose / unit)
    if opened is None:
        return DrugUnits(given, 0)
    return DrugUnits(given, max(0, int(opened / unit) - given))


def vials_for(dose: Fraction, size: Fraction) -> int:
    """The fewest vials of one size that hold the dose."""
    return ceil(dose / size)

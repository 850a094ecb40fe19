"""Anesthesia units and what Medicare allows: base and time units times the conversion factor and the modifier's share.

Source: 42 CFR 414.46; Medicare Claims Processing Manual 12 §50.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def time_units(minutes: int, per_unit: int, decimals: int) -> Decimal:
    """Minutes in units, rounded to the decimals: 117 minutes are 7.8 of 15."""
    return (Decimal(minutes) / Decimal(per_unit)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def allowed(units: Decimal, factor: Decimal, share: Decimal) -> Decimal:
    """Dollars and cents for all units together."""
    return (units * factor * share).quantize(Decimal("0.01"), ROUND_HALF_UP)

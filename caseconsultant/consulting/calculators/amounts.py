"""Amounts in whole cents: shares, ranked reductions, endoscopy families, and what is left of an allowed amount.

Source: Medicare Claims Processing Manual 12 §40.6 and §40.7; 42 CFR 414.20. Every step is rounded half up to the cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from caseconsultant.consulting.calculators.surgery import shares


@dataclass(frozen=True, slots=True)
class Paid:
    """What becomes of an allowed amount, in cents; the patient's part holds the open deductible."""

    deductible: int
    program: int
    sequester: int
    patient: int

    @property
    def left(self) -> int:
        """The program's payment after the sequester."""
        return self.program - self.sequester


def part(cents: int, share: object) -> int:
    """A share of an amount, half up to the cent."""
    return int((Decimal(cents) * Decimal(str(share))).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def paid(allowed: int, *, coinsurance: object, sequester: object, deductible: int = 0) -> Paid:
    """An allowed amount divided; `deductible` is what is still open of it, taken first and in full."""
    open_part = min(allowed, deductible)
    rest = allowed - open_part
    owed = part(rest, coinsurance)
    program = rest - owed
    return Paid(open_part, program, part(program, sequester), open_part + owed)


def ranked_shares(amounts: Sequence[int], scheme: Sequence[float]) -> tuple[float, ...]:
    """The share of each amount by its rank, in the order in which the amounts stand; equals keep their order."""
    order = sorted(range(len(amounts)), key=lambda place: -amounts[place])
    by_rank = shares(len(amounts), scheme)
    return tuple(by_rank[order.index(place)] for place in range(len(amounts)))


def family_parts(amounts: Sequence[int], base: int) -> tuple[int, ...]:
    """What each endoscopy of a family earns: the highest all of it, each other one what it has above the base."""
    highest = max(range(len(amounts)), key=lambda place: amounts[place])
    return tuple(each if place == highest else max(0, each - base) for place, each in enumerate(amounts))


def reduced(parts: Sequence[int], cut: object) -> tuple[int, ...]:
    """The highest part in full, each other less the cut (imaging, therapy, cardiovascular and eye diagnostics)."""
    highest = max(range(len(parts)), key=lambda place: parts[place])
    return tuple(each if place == highest else each - part(each, cut) for place, each in enumerate(parts))

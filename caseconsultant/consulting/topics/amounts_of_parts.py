"""Reductions of a part of each line: technical and professional parts of studies, the practice expense of therapy.

Source: Medicare Claims Processing Manual 5 §10.7, 13 §20; the fee schedule's multiple procedure indicators 4 to 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caseconsultant.consulting.calculators.amounts import reduced
from caseconsultant.consulting.reading.worked_amounts import Asked
from caseconsultant.consulting.topics.amounts_told import figure, money
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Kind

_TECHNICAL, _PROFESSIONAL = "fees.reduction.imaging_technical", "fees.reduction.imaging_professional"
_EXPENSE: Final = "fees.reduction.therapy_practice_expense"
_SEVERAL: Final = 2


def imaging(told: Asked, telling: Telling) -> bool:
    """Says what the technical and professional parts of several studies come to; whether it did."""
    if not (told.imaging and told.several):
        return False
    parts = [
        (name, path, _of(told, name)) for name, path in (("technical", _TECHNICAL), ("professional", _PROFESSIONAL))
    ]
    shown = [each for each in parts if len(each[2]) >= _SEVERAL]
    total = sum(_reduction(f"{name} parts", path, amounts, telling) for name, path, amounts in shown)
    if len(shown) > 1:
        telling.head(f"Together {money(total)}.", _TECHNICAL, _PROFESSIONAL)
    return bool(shown)


def therapy(told: Asked, telling: Telling) -> bool:
    """Says what the practice expense of several therapy units comes to; whether it did."""
    units = {each.code: each.units or 1 for each in telling.question.codes if not each.absent}
    amounts = [each.cents for each in told.amounts if each.of == "expense" for _ in range(units.get(each.code, 1))]
    if not told.therapy or len(amounts) < _SEVERAL:
        return False
    _reduction("practice expense, one unit after the other", _EXPENSE, amounts, telling)
    telling.say(
        "Only the practice expense is reduced; work and malpractice of every unit are paid in full. All "
        "always-therapy units of the "
        "day count, of every discipline of one provider.",
        _EXPENSE,
        kind=Kind.PAYABLE,
    )
    return True


def _of(told: Asked, name: str) -> Sequence[int]:
    return [each.cents for each in told.amounts if each.of == name]


def _reduction(what: str, path: str, amounts: Sequence[int], telling: Telling) -> int:
    """Says the parts with the cut of all but the highest; returns their sum in cents."""
    cut = float(str(telling.value(path, 0)))
    paid = reduced(amounts, cut)
    terms = [
        figure(whole) if whole == each else f"{figure(whole)} x {1 - cut:g}"
        for whole, each in zip(amounts, paid, strict=True)
    ]
    arithmetic = f"{' + '.join(terms)} = {figure(sum(paid))}"
    telling.head(
        f"The {what}: the highest in full, every other less {percent(cut)}: {money(sum(paid))} ({arithmetic}), "
        f"{money(sum(amounts) - sum(paid))} less than without the reduction.",
        path,
    )
    telling.say(f"Arithmetic: {arithmetic}.", path, kind=Kind.PAYABLE, arithmetic=f"{arithmetic}.")
    return sum(paid)

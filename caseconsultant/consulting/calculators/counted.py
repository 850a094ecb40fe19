"""Codes by the number of lesions: rows of bounds with the units of each code, whole or as a formula of the number.

Source: CPT guidelines, destruction, skin tags and paring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

_FORMULAS: Mapping[str, Callable[[int], int]] = {
    "count - 1": lambda count: count - 1,
    "ceil((count - 15) / 10)": lambda count: -(-(count - 15) // 10),
}


def counted_units(count: int, rows: Sequence[Mapping[str, object]]) -> dict[str, int]:
    """Units by code of the row that holds the number; empty where none does."""
    for row in rows:
        most = row["to_count"]
        if count >= int(str(row["from_count"])) and (most is None or count <= int(str(most))):
            units = cast("Mapping[str, int | str]", row["units"])
            return {code: _value(each, count) for code, each in units.items()}
    return {}


def _value(units: int | str, count: int) -> int:
    return units if isinstance(units, int) else _FORMULAS[units](count)

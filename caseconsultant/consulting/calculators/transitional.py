"""Which code of care after a discharge a day and a level of decision making come to."""

from __future__ import annotations

from collections.abc import Mapping

_RANKS = ("straightforward", "low", "moderate", "high")


def transition_code(day: int, level: str, days: Mapping[str, int], levels: Mapping[str, str]) -> str | None:
    """The code of the highest level that is met and whose days the visit keeps; None where none is."""
    met = [code for code, last in days.items() if day <= last and _RANKS.index(level) >= _RANKS.index(levels[code])]
    return max(met, key=lambda code: _RANKS.index(levels[code]), default=None)

"""The days of care after an operation, divided between the surgeon and who takes over.

Source: Medicare Claims Processing Manual 12 §40.4: the postoperative share is paid by the days each gives.
"""

from __future__ import annotations


def divided_days(assumed: int, package: int = 90) -> tuple[int, int]:
    """The surgeon's days and the other's, where care is assumed on that day after the operation (day 1 follows it)."""
    own = min(package, max(0, assumed - 1))
    return own, package - own

"""Tumors of soft tissue: the smaller or the larger code of a depth by size, in tenths of a millimetre."""

from __future__ import annotations

from collections.abc import Mapping

_TENTHS = 10


def code_of(size: int, row: Mapping[str, object]) -> str:
    """The code of a size: the larger one from the bound on."""
    below = int(str(row["below_mm"])) * _TENTHS
    return str(row["smaller"] if size < below else row["larger"])

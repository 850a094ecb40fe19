"""Mohs surgery: the first stage, each further one, and each block beyond those that belong to a stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection


def mohs_units(first: str, further: str, extra: str, stages: int, blocks: Collection[int], own: int) -> Counter[str]:
    """Units of one tumor: blocks are counted stage by stage, `own` of each belong to the stage."""
    units = Counter({first: 1})
    if stages > 1:
        units[further] = stages - 1
    beyond = sum(max(0, each - own) for each in blocks)
    if beyond:
        units[extra] = beyond
    return units

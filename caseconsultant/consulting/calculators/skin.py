"""Codes of skin by size: a row of a table takes what is over one bound and up to and including the other.

Source: CPT guidelines, excision of lesions and repair. Sizes in tenths of a millimetre; the tables are in millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

Row = Mapping[str, object]
_TENTHS = 10


def excised(lesion: int, margin: int) -> int:
    """The excised diameter: the lesion and its narrowest margin on both sides."""
    return lesion + 2 * margin


def code_by_size(size: int, rows: Sequence[Row]) -> str | None:
    """The code of the row that holds the size, None where none does."""
    for row in rows:
        most = row["to_mm"]
        if size > int(str(row["over_mm"])) * _TENTHS and (most is None or size <= int(str(most)) * _TENTHS):
            return str(row["code"])
    return None


@dataclass(frozen=True, slots=True)
class ComplexRows:
    """The rows of complex repair of one site group, and each step of its add-on in millimetres."""

    first: Row
    second: Row
    add_on: str
    step: int


def complex_repair(size: int, rows: ComplexRows) -> dict[str, int]:
    """Units by code; nothing for a wound that is too short to be a complex repair."""
    code = code_by_size(size, (rows.first, rows.second))
    if code:
        return {code: 1}
    most = int(str(rows.second["to_mm"])) * _TENTHS
    if size <= most:
        return {}
    step = rows.step * _TENTHS
    return {str(rows.second["code"]): 1, rows.add_on: -(-(size - most) // step)}


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique of biopsy with its primary code and its add-on."""

    name: str
    primary: str
    add_on: str


def techniques(rows: object) -> tuple[Technique, ...]:
    """The techniques of a rule, highest first."""
    written = cast("Sequence[Mapping[str, str]]", rows)
    return tuple(Technique(each["technique"], each["primary"], each["add_on"]) for each in written)


def biopsy_units(counts: Mapping[str, int], ranked: Sequence[Technique]) -> dict[str, int]:
    """One primary, that of the highest technique; every other lesion is the add-on of its own technique."""
    units: dict[str, int] = {}
    for each in ranked:
        left = counts.get(each.name, 0)
        if left and not units:
            units[each.primary] = 1
            left -= 1
        if left:
            units[each.add_on] = left
    return units

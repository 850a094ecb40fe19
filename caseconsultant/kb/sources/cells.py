"""Cells of published tables to numbers, remembered: a table names few codes and days, many times."""

from __future__ import annotations

from datetime import date, timedelta

from caseconsultant.kb.numbers import OPEN, code_number, day_number


class Codes(dict[str, int]):
    """Codes, space-padded or not, to their numbers; raises ValueError for what is no code."""

    def __missing__(self, cell: str) -> int:
        number = self[cell] = code_number(cell.strip())
        return number


class Days(dict[str, int]):
    """`20240701`, `2024183` (year and day of the year) and `*` or nothing for an open end, to day numbers."""

    def __missing__(self, cell: str) -> int:
        text = cell.strip()
        number = self[cell] = OPEN if text in {"", "*"} else day_number(day_in(text))
        return number


def day_in(text: str) -> date:
    """The day of YYYYMMDD or YYYYDDD; raises ValueError where there is none."""
    if text.isascii() and text.isdigit():
        if len(text) == len("YYYYMMDD"):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        if len(text) == len("YYYYDDD"):
            day = date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)
            if day.year == int(text[:4]):
                return day
    raise ValueError(f"{text!r} is no day: YYYYMMDD or YYYYDDD")

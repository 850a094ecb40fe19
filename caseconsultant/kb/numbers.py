"""Codes and days as the published file keeps them: small integers, in the order of the text."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

OPEN = 0
"""The day number of an open end."""
_BEFORE_THE_FIRST = date(1959, 12, 31)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(65_536)
def code_number(code: str) -> int:
    """Five digits or capital letters read in base 36; raises ValueError where it is no code."""
    if len(code) != 5 or not code.isascii() or not code.isalnum() or code != code.upper():  # noqa: PLR2004  # a code's length
        raise ValueError(f"{code!r} is no code: five digits or capital letters")
    return int(code, 36)


def code_text(number: int) -> str:
    """The code whose number it is."""
    figures = []
    for _ in range(5):
        number, figure = divmod(number, 36)
        figures.append(_DIGITS[figure])
    return "".join(reversed(figures))


@lru_cache(65_536)
def day_number(day: date) -> int:
    """Days since the end of 1959, so that the days of every table take two bytes until 2049."""
    return (day - _BEFORE_THE_FIRST).days


@lru_cache(65_536)
def day_of(number: int) -> date:
    """The day whose number it is."""
    return _BEFORE_THE_FIRST + timedelta(days=number)


@lru_cache(65_536)
def end_of(number: int) -> date | None:
    """The day whose number it is, None for an open end."""
    return day_of(number) if number else None

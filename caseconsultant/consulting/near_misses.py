"""Codes in force that differ from a mistyped one by one sign, or by two that changed places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from caseconsultant.consulting.knowledge import Knowledge

NEAREST = "Codes in force that are near it: "
_DIGITS = "0123456789"
_MOST = 4


def near_misses(code: str, *, on: date, knowledge: Knowledge) -> tuple[str, ...]:
    """At most four, those whose signs changed places first, then those that differ late in the code."""
    found: list[str] = []
    for each in dict.fromkeys(_neighbours(code)):
        if each != code and knowledge.validity(each, on=on).valid:
            found.append(each)
        if len(found) == _MOST:
            break
    return tuple(found)


def _neighbours(code: str) -> Iterator[str]:
    for at in range(len(code) - 1):
        yield code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    for at in reversed(range(len(code))):
        if code[at].isdigit():
            yield from (code[:at] + digit + code[at + 1 :] for digit in _DIGITS)


def asked(code: str, *, on: date, knowledge: Knowledge) -> tuple[str, ...]:
    """The question whether one of them is meant; nothing where there is none."""
    near = near_misses(code, on=on, knowledge=knowledge)
    return (f"{NEAREST}{', '.join(near)}. Is one of them meant?",) if near else ()

"""Claim lines as typed on a command line: `96370x3-59`."""

from __future__ import annotations

import re

from caseconsultant.consulting.reading.codes import system_of
from caseconsultant.domain.codes import CodeMention, Span
from caseconsultant.domain.errors import InputError

_LINE = re.compile(
    r"\s*(?P<code>\d{5}|[A-Z]\d{4}|\d{4}[A-Z])\s*(?:x\s*(?P<units>\d{1,4}))?"
    r"(?P<modifiers>(?:\s*-\s*[A-Z0-9]{2})*)\s*(?:x\s*(?P<late>\d{1,4}))?\s*",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"[A-Z0-9]{2}", re.IGNORECASE)
_MOST_MODIFIERS = 4


def claim_line(written: str) -> CodeMention:
    """The code, units and modifiers of a line.

    Raises InputError where it is none, has no units or units twice, or more than four modifiers.
    """
    match = _LINE.fullmatch(written)
    if match is None:
        raise InputError(f"claim line {written!r}: not a code with units and modifiers; write it as 96370x3-59")
    modifiers = tuple(found.upper() for found in _MODIFIER.findall(match["modifiers"]))
    if len(modifiers) > _MOST_MODIFIERS:
        raise InputError(f"claim line {written!r}: {len(modifiers)} modifiers; a line takes four")
    code = match["code"].upper()
    return CodeMention(code, system_of(code), Span(*match.span("code")), _units(written, match), modifiers)


def _units(written: str, match: re.Match[str]) -> int:
    if match["units"] and match["late"]:
        raise InputError(f"claim line {written!r}: units stand twice; write them once, as in 96370x3-59")
    units = int(match["units"] or match["late"] or 1)
    if units == 0:
        raise InputError(f"claim line {written!r}: 0 units; leave the line out or give it a unit")
    return units

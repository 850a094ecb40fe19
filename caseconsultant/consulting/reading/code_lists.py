"""Codes written short: a list of endings (`96365/66/67`, `99213 or 14`) and a range (`99202-99205`, `99202-05`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from caseconsultant.consulting.reading import modifiers
from caseconsultant.domain.codes import Span

Known = Callable[[str], bool]

_STROKE = re.compile(r"\s?/\s?(?P<tail>\d{1,2})(?![\d:.%])")
_JOINED = re.compile(
    r"(?:\s?,\s?(?:and\s|or\s|&\s)?|\s(?:and|or|vs\.?|versus|&|\+)\s)-?(?P<tail>\d{2})(?=\s*(?:[,;?.\n/)]|$|(?:and|or|vs|which)\b))",
    re.IGNORECASE,
)
RANGE_LINK = r"\s?(?:-|\u2013|\u2014|\bthrough\b|\bthru\b|\bto\b)\s?"
_RANGE = re.compile(
    rf"(?P<link>{RANGE_LINK})(?P<last>[A-Z]\d{{4}}|\d{{5}}|\d{{2}}|\d)(?!\w|\.\d|\s?(?:min|units?|lines?|days?|weeks?)\b)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:chang\w{1,3}|correct\w{0,3}|switch\w{0,3}|from|down-?cod\w{1,3}|up-?cod\w{1,3}|bump\w{0,3}|upgrad\w{1,3}|convert\w{0,3}|"
    r"crosswalk\w{0,3}|bundled?|reduc\w{1,3}|mov\w{1,3}|go(?:es)?|compar\w{1,4}|add(?:ed|-on)?|incidental|inclusive|linked|"
    r"(?:column|col) (?:one|two|1|2)|integral|due|related|similar|equal|code|next|prior)\b[^.;?!\n]{0,30}$",
    re.IGNORECASE,
)
"""`downcoded 99214 to 99213`: before such a word `to` makes no range."""
_WIDEST, _NEAR_TAIL = 20, 4
_VISIT_OR_VACCINE = re.compile(r"99|904[67]")


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a list or range. Units and modifiers after it are its own only where it is the last, or alone."""

    code: str
    span: Span
    last: bool = False
    alone: bool = False


def parts(text: str, code: str, span: Span, known: Known) -> list[Part]:
    """The code, and what a list of endings or a range after it brings."""
    return _endings(text, code, span, known) or _range(text, code, span, known) or [Part(code, span, alone=True)]


def _endings(text: str, code: str, span: Span, known: Known) -> list[Part]:
    """`96365/66/67`: the endings take the first code's beginning where that makes a code the knowledge base holds."""
    if not code.isdigit():
        return []
    found: list[Part] = []
    position, last = span.end, code
    while (match := _STROKE.match(text, position) or _JOINED.match(text, position)) and (
        ending := _inherited(last, match["tail"], known, stroke=match.re is _STROKE)
    ):
        found.append(Part(ending, Span(*match.span("tail"))))
        position, last = match.end("tail"), ending
    if not found:
        return []
    return [Part(code, span), *found[:-1], Part(found[-1].code, found[-1].span, last=True)]


def _inherited(last: str, tail: str, known: Known, *, stroke: bool) -> str | None:
    """The code that an ending makes, None where it is a modifier, units or nothing known."""
    code = last[: -len(tail)] + tail
    step = int(code) - int(last)
    if len(tail) == 1:
        return code if stroke and step == 1 and known(code) else None
    if tail in modifiers.NUMERIC:
        near = 1 if tail in modifiers.FREQUENT else _NEAR_TAIL
        return code if 0 < step <= near and known(code) else None
    return code if (known(code) and step > 0) or (stroke and step > 0) else None


def _range(text: str, code: str, span: Span, known: Known) -> list[Part]:
    """`96369-96371`: both ends, and what the knowledge base holds between them."""
    match = _RANGE.match(text, span.end)
    if match is None or _is_change(text, match, span):
        return []
    last = _last_of_range(code, match["last"].upper(), known)
    if last is None:
        return []
    whole = Span(span.start, match.end("last"))
    inner = [Part(each, whole) for each in _between(code, last, known)]
    return [Part(code, span), *inner, Part(last, Span(*match.span("last")), last=True)]


def _is_change(text: str, match: re.Match[str], span: Span) -> bool:
    if match["link"].strip().lower() != "to":
        return False
    short = not match["last"][-1:].isdigit() or len(match["last"]) < len("96365")
    return short or _CHANGED.search(text, max(0, span.start - 45), span.start) is not None


def _between(first: str, last: str, known: Known) -> list[str]:
    letter, width = ("", 5) if first.isdigit() else (first[0], 4)
    numbers = range(int(first[-width:]) + 1, int(last[-width:]))
    return [each for number in numbers if known(each := f"{letter}{number:0{width}d}")]


def _last_of_range(code: str, written: str, known: Known) -> str | None:
    last = code[: len(code) - len(written)] + written
    if not code[-4:].isdigit() or last[0].isalpha() != code[0].isalpha() or (code[0].isalpha() and last[0] != code[0]):
        return None
    step = int(last[-4:]) - int(code[-4:]) if last[:1] == code[:1] else int(last) - int(code)
    if len(written) < len(code) and not _short_end(code, last, written, step, known):
        return None
    return last if 0 < step <= _WIDEST else None


def _short_end(code: str, last: str, written: str, step: int, known: Known) -> bool:
    """Whether a short end is a code's rather than units or a modifier (`99281-85`, `99406-7`; but `97110-3`)."""
    if not known(last):
        return False
    if len(written) == 1:
        return _VISIT_OR_VACCINE.match(code) is not None
    if written not in modifiers.NUMERIC:
        return True
    return code.startswith("99") and 0 < step <= _NEAR_TAIL and written not in modifiers.FREQUENT

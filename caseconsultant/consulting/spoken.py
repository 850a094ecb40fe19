"""What an answer says to its reader, as plain text, and whether a fact is said in it: the matcher of the examination.

Names of fields, ids of sources and dates of editions are no part of it: a fact that stands only there was not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.domain.answer import Answer

_WORD_HYPHEN = re.compile(r"(?<=[a-z0-9])-(?=[a-z])")
_BETWEEN = re.compile(r"\b(indicator|mai|mues?)(?::|\s+(?:is|of)\b:?)*\s+(?=\d)")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
_NOT_WITHIN = r"(?<!\d)(?<!\d[.,])(?<!\.)"
_NOT_BEGUN = r"(?!\d|[.,]\d)"


def spoken(answer: Answer) -> str:
    """All that the reader is told, a sentence or a line of the claim to a line of text."""
    return "\n".join(_told(answer))


def says(text: str, wanted: object) -> bool:
    """Whether one of the alternatives (`a | b`) is said; letter case, hyphens in words, `of` and `is` do not matter.

    A figure at either end stands for itself: `mue 6` is not said by `MUE 60`, nor `8` by `18`, `1.8` or a date.
    """
    told = _plain(text)
    dateless = _DAY.sub(" ", told)
    return any(_stands(each, dateless if _NUMBER.fullmatch(each) else told) for each in _alternatives(wanted))


def _told(answer: Answer) -> Iterator[str]:
    yield answer.bottom_line
    for finding in answer.findings:
        yield from filter(None, (finding.statement, finding.arithmetic))
    yield from (*answer.asks, *answer.changes)
    for code, units in answer.codes.items():
        yield from _line(code, units, answer.earned.get(code, ()))
    for line in answer.conditional:
        yield from (*_line(line.code, line.units, line.modifiers), line.when)
    yield from (*answer.modifiers, *answer.diagnoses)
    for part in answer.parts:
        yield from _told(part)


def _line(code: str, units: int, modifiers: tuple[str, ...]) -> Iterator[str]:
    """`CODE xN`, and `CODE-MOD` for each modifier that the line may carry."""
    yield f"{code} x{units}"
    yield from (f"{code}-{modifier}" for modifier in modifiers)


def _alternatives(wanted: object) -> Iterator[str]:
    return (_plain(each.strip()) for each in str(wanted).split(" | "))


def _plain(text: str) -> str:
    return _BETWEEN.sub(r"\1 ", _WORD_HYPHEN.sub(" ", text.lower()))


def _stands(phrase: str, text: str) -> bool:
    before = _NOT_WITHIN if phrase[:1].isdigit() else ""
    after = _NOT_BEGUN if phrase[-1:].isdigit() else ""
    return bool(re.search(f"{before}{re.escape(phrase)}{after}", text))

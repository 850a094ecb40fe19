"""The modifiers that the answering sentences name, where no line of the claim carries one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from caseconsultant.consulting.reading.modifiers import MODIFIERS

_MOD = r"(?:\d{2}|[A-Z][A-Z0-9])(?![\w%]|\.\d)"
_NOT_COUNTED = r"(?!\s?(?:min|hour|day|week|month|year|percent|mg|units?|cm|or more|and more|full|further))"
_NAMED = re.compile(
    rf"\b(?:takes?|with|modifiers?|append\w*|carr(?:y|ies)|adds?|needs?|use)\s(?:modifiers?\s)?"
    rf"(?P<list>{_MOD}(?:(?:,|\sor|\sand|,\sor|,\sand)\s{_MOD})*){_NOT_COUNTED}"
    rf"|\b\d{{4}}[0-9A-Z]-(?P<on>{_MOD})"
)
_REFUSED = re.compile(r"\b(?:no|not|never|without|nor|instead of|rather than)\s(?:\w+\s)?$")
_EACH = re.compile(r"\b(?:\d{2}|[A-Z][A-Z0-9])\b")


def named_in(sentences: Iterable[str]) -> tuple[str, ...]:
    """The modifiers that sentences say to report, each once, in their order; none that they refuse."""
    found = (match for sentence in sentences for match in _NAMED.finditer(sentence) if not _refused(match))
    each = (modifier for match in found for modifier in _EACH.findall(match["list"] or match["on"]))
    return tuple(dict.fromkeys(modifier for modifier in each if modifier in MODIFIERS))


def _refused(match: re.Match[str]) -> bool:
    return _REFUSED.search(match.string, 0, match.start()) is not None

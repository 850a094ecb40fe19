"""Questions that ask for one of several modifiers or ways, and so want no yes or no."""

from __future__ import annotations

import re

_OR_MODIFIER = re.compile(
    r"(?<![\w.])(?!J[WZ]\b)-?(?:\d{2}|[A-TV-Z]\d{2}(?:\.\w{1,4})?|"
    r"\d{5}|[A-Z]\d{4}|[A-Z][A-Z0-9]|modifier \w{2}|kx|tc|as|pt|global|split|"
    r"screening|diagnostic|[zZ] codes?|aftercare)\s?(?:,\s?-?\w{2,9}\s?){0,3},?\s?(?:or|vs\.?|"
    r"versus)\s"
    r"-?(?:\d{2}\b|[A-Z][A-Z0-9]\b|nothing|neither|none|no modifier|global|diagnostic|screening|"
    r"split|\d{5}\b|[A-Z]\d{2}\b|three|two|separate)",
)


_BY_OR_BY = re.compile(r"\bby \w{2,10} or (?:by )?\w{2,10}\b[^.?!\n]{0,40}\?", re.IGNORECASE)
_TO_ITS_END = re.compile(r"[^.?!\n,;]{0,160}(?:,[^.?!\n,;]{0,60})?\?")
"""The question in which the choice stands, whatever its length."""


def chooses_modifier(text: str) -> bool:
    """Whether the sender asks which of several modifiers or ways it is (`52 or 53`, `26, TC or nothing?`)."""
    if _BY_OR_BY.search(text):
        return True
    if any(_TO_ITS_END.match(text, match.end()) for match in _OR_MODIFIER.finditer(text)):
        return True
    return any("?" in text[match.end() : match.end() + 90] for match in _OR_MODIFIER.finditer(text))

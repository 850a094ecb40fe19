"""Questions that ask for one of several modifiers or ways, and so want no yes or no."""

from __future__ import annotations

import re

_OR_MODIFIER = re.compile(
    r"(?<![\w.])-?(?:\d{2}|\d{5}|[A-Z]\d{4}|[A-Z][A-Z0-9]|modifier \w{2}|kx|tc|as|pt|global|split|screening|diagnostic|[zZ] codes?|aftercare)\s?(?:,\s?-?\w{2,9}\s?){0,3},?\s?(?:or|vs\.?|versus)\s"
    r"-?(?:\d{2}\b|[A-Z][A-Z0-9]\b|nothing|neither|none|no modifier|global|diagnostic|screening|split|\d{5}\b|[A-Z]\d{2}\b|three|two|separate)",
)


def chooses_modifier(text: str) -> bool:
    """Whether the sender asks which of several modifiers or ways it is (`52 or 53`, `26, TC or nothing?`)."""
    return any("?" in text[match.end() : match.end() + 90] for match in _OR_MODIFIER.finditer(text))

"""ICD-10-PCS codes: seven characters without I and O, of which the first names the section."""

from __future__ import annotations

import re

from caseconsultant.consulting.reading.held import Held
from caseconsultant.consulting.reading.text import Sentences
from caseconsultant.domain.codes import CodeMention, CodeSystem, Span

_SHAPE = re.compile(r"(?<![\w.-])(?=\d{0,6}[A-Z])[0-9B-DF-HX][0-9A-HJ-NP-Z]{6}(?![\w-]|\.\w)", re.IGNORECASE)
_NAMED = re.compile(r"\bpcs\b|\binpatient (?:procedure|code)s?\b|\broot operation\b", re.IGNORECASE)
_FIGURES = re.compile(r"\d")


def operations(text: str, *, within: Sentences, held: Held) -> tuple[CodeMention, ...]:
    """Those in the tables, and those of the shape where the sentence speaks of ICD-10-PCS."""
    found = (match for match in _SHAPE.finditer(text) if _is_operation(text, match, within, held))
    return tuple(CodeMention(each.group().upper(), CodeSystem.ICD10PCS, Span(*each.span())) for each in found)


def _is_operation(text: str, match: re.Match[str], within: Sentences, held: Held) -> bool:
    code = match.group().upper()
    if held.diagnosis(code) or not _FIGURES.search(code):
        return False
    sentence = within.at(match.start())
    return bool(held.operation(code)) or _NAMED.search(text, sentence.start, sentence.end) is not None

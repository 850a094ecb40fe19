"""ICD-10-CM codes, with and without their dot."""

from __future__ import annotations

import re

from caseconsultant.consulting.reading.text import Sentences
from caseconsultant.domain.codes import DiagnosisMention, Span

_DOTTED = re.compile(r"(?<![\w.])(?P<code>[A-Z]\d[0-9AB]\.[0-9A-Z]{1,4})(?!\w)(?!\.\d)", re.IGNORECASE)
_PLAIN = re.compile(r"(?<![\w.$-])(?P<code>[A-Z]\d[0-9AB][0-9A-Z]{0,4})(?![\w.-])", re.IGNORECASE)
_CONTEXT = re.compile(r"\b(?:dx|diagnos[ei]s|icd(?:-?10(?:-?cm)?)?|linked to|primary dx)\b", re.IGNORECASE)
_NO_HCPCS_LETTER = frozenset("FINOWXYZ")
_VERSION = re.compile(r"(?:version|release|rev|ver)\.?\s?$", re.IGNORECASE)
_HCPCS_SHAPE = re.compile(r"[A-Z]\d{4}$")


def diagnoses(text: str, *, within: Sentences) -> tuple[DiagnosisMention, ...]:
    """The diagnoses of a text whose procedure codes and other numbers are blanked out, each once."""
    found = [*_dotted(text), *_undotted(text, within)]
    unique: dict[str, DiagnosisMention] = {}
    for mention in sorted(found, key=lambda each: each.span.start):
        unique.setdefault(mention.code, mention)
    return tuple(unique.values())


def _dotted(text: str) -> list[DiagnosisMention]:
    return [
        DiagnosisMention(match["code"].upper(), Span(*match.span("code")))
        for match in _DOTTED.finditer(text)
        if text[match.start()] != "v" and not _VERSION.search(text, max(0, match.start() - 10), match.start())
    ]


def _undotted(text: str, within: Sentences) -> list[DiagnosisMention]:
    return [
        DiagnosisMention(_with_dot(match["code"].upper()), Span(*match.span("code")))
        for match in _PLAIN.finditer(text)
        if _is_diagnosis(text, match, within)
    ]


def _is_diagnosis(text: str, match: re.Match[str], within: Sentences) -> bool:
    code = match["code"]
    seven = len(code) == 7 and code[0].upper() in "STVWXYM" and code[-1].upper() in "ADS"  # noqa: PLR2004 - with its seventh character
    if seven or (_HCPCS_SHAPE.match(code) and code[0] in _NO_HCPCS_LETTER):
        return True
    sentence = within.at(match.start())
    before = max(sentence.start, match.start() - 120)
    return _CONTEXT.search(text, before, match.start()) is not None


def _with_dot(code: str) -> str:
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code  # noqa: PLR2004 - the category has three characters


def diagnosis_context(text: str, start: int, within: Sentences) -> bool:
    """Whether a letter with four digits stands where a diagnosis is named (`dx E1165`)."""
    sentence = within.at(start)
    return _CONTEXT.search(text, max(sentence.start, start - 40), start) is not None

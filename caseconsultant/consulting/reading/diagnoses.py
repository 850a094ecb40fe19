"""ICD-10-CM codes, with and without their dot.

A letter and four digits is a code of HCPCS Level II or of ICD-10-CM by its looks: the knowledge base decides, then the
words that name it, then the codes beside it in a list. Other shapes without a dot are diagnoses where they are named
so, stand in a list of diagnoses, or are in the tables and the text speaks of coding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from caseconsultant.consulting.reading.held import Held, with_dot
from caseconsultant.consulting.reading.text import Sentences
from caseconsultant.domain.codes import DiagnosisMention, Span

_DOTTED = re.compile(r"(?<![\w.])(?P<code>[A-Z]\d[0-9AB]\.[0-9A-Z]{1,4})(?!\w)(?!\.\d)", re.IGNORECASE)
_PLAIN = re.compile(r"(?<![\w.$-])(?P<code>[A-Z]\d[0-9AB][0-9A-Z]{0,4})(?![\w-])(?!\.\w)", re.IGNORECASE)
_LABEL = (
    r"(?:dxs?|diagnos[ei]s|icd(?:-?\s?10)?(?:-?\s?cm)?(?:\scodes?)?|linked to|point(?:ed|ing|s)? to|primary dx|"
    r"(?:hi\*)?ab[kf](?=[:\s]))"
)
_NAMED = re.compile(rf"\b{_LABEL}(?![a-z])", re.IGNORECASE)
_PROCEDURE_NAMED = re.compile(r"\b(?:cpts?|hcpcs|procedures?|drugs?|j-?codes?)\b|(?<!\d)\d{5}(?!\d)", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    rf"[^.;\n\d]{{0,40}}?\b(?:as\s(?:the\s)?(?:primary\s)?)?{_LABEL}(?![a-z])(?!\W{{0,3}}(?:is\s|code\s)?[A-Z]\d)",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"[\s,;/&+]{0,3}(?:(?:first|second|primary|secondary)[\s,;]{1,2})?(?:(?:and|or|vs\.?|versus|with|w/|then)\s)?",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"\b(?:sequenc\w{1,4}|principal|secondary|manifestation|etiology|comorbid\w{0,5}|poa|hccs?)\b", re.IGNORECASE
)
_BREATH = 14
_HCPCS_LABEL = re.compile(r"\b(?:hcpcs|level ii|cpt)\W{0,3}(?:code\s)?$", re.IGNORECASE)
_NO_HCPCS_LETTER = frozenset("FINOWXYZ")
_VERSION = re.compile(r"(?:version|release|rev|ver)\.?\s?$", re.IGNORECASE)
_HCPCS_SHAPE = re.compile(r"[A-Z]\d{4}$", re.IGNORECASE)
_CATEGORY, _WHOLE = 3, 7
_FAR, _NEAR = 120, 40


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What speaks for a token being a diagnosis beside the token itself."""

    within: Sentences
    held: Held
    coding: Callable[[int], bool]
    """Whether the text around a position speaks of coding: a code stands there, or a coder's word."""
    remarks: frozenset[int]
    """Where the remark codes of a remittance begin: `N362` is one, and a diagnosis by its looks."""


def diagnoses(text: str, *, around: Surroundings) -> tuple[DiagnosisMention, ...]:
    """The diagnoses of a text whose procedure codes and other numbers are blanked out, each once."""
    found = _joined(text, around)
    unique: dict[str, DiagnosisMention] = {}
    for match in sorted(found, key=lambda each: each.start()):
        code = with_dot(match["code"].upper())
        unique.setdefault(code, DiagnosisMention(code, Span(*match.span("code"))))
    return tuple(unique.values())


def _joined(text: str, around: Surroundings) -> list[re.Match[str]]:
    """Those that are diagnoses by themselves, and those that stand in a list with them."""
    tokens = sorted([*_dotted(text), *_PLAIN.finditer(text)], key=lambda each: each.start())
    sure = [_is_diagnosis(text, each, around) for each in tokens]
    plain = [_plainly_one(each["code"].upper(), around.held) for each in tokens]
    for index in range(1, len(tokens)):
        if plain[index] and plain[index - 1] and _beside(text, tokens[index], tokens[index - 1]):
            sure[index - 1 : index + 1] = True, True
    for order in (range(len(tokens)), reversed(range(len(tokens)))):
        before = -1
        for index in order:
            if not sure[index] and before >= 0 and sure[before] and _beside(text, tokens[index], tokens[before]):
                sure[index] = _may_be(tokens[index]["code"].upper(), around.held)
            before = index
    return [each for each, accepted in zip(tokens, sure, strict=True) if accepted]


def _plainly_one(code: str, held: Held) -> bool:
    """Whether the tables have it as a diagnosis that may be reported, and as nothing else."""
    return "." in code or (held.leaf(code) and not held.procedure(code))


def _beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start())
    return _breathes(text, first.end(), second.start())


def _breathes(text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= _BREATH and _JOINS.fullmatch(text, start, end) is not None


def _may_be(code: str, held: Held) -> bool:
    """Whether a token in a list of diagnoses is one: a category must be in the tables, where they are loaded."""
    in_tables = held.diagnosis(code)
    return in_tables is not False or (len(code) > _CATEGORY and not held.procedure(code))


def _dotted(text: str) -> list[re.Match[str]]:
    return [
        match
        for match in _DOTTED.finditer(text)
        if text[match.start()] != "v" and not _VERSION.search(text, max(0, match.start() - 10), match.start())
    ]


def _is_diagnosis(text: str, match: re.Match[str], around: Surroundings) -> bool:
    code = match["code"].upper()
    if "." in code:
        return True
    seven = len(code) == _WHOLE and code[0] in "STVWXYM" and code[-1] in "ADS"
    if seven or (_HCPCS_SHAPE.match(code) and code[0] in _NO_HCPCS_LETTER):
        return True
    if _is_named(text, Span(*match.span()), around.within):
        return _may_be(code, around.held)
    return match.start() not in around.remarks and _speaks_for_itself(text, match, around)


def _speaks_for_itself(text: str, match: re.Match[str], around: Surroundings) -> bool:
    """In the tables, and long and in capitals, or in a text of coding; a category must be a whole code."""
    code, capital = match["code"].upper(), match["code"][0].isupper()
    if not around.held.diagnosis(code):
        return False
    if len(code) > _CATEGORY + 1 and capital:
        return True
    if not (around.coding(match.start()) or _SEQUENCE.search(text, max(0, match.start() - _FAR), match.end() + _FAR)):
        return False
    return len(code) > _CATEGORY or (capital and around.held.leaf(code))


def _is_named(text: str, span: Span, within: Sentences) -> bool:
    sentence = within.at(span.start)
    if _NAMED.search(text, max(sentence.start, span.start - _FAR), span.start):
        return True
    return _NAMED_AFTER.match(text, span.end, min(sentence.end, span.end + _FAR)) is not None


def is_diagnosis(text: str, span: Span, *, within: Sentences, held: Held) -> bool:
    """Whether a letter with four digits is a diagnosis (`dx E1165`, `Is E1142 a valid ICD code?`)."""
    code = text[span.start : span.end].upper()
    if not _HCPCS_SHAPE.match(code) or _HCPCS_LABEL.search(text, max(0, span.start - 16), span.start):
        return False
    as_procedure, as_diagnosis = held.procedure(code), held.diagnosis(code)
    if as_procedure != bool(as_diagnosis):
        return not as_procedure
    return _called_a_diagnosis(text, span, within) or (not as_procedure and _has_mate(text, span))


def _called_a_diagnosis(text: str, span: Span, within: Sentences) -> bool:
    """By the label before it that is nearest, or by one after it that names no other code."""
    sentence = within.at(span.start)
    start = max(sentence.start, span.start - _NEAR)
    before = max((each.end() for each in _NAMED.finditer(text, start, span.start)), default=-1)
    procedure = max((each.end() for each in _PROCEDURE_NAMED.finditer(text, start, span.start)), default=-1)
    if before != procedure:
        return before > procedure
    return _NAMED_AFTER.match(text, span.end, min(sentence.end, span.end + _FAR)) is not None


def _has_mate(text: str, span: Span) -> bool:
    """Whether a diagnosis that is plain by its dot or letter stands beside it in a list."""
    stretch = slice(max(0, span.start - _NEAR), span.end + _NEAR)
    near = partial(_beside_span, text, span)
    return any(near(match) for match in _PLAINLY.finditer(text, stretch.start, min(len(text), stretch.stop)))


_PLAINLY = re.compile(
    r"(?<![\w.$-])(?:[A-Z]\d[0-9AB]\.[0-9A-Z]{1,4}|[FINOWXYZ]\d[0-9AB][0-9A-Z]{0,4}|[A-Z]\d[0-9AB]\d?)(?![\w-])",
    re.IGNORECASE,
)


def _beside_span(text: str, span: Span, match: re.Match[str]) -> bool:
    first, second = sorted(((span.start, span.end), match.span()))
    return _breathes(text, first[1], second[0])

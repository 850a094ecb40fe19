"""Codes by description, where a code is asked for in words and no rule works it out: the nearest ones, as candidates.

Source: the descriptions of the code sets loaded and our own (`caseconsultant search`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Confidence, Finding, Kind
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.question import Intent, Question, Topic

if TYPE_CHECKING:
    from caseconsultant.domain.published import Hit

_DIAGNOSIS = re.compile(
    r"\b(?:icd(?:[-\s]?10)?(?:[-\s]?cm)?|diagnos[ei]s|dx)\b[^.?!\n]{0,30}\b(?:codes?|use|assign|report|for)\b|"
    r"\b(?:what|which|best|correct|right)\s(?:\w+\s){0,2}(?:icd(?:[-\s]?10)?(?:[-\s]?cm)?|diagnos[ei]s|dx)\b|"
    r"\bhow (?:do|would|should) (?:i|we|you) code (?:the )?(?:dx|diagnosis)\b",
    re.IGNORECASE,
)
_SAID_IN_PASSING = re.compile(
    r"\b(?:hi|hello|thanks?|thank you|regards|please|dear|what|which|whats|is|are|the|correct|right|best|appropriate|"
    r"proper|icd|10|cm|cpt|hcpcs|codes?|coding|coded|diagnos[ei]s|dx|do|does|should|would|can|could|i|we|you|use|used|assign|report|bill|billing|for|"
    r"medicare|commercial|office|patients?|pt|pts|our|my|doctor|dr|physician|provider|when|how|a|an)\b",
    re.IGNORECASE,
)
_TOLD = (
    (r"\b(?:bilateral\w*|bilat|b/l|both)\b", r"\bbilateral\b", r"\b(?:right|left|unspecified)\b"),
    (r"\b(?:right|rt)\b(?! (?:code|dx|icd|one|way|now|diagnos))", r"\bright\b", r"\b(?:left|bilateral|unspecified)\b"),
    (r"\b(?:left|lt)\b", r"\bleft\b", r"\b(?:right|bilateral|unspecified)\b"),
    (r"\b(?:type|dm|t)\s?-?(?:1|i)(?:dm)?\b", r"\btype 1\b", r"\b(?:type 2|unspecified)\b"),
    (r"\b(?:type|dm|t)\s?-?(?:2|ii)(?:dm)?\b", r"\btype 2\b", r"\b(?:type 1|unspecified)\b"),
)
"""What the sender tells of side and type, the same in a description, and what speaks against it there."""
_LOOKED_UP = re.compile(
    r"\b(?:hcpcs|cpt|procedure codes?|billing codes?|codes?)\s(?:level ii\s|codes?\s)?(?:for|of)\s\w|"
    r"\w\s(?:hcpcs|cpt)(?:\scodes?)?\s?[?.!]?\s*$|\b[a-z][\w-]+\s(?:\w+\s){0,3}(?:billing\s)?codes?\s?[?.!]?\s*$",
    re.IGNORECASE,
)
"""`HCPCS for a wrist splint`, `cpap machine code`."""
_OTHER_CODE = re.compile(
    r"\b(?:dress|zip|post(?:al)?|bar|qr|door|gate|area|country|promo\w*|discount|coupon|source|access|pin|pass|morse|"
    r"building|fire|safety|wifi|gift|error|penal|tax|honor)\scodes?\b|"
    r"\bcodes? of (?:conduct|ethics|practice|honou?r|silence|federal)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"G[89]\d{3}|M1\d{3}")
"""Codes of quality measures, which nobody looks for by the service."""
_LONGEST_LOOK_UP = 12
"""Words."""
_SURE_SCORE, _OF_ONE_WORD = 50.0, 70.0
_LEAST_SCORE = 14.0
_NEAR = 0.8
_MOST = 4
_FEWEST_WORDS = 2


def diagnoses(question: Question, *, knowledge: Knowledge) -> Findings:
    """The nearest ICD-10-CM codes where a diagnosis code is asked for and none is written."""
    if question.diagnoses or not _DIAGNOSIS.search(question.text):
        return NOTHING
    hits = _hits(question, CodeSystem.ICD10CM, knowledge)
    return _told(hits, "ICD-10-CM", question, knowledge)


def procedures(question: Question, *, knowledge: Knowledge) -> Findings:
    """The nearest procedure and supply codes where a code is asked for and none is written."""
    if question.codes or question.diagnoses or _DIAGNOSIS.search(question.text):
        return NOTHING
    asked = Intent.WHICH_CODE in question.intents
    if not asked and not _looked_up(question.text):
        return NOTHING
    products = _best(question, CodeSystem.HCPCS, knowledge, least=_SURE_SCORE)
    if "hcpcs" in question.text.lower():
        return _told(_near(products, question), "HCPCS", question, knowledge)
    services = _best(question, CodeSystem.CPT, knowledge, least=_LEAST_SCORE if asked else _SURE_SCORE)
    both = () if "cpt" in question.text.lower() else products
    found = sorted((*services, *both), key=lambda each: -each.score)
    return _told(_near(found, question), "procedure", question, knowledge)


def _looked_up(text: str) -> bool:
    """Whether a few words ask for the code of a thing."""
    short = len(text.split()) <= _LONGEST_LOOK_UP
    return short and _LOOKED_UP.search(text) is not None and not _OTHER_CODE.search(text)


def _hits(question: Question, system: CodeSystem, knowledge: Knowledge) -> Sequence[Hit]:
    """Those near the best; none where the words are few or nothing comes near."""
    return _near(_best(question, system, knowledge, least=_LEAST_SCORE), question)


def _best(question: Question, system: CodeSystem, knowledge: Knowledge, *, least: float) -> Sequence[Hit]:
    """The codes found, best first; one word alone must name the thing."""
    words = " ".join(_SAID_IN_PASSING.sub(" ", question.text).split())
    if not words:
        return ()
    least = least if len(words.split()) >= _FEWEST_WORDS else _OF_ONE_WORD
    found = [each for each in knowledge.search(words, system=system, on=question.as_of) if each.billable]
    kept = [each for each in found if not _MEASURE.fullmatch(each.code)]
    return kept if kept and kept[0].score >= least else ()


def _near(found: Sequence[Hit], question: Question) -> Sequence[Hit]:
    """Those near the best one, of the side and type told of."""
    if not found:
        return ()
    near = [each for each in found if each.score >= _NEAR * found[0].score]
    return _as_told(near, question.text)[:_MOST]


def _as_told(hits: Sequence[Hit], text: str) -> Sequence[Hit]:
    """Those of the side and type told of, where there are any; a fact that no description shares decides nothing."""
    for asked, same, other in _TOLD:
        if not re.search(asked, text, re.IGNORECASE):
            continue
        fitting = [each for each in hits if re.search(same, each.description, re.IGNORECASE)]
        fitting = [each for each in fitting if not re.search(other, each.description, re.IGNORECASE)]
        hits = fitting or hits
    return hits


def _told(hits: Sequence[Hit], kind: str, question: Question, knowledge: Knowledge) -> Findings:
    told = [(each, found) for each in hits if (found := knowledge.validity(each.code, on=question.as_of)).references]
    if not told:
        return NOTHING
    findings = tuple(
        Finding(Topic.DESCRIPTION, Kind.INFO, f"{each.code}: {each.description}", found.references[:1])
        for each, found in told
    )
    named = "; ".join(f"{each.code} ({each.description.rstrip('.')})" for each, _ in told)
    headline = f"The {kind} codes nearest to these words: {named}. The record and the notes of the code decide."
    return Findings(findings, grounds=(Confidence.MEDIUM,), headlines=(headline,))

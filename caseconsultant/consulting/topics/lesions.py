"""Lesions cut out: the excised diameter, what pathology makes of it, the closure beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from caseconsultant.consulting.calculators.skin import Row, code_by_size, excised
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.lengths import centimetres
from caseconsultant.consulting.reading.lesions import Lesion, lesions
from caseconsultant.consulting.reading.sites import group_of
from caseconsultant.consulting.reading.skin_words import Closure, Kind, kinds
from caseconsultant.consulting.reading.soft_tissue import masses
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import closing, excision_closure
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.answer import Kind as Of
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter

_EXCISED = re.compile(
    r"\b(?:re-?)?exci[sz]\w+|\bexc\b|\bcut(?:s|ting)?\s(?:\w+\s){0,3}out\b|\bremov\w+|"
    r"\btook\s(?:\w+\s){1,4}(?:off|out)\b|"
    r"\btaken (?:off|out)\b|\b11[46][0-4]\d\b|\belliptical\b|\bmargins?\b",
    re.IGNORECASE,
)
_NO_EXCISION = re.compile(
    r"\bmohs\b|\bshav(?:e|ed|ing)\s(?:remov|excis|of|tech)\w*|\bshave removal|"
    r"\bby\s(?:\w+\s)?shav\w+|\bshaved (?:off|down)\b|"
    r"\b113(?:0\d|1[0-3])\b|\blipoma|\bsubfascial|"
    r"\bintramuscular|\bskin tags?\b|\bpolyps?\b|"
    r"\bflaps?\b|\bgrafts?\b|\btissue (?:transfer|rearrangement)\b|\bcryo\w*|\bfreez|\bfroze\b|\bdestr\w+|"
    r"\bcurett\w*|\blaser|\bforeign body|"
    r"\bsutures? remov|\bremov\w+ (?:of )?(?:the )?(?:sutures?|staples?|nail|hardware|foreign|cast|impacted|"
    r"implant|toenail|stent)|\b130\d\d|\b1[457]\d{3}\b|\b173\d\d\b|"
    r"\bhidradenitis|\bpilonidal|\bbreast (?:mass|lump|lesion|biops)|\blumpectomy|\bbiops(?:y|ies|"
    r"ied)\b(?=[^.]*\band excision\b)",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\bre-?\s?exci[sz]\w+|\bpositive margins?\b|\bmargins? (?:\w+\s){0,3}positive\b|\bwider excision\b|"
    r"\bwide local re",
    re.IGNORECASE,
)
_GROUPS = {Kind.BENIGN: "benign", Kind.MALIGNANT: "malignant"}


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The excision code of each lesion and the repair beside it; nothing where no lesion with a size was cut out."""
    if not _EXCISED.search(question.text) or _NO_EXCISION.search(question.text):
        return NOTHING
    if masses(question.text):
        return NOTHING
    found = _read(question.text)
    formula = parameter_of(knowledge, question, "lesions.excision.diameter_formula")
    if formula is None:
        return NOTHING
    if not found:
        return joined((excision_closure.unmeasured(question, knowledge), _again(question, knowledge)))
    told = joined(
        (*(_lesion(each, question, knowledge, formula) for each in found), _several(found, question, knowledge))
    )
    if not told.findings:
        return NOTHING
    return joined((told, _atypical(question, knowledge), _again(question, knowledge), _refused(told, found, question)))


def _read(text: str) -> tuple[Lesion, ...]:
    """The lesions; one that is cut again for positive margins stays malignant."""
    found = lesions(text)
    if _AGAIN.search(text) and any(kind is Kind.MALIGNANT for kind, _ in kinds(text)):
        return tuple(replace(each, kind=Kind.MALIGNANT) for each in found)
    return found


def _lesion(lesion: Lesion, question: Question, knowledge: Knowledge, formula: Parameter) -> Findings:
    """The code of one lesion, or one for each branch that is open."""
    size = _diameter(lesion)
    if size is None:
        return NOTHING
    codes = dict(_codes(size, lesion, question, knowledge))
    if not codes:
        return NOTHING
    arithmetic = _arithmetic(lesion)
    open_facts = _missing(lesion)
    measured = Finding(
        Topic.GUIDELINES,
        Of.CODABLE,
        f"The excised diameter is {centimetres(size)} cm, the lesion with its narrowest margin on both sides, as "
        f"measured "
        f"before cutting and not on the pathology specimen: {_said(codes)}.",
        formula.references,
        arithmetic=arithmetic,
    )
    start = f"{arithmetic or f'{centimetres(size)} cm excised'}: "
    headline = (
        start
        + (_said(codes) if not open_facts else f"the code waits for {' and '.join(open_facts)} ({_said(codes)})")
        + "."
    )
    settled = len(codes) == 1 and not open_facts
    opinions = tuple(
        Opinion(code, Standing.STANDS if settled else Standing.CONDITIONAL, units=1, when="" if settled else why)
        for code, why in codes.items()
    )
    closed = excision_closure.beside(lesion, next(iter(codes)) if settled else None, question, knowledge)
    asks = tuple(_ASKS[each] for each in open_facts) + (
        () if lesion.margin or lesion.diameter or settled is False else (_ASK_MARGIN,)
    )
    return joined(
        (Findings((measured,), opinions, asks=asks, headlines=(headline,)), _waits(lesion, question, knowledge), closed)
    )


_ASKS = {
    "pathology": "What does the pathology report say: benign or malignant?",
    "the site": "Where on the body was the lesion (trunk, arms or legs; scalp, neck, hands, feet or genitalia; face)?",
}
_ASK_MARGIN = "How wide was the narrowest margin, measured before cutting?"


def _missing(lesion: Lesion) -> tuple[str, ...]:
    return tuple(name for name, value in (("pathology", lesion.kind), ("the site", lesion.site)) if value is None)


def _diameter(lesion: Lesion) -> int | None:
    if lesion.diameter is not None:
        return lesion.diameter
    return excised(lesion.size, lesion.margin or 0) if lesion.size is not None else None


def _arithmetic(lesion: Lesion) -> str:
    if lesion.size is None or lesion.diameter is not None or not lesion.margin:
        return ""
    whole = centimetres(excised(lesion.size, lesion.margin))
    return f"{centimetres(lesion.size)} + 2 x {centimetres(lesion.margin)} = {whole} cm excised diameter"


def _codes(size: int, lesion: Lesion, question: Question, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Each code with the condition under which it is the one."""
    sites = parameter_of(knowledge, question, "lesions.excision.sites")
    members = cast("dict[str, list[str]]", sites.value) if sites else {}
    for kind in (lesion.kind,) if lesion.kind else tuple(Kind):
        rule = parameter_of(knowledge, question, f"lesions.excision.{_GROUPS[kind]}")
        if rule is None:
            continue
        table = cast("Mapping[str, Sequence[Row]]", rule.value)
        own = {name: members.get(name, []) for name in table}
        where = group_of(lesion.site, own) if lesion.site else None
        for name in (where,) if where else tuple(table) if lesion.site is None else ():
            code = code_by_size(size, table[name])
            if code:
                yield code, f"pathology is {kind.value} and the site is of the group {closing.written(name)}"


def _said(codes: Mapping[str, str]) -> str:
    if len(codes) == 1:
        return f"{next(iter(codes))} x1"
    return "; ".join(
        f"{code} if {why.replace('pathology is ', '').replace(' and the site is of the group ', ', ')}"
        for code, why in codes.items()
    )


def _waits(lesion: Lesion, question: Question, knowledge: Knowledge) -> Findings:
    """Without a report the range is open: the claim waits for pathology."""
    rule = parameter_of(knowledge, question, "lesions.excision.kind")
    if rule is None or lesion.kind is not None:
        return NOTHING
    said = (
        "Hold the claim until the pathology report is back: it decides between the benign range (114xx) and the "
        "malignant one "
        "(116xx)."
    )
    return Findings((Finding(Topic.GUIDELINES, Of.CODABLE, said, rule.references),))


# --- Several, again, refused -----------------------------------------------------------------------------------------


def _several(found: Sequence[Lesion], question: Question, knowledge: Knowledge) -> Findings:
    """Each lesion has its own line; the second of one code takes 59 or XS."""
    rule = parameter_of(knowledge, question, "lesions.excision.benign")
    if len(found) == 1 or rule is None:
        return NOTHING
    codes = [
        next(iter(codes))
        for each in found
        if (size := _diameter(each)) and len(codes := dict(_codes(size, each, question, knowledge))) == 1
    ]
    twice = tuple(dict.fromkeys(code for code in codes if codes.count(code) > 1))
    said = "Diameters of several lesions are never added; each lesion is coded by its own size."
    if twice:
        said += (
            f" {', '.join(f'{each} x{codes.count(each)}' for each in twice)}: one line each, the later with "
            f"59 or XS for another lesion."
        )
    opinions = tuple(Opinion(each, Standing.STANDS, units=codes.count(each), modifiers=("59", "XS")) for each in twice)
    return Findings((Finding(Topic.GUIDELINES, Of.CODABLE, said, rule.references),), opinions, headlines=(said,))


_ATYPICAL = re.compile(r"\b(?:dysplastic|atypical)\b", re.IGNORECASE)


def _atypical(question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "lesions.excision.kind")
    if rule is None or not _ATYPICAL.search(question.text):
        return NOTHING
    said = (
        "A dysplastic or atypical nevus is in the benign range; the malignant range takes a report of "
        "malignancy or in situ."
    )
    return Findings((Finding(Topic.GUIDELINES, Of.CODABLE, said, rule.references),), headlines=(said,))


def _again(question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "lesions.excision.kind")
    if rule is None or not _AGAIN.search(question.text):
        return NOTHING
    said = (
        "A re-excision for positive margins keeps the malignant range even if its own report is clear; within "
        "the 10 global days of "
        "the first excision it takes modifier 58."
    )
    return Findings((Finding(Topic.MODIFIERS, Of.CODABLE, said, rule.references),), headlines=(said,))


def _refused(told: Findings, found: Sequence[Lesion], question: Question) -> Findings:
    """Codes the sender wrote of these ranges that no lesion or closure earns."""
    earned = {each.code for each in told.opinions}
    written = [each.code for each in question.codes if excision_closure.FAMILY.fullmatch(each.code) and not each.absent]
    right = " and ".join(dict.fromkeys(each.code for each in told.opinions if each.standing is Standing.STANDS))
    refused = []
    for code in dict.fromkeys(written):
        if code in earned:
            continue
        simple = code.startswith("120") and int(code[3:]) <= _LAST_SIMPLE
        if simple and any(each.closure is Closure.SIMPLE for each in found):
            refused.append(Opinion(code, Standing.REFUSED, why="simple closure is included in the excision"))
        elif right and any(each.kind and each.site for each in found):
            refused.append(
                Opinion(code, Standing.REFUSED, why=f"size with margins, pathology, site and closure make it {right}")
            )
    return joined((Findings(opinions=tuple(refused)), _agreed(told, question, bool(refused))))


_LAST_SIMPLE = 21


def _agreed(told: Findings, question: Question, wrong: bool) -> Findings:  # noqa: FBT001
    """Yes where every code of these ranges that was written is earned, by facts that are all there."""
    written = {each.code for each in question.codes if excision_closure.FAMILY.fullmatch(each.code)}
    stands = {each.code for each in told.opinions if each.standing is Standing.STANDS}
    if wrong or not written or written != stands or not question.wants_yes_or_no:
        return NOTHING
    first = told.findings[0]
    said = f"{' and '.join(sorted(written))}: size, site, pathology and closure fit."
    return Findings((Finding(Topic.GUIDELINES, Of.CODABLE, said, first.references, Verdict.YES),))

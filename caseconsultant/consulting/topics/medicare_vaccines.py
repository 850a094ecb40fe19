"""Vaccines of a Medicare patient: Part B with its own administration codes, Part D, and tetanus for an injury."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.vaccines import Vaccine, for_injury
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Branch, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_TETANUS = {"90714", "90715", "90675"}
_ADMINISTRATION = re.compile(r"9046[01]|9047[1-4]|90480|G00(?:08|09|10)")
_HEPATITIS_B = "hepatitis_b"
_NO_RISK = re.compile(r"\b(?:no|without|not|lacks?|low)\b[^.?!\n]{0,30}\brisk", re.IGNORECASE)
_RISK = re.compile(r"\brisk\b|\bdialysis|\besrd|\bdiabet\w+|\bhemophil\w+|\bhealthcare worker", re.IGNORECASE)
_NAMES = {"influenza": "flu", "pneumococcal": "pneumococcal", "hepatitis_b": "hepatitis B", "covid": "COVID-19"}
_PLAIN = "90471"
_FURTHER = "90472"


def findings(question: Question, found: Sequence[Vaccine], *, knowledge: Knowledge) -> Findings:
    """The Part B lines, and what goes to Part D instead."""
    products = parameter_of(knowledge, question, "immunization.medicare.part_b_products")
    codes = parameter_of(knowledge, question, "immunization.medicare.administration_codes")
    if products is None or codes is None:
        return NOTHING
    kinds = {
        code: kind for kind, members in cast("Mapping[str, Sequence[str]]", products.value).items() for code in members
    }
    giving = cast("Mapping[str, str]", codes.value)
    part_b = [(each, kinds[each.like]) for each in found if each.like in kinds and kinds[each.like] in giving]
    others = [each for each in found if each.like not in kinds]
    injuries = [each for each in others if each.like in _TETANUS]
    part_d = [each for each in others if _of_part_d(each, question, knowledge)]
    told = joined(
        (
            *_part_b(part_b, giving, codes.references, question, knowledge),
            *_injuries([each for each in injuries if each not in part_d], question, codes.references),
            *_part_d(part_d, question, knowledge),
        )
    )
    return joined((told, _corrected(told, giving, question, codes.references)))


def _of_part_d(vaccine: Vaccine, question: Question, knowledge: Knowledge) -> bool:
    """A vaccine that is known and none of Part B's; of a code that nothing tells about nothing is said."""
    if vaccine.like in _TETANUS:
        return for_injury(question.text) is False
    return vaccine.name != vaccine.code or knowledge.code(vaccine.like, on=question.as_of) is not None


# --- Part B ----------------------------------------------------------------------------------------------------------


def _part_b(
    found: Sequence[tuple[Vaccine, str]],
    giving: Mapping[str, str],
    references: tuple[Reference, ...],
    question: Question,
    knowledge: Knowledge,
) -> Iterator[Findings]:
    if not found:
        return
    lines = ", ".join(
        f"{giving[kind]} for the {_NAMES[kind]} vaccine" for kind in dict.fromkeys(kind for _, kind in found)
    )
    said = f"Part B: {lines}, one unit each; with diagnosis Z23, and no 9046x or 9047x for them."
    finding = Finding(Topic.GUIDELINES, Kind.PAYABLE, said, references, branch=Branch(payer=Payer.MEDICARE))
    risky = [each for each in found if each[1] == _HEPATITIS_B]
    hepatitis = _hepatitis_b(question, knowledge) if risky else NOTHING
    refused = any(each.verdict is Verdict.NO for each in hepatitis.findings)
    opinions = [
        Opinion(code, Standing.STANDS, units=1)
        for vaccine, kind in found
        if not (refused and kind == _HEPATITIS_B)
        for code in (vaccine.code, giving[kind])
        if code
    ]
    yield Findings((finding,), tuple(opinions), headlines=(said,) if not refused or len(found) > 1 else ())
    yield hepatitis


def _hepatitis_b(question: Question, knowledge: Knowledge) -> Findings:
    """Before 2025 a medium or high risk and an order were needed."""
    rule = parameter_of(knowledge, question, "immunization.medicare.hepatitis_b_needs_risk")
    if rule is None:
        return NOTHING
    if not rule.value:
        said = "Hepatitis B vaccine: since 2025-01-01 Part B asks for no risk and no order."
        asked = re.search(r"\brisk\b|\border\b", question.text, re.IGNORECASE) is not None
        needed = asked and re.search(r"\bneed\w*|\brequir\w+|\bmust\b", question.text, re.IGNORECASE) is not None
        covered = re.search(r"\bcover\w*|\bpays?\b|\bpaid\b", question.text, re.IGNORECASE) is not None
        verdict = (Verdict.NO if needed else Verdict.YES if covered else None) if question.wants_yes_or_no else None
        return Findings(
            (Finding(Topic.COVERAGE, Kind.COVERED, said, rule.references, verdict),), headlines=(said,) if asked else ()
        )
    said = "Hepatitis B vaccine: before 2025-01-01 Part B paid only for patients at medium or high risk, with an order."
    none = _NO_RISK.search(question.text) is not None
    verdict = Verdict.NO if none else None if _RISK.search(question.text) else Verdict.DEPENDS
    asks = (
        ()
        if verdict is not Verdict.DEPENDS
        else ("Was the patient at medium or high risk for hepatitis B, and was there an order?",)
    )
    return Findings(
        (Finding(Topic.COVERAGE, Kind.COVERED, said, rule.references, verdict),), asks=asks, headlines=(said,)
    )


# --- Injuries, Part D ------------------------------------------------------------------------------------------------


def _injuries(
    found: Sequence[Vaccine],
    question: Question,
    references: tuple[Reference, ...],
) -> Iterator[Findings]:
    """Tetanus and rabies: Part B for an injury or exposure, with 90471; routine is Part D."""
    if not found:
        return
    names = " and ".join(each.name for each in found)
    said = (
        f"{names}: Part B pays it for an injury or exposure, given with {_PLAIN}; a routine booster is Part "
        f"D, given and all."
    )
    injured = for_injury(question.text) is True
    settled = Verdict.YES if question.wants_yes_or_no or _asks_part_b(question) else None
    finding = Finding(Topic.COVERAGE, Kind.COVERED, said, references, settled if injured else Verdict.DEPENDS)
    standing = Standing.STANDS if injured else Standing.CONDITIONAL
    when = "" if injured else "it was given for a wound or another injury"
    opinions = [Opinion(each.code, standing, units=1, when=when) for each in found if each.code]
    opinions.append(Opinion(_PLAIN, standing, units=1, when=when))
    if len(found) > 1:
        opinions.append(Opinion(_FURTHER, standing, units=len(found) - 1, when=when))
    asks = () if injured else ("Was the tetanus shot for a wound or other injury, or a routine booster?",)
    yield Findings((finding,), tuple(opinions), asks=asks, headlines=(said,))


def _part_d(found: Sequence[Vaccine], question: Question, knowledge: Knowledge) -> Iterator[Findings]:
    rule = parameter_of(knowledge, question, "immunization.medicare.part_d_examples")
    if not found or rule is None:
        return
    names = " and ".join(
        f"{each.name} ({each.code})" if each.code and each.code != each.name else each.name for each in found
    )
    said = f"Part D: {names}, the vaccine and its administration both; nothing of it goes to Part B."
    finding = Finding(
        Topic.COVERAGE,
        Kind.COVERED,
        said,
        rule.references,
        Verdict.NO if question.wants_yes_or_no and _asks_part_b(question) else None,
    )
    opinions = tuple(
        Opinion(each.code, Standing.CONDITIONAL, units=1, when="the Part D plan is billed, not Part B")
        for each in found
        if each.code
    )
    yield Findings((finding,), opinions, headlines=(said,))


def _asks_part_b(question: Question) -> bool:
    return re.search(r"\bpart b\b|\bmedicare\b[^.?!\n]{0,20}\b(?:pay|cover)", question.text, re.IGNORECASE) is not None


# --- What the sender wrote -------------------------------------------------------------------------------------------


def _corrected(
    told: Findings, giving: Mapping[str, str], question: Question, references: tuple[Reference, ...]
) -> Findings:
    right = {each.code: each.units or 1 for each in told.opinions}
    stands = {each.code for each in told.opinions if each.standing is Standing.STANDS}
    lines = " and ".join(code for code in right if _ADMINISTRATION.fullmatch(code))
    written = {
        each.code: each.units or 1
        for each in question.codes
        if _ADMINISTRATION.fullmatch(each.code) and not each.absent
    }
    refused = tuple(
        Opinion(code, Standing.REFUSED, why=f"Medicare takes {lines or 'no administration code for it under Part B'}")
        for code in written
        if code not in right and code not in question.alternatives and (lines or not code.startswith("G0010"))
    )
    over = tuple(
        f"{code} x{each} is wrong: each vaccine has its own code, once: {lines}."
        for code, each in written.items()
        if code in stands and each > 1
    )
    family = re.search(r"\b9047[1-4]\b|\b90471 family\b", question.text) is not None and bool(
        stands & set(giving.values())
    )
    fits = bool(written) and not refused and not over and set(written) <= stands and question.wants_yes_or_no
    visits = any(each.code.startswith("99") for each in question.codes)
    yes = Finding(Topic.GUIDELINES, Kind.PAYABLE, f"{' and '.join(written)} fits.", references, Verdict.YES)
    wrong_family = (
        ("Not the 90471 family: Medicare has codes of its own for these vaccines.",)
        if family and not refused and not set(written) & {"90471"}
        else ()
    )
    return Findings((yes,) if fits and not visits else (), refused, corrections=(*over, *wrong_family))

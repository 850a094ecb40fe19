"""The line of a drug: its code, its units with the arithmetic, JW for what was discarded or JZ for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting import drug_amounts
from caseconsultant.consulting.calculators.drug_units import DrugUnits, drug_units
from caseconsultant.consulting.drug_amounts import Given, Line
from caseconsultant.consulting.drug_products import DRUG_CODE, Named, named, unit_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import doses
from caseconsultant.consulting.reading.joints import joints
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import drug_codes, drug_waste
from caseconsultant.domain.answer import Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Span
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import DRUG_ADMINISTRATION

_OF_THE_LINE = re.compile(
    r"\bj[wz]\b|\bwast\w*|\bdiscard\w*|\bj[\s-]?codes?\b|\bhcpcs\b|\bdrug (?:line|code|unit|side)s?\b|\bunits?\b|"
    r"\bhow (?:many|do|would|should)\b|"
    r"\bbill\w*|\bcod(?:e|es|ed|ing)\b|\bndc\b|\bvials?\b|\bsdv\b|\bmdv\b|\bmodifier\b",
    re.IGNORECASE,
)
_LINE_ONLY = re.compile(
    r"\bj[wz]\b|\bwast(?:e|ed|age|ing)\b|\bdiscarded\b|\bdrug (?:line|code|unit)s?\b|\bj[\s-]code\b|"
    r"\bhcpcs code\b|\bhcpcs (?:for|of|on)\b|\bunits of (?:the )?drug\b|"
    r"\bhow many units (?:of|for) (?:the )?(?:j|q)\d{4}\b|\bmarker\b|\bwasting\b|\bno (?:j|hcpcs)[\s-]?code\b",
    re.IGNORECASE,
)
_OF_A_DRUG = re.compile(
    r"\d\s?-?(?:mg|mcg|grams?|gm|g|ml|cc|iu)\b|\bvials?\b|\b[jq][\s-]?codes?\b|\bhcpcs\b|\bdrugs?\b|\bbiosimilar|"
    r"\binject\w*|"
    r"\binfus\w*|\bdos(?:e|es|age)\b|\bndc\b|\bj[wz]\b|\bmedications?\b|\bbrand\b|\bsyringes?\b|\bcode for\b|"
    r"\bantibod\w+",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\bldl|\bprior auth\w*|\bmedical necessity\b|\bicd\b|\bdiagnos\w+\b|\blab\b|"
    r"\bblood draw|\bpo\b tablets|\b(?:stop|end|start)(?:ing)? times?\b",
    re.IGNORECASE,
)


_IMMUNE_GLOBULIN = "immune_globulin"
"""Worked out with the infusion that gives it."""


def only(question: Question, *, knowledge: Knowledge) -> bool:
    """Whether nothing but a drug's own line is asked about, no code that gives a drug."""
    records = [knowledge.code(each.code, on=question.as_of) for each in question.codes]
    if any(record is not None and record.family == _IMMUNE_GLOBULIN for record in records):
        return False
    giving = any(record is not None and record.role in DRUG_ADMINISTRATION for record in records)
    return not giving and not question.durations and _LINE_ONLY.search(question.text) is not None


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the lines of the drugs named are; nothing where no drug's line is in question."""
    coded = any(is_drug(each.code) for each in question.codes)
    if not coded and not _OF_A_DRUG.search(question.text):
        return NOTHING
    if not (coded or _OF_THE_LINE.search(question.text)) or _OTHER_SUBJECT.search(question.text):
        return NOTHING
    names = named(question, knowledge=knowledge)
    ruled = drug_codes.ruled(question, names, knowledge=knowledge)
    if not ruled.codes:
        if ruled.findings.findings:
            return ruled.findings
        open_names = drug_codes.open_products(question, names, knowledge=knowledge)
        return open_names if open_names.findings else drug_waste.general(question, knowledge=knowledge)
    texts = {code: text for each in names for code, text in zip(each.codes, each.texts, strict=True)}
    lines = [
        line for code, span in ruled.codes if (line := _line(code, span, texts.get(code, ""), question, knowledge))
    ]
    told = joined(_worked_out(line, lines, question, knowledge) for line in lines)
    asked = joined((ruled.findings, told))
    return asked if told.findings or ruled.findings.findings else NOTHING


def _line(code: str, span: Span, text: str, question: Question, knowledge: Knowledge) -> Line | None:
    unit = unit_of(code, question, knowledge=knowledge, text=text)
    if unit is None:
        return None
    written = [each.units for each in question.codes if each.code == code and each.units is not None]
    return Line(code, unit, span, max(written) if written else None)


# --- Units -----------------------------------------------------------------------------------------------------------


def _worked_out(line: Line, lines: Sequence[Line], question: Question, knowledge: Knowledge) -> Findings:
    references = _references(line, question, knowledge)
    if line.unit.value is None:
        return _whole_dose(line, question, references)
    given = drug_amounts.given(line, lines, question)
    if given.dose is None:
        given = drug_amounts.by_rule(line, question, knowledge)
    if given.dose is None:
        if line.written is None and joints(question.text) and not _LINE_ONLY.search(question.text):
            return NOTHING  # the injection is asked about, not its drug
        return _undosed(line, question, knowledge, references)
    units = drug_units(given.dose, line.unit.value, given.opened)
    arithmetic = _arithmetic(line, given, units)
    said = f"{line.code}: {given.said} / {line.unit.written} = {units.given} units, rounded up to whole units."
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, references, arithmetic=arithmetic)
    waste = drug_waste.of_line(line.code, units, given.opened is not None, question, knowledge=knowledge)
    opinion = Opinion(line.code, Standing.STANDS, units=units.given, modifiers=waste.modifiers)
    headline = f"{line.code} x{units.given}{waste.short}: {arithmetic}."
    return joined(
        (
            Findings((finding,), (opinion,), headlines=(headline,)),
            waste.findings,
            _compared(line, units, arithmetic, references, question),
        )
    )


def _references(line: Line, question: Question, knowledge: Knowledge) -> tuple[Reference, ...]:
    record = knowledge.code(line.code, on=question.as_of)
    limit = knowledge.schedules.drug(line.code, on=question.as_of)
    rounding = parameter_of(knowledge, question, "drug_units.units.rounding")
    own = (
        record.references[:2]
        if record
        else (limit.reference,)
        if limit
        else knowledge.validity(line.code, on=question.as_of).references
    )
    return (*own, *(rounding.references if rounding else ()))


def _arithmetic(line: Line, given: Given, units: DrugUnits) -> str:
    exact = float(given.dose / line.unit.value) if given.dose and line.unit.value else 0.0
    rounded = "" if exact == units.given else f" = {exact:g}, rounded up to {units.given}"
    first = f"{given.said} / {line.unit.written}{rounded or f' = {units.given} units'}"
    if given.opened is None or line.unit.value is None or not given.vials:
        return first
    whole = int(given.opened / line.unit.value)
    return f"{first}; {given.vials} = {whole} units; {whole} - {units.given} = {max(0, whole - units.given)} discarded"


def _whole_dose(line: Line, question: Question, references: tuple[Reference, ...]) -> Findings:
    """A code whose unit is the dose or the device."""
    sides = 2 if re.search(r"\b(?:both|bilateral|each)\b", question.text, re.IGNORECASE) else 1
    said = f"{line.code} is one unit per {line.unit.written}, whatever the amount: x{sides}."
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, references)
    opinion = Opinion(line.code, Standing.STANDS, units=sides)
    told = Findings((finding,), (opinion,), headlines=(said,))
    return joined((told, _compared(line, DrugUnits(sides, 0), f"one per {line.unit.written}", references, question)))


def _undosed(line: Line, question: Question, knowledge: Knowledge, references: tuple[Reference, ...]) -> Findings:
    """Without a dose: what one unit is, and JW or JZ by what is told."""
    record = knowledge.code(line.code, on=question.as_of)
    own = record.unit_rule.strip() if record else f"One unit is {line.unit.written}."
    rounded = "" if "rounded" in own else "; the dose is rounded up to whole units"
    said = f"{line.code}: {own[0].lower()}{own[1:].rstrip('.')}{rounded}."
    waste = drug_waste.of_line(
        line.code, DrugUnits(line.written or 1, 0), doses.none_left(question.text), question, knowledge=knowledge
    )
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, references)
    asks = (f"What dose of {line.code} was given?",) if line.written is None else ()
    headlines = (said,) if not waste.findings.headlines else ()
    stands = (
        (Opinion(line.code, Standing.STANDS, units=line.written, modifiers=waste.modifiers),) if line.written else ()
    )
    return joined((waste.findings, Findings((finding,), stands, asks=asks, headlines=headlines)))


def _compared(
    line: Line, units: DrugUnits, arithmetic: str, references: tuple[Reference, ...], question: Question
) -> Findings:
    """The units the sender wrote against those that the dose earns."""
    if line.written is None or (
        line.written == units.given + units.discarded != units.given and "jw" not in question.text.lower()
    ):
        return NOTHING
    if line.written not in {units.given, units.discarded}:
        return Findings(corrections=(f"{line.code} x{line.written} is wrong; x{units.given} is right ({arithmetic}).",))
    if not question.wants_yes_or_no:
        return NOTHING
    said = f"{line.code} x{line.written} fits the dose."
    return Findings((Finding(Topic.GUIDELINES, Kind.CODABLE, said, references, Verdict.YES),))


def is_drug(code: str) -> bool:
    """Whether a code is a drug's by its shape."""
    return DRUG_CODE.fullmatch(code) is not None


__all__ = ["Named", "findings", "is_drug", "only"]

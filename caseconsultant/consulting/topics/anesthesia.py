"""Anesthesia: time units, the allowed amount, medical direction and what each of the team bills, physical status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import cast

from caseconsultant.consulting.calculators.anesthesia import allowed, time_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.anesthesia import Case, case, of_anesthesia
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import anesthesia_factor, anesthesia_team
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter, Role

_PAID = re.compile(
    r"\bpaid\b|\bpay(?:s|ment)?\b|\ballow(?:ed|able|s)?\b|\breimburse\w*|\bhow much\b|\bamount\b|\bworth\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\bunits?\b|\btime\b|\bminutes?\b|\bround\w*|\bhow many\b|\bcalculat\w+|\bformula\b", re.IGNORECASE)
_ROUNDS = re.compile(r"\bround(?:ed|s|ing)? (?:it )?up\b|\bunits box\b|\bnext whole\b", re.IGNORECASE)
_NATIONAL = re.compile(r"\bnational\b", re.IGNORECASE)
_ASK_BASE = "What are the base units of the anesthesia code (CMS's base unit file or the ASA guide)?"
_ASK_LOCALITY = "In which payment locality was it? The conversion factor is that of the locality."
_CENTS = Decimal("0.0001")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Units and amounts of an anesthesia case; nothing where none is in question."""
    if not of_anesthesia(question):
        return NOTHING
    told = case(question)
    return joined(
        (
            _counted(told, question, knowledge),
            _asked_apart(told, question, knowledge),
            anesthesia_team.findings(told, question, knowledge=knowledge),
            _status(told, question, knowledge),
        )
    )


def _is_medicare(question: Question) -> bool:
    return question.payer in {None, Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}


# --- Units and amounts -----------------------------------------------------------------------------------------------


def _counted(told: Case, question: Question, knowledge: Knowledge) -> Findings:
    per_unit = parameter_of(knowledge, question, "anesthesia.units.minutes_per_unit")
    decimals = parameter_of(knowledge, question, "anesthesia.units.decimals")
    if (
        told.minutes is None
        or per_unit is None
        or decimals is None
        or not (_TIME.search(question.text) or _PAID.search(question.text) or _is_a_case(told, question))
    ):
        return NOTHING
    units = time_units(told.minutes, int(str(per_unit.value)), int(str(decimals.value)))
    arithmetic = f"{told.minutes} / {per_unit.value} = {units} time units"
    said = (
        f"Medicare: {told.minutes} minutes / {per_unit.value} = {units} time units, to one decimal; the claim "
        f"carries the minutes, {told.minutes}, not units."
    )
    finding = Finding(
        Topic.GUIDELINES,
        Kind.PAYABLE,
        said,
        decimals.references,
        arithmetic=arithmetic,
        branch=Branch(payer=Payer.MEDICARE),
    )
    parts = [
        Findings((finding,), tuple(_lines(told, question, knowledge)), headlines=(said,)),
        _rounded(told, units, finding, question),
    ]
    if not _is_medicare(question):
        parts.append(_commercial(question, knowledge))
    parts.append(_amount(told, units, question, knowledge))
    return joined(parts)


def _is_a_case(told: Case, question: Question) -> bool:
    """Whether base units, or an anesthesia code with its modifier or status, tell a case to be counted."""
    coded = any(each.code.startswith("0") for each in question.codes)
    return told.base is not None or (coded and (bool(told.modifiers) or told.status is not None))


def _lines(told: Case, question: Question, knowledge: Knowledge) -> Iterator[Opinion]:
    """The anesthesia code written, with its modifier; one unit of service, in minutes."""
    for mention in question.codes:
        record = knowledge.code(mention.code, on=question.as_of)
        if record is not None and record.role is Role.ANESTHESIA and not mention.absent:
            own = tuple(dict.fromkeys((*mention.modifiers, *told.modifiers[:1])))
            yield Opinion(mention.code, Standing.STANDS, units=1, modifiers=own)


def _rounded(told: Case, units: Decimal, finding: Finding, question: Question) -> Findings:
    """The time units that the sender wrote: right, rounded up, or wrong; those with the base units are left alone."""
    if told.base is not None and not _ROUNDS.search(question.text):
        return NOTHING
    written = [Decimal(str(each)) for each in told.units]
    if _ROUNDS.search(question.text) or (written and units not in written and question.wants_yes_or_no):
        return Findings(
            corrections=(f"Medicare does not round time units up: it is {units}, and minutes are reported, not units.",)
        )
    if units in written and question.wants_yes_or_no:
        return Findings((replace(finding, verdict=Verdict.YES),))
    return NOTHING


def _commercial(question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "anesthesia.units.commercial")
    if rule is None:
        return NOTHING
    said = (
        "Commercial plans count by their own rules: the minutes in a unit, rounding, physical status and "
        "circumstances are the plan's."
    )
    asks = ("What are the plan's unit length and rounding, and does its contract pay physical status units?",)
    return Findings(
        (Finding(Topic.FEES, Kind.PAYABLE, said, rule.references, branch=Branch(payer=Payer.COMMERCIAL)),), asks=asks
    )


def _amount(told: Case, units: Decimal, question: Question, knowledge: Knowledge) -> Findings:
    """The amount where the base units are told; asked for where they are not."""
    formula = parameter_of(knowledge, question, "anesthesia.units.formula")
    if formula is None:
        return NOTHING
    if told.base is None:
        if not _PAID.search(question.text):
            return NOTHING
        said = (
            f"Allowed: (base units + {units} time units) x the locality's conversion factor x the modifier's "
            f"share; base units are not in our tables."
        )
        return Findings(
            (Finding(Topic.FEES, Kind.PAYABLE, said, formula.references),),
            asks=(_ASK_BASE, _ASK_LOCALITY),
            headlines=(said,),
        )
    total = units + told.base
    counted = Finding(Topic.FEES, Kind.PAYABLE, f"{told.base} base + {units} time = {total} units.", formula.references)
    found = Findings((counted,), headlines=(counted.statement,))
    if not _is_medicare(question):
        return found
    return joined((found, _priced(told, total, question, knowledge)))


def _priced(told: Case, total: Decimal, question: Question, knowledge: Knowledge) -> Findings:
    national = parameter_of(knowledge, question, "anesthesia.conversion_factor.national")
    shares = parameter_of(knowledge, question, "anesthesia.modifiers.share")
    if national is None or shares is None:
        return NOTHING
    known = cast("Mapping[str, float]", shares.value)
    own = next((each for each in told.modifiers if each in known), None) or _directed(told)
    share = Decimal(str(known[own])) if own else Decimal(1)
    local = anesthesia_factor.local_factor(question, knowledge) if not told.factor else None
    if local is not None and local[1].edition_gap:
        local = None
    factor = Decimal(str(told.factor)) if told.factor else Decimal(str(national.value)).quantize(_CENTS)
    if local is not None:
        factor = Decimal(local[1].cents) / 100
    amount = allowed(total, factor, share)
    with_share = f" x {share:.0%} ({own})" if own and share != 1 else f" ({own}, 100%)" if own else ""
    source = "the factor told" if told.factor else f"the national factor on {question.as_of}"
    if local is not None:
        source = f"the factor of {local[0].name.title()} ({local[0].state})"
    said = f"{total} units x ${factor}{with_share} = ${amount}, by {source}, before deductible and coinsurance."
    finding = Finding(
        Topic.FEES,
        Kind.PAYABLE,
        said,
        ((local[1].reference,) if local else national.references) + tuple(shares.references),
        arithmetic=f"{total} x {factor} x {share} = {amount}",
        branch=Branch(payer=Payer.MEDICARE),
    )
    asks = () if told.factor or local or _NATIONAL.search(question.text) else (_ASK_LOCALITY,)
    return Findings((finding,), asks=asks, headlines=(said,))


_MOST_DIRECTED = 4


def _directed(told: Case) -> str | None:
    """The modifier of the anesthesiologist by the cases directed, where none is written."""
    if told.concurrent is None or told.concurrent > _MOST_DIRECTED:
        return None
    return "QY" if told.concurrent == 1 else "QK"


_UNITS_FIELD = re.compile(
    r"\bunits? (?:field|box)\b|\b24g\b|\breport\w*[^.?!\n]{0,30}\btime\b|\bminutes or units\b|\bunits or minutes\b",
    re.IGNORECASE,
)


def _asked_apart(told: Case, question: Question, knowledge: Knowledge) -> Findings:
    """The factor of a year, or what the units field carries, where no case is told."""
    if told.minutes is not None:
        return NOTHING
    parts = [anesthesia_factor.findings(question, knowledge=knowledge)]
    per_unit = parameter_of(knowledge, question, "anesthesia.units.minutes_per_unit")
    if _UNITS_FIELD.search(question.text) and per_unit is not None:
        said = (
            f"Medicare: the units field carries the anesthesia minutes; the contractor makes units of "
            f"{per_unit.value} minutes of them, to one decimal."
        )
        parts.append(Findings((_finding(said, per_unit, None),), headlines=(said,)))
    return joined(parts)


# --- Physical status -------------------------------------------------------------------------------------------------

_CIRCUMSTANCE_ASKED = re.compile(
    r"\bqualifying circumstances?\b|\b991(?:00|16|35|40)\b|\bemergency anesthesia\b", re.IGNORECASE
)
_STATUS_ASKED = re.compile(r"\bphysical status\b|\bextra units?\b|\bP[1-6]\b|\badditional units?\b", re.IGNORECASE)


def _status(told: Case, question: Question, knowledge: Knowledge) -> Findings:
    """P1 to P6 and 99100 to 99140: nothing from Medicare, by the plan's contract elsewhere."""
    circumstance = bool(told.circumstances) or _CIRCUMSTANCE_ASKED.search(question.text) is not None
    status = told.status is not None or _STATUS_ASKED.search(question.text) is not None
    if not circumstance and not status:
        return NOTHING
    parts = []
    if status:
        parts.append(
            _extra(told, "physical_status.commercial_units", told.status, "Physical status", question, knowledge)
        )
    if circumstance:
        code = told.circumstances[0] if told.circumstances else None
        parts.append(
            _extra(told, "circumstances.commercial_units", code, "Qualifying circumstances", question, knowledge)
        )
    return joined(parts)


def _extra(told: Case, path: str, key: str | None, name: str, question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, f"anesthesia.{path}")
    if rule is None:
        return NOTHING
    table = cast("Mapping[str, int]", rule.value)
    listed = ", ".join(f"{code} {units}" for code, units in table.items() if units)
    own = f" ({key} {table[key]})" if key and key in table else f" ({listed})"
    said = f"{name}: Medicare pays no units for it; many commercial plans do{own}, by their contract."
    medicare = question.payer in {Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}
    verdict = (
        (Verdict.NO if medicare else Verdict.DEPENDS)
        if question.wants_yes_or_no and _EXTRA_PAID.search(question.text)
        else None
    )
    asks = (
        () if medicare else ("What does the plan's contract or policy rule on physical status and circumstance units?",)
    )
    refused = tuple(
        Opinion(code, Standing.REFUSED, why="Medicare bundles it (status B)")
        for code in told.circumstances
        if medicare and key == code
    )
    closed = tuple(each.code for each in refused)
    return Findings((_finding(said, rule, verdict),), refused, asks=asks, headlines=(said,), closed=closed)


_EXTRA_PAID = re.compile(r"\bextra\b|\badditional\b|\bpay\w*|\bpaid\b|\bbill\w*|\bunits?\b|\badd\w*", re.IGNORECASE)


def _finding(said: str, rule: Parameter, verdict: Verdict | None) -> Finding:
    return Finding(Topic.FEES, Kind.PAYABLE, said, rule.references, verdict)

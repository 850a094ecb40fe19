"""What Medicare allows for a code: national or of the locality named, in and out of a facility, with arithmetic."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.amounts import Amounts, amounts
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.reading.places import state
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Kind
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.published import Locality, Payment
from caseconsultant.domain.question import Question, Topic

_SHORTEST_NAME = 5
_ROUNDING = 1
"""Cents by which roundings differ."""
_BEFORE = "before deductible, coinsurance and sequester"
_SHARE, _LIMIT = "fees.formula.nonparticipating_share", "fees.formula.limiting_charge_share_of_nonparticipating"
_WHOLE_LIMIT = "fees.formula.limiting_charge_share_of_participating"
_ANESTHESIA = re.compile(r"\banesth\w+|\bcrna\b|\bbase (?:units?|\d)", re.IGNORECASE)
_NATIONAL = re.compile(r"\bnat(?:ional(?:ly)?|'?l)\b", re.IGNORECASE)
_PLANS = frozenset({Payer.COMMERCIAL, Payer.MEDICAID})


def asked(question: Question) -> bool:
    """Whether the amount is asked for."""
    return amounts(question) is not None


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The amount of each code asked about; nothing where no fee schedule is loaded or no amount is asked."""
    told = amounts(question)
    if told is None:
        return NOTHING
    if told.factor and not question.codes and not _ANESTHESIA.search(question.text):
        return joined(_factor(each, knowledge) for each in _of_years(question))
    question = _of_year(question)
    telling = Telling(question, knowledge, Topic.FEES)
    if told.paid_of:
        _paid_of(*told.paid_of, telling)
    if governing_payer(question) in _PLANS:
        _of_plan(telling)
        return telling.found()
    named = locality_told(question, knowledge)
    paid = [
        (facility, payment)
        for code in dict.fromkeys(each.code for each in question.codes)
        for facility in told.facilities
        if (payment := _payment(code, telling, facility=facility, named=named))
    ]
    if told.practitioner and paid:
        _of_practitioner(paid[0][1], telling)
    for facility, payment in paid:
        _said(payment, named, telling, facility=facility)
    if len(paid) > 1 and len(told.facilities) > 1:
        _why_lower(telling)
    _others(paid, told, telling)
    if paid and named is None and not told.stated and not _NATIONAL.search(question.text):
        telling.ask("In which payment locality (city or county and state) was it given?")
    return telling.found()


def _of_year(question: Question) -> Question:
    """The question as of a past year it names (`the 2025 amount`), where it names no day."""
    found = re.search(r"\b(20[12]\d)\b", question.text)
    if question.as_of_stated or found is None or int(found[1]) >= question.as_of.year:
        return question
    return replace(question, as_of=date(int(found[1]), 12, 31))


def _payment(code: str, telling: Telling, *, facility: bool, named: Locality | None) -> Payment | None:
    return telling.knowledge.fees.payment(
        code, on=telling.question.as_of, facility=facility, modifier=_component(code, telling.question), locality=named
    )


def _said(payment: Payment, named: Locality | None, telling: Telling, *, facility: bool) -> None:
    where = f"in {named.name.title()} ({named.state})" if named else "nationally"
    statement = (
        f"{payment.code}{_suffix(payment)}: Medicare allows ${payment.cents / 100:,.2f} {where} "
        f"{'in a facility' if facility else 'outside a facility'}, {_BEFORE}."
    )
    telling.lead(statement)
    telling.say(
        statement,
        *payment.references,
        kind=Kind.PAYABLE,
        arithmetic=f"{payment.arithmetic}.",
        payer=Payer.MEDICARE,
    )


def _suffix(payment: Payment) -> str:
    return f"-{payment.modifier}" if payment.modifier else ""


def _why_lower(telling: Telling) -> None:
    telling.say(
        "The facility amount is lower because the practice expense is the facility's: places such "
        "as 19, 21, 22, 23 and 24 are priced with the facility "
        "value, office 11 and home 10 and 12 with the non-facility one.",
        "fees.place.facility_expense",
        kind=Kind.PAYABLE,
    )


def _others(paid: list[tuple[bool, Payment]], told: Amounts, telling: Telling) -> None:
    if told.nonparticipating:
        _limiting_charge(paid, told, telling)
    if told.less and not told.paid_of:
        telling.say(
            f"Medicare pays 80 percent of the allowed amount after the deductible, less the "
            f"sequester of {percent(telling.value('fees.share.sequester'))}; the "
            "sequester may not be billed to the patient.",
            "fees.share.sequester",
            "fees.share.coinsurance",
        )


def _of_practitioner(payment: Payment, telling: Telling) -> None:
    share = telling.table("fees.share.by_practitioner").get("nurse_practitioner", 0.85)
    cents = round(payment.cents * float(str(share)))
    statement = (
        f"An NP, PA or CNS under the own number is paid {percent(share)}: ${cents / 100:,.2f} for {payment.code}."
    )
    telling.lead(statement)
    telling.say(
        statement,
        "fees.share.by_practitioner",
        arithmetic=f"{payment.cents / 100:.2f} x {share} = {cents / 100:.2f}.",
    )


def _limiting_charge(paid: list[tuple[bool, Payment]], told: Amounts, telling: Telling) -> None:
    par = paid[0][1].cents if paid else None
    if told.stated and (par is None or min(told.stated) < par * 1.2):
        par = min(told.stated)
    if par is None:
        return
    share, limit, whole = (float(str(telling.value(each))) for each in (_SHARE, _LIMIT, _WHOLE_LIMIT))
    nonpar, most = round(par * share), round(par * whole)
    arithmetic = (
        f"{par / 100:.2f} x {share} = {nonpar / 100:.2f}; x {limit} = {most / 100:.2f} ({whole * 100:g} "
        f"percent of {par / 100:.2f})"
    )
    statement = (
        f"A nonparticipating practitioner's fee is 95 percent of the schedule "
        f"(${nonpar / 100:,.2f}); the limiting charge, unassigned, is 115 percent of that, "
        f"109.25 percent of the full amount: ${most / 100:,.2f}."
    )
    if told.wrong_limit and telling.question.wants_yes_or_no:
        telling.correct(statement, _SHARE, _LIMIT, _WHOLE_LIMIT)
    else:
        telling.head(statement, _SHARE, _LIMIT, _WHOLE_LIMIT)
    telling.say(f"Limiting charge: {arithmetic}.", _WHOLE_LIMIT, arithmetic=f"{arithmetic}.")


def _of_years(question: Question) -> tuple[Question, ...]:
    """The question as of each year it names; as it stands where it names none, or a day."""
    years = dict.fromkeys(int(each) for each in re.findall(r"\b(20[12]\d)\b", question.text))
    if question.as_of_stated or not years:
        return (question,)
    today = question.as_of
    return tuple(
        question if year == today.year else replace(question, as_of=date(year, 12, 31))
        for year in years
        if year <= today.year
    ) or (question,)


def _factor(question: Question, knowledge: Knowledge) -> Findings:
    telling = Telling(question, knowledge, Topic.FEES)
    standard, qualifying = (
        telling.value("fees.conversion_factor.standard"),
        telling.value("fees.conversion_factor.qualifying_participant"),
    )
    also = f" ({qualifying} for qualifying participants of an advanced model)" if qualifying else ""
    telling.head(
        f"Conversion factor on {telling.question.as_of}: {standard}{also}.",
        "fees.conversion_factor.standard",
        "fees.conversion_factor.qualifying_participant",
    )
    return telling.found()


def _paid_of(paid: int, allowed: int, telling: Telling) -> None:
    """An amount paid of an allowed one: 80 percent, less the sequester, or neither."""
    coinsurance, sequester = (float(str(telling.value(f"fees.share.{each}"))) for each in ("coinsurance", "sequester"))
    full = round(allowed * (1 - coinsurance))
    less = round(full * (1 - sequester))
    arithmetic = f"{allowed / 100:.2f} x {1 - coinsurance:g} = {full / 100:.2f}; x {1 - sequester:g} = {less / 100:.2f}"
    owed = f"{percent(1 - coinsurance)}, ${full / 100:,.2f} (after the deductible)"
    known = f"Of ${allowed / 100:,.2f} allowed Medicare owes {owed}"
    taken = f"{known}; the sequester takes {percent(sequester)} of that, which leaves ${less / 100:,.2f}"
    if abs(paid - less) <= _ROUNDING:
        end = ". It may not be billed to the patient."
    elif abs(paid - full) <= _ROUNDING:
        end = ": this payment was made without the sequester."
    else:
        look = "look at the deductible, reductions and adjustments on the remittance"
        end = f". ${paid / 100:,.2f} is another amount: {look}."
    telling.head(taken + end, "fees.share.sequester", "fees.share.coinsurance")
    telling.say(arithmetic + ".", "fees.share.sequester", arithmetic=f"{arithmetic}.")


def _of_plan(telling: Telling) -> None:
    telling.head(
        (
            "What the plan pays stands in its contract and fee schedule; Medicare's amounts do not "
            "bind it. Look in the contract or ask the plan."
        ),
        "fees.formula.participating",
    )


def _component(code: str, question: Question) -> str:
    """26 or TC where it stands on the line."""
    written = {modifier for each in question.codes if each.code == code for modifier in each.modifiers}
    return next((each for each in ("26", "TC", "53") if each in written), "")


def _named(locality: Locality, text: str) -> str:
    """The longest part of a locality's name that stands in the text; empty where none does."""
    parts = [part.strip(" )").lower() for part in re.split(r"[-/,(]", locality.name)]
    return max(
        (part for part in parts if len(part) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(part)}\b", text)),
        key=len,
        default="",
    )


def locality_told(question: Question, knowledge: Knowledge) -> Locality | None:
    """The locality whose name stands in the question, the longest where several do; else the state's, if it has one."""
    text = question.text.lower()
    everywhere = knowledge.fees.localities(on=question.as_of)
    named = [(len(found), each) for each in everywhere if (found := _named(each, text))]
    if named:
        longest = max(length for length, _ in named)
        alike = [each for length, each in named if length == longest]
        return next((each for each in alike if f"({_named(each, text)} cnty)" in each.name.lower()), alike[0])
    where = state(question.text)
    of_state = [each for each in everywhere if where and each.state == where]
    return of_state[0] if len(of_state) == 1 else None

"""Modifier 51 and the order of lines: who appends it, which line stands first, what is reduced and what never."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.calculators.surgery import Procedure, families, family_value, ranked, shares
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import facility_bills, proposed, written_modifiers
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Role

_ASKED = re.compile(
    r"\bmore than one (?:procedure|surgery|operation)\b|"
    r"(?<![\d.$-])\b51\b(?!\s?(?:y/?o|year|min|%|percent|mg|kg|units))|"
    r"\bmultiple[\s-](?:procedures?|surger(?:y|ies))\b|\b(?:which|what)\b[^.?!\n]{0,40}\b(?:first|"
    r"primary|listed first|"
    r"order|sequence)\b|\b(?:order|rank|sequence) (?:of )?(?:the )?(?:lines|codes|procedures|cpts?)"
    r"\b|\bhow (?:do|should) (?:we|i) (?:rank|order|sequence)\b|"
    r"\bin what order\b|\bsame (?:endoscop\w+ )?family\b|\b(?:second|2nd|third|additional|multiple)"
    r" (?:surger(?:y|ies)|procedures?)\b(?=[^.?!\n]{0,60}\b(?:reduc\w+|50|percent|half|paid|pay)\b)|"
    r"\b(?:reduc\w+|half|100 ?%|50 ?%)\b[^.?!\n]{0,40}\b(?:second|2nd|third) (?:surger(?:y|ies)|"
    r"procedures?)\b|\bendoscop\w+ (?:family|base|rule|reduction)\b|\b(?:100[/, -]+50)\b|"
    r"\bhighest rvu\b|\bmppr\b",
    re.IGNORECASE,
)
_SURGERY = re.compile(
    r"\b(?:procedures?|surger(?:y|ies)|surgical|operations?|surgeons?|scopes|endoscop\w+)\b", re.IGNORECASE
)
_REDUCTION = re.compile(r"\b(?:reduc\w+|half|50 ?(?:percent|%)|cut)", re.IGNORECASE)
_NOT_OURS = re.compile(
    r"\b(?:dx|diagnos[ei]s|icd|z-?codes?|payers? (?:is )?primary|primary (?:payer|insurance|care)|insurance)\b",
    re.IGNORECASE,
)
_RULES = "surgical_payment.multiple_procedures"
_USUAL, _FAMILY = "2", "3"
_SHORTEST = 2


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whether 51 goes on a line, and in which order the lines stand; nothing where neither is asked."""
    if not _asks(question):
        return NOTHING
    told = Telling(question, knowledge, Topic.MODIFIERS)
    lines = [code for code in proposed(question) if not told.ended(code)]
    if facility_bills(question):
        told.head(
            "A facility's claim takes no 51: the outpatient system discounts further status T lines by itself.",
            _RULES + ".modifier_51_by_provider",
        )
        return told.found()
    _who_appends(told)
    _ordered(lines, told)
    _add_ons(lines, told)
    _families(lines, told)
    if question.payer is None:
        told.ask("Which payer is it: Medicare, or a plan with a policy of its own?")
    if len(lines) < _SHORTEST and "51" not in _on_lines(question):
        told.ask("Which procedure codes were done in the session?")
    return told.found()


def _asks(question: Question) -> bool:
    if "51" in written_modifiers(question):
        return True
    found = _ASKED.search(question.text)
    if not found or ((_NOT_OURS.search(question.text) or question.diagnoses) and not question.codes):
        return False
    procedures = sum(not each.code.startswith(("99", "J", "G")) for each in question.codes)
    return (
        procedures >= _SHORTEST
        or (not question.codes and _SURGERY.search(question.text) is not None and "51" not in found.group())
        or ("51" in found.group() and _SURGERY.search(question.text) is not None)
        or bool(re.search(r"\bmodifier 51\b|\bappend 51\b|\b51\?|\b59 and 51\b|\b51 and 59\b", question.text))
    )


def _on_lines(question: Question) -> set[str]:
    return {modifier for each in question.codes for modifier in each.modifiers}


def _who_appends(told: Telling) -> None:
    usual = cast("Sequence[float]", told.table(f"{_RULES}.shares").get(_USUAL, ()))
    scheme = ", ".join(percent(each) for each in usual)
    if told.question.payer not in {None, Payer.MEDICARE}:
        told.head(
            "Whether the second procedure takes 51 is the plan's policy: many plans want it on "
            "every further procedure, "
            "some rank by themselves. It never goes on an add-on code or on a code exempt from 51.",
            f"{_RULES}.modifier_51_by_provider",
        )
        told.say(
            "By CPT's rules 51 marks each further procedure of a session, not the first; modifiers: 51.",
            f"{_RULES}.modifier_51_by_provider",
        )
        return
    statement = (
        "Medicare does not want 51 from you: the contractor (MAC) ranks the lines and appends it. List the highest "
        "relative value first."
    )
    if _REDUCTION.search(told.question.text) and "51" not in written_modifiers(told.question):
        told.head(
            (
                f"With multiple procedure indicator 2 Medicare pays {scheme} in ranked order, so the "
                f"second and each further procedure at half."
            ),
            f"{_RULES}.shares",
            verdict=Verdict.YES,
        )
        told.say(statement, f"{_RULES}.modifier_51_by_provider")
    elif _proposes_51(told.question):
        told.correct(
            statement, f"{_RULES}.modifier_51_by_provider"
        ) if told.question.payer is Payer.MEDICARE else told.head(statement, f"{_RULES}.modifier_51_by_provider")
    else:
        told.head(statement, f"{_RULES}.modifier_51_by_provider")
    told.say(
        f"The usual reduction (multiple procedure indicator 2) pays {scheme} in ranked order, by "
        f"report from the sixth. "
        "Add-on codes and indicator 0 are never reduced and take no 51.",
        f"{_RULES}.shares",
        f"{_RULES}.by_report_from",
        f"{_RULES}.exempt_roles",
    )


def _proposes_51(question: Question) -> bool:
    return question.wants_yes_or_no or "51" in _on_lines(question)


def _ordered(lines: Sequence[str], told: Telling) -> None:
    known = [(code, fee) for code in lines if (fee := told.fee(code))]
    facility = told.question.setting is not Setting.OFFICE
    values = [
        Procedure(code, fee.total_facility if facility else fee.total_nonfacility)
        for code, fee in known
        if fee.global_days != "ZZZ"
    ]
    if len(values) < _SHORTEST:
        return
    order = ranked(values)
    reduced = [code for code, fee in known if fee.multiple_procedure == _USUAL]
    usual = cast("Sequence[float]", told.table(f"{_RULES}.shares").get(_USUAL, ()))
    said = ", then ".join(f"{each.code} ({each.value / 100:.2f} RVU)" for each in order)
    indicators = ", ".join(f"{code} {fee.multiple_procedure}" for code, fee in known)
    arithmetic = None
    if len(reduced) == len(order):
        paid = shares(len(order), usual)
        arithmetic = " + ".join(
            f"{each.value / 100:.2f} x {share:g}" for each, share in zip(order, paid, strict=True)
        ) + (f" = {sum(each.value * share for each, share in zip(order, paid, strict=True)) / 100:.2f} RVU")
    told.head(
        f"{said}: the highest is listed first. Multiple procedure indicators: {indicators}.",
        *(fee.reference for _, fee in known),
    )
    if arithmetic:
        told.say(f"Paid together: {arithmetic}.", f"{_RULES}.shares", arithmetic=arithmetic)


def _add_ons(lines: Sequence[str], told: Telling) -> None:
    for code in lines:
        add_on = told.knowledge.add_on(code, on=told.question.as_of)
        fee = told.fee(code)
        record = told.knowledge.code(code, on=told.question.as_of)
        authored = record is not None and record.role is Role.ADD_ON
        if add_on is None and not authored and (fee is None or fee.global_days != "ZZZ"):
            continue
        statement = f"{code} is an add-on code: it never takes 51 and is not reduced; it is paid in full."
        written = {modifier for each in told.question.codes if each.code == code for modifier in each.modifiers}
        claimed = re.search(rf"\b51\b[^.?!\n]{{0,25}}\b{code}\b", told.question.text)
        references = [fee.reference] if fee else list(record.references[:1]) if record else []
        if "51" in written or claimed:
            told.correct(statement, f"{_RULES}.exempt_roles", *references)
        else:
            told.head(statement, f"{_RULES}.exempt_roles", *references)
        told.stands(code)
        for other in lines:
            if other != code and len(lines) == _SHORTEST:
                told.stands(other)


def _families(lines: Sequence[str], told: Telling) -> None:
    """Endoscopies of one family: the highest in full, the others less the base."""
    facility = told.question.setting is not Setting.OFFICE
    values = [
        Procedure(code, fee.total_facility if facility else fee.total_nonfacility, fee.endoscopic_base)
        for code in lines
        if (fee := told.fee(code)) and fee.multiple_procedure == _FAMILY
    ]
    for base, members in families(values).items():
        record = told.fee(base)
        if record is None:
            continue
        least = record.total_facility if facility else record.total_nonfacility
        order = ranked(members)
        arithmetic = (
            f"{order[0].value / 100:.2f}"
            + "".join(f" + ({each.value / 100:.2f} - {least / 100:.2f})" for each in order[1:])
            + f" = {family_value(members, least) / 100:.2f} RVU {'in a facility' if facility else 'outside a facility'}"
        )
        told.head(
            f"Endoscopy family with base {base} (indicator 3): {order[0].code} in full, "
            f"{' and '.join(each.code for each in order[1:])} less the base code.",
            "surgical_payment.endoscopy.rule",
            record.reference,
        )
        told.say(f"Together: {arithmetic}.", "surgical_payment.endoscopy.formula", arithmetic=arithmetic)

"""Services counted in minutes beside drug administration: critical care."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import cast

from caseconsultant.consulting.calculators.critical_care import CriticalCareRules, critical_care_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Finding, Kind
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter

_CRITICAL = {"99291", "99292"}
_CRITICAL_CARE = re.compile(r"\bcritical[\s-]care\b|\bcrit(?:ical)? care\b|\b9929[12]\b", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The units that the minutes written earn, for Medicare and for payers that follow CPT."""
    return _critical_care(question, knowledge)


# --- Critical care ---------------------------------------------------------------------------------------------------


def _critical_care(question: Question, knowledge: Knowledge) -> Findings:
    minutes = question.minutes
    if minutes is None or not _CRITICAL_CARE.search(question.text):
        return NOTHING
    first = {payer: _rule(knowledge, question, f"critical_care.{payer}.first_additional_minutes") for payer in _PAYERS}
    least, step = (_rule(knowledge, question, f"critical_care.{name}") for name in ("minimum_minutes", "step_minutes"))
    if least is None or step is None or None in first.values():
        return NOTHING
    rules = {
        payer: CriticalCareRules(_whole(least), _whole(cast("Parameter", each)), _whole(step))
        for payer, each in first.items()
    }
    units = {payer: critical_care_units(minutes, each) for payer, each in rules.items()}
    told = [
        _counted(
            f"{minutes} minutes of critical care",
            units[payer],
            cast("Parameter", first[payer]),
            payer,
            f"{rules[payer].minimum} to {rules[payer].first_additional - 1} minutes: 99291. "
            f"99292 from {rules[payer].first_additional} minutes, then every {rules[payer].step}.",
        )
        for payer in _payers(question)
    ]
    stands = units[_payers(question)[0]]
    return Findings(
        tuple(told),
        _opinions(stands),
        corrections=_corrected(stands, question, _CRITICAL, f"{minutes} minutes"),
        headlines=tuple(each.statement for each in told),
    )


# --- Both ------------------------------------------------------------------------------------------------------------

_PAYERS = ("medicare", "cpt")


def _payers(question: Question) -> tuple[str, ...]:
    """Medicare first unless another payer is stated; both where none is."""
    if question.payer is None:
        return _PAYERS
    return ("medicare", "cpt") if question.payer is Payer.MEDICARE else ("cpt",)


def _counted(what: str, units: Mapping[str, int], rule: Parameter, payer: str, arithmetic: str) -> Finding:
    lines = " and ".join(f"{code} x{each}" for code, each in units.items()) or "nothing"
    told = "Medicare" if payer == "medicare" else "Payers that follow CPT"
    return Finding(
        Topic.GUIDELINES, Kind.CODABLE, f"{told}: {what} earn {lines}.", rule.references, arithmetic=arithmetic
    )


def _opinions(units: Mapping[str, int]) -> tuple[Opinion, ...]:
    return tuple(Opinion(code, Standing.STANDS, units=each) for code, each in units.items())


def _corrected(units: Mapping[str, int], question: Question, codes: Iterable[str], what: str) -> tuple[str, ...]:
    """Units written that the minutes do not earn."""
    written = {each.code: each.units or 1 for each in question.codes if each.code in codes and not each.absent}
    wrong = [code for code, each in written.items() if each > units.get(code, 0)]
    return tuple(f"{what} earn {_times(code, units)}, not x{written[code]}." for code in wrong)


def _times(code: str, units: Mapping[str, int]) -> str:
    return f"{code} x{units[code]}" if code in units else f"no {code}"


def _rule(knowledge: Knowledge, question: Question, path: str) -> Parameter | None:
    try:
        return knowledge.parameter(path, on=question.as_of)
    except KnowledgeError:
        return None


def _whole(rule: Parameter) -> int:
    return int(str(rule.value))

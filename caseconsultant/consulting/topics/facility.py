"""Who reports and who is paid where: practitioner in a facility, surgery center, hospital outpatient claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.branches import branch_of, settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """What the setting does to the lines. Source: NCCI Policy Manual XI §B.7, §N.2; OPPS Addendum B."""
    if found.informational:
        return NOTHING
    return joined(
        (
            _practitioner_in_facility(found, question, knowledge),
            _surgery_center(found, question, knowledge),
            _facility_only(found, question, knowledge),
        )
    )


def _surgery_center(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    rule = rule_of(knowledge, question, "facility.codes_not_reported_by_practitioner")
    if rule is None or question.setting is not Setting.ASC:
        return NOTHING
    codes = [code for code in found.codes if code in cast("Sequence[str]", rule.value)]
    if not codes:
        return NOTHING
    when = "it belongs to no covered procedure of the surgery center that day"
    branch = branch_of(Setting.ASC)
    statement = f"{', '.join(codes)}: reported from a surgery center only if {when}."
    finding = Finding(Topic.GUIDELINES, Kind.PAYABLE, statement, rule.references, Verdict.DEPENDS, branch=branch)
    return Findings((finding,), tuple(Opinion(code, Standing.CONDITIONAL, when=when, branch=branch) for code in codes))


def _practitioner_in_facility(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    rule = rule_of(knowledge, question, "facility.codes_not_reported_by_practitioner")
    if rule is None or question.setting is not Setting.FACILITY_PROFESSIONAL:
        return NOTHING
    codes = [code for code in found.codes if code in cast("Sequence[str]", rule.value)]
    if not codes:
        return NOTHING
    why = "in a facility the hospital reports drug administration, the practitioner does not"
    branch = branch_of(Setting.FACILITY_PROFESSIONAL)
    statement = f"{', '.join(codes)}: {why}."
    finding = Finding(Topic.GUIDELINES, Kind.PAYABLE, statement, rule.references, Verdict.NO, branch=branch)
    return Findings((finding,), tuple(Opinion(code, Standing.REFUSED, why=why, branch=branch) for code in codes))


def _facility_only(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    rule = rule_of(knowledge, question, "facility.only_codes")
    codes = [code for code in found.codes if rule and code in cast("Sequence[str]", rule.value)]
    if rule is None or not codes:
        return NOTHING
    why = "only a facility reports it"
    opinions = tuple(
        Opinion(code, Standing.REFUSED, why=why, branch=branch_of(setting))
        for code in codes
        for setting in settings_of(question)
        if setting is not Setting.OUTPATIENT_HOSPITAL
    )
    statement = f"{', '.join(codes)} is for hospitals; a practitioner does not report it."
    return Findings((Finding(Topic.GUIDELINES, Kind.CODABLE, statement, rule.references, Verdict.DEPENDS),), opinions)

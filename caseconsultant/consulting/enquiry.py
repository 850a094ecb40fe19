"""A question that is no claim of drug administration: diagnoses, amounts, and the articles whose question it asks."""

from __future__ import annotations

import re

from caseconsultant.consulting import subjects
from caseconsultant.consulting.articles import articles, without_its_verdict
from caseconsultant.consulting.encounter import encounter, restarted
from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.soft_tissue import masses
from caseconsultant.consulting.succession import ended
from caseconsultant.consulting.topics import (
    biologics,
    both_sides,
    burn_diagnoses,
    code_search,
    denials,
    diagnosis_choice,
    drug_effects,
    earlier_codes,
    fees,
    global_period,
    heart_devices,
    modifier_meaning,
    named_services,
    notices,
    nurse_visit,
    packages,
    passing,
    pathology,
    pregnancy_diagnoses,
    primaries,
    procedures,
    quantities,
    reporting_only,
    several_digits,
    transfer,
    validity,
    visits,
    wellness_years,
    worked_amounts,
)
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.question import Circumstance, Intent, Question, Service
from caseconsultant.domain.records import DRUG_ADMINISTRATION, CodeRecord, Role

_TOPICS = (
    validity,
    biologics,
    quantities,
    global_period,
    transfer,
    passing,
    modifier_meaning,
    denials,
)
_SETTLING = (
    packages,
    worked_amounts,
    pathology,
    heart_devices,
    pregnancy_diagnoses,
    drug_effects,
    burn_diagnoses,
    wellness_years,
    earlier_codes,
    reporting_only,
    several_digits,
)
_VISIT = "office_visit"
_DRUG_FAMILIES = frozenset({"immune_globulin", "vascular_access", "device_care"})
_BESIDE_RULES = 2
_NO_DRUG = re.compile(r"Q40[0-5]\d|Q0091|Q011[1-5]|Q3014|Q3031")
"""Cast material, specimens, microscopy and the originating site's fee: HCPCS has them among its Q codes."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What tables and articles say to a question as it was put; nothing where neither speaks to it."""
    settled = _settled(question, knowledge)
    if settled.findings:
        return settled
    visit = visits.findings(question, knowledge=knowledge)
    ruled = _by_rules(question, visit, knowledge)
    amounts = fees.findings(question, knowledge=knowledge)
    answered = bool(amounts.findings or visit.headlines)
    told = articles(question, knowledge=knowledge, only_ruling=answered)
    if ruled.headlines or ruled.corrections:  # answered: an article adds its statement, and asks nothing
        told = without_its_verdict(told, most=_BESIDE_RULES)
    if not told.headlines and _only_diagnoses(ruled, question, knowledge):
        told = NOTHING  # the diagnoses are told, and nothing else asked
    answered = bool(ruled.headlines or ruled.corrections or amounts.findings or told.headlines)
    nearest = NOTHING if answered else code_search.diagnoses(question, knowledge=knowledge)
    found = joined((told, ruled, amounts) if told.headlines else (ruled, amounts, nearest, told))
    return found if found.findings else code_search.procedures(question, knowledge=knowledge)


def _settled(question: Question, knowledge: Knowledge) -> Findings:
    """What the first of the subjects says that need nothing beside them; nothing where it is none of theirs."""
    found = (each.findings(question, knowledge=knowledge) for each in _SETTLING)
    return next((each for each in found if each.findings), NOTHING)


def _only_diagnoses(ruled: Findings, question: Question, knowledge: Knowledge) -> bool:
    """Whether the diagnoses are all that was asked and answered."""
    if ruled.diagnoses and not question.codes:
        return True
    chosen = diagnosis_choice.findings(question, knowledge=knowledge).headlines
    return bool(chosen) and ruled.headlines == chosen


def _by_rules(question: Question, visit: Findings, knowledge: Knowledge) -> Findings:
    """What every subject works out; each is silent where the question is not its own.

    A service named in words is coded where no other subject works its code out, or where its words settle the subject.
    """
    named = named_services.findings(question, knowledge=knowledge)
    if named.findings and named_services.comes_first(question, knowledge=knowledge):
        return named
    found = _by_subjects(question, visit, knowledge)
    return found if found.opinions or found.corrections or not named.findings else named


def _by_subjects(question: Question, visit: Findings, knowledge: Knowledge) -> Findings:
    """What every other subject works out."""
    done = procedures.findings(question, knowledge=knowledge)
    settled = bool(done.opinions or done.headlines)
    return joined(
        (
            visit,
            done,
            NOTHING if settled else both_sides.findings(question, knowledge=knowledge),
            subjects.findings(question, knowledge=knowledge),
            *(_unclosed(topic.findings(question, knowledge=knowledge), visit) for topic in _TOPICS),
        )
    )


def _unclosed(found: Findings, visit: Findings) -> Findings:
    """The findings, nothing where a visit's rules have closed all their lines already."""
    lines = {each.code for each in found.opinions}
    return NOTHING if lines and lines <= set(visit.closed) else found


def worked_out(question: Question, *, knowledge: Knowledge) -> bool:
    """Whether it is a claim whose lines can be worked out: some code gives a drug, the others are drugs or visits.

    Of other codes tables and articles are told, and no line is said to be right because nothing speaks against it.
    """
    if named_services.comes_first(question, knowledge=knowledge):
        return False
    if encounter(question) or restarted(question) is not None:
        return True
    if (
        procedures.apart(question, knowledge=knowledge)
        or nurse_visit.asked(question)
        or primaries.asked(question)
        or masses(question.text)  # `an intramuscular lipoma` was not injected
        or notices.of_units(question)
        or _of_a_visit(question, knowledge)
    ):
        return False
    records = [record for each in question.codes if (record := _record(each.code, question, knowledge))]
    if not records:
        drugs_only = all(each.code[0] in "JQ" and not _NO_DRUG.match(each.code) for each in question.codes)
        return drugs_only and Circumstance.VACCINE not in question.circumstances
    giving = [each for each in records if _gives_a_drug(each)]
    return bool(giving) and all(each in giving or _stands_beside(each) for each in records)


def _record(code: str, question: Question, knowledge: Knowledge) -> CodeRecord | None:
    """The code in force; of one that has ended, its first successor."""
    gone = ended(code, on=question.as_of, knowledge=knowledge)
    return knowledge.code(gone.by[0] if gone and gone.by else code, on=question.as_of)


def _of_a_visit(question: Question, knowledge: Knowledge) -> bool:
    """A visit told in words, no drug given beside it or its level asked for."""
    given = {each.service for each in question.services} - {Service.VISIT}
    known = any(knowledge.code(each.code, on=question.as_of) for each in question.codes)
    if known or (given and not question.codes and Intent.LEVEL not in question.intents):
        return False
    return bool(visits.findings(question, knowledge=knowledge).findings)


def _gives_a_drug(record: CodeRecord) -> bool:
    return record.role in DRUG_ADMINISTRATION or record.family in _DRUG_FAMILIES


def _stands_beside(record: CodeRecord) -> bool:
    """A visit, or a drug: CPT's products are vaccines, which have administration codes of their own."""
    return record.family == _VISIT or (record.role is Role.PRODUCT and record.system is CodeSystem.HCPCS)

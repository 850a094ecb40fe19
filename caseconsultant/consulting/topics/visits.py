"""Visits: each subject is asked in turn, the special before the general, and the first that speaks answers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Protocol

from caseconsultant.consulting.complexity_case import ADD_ON
from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.remembering import remembered
from caseconsultant.consulting.topics import (
    advance_care,
    complexity,
    critical_care,
    emergency,
    hospital_clinic,
    incident_to,
    new_patient,
    nurse_visit,
    preventive_problem,
    retired_visits,
    same_day_stay,
    split_shared,
    teaching,
    visit_choice,
    visit_principles,
)
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.consulting.visit_rules import proposed
from caseconsultant.domain.question import Question


class _Subject(Protocol):
    def __call__(self, question: Question, *, knowledge: Knowledge) -> Findings: ...


_SUBJECTS: tuple[_Subject, ...] = (
    complexity.findings,
    advance_care.findings,
    hospital_clinic.findings,
    teaching.findings,
    split_shared.findings,
    incident_to.findings,
    critical_care.findings,
    retired_visits.findings,
    same_day_stay.findings,
    preventive_problem.findings,
    nurse_visit.findings,
    new_patient.findings,
    emergency.findings,
    visit_choice.findings,
    visit_principles.findings,
)


_OF_TODAY = (new_patient.findings, incident_to.findings)
"""Subjects in which a year tells of an earlier service, not of this one."""
_YEAR = re.compile(r"\b(?:in|for|during) (?P<year>20[12]\d)\b")
_PAST = re.compile(r"\b(?:was|were|did|needed|billed|paid|coded|denied)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|currently|changed|lifted|since|present)\b", re.IGNORECASE)


def _dated(question: Question) -> Question:
    """The question as of the middle of the one year it asks about, where it states no date of service."""
    years = {int(match["year"]) for match in _YEAR.finditer(question.text)}
    text = question.text
    if question.as_of_stated or len(years) != 1 or not _PAST.search(text) or _NOW.search(text):
        return question
    year = years.pop()
    return question if year >= question.as_of.year else replace(question, as_of=date(year, 7, 1))


@remembered
def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the first subject that the question is about says; nothing where it is about no visit."""
    dated = _dated(question)
    told = (subject(question if subject in _OF_TODAY else dated, knowledge=knowledge) for subject in _SUBJECTS)
    found = _with_the_level(next((each for each in told if each.findings), NOTHING), dated, knowledge)
    asked = proposed(question)
    alone = found.findings and all(is_visit(code) for code in asked)
    lines = dict.fromkeys([*found.closed, *(each.code for each in found.opinions), *(asked if alone else ())])
    return replace(found, closed=tuple(lines)) if lines else found


def _with_the_level(found: Findings, question: Question, knowledge: Knowledge) -> Findings:
    """Beside the add-on the level is told too, where two levels are to choose from."""
    if not found.findings or ADD_ON not in proposed(question) or not any(map(is_visit, question.alternatives)):
        return found
    return joined((visit_choice.findings(question, knowledge=knowledge), found))

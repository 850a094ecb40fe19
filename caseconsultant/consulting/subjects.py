"""Subjects that read their own facts from the text: each is silent where the question is not its own."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics import (
    arthroscopy,
    assistants,
    chiropractic,
    colonoscopy,
    components,
    conditions,
    coronary,
    coverage,
    device_days,
    diagnosis_choice,
    digits,
    equipment,
    hernia,
    imaging,
    laboratory,
    maternity,
    modifier_rules,
    newborns,
    notices,
    packaged,
    primaries,
    procedure_order,
    psychotherapy,
    repeats,
    same_day_studies,
    screening_intervals,
    sequence,
    spine_injections,
    stopped,
    telehealth,
    time_ranges,
    transitional_care,
)
from caseconsultant.domain.question import Question

_SUBJECTS = (
    components,
    chiropractic,
    screening_intervals,
    device_days,
    digits,
    hernia,
    procedure_order,
    assistants,
    stopped,
    repeats,
    same_day_studies,
    colonoscopy,
    arthroscopy,
    coronary,
    spine_injections,
    maternity,
    imaging,
    laboratory,
    equipment,
    notices,
    coverage,
    telehealth,
    packaged,
    primaries,
    modifier_rules,
    newborns,
    psychotherapy,
    transitional_care,
    time_ranges,
)
_OF_DIAGNOSES = (sequence, diagnosis_choice)
_CODE = re.compile(r"\b[A-TV-Z]\d[0-9AB](?:\.\w{1,4})?")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What every subject says of the question."""
    told = [each.findings(question, knowledge=knowledge) for each in _SUBJECTS]
    return joined((*told, _of_diagnoses(question, knowledge)))


def _of_diagnoses(question: Question, knowledge: Knowledge) -> Findings:
    """The conditions told in words where they say all that the rules on order and choice say, else those rules."""
    worded = conditions.findings(question, knowledge=knowledge)
    ruled = joined(each.findings(question, knowledge=knowledge) for each in _OF_DIAGNOSES)
    if not worded.findings or ruled.corrections or not _covers(worded, ruled):
        return ruled
    return worded if _codes(ruled) else joined((worded, ruled))


def _covers(worded: Findings, ruled: Findings) -> bool:
    """Whether every code that the rules name is told in words; by category where nothing is left to ask."""
    whole, part = _codes(worded), _codes(ruled)
    return part <= whole or (not worded.asks and {each[:3] for each in part} <= {each[:3] for each in whole})


def _codes(found: Findings) -> frozenset[str]:
    """The diagnoses that are named where a question is answered."""
    return frozenset(_CODE.findall(" ".join((*found.corrections, *found.headlines))))

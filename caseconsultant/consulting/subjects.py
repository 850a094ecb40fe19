"""Subjects that read their own facts from the text: each is silent where the question is not its own."""

from __future__ import annotations

from caseconsultant.consulting.findings import Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics import (
    arthroscopy,
    assistants,
    chiropractic,
    colonoscopy,
    components,
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
    sequence,
    diagnosis_choice,
    modifier_rules,
    newborns,
    psychotherapy,
    transitional_care,
    time_ranges,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What every subject says of the question."""
    return joined(each.findings(question, knowledge=knowledge) for each in _SUBJECTS)

"""Procedures and products that are worked out from what was done: sizes, numbers, doses, minutes."""

from __future__ import annotations

from collections.abc import Callable

from caseconsultant.consulting.findings import Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics import (
    anesthesia,
    biopsies,
    drug_lines,
    joints,
    lesions,
    mohs,
    soft_tissue,
    therapy,
    vaccines,
    wounds,
)
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import DRUG_ADMINISTRATION

_TOPICS: tuple[Callable[..., Findings], ...] = (
    lesions.findings,
    mohs.findings,
    soft_tissue.findings,
    wounds.findings,
    biopsies.findings,
    joints.findings,
    drug_lines.findings,
    vaccines.findings,
    therapy.findings,
    anesthesia.findings,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the procedures and products of a question come to; nothing where it tells of none."""
    return joined(topic(question, knowledge=knowledge) for topic in _TOPICS)


def apart(question: Question, *, knowledge: Knowledge) -> bool:
    """Whether a drug's own line, a vaccine or a joint is asked about, and no drug administration to be worked out."""
    records = [knowledge.code(each.code, on=question.as_of) for each in question.codes]
    if any(record is not None and record.role in DRUG_ADMINISTRATION for record in records):
        return False
    ended = not any(records) and any(drug_lines.is_drug(each.code) for each in question.codes)
    injected = bool(joints.findings(question, knowledge=knowledge).opinions)
    return ended or injected or vaccines.spoken_of(question) or drug_lines.only(question, knowledge=knowledge)

"""Dated rules, where a missing one is no error but silence."""

from __future__ import annotations

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import Parameter


def parameter_of(knowledge: Knowledge, question: Question, path: str) -> Parameter | None:
    """The rule of that path in force on the date of service, None where there is none."""
    try:
        return knowledge.parameter(path, on=question.as_of)
    except KnowledgeError:
        return None


def rule_of(knowledge: Knowledge, question: Question, name: str) -> Parameter | None:
    """The rule `drug_administration.<name>` in force on the date of service, None where there is none."""
    return parameter_of(knowledge, question, f"drug_administration.{name}")

"""Work that another code already holds: the splint of a fracture, the reading of a complete test.

NCCI passes such a pair with a modifier (indicator 1), but only another site or encounter earns it.
Sources: NCCI Policy Manual IV §G; the fee schedule's PC/TC indicators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import Parameter, PtpEdit


def included_because(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, Parameter] | None:
    """Why column two is a part of column one, and the rule; None where it is a service of its own."""
    return _by_family(edit, question, knowledge) or _by_component(edit, question, knowledge)


def _by_family(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, Parameter] | None:
    rule = parameter_of(knowledge, question, "ncci.included.parts")
    whole = knowledge.code(edit.column_one, on=question.as_of)
    part = knowledge.code(edit.column_two, on=question.as_of)
    if rule is None or whole is None or part is None:
        return None
    for row in cast("Sequence[Mapping[str, Any]]", rule.value):
        if whole.family in row["whole"] and part.family in row["part"]:
            return str(row["why"]), rule
    return None


def _by_component(edit: PtpEdit, question: Question, knowledge: Knowledge) -> tuple[str, Parameter] | None:
    rule = parameter_of(knowledge, question, "ncci.included.components")
    whole = knowledge.fees.record(edit.column_one, on=question.as_of)
    part = knowledge.fees.record(edit.column_two, on=question.as_of)
    if rule is None or whole is None or part is None:
        return None
    indicators = cast("Mapping[str, Sequence[str]]", rule.value)
    if whole.pc_tc in indicators["whole"] and part.pc_tc in indicators["part"]:
        return f"{edit.column_one} is the complete test and holds its tracing and its reading", rule
    return None

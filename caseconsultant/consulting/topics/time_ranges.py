"""A note that gives a range instead of the time: what was counted is said, and the exact time asked for."""

from __future__ import annotations

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.ranges import minutes_range
from caseconsultant.domain.question import Question


def findings(question: Question, *, knowledge: Knowledge) -> Findings:  # noqa: ARG001  # as every subject is asked
    """The ask for the exact minutes; nothing where no range is told."""
    told = minutes_range(question.written)
    if told is None:
        return NOTHING
    low, high = told
    return Findings(
        asks=(f"The note gives {low} to {high} minutes, so only {low} are shown and counted: which is the exact time?",)
    )

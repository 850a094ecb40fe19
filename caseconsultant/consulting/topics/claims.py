"""A claim of any codes: what the edits, the code lists and the fee schedule's indicators say of its lines."""

from __future__ import annotations

from caseconsultant.consulting.findings import Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Plan
from caseconsultant.consulting.topics import description, ncci
from caseconsultant.domain.question import Question


def findings(question: Question, lines: Plan, *, knowledge: Knowledge) -> Findings:
    """What the tables say of the lines; an opinion on a line only where they have one."""
    described = description.findings(question, lines, knowledge=knowledge)
    edits = ncci.findings(question, lines, knowledge=knowledge) if len(lines.codes) > 1 else Findings()
    return joined((edits, described))

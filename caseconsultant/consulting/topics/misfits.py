"""Codes refused because they are those of another infusion; with no lines at all, the route is asked for."""

from __future__ import annotations

from caseconsultant.consulting.courses import route_open
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.misfits import Misfit
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Question, Service, Topic


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """What the codes asked are for, and that it is not what was given."""
    wrong = found.misfit
    if wrong:
        return joined(_refused(code, wrong, question, knowledge) for code in wrong.codes)
    services = {each.service for each in question.services}
    if found.lines or not (Service.INFUSION in services or route_open(question)):
        return NOTHING
    return Findings(asks=("By which route did it run: IV or subcutaneous?", "Which drug, and for how long?"))


def _refused(code: str, wrong: Misfit, question: Question, knowledge: Knowledge) -> Findings:
    records = [knowledge.code(each, on=question.as_of) for each in (code, wrong.opening)]
    of_codes = [each for record in records if record for each in record.references]
    references = tuple(dict.fromkeys((*wrong.references, *of_codes)))
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{code} is {wrong.why}.", references, Verdict.NO)
    return Findings((finding,), (Opinion(code, Standing.REFUSED, why=f"it is {wrong.why}"),))

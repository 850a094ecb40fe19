"""By which route a drug ran: asked where nobody says, and set right where the codes are those of another."""

from __future__ import annotations

from caseconsultant.consulting.courses import route_open
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Plan
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Question, Service, Topic

_UNDER_THE_SKIN = "96369"
_WHY = "it is for an infusion into a vein, and the drug ran under the skin"


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """Refuses the codes of a vein for a drug that ran under the skin; with no lines at all, asks for the route."""
    if found.wrong_route:
        return joined(_refused(code, question, knowledge) for code in found.wrong_route)
    services = {each.service for each in question.services}
    if found.lines or not (Service.INFUSION in services or route_open(question)):
        return NOTHING
    return Findings(asks=("By which route did it run: IV or subcutaneous?", "Which drug, and for how long?"))


def _refused(code: str, question: Question, knowledge: Knowledge) -> Findings:
    records = (knowledge.code(each, on=question.as_of) for each in (code, _UNDER_THE_SKIN))
    references = tuple(dict.fromkeys(reference for record in records if record for reference in record.references))
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{code}: {_WHY}.", references, Verdict.NO)
    return Findings((finding,), (Opinion(code, Standing.REFUSED, why=_WHY),))

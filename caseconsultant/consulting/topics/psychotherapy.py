"""A visit and psychotherapy by one clinician in one session: the therapy is an add-on to the visit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.visit_rules import VisitRules, hangs, proposed, refused, stands, told
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_OTHER_CLINICIAN = re.compile(
    r"\b(?:different|another|other|separate) (?:clinician|provider|therapist|session|time|day)|\btherapist\b|"
    r"\b(?:lcsw|psychologist)\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The add-on in place of the therapy's own code; nothing where the two are not one clinician's session."""
    add_ons = parameter_of(knowledge, question, "timed_units.psychotherapy.add_on_for_visit")
    minutes = parameter_of(knowledge, question, "timed_units.psychotherapy.minutes")
    if add_ons is None or minutes is None or _OTHER_CLINICIAN.search(question.text):
        return NOTHING
    instead = cast("Mapping[str, str]", add_ons.value)
    spans = cast("Mapping[str, Sequence[int | None]]", minutes.value)
    rules = VisitRules(knowledge, question)
    codes = proposed(question)
    visits = [code for code in codes if rules.family_of(code)]
    therapies = [code for code in codes if code in instead]
    if len(therapies) != 1 or len(visits) != 1 or len(codes) != len(visits) + len(therapies):
        return NOTHING
    visit, therapy = visits[0], therapies[0]
    add_on = instead[therapy]
    least, most = spans[add_on]
    span = f"{least} to {most} minutes" if most else f"{least} minutes or more"
    said = (
        f"Not {therapy} beside {visit}: by one clinician in one session it is {visit} with the add-on {add_on} "
        f"({span} of psychotherapy alone, apart from the time of the visit). NCCI denies the pair {therapy}/{visit}, "
        f"indicator 0."
    )
    when = f"psychotherapy by itself ran {span}, documented apart from the visit"
    verdict = Verdict.NO if question.wants_yes_or_no and "bundled" not in question.text.lower() else None
    return Findings(
        (told(said, (*add_ons.references, *minutes.references), verdict=verdict),),
        (stands(visit), refused(therapy, f"beside a visit it is the add-on {add_on}"), hangs(add_on, when)),
        headlines=(said,),
        closed=(visit, therapy),
    )

"""A visit and psychotherapy: of one clinician the therapy is an add-on to the visit, of two each has a code of its own.

Sources: CPT guidelines on psychiatry; NCCI Policy Manual XI §C (one clinician), I §A (edits are of one provider).
"""

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
from caseconsultant.domain.records import Parameter

_A_PAIR = 2

_OTHER_CLINICIAN = re.compile(
    r"\b(?:different|another|other|separate) (?:clinician|provider|therapist|session|time|day)|\btherapist\b|"
    r"\b(?:lcsw|psychologist)\b",
    re.IGNORECASE,
)
_THERAPIST = r"(?:therapists?|counsel(?:l)?ors?|psychologists?|social workers?|lcsws?|lmfts?|lpcs?|lmhcs?)"
_PRESCRIBER = (
    r"(?:psychiatrists?|pcps?|physicians?|doctors?|doc|md|nps?|pa|pmhnp|nurse practitioner|prescribers?|"
    r"family medicine|internists?)"
)
_TWO_CLINICIANS = re.compile(
    rf"\b{_THERAPIST}\b(?=(?s:.*)\b{_PRESCRIBER}\b)|\b{_PRESCRIBER}\b(?=(?s:.*)\b{_THERAPIST}\b)|"
    r"\b(?:different|another|other|separate) (?:clinician|provider|therapist|practitioner)",
    re.IGNORECASE,
)
_UNDER_ONE = re.compile(
    r"\bincident[\s-]to\b|\bunder (?:the |his |her )?(?:psychiatrist|physician|doctor|md|np|same)\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The add-on in place of the therapy's own code; nothing where the two are not one clinician's session."""
    add_ons = parameter_of(knowledge, question, "timed_units.psychotherapy.add_on_for_visit")
    minutes = parameter_of(knowledge, question, "timed_units.psychotherapy.minutes")
    if add_ons is None or minutes is None:
        return NOTHING
    if _OTHER_CLINICIAN.search(question.text):
        return _of_two(question, knowledge, add_ons, minutes)
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


def _of_two(question: Question, knowledge: Knowledge, add_ons: Parameter, minutes: Parameter) -> Findings:
    """The visit of one clinician and the psychotherapy of another on one day, each under the own number."""
    edits = parameter_of(knowledge, question, "ncci.ptp.column_rule")
    instead = cast("Mapping[str, str]", add_ons.value)
    own = {add_on: therapy for therapy, add_on in instead.items()}
    rules = VisitRules(knowledge, question)
    codes = proposed(question)
    visits = [code for code in codes if rules.family_of(code)]
    therapies = [code for code in codes if code in instead or code in own]
    told_of_two = _TWO_CLINICIANS.search(question.text) and not _UNDER_ONE.search(question.text)
    if edits is None or not told_of_two or len(visits) != 1 or len(therapies) != 1 or len(codes) != _A_PAIR:
        return NOTHING
    visit, therapy = visits[0], therapies[0]
    asked = question.wants_yes_or_no
    if therapy in instead:
        said = (
            f"Two clinicians, each billing under the own number: {visit} of the one and {therapy} of the other stand "
            "on the same day. Their edit is of one clinician's claims (or one group and specialty): "
            "no 25 or 59 is needed for it."
        )
        finding = told(said, (*edits.references, *add_ons.references), verdict=Verdict.YES if asked else None)
        return Findings((finding,), (stands(visit), stands(therapy)), headlines=(said,), closed=(visit, therapy))
    least, most = cast("Mapping[str, Sequence[int | None]]", minutes.value)[therapy]
    span = f"{least} to {most} minutes" if most else f"{least} minutes or more"
    said = (
        f"{therapy} is the add-on to a visit of the same clinician in the same session. Psychotherapy by another "
        f"clinician than the one of {visit} is {own[therapy]} ({span})."
    )
    finding = told(said, (*add_ons.references, *minutes.references), verdict=Verdict.NO if asked else None)
    opinions = (stands(visit), refused(therapy, "the visit is another clinician's"), stands(own[therapy]))
    return Findings((finding,), opinions, headlines=(said,), closed=(visit, therapy, own[therapy]))

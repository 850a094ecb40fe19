"""One initial service an encounter: which one stands, and what a second one becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from caseconsultant.consulting.branches import settings_of
from caseconsultant.consulting.calculators.infusion import secondary_hydration
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.domain.answer import Branch, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Circumstance, Question, Topic
from caseconsultant.domain.records import Parameter

INSTEAD = {"96374": "96375", "96360": "96361", "96365": "96367", "96409": "96411", "96413": "96417"}
"""What a second initial service becomes beside the first; the add-on record of each must name the first as primary."""

_HYDRATION = "96360"
"""What an office may have first and a hospital ranks last."""
_RANKED = re.compile(
    r"\b(?:hierarchy|rank(?:s|ed|ing)?|initial (?:code|service)|primary (?:code|service))\b|"
    r"\b(?:put|puts|goes?|list(?:s|ed)?|cod(?:es?|ed)|bill(?:s|ed)?|come|comes|report(?:s|ed)?)\s[^.?!\n]{0,30}\bfirst\b",
    re.IGNORECASE,
)
_COMPARED = {
    Setting.OFFICE: re.compile(r"\bhospital\w{0,2}\b|\bfacility\b|\bhopd\b", re.IGNORECASE),
    Setting.OUTPATIENT_HOSPITAL: re.compile(r"\boffices?\b|\bphysician\w{0,2}\b|\bdoctor'?s\b", re.IGNORECASE),
}
"""The other side, by the side that asks."""


def one_initial(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """The first of several initial services, and on what each other one hangs (NCCI Policy Manual XI §B.2)."""
    initials = rule_of(knowledge, question, "initial.codes")
    rank = rule_of(knowledge, question, "initial.facility_rank")
    if initials is None or rank is None:
        return NOTHING
    opening = cast("Sequence[str]", initials.value)
    present = [code for code in found.codes if code in opening and code not in found.replaced]
    if len(present) == 1 and ranking_compared(question):
        return _other_ranking(present[0], question, knowledge)
    if len(present) < 2 or set(present) <= set(question.alternatives):  # noqa: PLR2004 - one initial service is the rule itself
        return NOTHING
    order = cast("Sequence[str]", rank.value)
    ranked = sorted(present, key=lambda code: order.index(code) if code in order else len(order))
    return joined(
        (
            *(_second_initial(ranked[0], other, found, initials, question, knowledge) for other in ranked[1:]),
            _choice(question, knowledge),
        )
    )


def ranking_compared(question: Question) -> bool:
    """Whether the sender asks if the order of an office's lines is that of a hospital's, or the other way round."""
    setting = question.setting
    if setting not in _COMPARED or not question.wants_yes_or_no:
        return False
    return _RANKED.search(question.text) is not None and _COMPARED[setting].search(question.text) is not None


def _other_ranking(first: str, question: Question, knowledge: Knowledge) -> Findings:
    """Each side has its own way to choose the initial service: no, where here it comes out otherwise."""
    practitioner = rule_of(knowledge, question, "initial.practitioner_rule")
    facility = rule_of(knowledge, question, "initial.facility_rank")
    if practitioner is None or facility is None:
        return NOTHING
    office = question.setting is Setting.OFFICE
    ours, theirs = (
        (f"in the office the initial service is {practitioner.value}", "a hospital's ranking does not hold there")
        if office
        else ("a hospital ranks infusion before push before hydration", "an office's main reason does not decide there")
    )
    statement = f"{ours[0].upper()}{ours[1:]}; {theirs}."
    references = (practitioner if office else facility).references
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, references, Verdict.NO)
    if office == (first == _HYDRATION):
        return Findings((finding,), corrections=(statement,))
    return Findings((replace(finding, verdict=None),))


def _choice(question: Question, knowledge: Knowledge) -> Findings:
    """How an office chooses the initial service; a hospital has its ranking in the guidance."""
    rule = rule_of(knowledge, question, "initial.practitioner_rule")
    if rule is None or Setting.OFFICE not in settings_of(question):
        return NOTHING
    statement = f"In the office the initial service is {rule.value}."
    branch = Branch(setting=Setting.OFFICE)
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, statement, rule.references, branch=branch),),
        changes=("In the office the initial code changes if another service was the main reason for the visit.",),
    )


def _second_initial(
    first: str, other: str, found: Plan, rule: Parameter, question: Question, knowledge: Knowledge
) -> Findings:
    instead = _add_on_instead(first, other, question, knowledge)
    statement = f"{first} and {other} both open an encounter; one initial code is reported for it."
    references = rule.references
    if instead:
        statement += f" Through the same site {other} becomes {instead.code}."
        references = (*references, instead.reference)
    when = "a second site was medically necessary, or it was a second encounter that day"
    settled = Circumstance.OTHER_ENCOUNTER in question.circumstances
    standing = Standing.STANDS if settled else Standing.CONDITIONAL
    finding = Finding(
        Topic.GUIDELINES, Kind.CODABLE, statement, references, Verdict.DEPENDS, missing=("site and encounter",)
    )
    opinion = Opinion(other, standing, when=when, modifiers=distinct(question, knowledge))
    opinions = (opinion, *_through_the_same_site(instead, other, found, question, knowledge))
    return Findings((finding,), opinions, asks=("Were there two sites or two encounters, and why were both needed?",))


def _through_the_same_site(
    instead: _Instead | None, other: str, found: Plan, question: Question, knowledge: Knowledge
) -> tuple[Opinion, ...]:
    """What the second service is reported as where it shared the first one's site."""
    if instead is None or found.asked(instead.code):
        return ()
    minutes = next((each.minutes for each in found.timed if each.opening == other), None)
    units = 1
    if other == "96360" and minutes is not None:
        units = sum(secondary_hydration(minutes, knowledge=knowledge, on=question.as_of).units.values())
    when = f"it went through the same site; then in place of {other}"
    return (Opinion(instead.code, Standing.CONDITIONAL, units, when=when, most=units),) if units else ()


def distinct(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """The modifiers for a second site or encounter that are in force on the date: the X modifiers began in 2015."""
    rule = rule_of(knowledge, question, "distinct.modifiers")
    held = cast("Sequence[str]", rule.value) if rule else ()
    return tuple(each for each in ("59", "XS", "XE") if each in held)


class _Instead:
    __slots__ = ("code", "reference")

    def __init__(self, code: str, reference: Reference) -> None:
        self.code = code
        self.reference = reference


def _add_on_instead(first: str, other: str, question: Question, knowledge: Knowledge) -> _Instead | None:
    code = INSTEAD.get(other)
    record = knowledge.add_on(code, on=question.as_of) if code else None
    return _Instead(record.code, record.reference) if record and first in record.primaries else None

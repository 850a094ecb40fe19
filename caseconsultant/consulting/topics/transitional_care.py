"""Care after a discharge (99495, 99496) by the day of the visit and the level of decision making."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.calculators.transitional import transition_code
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.transitional import Transition, transition
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.visit_rules import hangs, proposed, refused, stands, told
from caseconsultant.domain.answer import Reference, Verdict
from caseconsultant.domain.question import Question

_PATH = "care_management.transitional"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code that the day earns; nothing where no day of the visit is told."""
    facts = transition(question.text, year=question.as_of.year)
    within = parameter_of(knowledge, question, f"{_PATH}.visit_within_days")
    least = parameter_of(knowledge, question, f"{_PATH}.decision_making")
    contact = parameter_of(knowledge, question, f"{_PATH}.contact_business_days")
    if facts is None or facts.day is None or facts.no_contact or within is None or least is None or contact is None:
        return NOTHING
    days = cast("Mapping[str, int]", within.value)
    levels = cast("Mapping[str, str]", least.value)
    references = (*within.references, *contact.references)
    rule = (
        "; ".join(f"{code} is {levels[code]} decision making seen within {days[code]} days" for code in days)
        + f". Contact within {contact.value} business days of discharge either way."
    )
    if facts.level is None:
        return _open(facts, days, levels, rule, references)
    code = transition_code(facts.day, facts.level, days, levels)
    told_of = f"Visit on day {facts.day} with {facts.level} decision making"
    said = f"{told_of}: {code}. {rule}" if code else f"{told_of} earns neither; report the visit by its level. {rule}"
    return _ruled(code, said, question, days, references)


def _ruled(
    code: str | None, said: str, question: Question, days: Mapping[str, int], references: Sequence[Reference]
) -> Findings:
    asked = [each for each in proposed(question) if each in days]
    choice = set(asked) <= set(question.alternatives)
    wrong = [each for each in asked if each != code]
    verdict = None if choice and code else Verdict.NO if wrong or not code else Verdict.YES if asked else None
    why = f"the day and the level told are {code}" if code else "the day and the level told earn neither"
    lines = [] if code is None else [stands(code)]
    lines += [refused(each, why) for each in wrong if not (choice and code)]
    return Findings(
        (told(said, tuple(references), verdict=verdict),), tuple(lines), headlines=(said,), closed=tuple(days)
    )


def _open(
    facts: Transition,
    days: Mapping[str, int],
    levels: Mapping[str, str],
    rule: str,
    references: Sequence[Reference],
) -> Findings:
    """Each code that the day still allows, on its level."""
    day = facts.day or 0
    by_level = {level: transition_code(day, level, days, levels) for level in levels.values()}
    lines: dict[str, Opinion] = {}
    for level, code in by_level.items():
        if code and code not in lines:
            lines[code] = hangs(code, f"decision making was {level}{'' if level == 'high' else ' or more'}")
    if not lines:
        said = f"A visit on day {day} is too late for both; report it by its level. {rule}"
        return Findings((told(said, tuple(references), verdict=Verdict.NO),), headlines=(said,))
    said = f"On day {day}: {' or '.join(lines)}, by decision making. {rule}"
    return Findings(
        (told(said, tuple(references), verdict=Verdict.DEPENDS),),
        tuple(lines.values()),
        asks=("Was decision making moderate or high?",),
        headlines=(said,),
        closed=tuple(days),
    )

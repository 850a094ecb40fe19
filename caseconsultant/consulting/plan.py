"""The claim lines a question is about: what was asked, and what its minutes and words make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from caseconsultant.consulting.calculators.infusion import (
    InfusionUnits,
    infusion_units,
    opening_codes,
    secondary_hydration,
)
from caseconsultant.consulting.courses import OPENED_BY_VEIN, Course, Order, courses, run_in
from caseconsultant.consulting.encounter import EncounterCodes, encounter, encounter_codes, restarted
from caseconsultant.consulting.informational import informational
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.misfits import misfit
from caseconsultant.consulting.one_drug import without_a_second_drug
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.succession import ended
from caseconsultant.consulting.timed_lines import infusions
from caseconsultant.consulting.worded_codes import cancer_drugs, injections, pushed_again, worded_codes
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Question, Service
from caseconsultant.domain.records import DRUG_ADMINISTRATION

MOST_LINES = 24
"""A claim holds no more lines that matter; a longer list is answered for its first ones."""

_SECONDARY = "96361"
_INITIAL_VEIN = frozenset({"96365", "96374", "96409", "96413"})
_DRUG_RUN_IN, _IN_TURN, _CONCURRENT = "96365", "96367", "96368"
_CHEMOTHERAPY, _CHEMOTHERAPY_IN_TURN = "96413", "96417"


def plan(question: Question, *, knowledge: Knowledge) -> Plan:
    """The claim lines of a question. Raises nothing: what the knowledge base has no rule for stays as asked."""
    written = {mention.code: mention for mention in _one_of_each(question.codes) if not mention.absent}
    over = {code: gone for code in written if (gone := ended(code, on=question.as_of, knowledge=knowledge))}
    asked = {code: each for code, each in written.items() if code not in over}
    since = {gone.by[0]: None for gone in over.values() if gone.by and _gives_a_drug(gone.by[0], question, knowledge)}
    found = _of_codes(asked, since, question, knowledge)
    return replace(found, lines=(*(Line(code, written[code]) for code in over), *found.lines)) if over else found


def _gives_a_drug(code: str, question: Question, knowledge: Knowledge) -> bool:
    record = knowledge.code(code, on=question.as_of)
    return record is not None and record.role in DRUG_ADMINISTRATION


def _of_codes(
    asked: Mapping[str, CodeMention], since: Mapping[str, int | None], question: Question, knowledge: Knowledge
) -> Plan:
    """The lines of the codes in force and of the successors of others (`since`), with what words and minutes bring."""
    try:
        openings = opening_codes(knowledge=knowledge, on=question.as_of)
    except KnowledgeError:
        return _planned(asked, {}, (), question, knowledge)
    wrong = misfit(asked, question, knowledge)
    if wrong is None:
        return _worked_out(asked, since, question, openings, knowledge)
    fitting = {code: each for code, each in asked.items() if code not in wrong.codes}
    right = _worked_out(fitting, {wrong.opening: None}, question, openings, knowledge)
    lines = (*(Line(code, asked[code]) for code in wrong.codes), *right.lines)
    return replace(right, lines=lines, replaced=(*wrong.codes, *right.replaced), misfit=wrong)


def _worked_out(
    asked: Mapping[str, CodeMention],
    told: Mapping[str, int | None],
    question: Question,
    openings: Mapping[str, str],
    knowledge: Knowledge,
) -> Plan:
    """The plan of the codes asked, with those the words brought already (`told`)."""
    asked = dict(asked)
    cancer = cancer_drugs(question, knowledge)
    went_on = restarted(question)
    if went_on is not None and not told and not asked:
        once = infusion_units(_DRUG_RUN_IN, went_on, knowledge=knowledge, on=question.as_of)
        return _planned(asked, {_DRUG_RUN_IN: None}, (once,), question, knowledge)
    day = encounter_codes(encounter(question, cancer), question.setting)
    if day is not None and not told:
        return _of_day(day, asked, question, knowledge)
    runs = () if _at_two_sites(asked, question) else courses(question, cancer)
    chemotherapy = any(each.service is Service.CHEMO_INFUSION for each in question.services)
    opens = bool(runs) and not chemotherapy and asked.keys().isdisjoint(OPENED_BY_VEIN)
    brought: dict[str, int | None] = {**told, **({_DRUG_RUN_IN: None} if opens else {})}
    worded = brought | worded_codes(question, asked, brought, knowledge) | pushed_again(question, asked)
    if _DRUG_RUN_IN in worded and asked.keys().isdisjoint(OPENED_BY_VEIN) and cancer & run_in(question):
        worded = {_CHEMOTHERAPY if code == _DRUG_RUN_IN else code: units for code, units in worded.items()}
    if _DRUG_RUN_IN in worded and not runs and {_CHEMOTHERAPY, _DRUG_RUN_IN} == set(question.alternatives):
        worded = {_CHEMOTHERAPY: None, **worded}
    if _hydrates_beside(question, worded):
        asked.pop("96360", None)
    second, _ = without_a_second_drug(asked, question, knowledge)
    first = [code for code in (*asked, *worded) if code not in second]
    timed, untimed = infusions(question, first, openings, knowledge)
    if not runs:
        return _planned(asked, worded, timed, question, knowledge, untimed)
    opening = next((code for code in OPENED_BY_VEIN if code in {*asked, *worded}), _DRUG_RUN_IN)
    by_course = _by_course(runs, opening, question, knowledge)
    if any(each.order is Order.AT_ONCE for each in runs[1:]):
        worded = {**worded, _CONCURRENT: 1}
    timed = (*by_course, *(each for each in timed if each.opening != opening))
    found = _planned(asked, worded, timed, question, knowledge, [each for each in untimed if each != opening])
    return replace(found, unplaced=_units_of(runs, Order.OPEN, opening, question, knowledge))


def _of_day(day: EncounterCodes, asked: Mapping[str, CodeMention], question: Question, knowledge: Knowledge) -> Plan:
    """The plan of a day told drug by drug."""
    timed = tuple(
        secondary_hydration(each.minutes, knowledge=knowledge, on=question.as_of)
        if each.code == _SECONDARY
        else infusion_units(each.code, each.minutes, knowledge=knowledge, on=question.as_of)
        for each in day.opened
    )
    worded: dict[str, int | None] = {**dict.fromkeys(each.code for each in day.opened), **day.counted}
    return _planned(asked, worded, timed, question, knowledge)


def _by_course(
    runs: Sequence[Course], opening: str, question: Question, knowledge: Knowledge
) -> tuple[InfusionUnits, ...]:
    """The first drug opens; each new one after it is a sequential infusion, or a push where it ran too short."""
    first = infusion_units(opening, runs[0].minutes, knowledge=knowledge, on=question.as_of)
    return (first, *_units_of(runs, Order.IN_TURN, opening, question, knowledge))


def _units_of(
    runs: Sequence[Course], order: Order, opening: str, question: Question, knowledge: Knowledge
) -> tuple[InfusionUnits, ...]:
    """A new cancer drug after chemotherapy is chemotherapy too, any other drug is not."""
    cancer = cancer_drugs(question, knowledge) if opening == _CHEMOTHERAPY else frozenset()
    return tuple(
        infusion_units(
            _CHEMOTHERAPY_IN_TURN if each.drug in cancer else _IN_TURN,
            each.minutes,
            knowledge=knowledge,
            on=question.as_of,
        )
        for each in runs[1:]
        if each.order is order
    )


def _hydrates_beside(question: Question, worded: Mapping[str, int | None]) -> bool:
    """`96360 or 96361?` beside another initial service is 96361."""
    return {"96360", _SECONDARY} <= set(question.alternatives) and not {"96365", "96374"}.isdisjoint(worded)


def _one_of_each(mentions: Sequence[CodeMention]) -> Iterable[CodeMention]:
    """The lines by code: units of several lines of one code add up."""
    first: dict[str, CodeMention] = {}
    for mention in mentions:
        known = first.get(mention.code)
        first[mention.code] = mention if known is None else _added(known, mention)
    return list(first.values())[:MOST_LINES]


def _added(first: CodeMention, second: CodeMention) -> CodeMention:
    written = first.units is not None and first.units > 1  # `96372 x2, or 96372 and 96372-59`: one way of two
    units = first.units if written else (first.units or 1) + (second.units or 1)
    return replace(first, units=units, modifiers=tuple(dict.fromkeys((*first.modifiers, *second.modifiers))))


def _in_order(named: Sequence[str], timed: Sequence[InfusionUnits], earned: Mapping[str, int]) -> list[str]:
    """The codes as named, each infusion's opening before its further hours."""
    ordered: dict[str, None] = {}
    for code in [*named, *earned]:
        infusion = next((each for each in timed if code in each.units or code == each.opening), None)
        together = [each for each in infusion.units if each in earned] if infusion and code in infusion.units else []
        ordered |= dict.fromkeys([*together, code])
    return list(ordered)


def _planned(
    asked: Mapping[str, CodeMention],
    worded: Mapping[str, int | None],
    timed: Sequence[InfusionUnits],
    question: Question,
    knowledge: Knowledge,
    untimed: Sequence[str] = (),
) -> Plan:
    absent = {mention.code for mention in question.codes if mention.absent}
    counted = injections(asked, question) | {code: count for code, count in worded.items() if count}
    earned = counted | _earned(timed, absent | _at_two_sites(asked, question), counted)
    replaced = {each.opening for each in timed if each.opening not in each.units} - earned.keys()
    named = [*asked, *(code for code in worded if code not in replaced)]
    codes = _in_order(named, timed, earned)
    roles = {code: record.role if (record := knowledge.code(code, on=question.as_of)) else None for code in codes}
    lines = tuple(Line(code, asked.get(code), earned.get(code)) for code in codes)
    return Plan(
        lines,
        tuple(timed),
        tuple(untimed),
        roles,
        tuple(code for code in codes if code in replaced),
        informational=informational(question, timed=bool(timed)),
    )


def _at_two_sites(asked: Mapping[str, CodeMention], question: Question) -> set[str]:
    """Initial codes on two lines, told of two sites or encounters: the minutes of one say nothing of the other."""
    apart = {Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER} & set(question.circumstances)
    return {code for code, each in asked.items() if apart and code in _INITIAL_VEIN and (each.units or 1) > 1}


def _earned(timed: Sequence[InfusionUnits], absent: AbstractSet[str], counted: Mapping[str, int]) -> dict[str, int]:
    """The units of all the courses by code, with those counted by drug where a course too short became a push."""
    total: dict[str, int] = {}
    for each in timed:
        for code, units in each.units.items():
            if code not in absent:
                total[code] = total.get(code, counted.get(code, 0)) + units
    return total

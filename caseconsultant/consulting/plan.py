"""The claim lines a question is about: what was asked, and what its minutes and words make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import cast

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
from caseconsultant.consulting.misfits import Misfit, misfit
from caseconsultant.consulting.reading.drugs import injected, pushed, times_beside
from caseconsultant.consulting.succession import ended
from caseconsultant.domain.codes import CodeMention, Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Intent, Question, Service
from caseconsultant.domain.records import DRUG_ADMINISTRATION, Role

MOST_LINES = 24
"""A claim holds no more lines that matter; a longer list is answered for its first ones."""

_OPENED_BY = {
    Service.SC_INFUSION: "96369",
    Service.IV_INFUSION: "96365",
    Service.CHEMO_INFUSION: "96413",
    Service.HYDRATION: "96360",
}
_FAMILY_OF = {
    Service.SC_INFUSION: ("subcutaneous",),
    Service.IV_INFUSION: ("therapeutic", "chemotherapy_infusion"),
    Service.INFUSION: ("subcutaneous", "therapeutic", "chemotherapy_infusion", "hydration"),
    Service.CHEMO_INFUSION: ("chemotherapy_infusion",),
    Service.HYDRATION: ("hydration",),
    Service.IV_PUSH: ("push", "chemotherapy_push"),
    Service.INJECTION: ("injection", "chemotherapy_injection"),
}
_VISITS = "office_visit"
_PRODUCTS = "immune_globulin"
_INITIAL = frozenset({Role.INITIAL, Role.PUSH_INITIAL})
_SECONDARY = "96361"
_INJECTION = "96372"
_NO_INJECTION = re.compile(r"20(?:52[67]|55[0-3]|60[0-9]|61[01])|6[24]\d{3}|67028|119[0-2]\d|27096|46500")
"""Procedures that inject: the injection told of is theirs, and no 96372."""
_INITIAL_VEIN = frozenset({"96365", "96374", "96409", "96413"})
_AGAIN = "96376"
_DRUG_RUN_IN, _IN_TURN, _CONCURRENT = "96365", "96367", "96368"
_CHEMOTHERAPY, _CHEMOTHERAPY_IN_TURN = "96413", "96417"
_PUSHES = frozenset({"96374", "96375", _AGAIN})
_TAKES_ITS_PLACE = {Service.IV_PUSH: 1, Service.HYDRATION: 2}
"""An infusion is the initial service before a push, a push before hydration, where the words alone tell."""
_HELD_PRODUCTS = frozenset({"J1551", "J1555", "J1558", "J1559", "J1561", "J1569", "J1575"})


@dataclass(frozen=True, slots=True)
class Line:
    """A claim line in question. `asked` is the mention, None where words or minutes brought the line."""

    code: str
    asked: CodeMention | None = None
    earned: int | None = None
    """Units the minutes earn; None where no minutes speak of it."""

    @property
    def units(self) -> int:
        """The units to report: earned, else as asked, else one."""
        return self.earned or (self.asked.units if self.asked else None) or 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines, and the arithmetic of every infusion whose minutes are known."""

    lines: tuple[Line, ...]
    timed: tuple[InfusionUnits, ...] = ()
    untimed: tuple[str, ...] = ()
    """Opening codes of infusions whose minutes nobody wrote."""
    roles: Mapping[str, Role | None] | None = None

    replaced: tuple[str, ...] = ()
    """Codes the minutes do not reach: another code, or none, stands in their place."""
    unplaced: tuple[InfusionUnits, ...] = ()
    """Further drugs of which nobody says whether they ran after the first or beside it, as if after it."""
    misfit: Misfit | None = None
    """Codes asked that are those of another infusion than the one told of."""
    informational: bool = False
    """Only what a code is or whether it is valid was asked: there is no claim."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in question, each once."""
        return tuple(line.code for line in self.lines)

    @property
    def initials(self) -> tuple[str, ...]:
        """The codes among the lines that open an encounter."""
        roles = self.roles or {}
        return tuple(code for code in self.codes if roles.get(code) in _INITIAL and code not in self.replaced)

    def line(self, code: str) -> Line | None:
        """The line of a code."""
        return next((line for line in self.lines if line.code == code), None)

    def asked(self, code: str) -> bool:
        """Whether the sender wrote the code."""
        line = self.line(code)
        return line is not None and line.asked is not None


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
    cancer_drugs = _cancer_drugs(question, knowledge)
    went_on = restarted(question)
    if went_on is not None and not told and not asked:
        once = infusion_units(_DRUG_RUN_IN, went_on, knowledge=knowledge, on=question.as_of)
        return _planned(asked, {_DRUG_RUN_IN: None}, (once,), question, knowledge)
    day = encounter_codes(encounter(question, cancer_drugs), question.setting)
    if day is not None and not told:
        return _of_day(day, asked, question, knowledge)
    runs = () if _at_two_sites(asked, question) else courses(question, cancer_drugs)
    chemotherapy = any(each.service is Service.CHEMO_INFUSION for each in question.services)
    opens = bool(runs) and not chemotherapy and asked.keys().isdisjoint(OPENED_BY_VEIN)
    brought: dict[str, int | None] = {**told, **({_DRUG_RUN_IN: None} if opens else {})}
    worded = brought | _worded_codes(question, asked, brought, knowledge) | _pushed_again(question, asked)
    if _DRUG_RUN_IN in worded and asked.keys().isdisjoint(OPENED_BY_VEIN) and cancer_drugs & run_in(question):
        worded = {_CHEMOTHERAPY if code == _DRUG_RUN_IN else code: units for code, units in worded.items()}
    if _DRUG_RUN_IN in worded and not runs and {_CHEMOTHERAPY, _DRUG_RUN_IN} == set(question.alternatives):
        worded = {_CHEMOTHERAPY: None, **worded}
    if _hydrates_beside(question, worded):
        asked.pop("96360", None)
    timed, untimed = _infusions(question, [*asked, *worded], openings, knowledge)
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


def _cancer_drugs(question: Question, knowledge: Knowledge) -> frozenset[str]:
    try:
        return frozenset(cast("Sequence[str]", knowledge.parameter("drugs.cancer_drug", on=question.as_of).value))
    except KnowledgeError:
        return frozenset()


def _units_of(
    runs: Sequence[Course], order: Order, opening: str, question: Question, knowledge: Knowledge
) -> tuple[InfusionUnits, ...]:
    """A new cancer drug after chemotherapy is chemotherapy too, any other drug is not."""
    cancer_drugs = _cancer_drugs(question, knowledge) if opening == _CHEMOTHERAPY else frozenset()
    return tuple(
        infusion_units(
            _CHEMOTHERAPY_IN_TURN if each.drug in cancer_drugs else _IN_TURN,
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


def _worded_codes(
    question: Question, asked: Mapping[str, CodeMention], brought: Mapping[str, int | None], knowledge: Knowledge
) -> dict[str, int | None]:
    """Codes of services named in words, where the sender asks which code, and named none that covers them.

    Each with its units where the words count them.
    """
    families = {record.family for code in asked if (record := knowledge.code(code, on=question.as_of))}
    open_question = not question.intents or Intent.WHICH_CODE in question.intents or bool(question.alternatives)
    only_visits = families == {_VISITS}
    open_question = open_question or (Intent.MODIFIER in question.intents and len(asked) == 1)
    pushed_beside = bool(asked) and not {"push", "chemotherapy_push"} & families and bool(pushed(question))
    only_drugs = all(code[0] in "JQ" and code not in _HELD_PRODUCTS for code in asked)
    if asked and not only_drugs and not (families - {_PRODUCTS} and (open_question or only_visits)):
        if not (pushed_beside and _INITIAL_VEIN.intersection(asked)):
            return {}
        return dict(_codes_of(Service.IV_PUSH, question, list(asked)))
    found: dict[str, int | None] = {}
    cancer = _cancer_drugs(question, knowledge) & {each.drug for each in question.drugs}
    for mention in sorted(question.services, key=lambda each: _TAKES_ITS_PLACE.get(each.service, 0)):
        if mention.service is Service.INFUSION and cancer and not asked and question.minutes:
            found.setdefault(_CHEMOTHERAPY, None)
        elif mention.service is Service.INJECTION and any(_NO_INJECTION.fullmatch(code) for code in asked):
            continue
        elif families.isdisjoint(_FAMILY_OF.get(mention.service, ())):
            found |= {
                code: count
                for code, count in _codes_of(mention.service, question, [*asked, *brought, *found])
                if code not in found
            }
    return found


def _codes_of(service: Service, question: Question, others: Sequence[str]) -> Iterable[tuple[str, int | None]]:
    pushes = pushed(question) if service is Service.IV_PUSH else {}
    if not pushes or _PUSHES.intersection(others):
        return [(code, None) for code in _code_of(service, others)]
    return _push_codes(pushes, question, beside=bool(_INITIAL_VEIN.intersection(others)))


def _injections(asked: Mapping[str, CodeMention], question: Question) -> dict[str, int]:
    """Two or more drugs injected are as many units where the sender wrote none."""
    line = asked.get(_INJECTION)
    drugs = len(injected(question))
    return {_INJECTION: drugs} if line and line.units is None and drugs > 1 else {}


def _pushed_again(question: Question, asked: Mapping[str, CodeMention]) -> dict[str, int | None]:
    """The same drug again beside a push the sender coded: 96376, which only a hospital has."""
    if _AGAIN in {each.code for each in question.codes} or question.setting not in {None, Setting.OUTPATIENT_HOSPITAL}:
        return {}
    pushes = [each for code, each in asked.items() if code in _PUSHES]
    told = set(question.circumstances) & {Circumstance.SAME_DRUG, Circumstance.OTHER_DRUG}
    again = sum(each.units or 1 for each in pushes) - 1 if told == {Circumstance.SAME_DRUG} and pushes else 0
    again = again or sum(times_beside(question, each.span) - 1 for each in pushes)
    return {_AGAIN: again} if again else {}


def _push_codes(pushes: Mapping[str, int], question: Question, *, beside: bool) -> Iterable[tuple[str, int]]:
    """The first drug pushed, each further new one, and in a hospital the same drug again."""
    again = sum(times - 1 for times in pushes.values())
    new = len(pushes) - (not beside)
    found = [] if beside else [("96374", 1)]
    if new:
        found.append(("96375", new))
    if again and question.setting in {None, Setting.OUTPATIENT_HOSPITAL}:
        found.append((_AGAIN, again))
    return found


def _code_of(service: Service, others: Sequence[str]) -> tuple[str, ...]:
    if service is Service.IV_PUSH:
        return ("96375",) if _INITIAL_VEIN.intersection(others) else ("96374",)
    if service is Service.HYDRATION and {"96365", "96374", "96413"}.intersection(others):
        return (_SECONDARY,)
    if service is Service.INJECTION:
        return ("96372",)
    return (_OPENED_BY[service],) if service in _OPENED_BY else ()


def _infusions(
    question: Question, codes: Sequence[str], openings: Mapping[str, str], knowledge: Knowledge
) -> tuple[tuple[InfusionUnits, ...], tuple[str, ...]]:
    timed: list[InfusionUnits] = []
    untimed: list[str] = []
    opened = _opened(codes, openings)
    infusions = {*openings, *openings.values()}
    for opening in opened:
        alone = len(opened) == 1 or set(opened) <= set(question.alternatives)
        minutes = _minutes_of(question, opening, openings.get(opening), infusions, alone=alone)
        if minutes is None:
            untimed.append(opening)
        elif opening == _SECONDARY:
            timed.append(secondary_hydration(minutes, knowledge=knowledge, on=question.as_of))
        else:
            timed.append(infusion_units(opening, minutes, knowledge=knowledge, on=question.as_of))
    return tuple(timed), tuple(untimed)


def _opened(codes: Sequence[str], openings: Mapping[str, str]) -> list[str]:
    """The infusions the codes belong to, by their opening codes; 96361 without 96360 beside another is secondary."""
    found: dict[str, None] = {}
    for code in codes:
        if code in openings:
            found[code] = None
    for code in codes:
        parents = [opening for opening, additional in openings.items() if additional == code]
        if not parents or found.keys() & set(parents):
            continue
        found[_SECONDARY if code == _SECONDARY and len(codes) > 1 else parents[0]] = None
    return list(found)


def _minutes_of(
    question: Question, opening: str, additional: str | None, infusions: AbstractSet[str], *, alone: bool
) -> int | None:
    """Minutes written of the code, else of the service in words, else the only ones there are."""
    own = {opening, additional}
    spells = {
        each.arithmetic
        for each in question.durations
        if " to " in each.arithmetic and (not each.codes or own & set(each.codes))
    }
    if alone and len(spells) > 1:  # an infusion with a pause, or two: which minutes count is not plain
        return None
    wanted = own | set(question.alternatives) if opening in question.alternatives else own
    of_code = [each.minutes for each in question.durations if wanted & set(each.codes)]
    if of_code:
        return of_code[0]
    service = next((each for each, code in _OPENED_BY.items() if code == _root(opening)), None)
    spoken = {service, Service.IV_INFUSION} if alone and opening == _CHEMOTHERAPY else {service}
    of_service = [each.minutes for each in question.services if each.minutes and each.service in spoken]
    if of_service:
        return sum(of_service)
    others = infusions - own
    return question.minutes if alone and not any(others & set(each.codes) for each in question.durations) else None


def _root(opening: str) -> str:
    return "96360" if opening == _SECONDARY else opening


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
    counted = _injections(asked, question) | {code: count for code, count in worded.items() if count}
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

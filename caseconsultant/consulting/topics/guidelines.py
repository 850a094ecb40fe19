"""What CPT and the manuals say of the lines: infusion time, one initial service, set-ups, what each code is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from caseconsultant.consulting.calculators.infusion import (
    InfusionUnits,
    minutes_for,
    opening_codes,
)
from caseconsultant.consulting.courses import at_once
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.consulting.topics import further_drugs, misfits, shot_only
from caseconsultant.consulting.topics.initial import INSTEAD, distinct, one_initial
from caseconsultant.domain.answer import ConditionalLine, Finding, Kind, Verdict
from caseconsultant.domain.question import Circumstance, Question, Service, Topic
from caseconsultant.domain.records import CodeRecord, Role

_RULES = "drug_administration"
_FLUSH_CODE = "96523"
_PUSHED = (Role.PUSH_INITIAL, Role.PUSH_SEQUENTIAL)
_INFUSED, _CONCURRENT = "96365", "96368"
_MANY = 2
"""A push beside other lines is not what was called a flush."""
_NEEDED = re.compile(
    r"\bmedically necess\w+|\brequired by (?:the\s)?(?:protocol|order)|\bprotocol requires|"
    r"\border(?:s|ed)?\b[^.?!]{0,20}\b(?:says?|two|separate)\b",
    re.IGNORECASE,
)
_SECOND_LINE = (
    "The second {code} goes on a line of its own with the modifier; the note names both sites and why one was not "
    "enough."
)
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """Units with their arithmetic, the one initial service, set-ups, choices between codes."""
    if found.informational:
        return NOTHING
    return joined(
        (
            *(_timed(each, found, question) for each in found.timed),
            *(_untimed(each, found, question, knowledge) for each in found.untimed),
            _plain_lines(found),
            further_drugs.findings(question, found, knowledge=knowledge),
            _each_given(found, question, knowledge),
            _once(found, question, knowledge),
            _setup(found, question, knowledge),
            one_initial(found, question, knowledge),
            _included(found, question, knowledge),
            _sole(found, question, knowledge),
            shot_only.findings(question, knowledge=knowledge),
            misfits.findings(question, found, knowledge=knowledge),
            _choice_of_codes(found, question, knowledge),
        )
    )


def _timed(units: InfusionUnits, found: Plan, question: Question) -> Findings:
    statement, verdict = _units_statement(units, found)
    length = next((each.arithmetic for each in question.durations if each.minutes == units.minutes), None)
    arithmetic = " ".join(dict.fromkeys(filter(None, (_worked(length), units.arithmetic))))
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, units.references, verdict, arithmetic)
    return Findings(
        (finding,),
        tuple(_timed_opinions(units, found)),
        changes=_changes(units),
        corrections=tuple(_wrong_units(units, found)),
    )


def _worked(length: str | None) -> str | None:
    return f"{length}." if length and "=" in length else None


def _units_statement(units: InfusionUnits, found: Plan) -> tuple[str, Verdict | None]:
    wrong = list(_wrong_units(units, found))
    if not units.units:
        return f"{units.minutes} minutes of hydration is not reported: {units.floor} minutes are needed.", Verdict.NO
    lines = " and ".join(f"{code} x{count}" for code, count in units.units.items())
    earned = f"{units.minutes} minutes earn {lines}."
    if units.opening not in units.units:
        earned = f"{units.minutes} minutes is under the {units.floor} that {units.opening} needs: report {lines}."
    return " ".join([earned, *wrong]), Verdict.NO if wrong or units.opening not in units.units else Verdict.YES


def _wrong_units(units: InfusionUnits, found: Plan) -> Iterator[str]:
    """Says plainly where the units asked are not the units earned."""
    for code, own in units.units.items():
        line = found.line(code)
        if line and line.earned is None:  # two sites: the minutes are those of one of them
            continue
        earned = (line.earned if line else None) or own
        stated = line.asked.units if line and line.asked else None
        if stated is not None and stated > earned:
            yield f"{code} x{stated} is too many: {units.minutes} minutes earn {earned}{_needs(units, code)}."
        elif stated is not None and stated < earned:
            yield f"{code} x{stated} is too few: {units.minutes} minutes earn {earned}."


def _needs(units: InfusionUnits, code: str) -> str:
    following = units.next_unit
    return f", the next unit needs {following.minutes}" if following and following.code == code else ""


def _timed_opinions(units: InfusionUnits, found: Plan) -> Iterator[Opinion]:
    for code, count in units.units.items():
        yield Opinion(code, Standing.STANDS, count)
    if units.opening not in units.units and found.asked(units.opening):
        yield Opinion(
            units.opening, Standing.REFUSED, why=f"{units.minutes} minutes is under the {units.floor} it needs"
        )
    following = units.next_unit
    if (
        following
        and following.code not in units.units
        and following.code != units.opening
        and found.asked(following.code)
    ):
        yield Opinion(following.code, Standing.REFUSED, why=f"it begins at {following.minutes} minutes")


def _changes(units: InfusionUnits) -> tuple[str, ...]:
    following = units.next_unit
    if following is None:
        return ()
    which = _ORDINALS.get(following.unit, f"{following.unit}th")
    return (f"{following.minutes} minutes or more would make a {which} unit of {following.code}.",)


def _untimed(opening: str, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Without minutes the opening code stands as asked; its further hours hang on the time."""
    additional = opening_codes(knowledge=knowledge, on=question.as_of).get(opening)
    line = found.line(additional) if additional else None
    if found.line(opening) is None and (line is None or line.asked is None or additional is None):
        return NOTHING
    ask = f"How long did the infusion of {opening} run: start and stop?"
    if line is None or line.asked is None or additional is None:
        return _unstopped(opening, question, knowledge) or Findings(
            asks=(ask,), opinions=_worded_without_time(opening, found, question, knowledge)
        )
    least, most = minutes_for(opening, line.units, knowledge=knowledge, on=question.as_of)
    rule = knowledge.parameter(f"{_RULES}.infusion.first_additional_minutes", on=question.as_of)
    starts = [minutes_for(opening, count, knowledge=knowledge, on=question.as_of)[0] for count in (1, 2, 3)]
    statement = (
        f"{additional} x{line.units} takes {least} to {most} minutes in all; "
        f"its units begin at {starts[0]}, {starts[1]} and {starts[2]} minutes."
    )
    finding = Finding(
        Topic.GUIDELINES, Kind.CODABLE, statement, rule.references, Verdict.DEPENDS, missing=("the minutes",)
    )
    opinion = Opinion(additional, Standing.CONDITIONAL, line.units, when=f"the infusion ran {least} to {most} minutes")
    return Findings((finding,), (opinion,), asks=(ask,))


_PUSHED_INSTEAD = {"96365": "96374", "96367": "96375", "96413": "96409", "96417": "96411"}


def _unstopped(opening: str, question: Question, knowledge: Knowledge) -> Findings | None:
    """An infusion whose stop time the note lacks is no timed code; at most a push, and no hydration."""
    rule = rule_of(knowledge, question, "infusion.floor_minutes")
    if Circumstance.NO_STOP_TIME not in question.circumstances or rule is None:
        return None
    instead = _PUSHED_INSTEAD.get(opening)
    why = "the note has no stop time, so no minutes of an infusion are documented"
    rest = f"; at most the push {instead}, unless the record shows elsewhere when it stopped" if instead else ""
    said = f"Not {opening}: {why}{rest}."
    push = (
        (Opinion(instead, Standing.CONDITIONAL, 1, when="the order and the drug given are documented"),)
        if instead
        else ()
    )
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references, Verdict.NO),),
        (Opinion(opening, Standing.REFUSED, why=why), *push),
        corrections=(said,),
    )


def _worded_without_time(opening: str, found: Plan, question: Question, knowledge: Knowledge) -> tuple[Opinion, ...]:
    """A service known from words alone is reported only if it ran long enough."""
    if found.asked(opening) or found.line(opening) is None:
        return ()
    hydration = opening in {"96360", "96361"}
    rule = rule_of(knowledge, question, "hydration.floor_minutes" if hydration else "infusion.floor_minutes")
    when = f"it ran {rule.value} minutes or more" if rule else "it ran long enough"
    return (Opinion(opening, Standing.CONDITIONAL, 1, when=when),)


def _once(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Codes reported once an encounter, however many units were asked for."""
    rule = rule_of(knowledge, question, "units.once_per_encounter")
    many = [line for line in found.lines if rule and line.units > 1 and line.code in cast("Sequence[str]", rule.value)]
    if rule is None or not many:
        return NOTHING
    wrong = tuple(f"{line.code} x{line.units} is too many: it is reported once per encounter." for line in many)
    findings = tuple(Finding(Topic.GUIDELINES, Kind.CODABLE, each, rule.references, Verdict.NO) for each in wrong)
    return Findings(findings, tuple(Opinion(line.code, Standing.STANDS, 1, most=1) for line in many), corrections=wrong)


_GIVEN = {
    Role.INJECTION: "separate injections, each ordered by itself, were given",
    Role.PUSH_SEQUENTIAL: "more drugs were pushed, each a new one",
    Role.SEQUENTIAL: "more drugs were infused, each a new one",
    Role.INITIAL: "",
    Role.PUSH_INITIAL: "",
}
_ANOTHER_SITE = (
    "another IV site was medically necessary or required by protocol (drugs that must not mix are such a reason; two "
    "lumens of one catheter are one site), or it was another encounter that day"
)


def _each_given(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Two or more units of an injection or push hang on as many having been given."""
    once = rule_of(knowledge, question, "units.once_per_encounter")
    never = cast("Sequence[str]", once.value) if once else ()
    roles = found.roles or {}
    many = [
        line
        for line in found.lines
        if line.asked and line.units > 1 and roles.get(line.code) in _GIVEN and line.code not in never
    ]
    records = [(line, record) for line in many if (record := knowledge.code(line.code, on=question.as_of))]
    return joined(_many(line, record, found, question, knowledge) for line, record in records)


def _many(line: Line, record: CodeRecord, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Several units of one line: a second initial service at one site is none, separate drugs are told or not."""
    stated = set(question.circumstances)
    initial = record.role in {Role.INITIAL, Role.PUSH_INITIAL}
    statement = f"{line.code} x{line.units}: {record.unit_rule}"
    if initial and stated & {Circumstance.TWO_LUMENS, Circumstance.SAME_SITE}:
        wrong = f"{line.code} x{line.units} is too many: one IV site is one {line.code}."
        instead = _instead(line, question)
        second = () if Circumstance.TWO_LUMENS in stated or found.asked(instead or "") else _new_drug(line, question)
        wrong = f"{wrong[:-1]}, and the next drug is {instead}." if second else wrong
        finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, record.references, Verdict.NO)
        first = Opinion(line.code, Standing.STANDS, 1, most=1)
        at_once_too = _beside_in_one_line(line, found, question)
        return Findings((finding,), (first, *second, *at_once_too), corrections=(wrong,))
    if initial:
        return _several_initial(line, record, statement, question, knowledge)
    named = len({each.drug for each in question.drugs})
    apart = Circumstance.OTHER_DRUG in stated and Circumstance.SAME_DRUG not in stated
    settled = apart and (not named or named >= line.units)
    finding = Finding(
        Topic.GUIDELINES, Kind.CODABLE, statement, record.references, Verdict.YES if settled else Verdict.DEPENDS
    )
    opinion = Opinion(
        line.code,
        Standing.STANDS if settled else Standing.CONDITIONAL,
        line.units,
        when=f"{line.units} {_GIVEN[record.role]}",
    )
    return Findings((finding,), (opinion,))


def _needed_elsewhere(question: Question) -> bool:
    """Whether another site is told, and why it was needed."""
    return Circumstance.OTHER_SITE in question.circumstances and _NEEDED.search(question.text) is not None


def _several_initial(
    line: Line, record: CodeRecord, statement: str, question: Question, knowledge: Knowledge
) -> Findings:
    """The first stands; another takes another site that was needed, or another encounter (NCCI manual XI §B.2-3)."""
    first = Opinion(line.code, Standing.STANDS, 1, most=1)
    again = record.role is Role.PUSH_INITIAL and Circumstance.SAME_DRUG in question.circumstances
    if again and Circumstance.OTHER_SITE not in question.circumstances:
        wrong = f"{line.code} x{line.units} is too many: the same drug pushed again is no second {line.code}."
        finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, record.references, Verdict.NO)
        return Findings((finding,), (first,), corrections=(wrong,))
    modifiers = distinct(question, knowledge)
    if _needed_elsewhere(question):
        finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, record.references, Verdict.YES)
        both = Opinion(line.code, Standing.STANDS, line.units, most=line.units, modifiers=modifiers)
        return Findings((finding,), (both,), changes=(_SECOND_LINE.format(code=line.code),))
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, record.references, Verdict.DEPENDS)
    further = ConditionalLine(line.code, line.units - 1, modifiers, _ANOTHER_SITE)
    return Findings((finding,), (first, *_new_drug_instead(line, question)), further=(further,))


def _beside_in_one_line(line: Line, found: Plan, question: Question) -> tuple[Opinion, ...]:
    """Two lumens at the same time: a drug of its own in the second one is the concurrent code."""
    told = Circumstance.TWO_LUMENS in question.circumstances and at_once(question)
    if not told or line.code != _INFUSED or found.asked(_CONCURRENT):
        return ()
    when = "the second lumen carried another drug in a bag of its own, at the same time"
    return (Opinion(_CONCURRENT, Standing.CONDITIONAL, 1, when=when),)


def _new_drug(line: Line, question: Question) -> tuple[Opinion, ...]:
    """A new drug through the same site in turn: the add-on code stands in place of the second initial one."""
    instead = _instead(line, question)
    told = Circumstance.OTHER_DRUG in question.circumstances
    units = 1 if instead == _CONCURRENT else line.units - 1
    return (Opinion(instead, Standing.STANDS, units),) if instead and told else ()


def _instead(line: Line, question: Question) -> str | None:
    return _CONCURRENT if line.code == _INFUSED and at_once(question) else INSTEAD.get(line.code)


def _new_drug_instead(line: Line, question: Question) -> tuple[Opinion, ...]:
    """A new drug through the same site is the add-on code, not a second initial one."""
    instead = INSTEAD.get(line.code)
    told = question.circumstances
    if instead is None or Circumstance.OTHER_DRUG not in told or Circumstance.OTHER_SITE in told:
        return ()
    when = f"the next drug went through the same site; then in place of the second {line.code}"
    return (Opinion(instead, Standing.CONDITIONAL, line.units - 1, when=when),)


def _plain_lines(found: Plan) -> Findings:
    """A line nobody speaks against stands; lines the knowledge base does not hold get no opinion."""
    timed = {code for each in found.timed for code in (each.opening, *each.units)}
    held = found.roles or {}
    return Findings(
        opinions=tuple(
            Opinion(line.code, Standing.STANDS, line.units)
            for line in found.lines
            if held.get(line.code) is not None and line.code not in timed
        )
    )


def _setup(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    setup = rule_of(knowledge, question, "subcutaneous.setup_code")
    if setup is None or not found.asked(str(setup.value)):
        return NOTHING
    when = "a second pump was set up with a new subcutaneous site"
    earned = {Circumstance.NEW_PUMP, Circumstance.OTHER_SITE} <= set(question.circumstances)
    opinion = Opinion(
        str(setup.value), Standing.STANDS if earned else Standing.CONDITIONAL, 1, when="" if earned else when
    )
    statement = f"{setup.value} is earned once, and only where {when}."
    return Findings(
        (Finding(Topic.GUIDELINES, Kind.CODABLE, statement, setup.references, Verdict.DEPENDS),), (opinion,)
    )


def _included(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """An injection that was a local anesthetic or a flush belongs to the infusion."""
    part = {
        Circumstance.LOCAL_ANAESTHETIC: "a local anesthetic",
        Circumstance.FLUSH: "a flush",
        Circumstance.HYALURONIDASE: "the hyaluronidase",
    }
    stated = [name for each, name in part.items() if each in question.circumstances]
    roles = found.roles or {}
    kinds = {Role.INJECTION, *_PUSHED} if Circumstance.FLUSH in question.circumstances else {Role.INJECTION}
    lines = [
        code for code in found.codes if roles.get(code) in kinds and found.asked(code) and len(found.codes) < _MANY
    ]
    lines = lines or [code for code in found.codes if roles.get(code) is Role.INJECTION and found.asked(code)]
    record = knowledge.code(lines[0], on=question.as_of) if lines else None
    if not stated or record is None or Circumstance.OTHER_DRUG in question.circumstances or _FLUSH_CODE in found.codes:
        return NOTHING
    why = f"{' or '.join(stated)} belongs to the infusion"
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{record.code}: {why}.", record.references, Verdict.NO)
    return Findings((finding,), (Opinion(record.code, Standing.REFUSED, why=why),))


def _sole(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """A flush beside a drug that the words tell of is part of giving it (NCCI Policy Manual XI §B.9)."""
    rule = rule_of(knowledge, question, "included.only_if_sole_service_codes")
    codes = [code for code in found.codes if rule and code in cast("Sequence[str]", rule.value)]
    beside = {each.service for each in question.services} - {Service.FLUSH, Service.VISIT}
    if rule is None or not codes or not beside:
        return NOTHING
    why = "it is only for a day with no other service; here the flush is part of giving the drug"
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{codes[0]}: {why}.", rule.references, Verdict.NO)
    return Findings((finding,), tuple(Opinion(code, Standing.REFUSED, why=why) for code in codes))


def _choice_of_codes(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Of codes to choose from, those the minutes earn; otherwise each hangs on what it is for."""
    earned = [code for code in question.alternatives if any(code in each.units for each in found.timed)]
    if len(earned) > 1:
        return joined(_hanging(code, found, question, knowledge) for code in earned)
    others = [code for code in question.alternatives if code not in earned]
    records = [record for code in others if (record := knowledge.code(code, on=question.as_of))]
    if earned:
        why = f"the time is that of {earned[0]}"
        return Findings(opinions=tuple(Opinion(each.code, Standing.REFUSED, why=why) for each in records))
    return Findings(
        tuple(
            Finding(Topic.GUIDELINES, Kind.CODABLE, f"{each.code}: {each.description}", each.references)
            for each in records
        ),
        tuple(Opinion(each.code, Standing.CONDITIONAL, 1, when=_as_described(each.description)) for each in records),
    )


def _hanging(code: str, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """One of several codes the minutes earn, with its further hours: what was given decides."""
    record = knowledge.code(code, on=question.as_of)
    units = next((each.units for each in found.timed if each.opening == code), {code: 1})
    if record is None:
        return NOTHING
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{code}: {record.description}", record.references)
    when = _as_described(record.description)
    return Findings(
        (finding,), tuple(Opinion(each, Standing.CONDITIONAL, count, when=when) for each, count in units.items())
    )


def _as_described(description: str) -> str:
    plain = description.rstrip(".")
    lower = plain[:1].lower() if plain[1:2].islower() else plain[:1]
    return f"this describes it: {lower}{plain[1:]}"

"""Opinions are weighed: the gravest on each line counts, by setting, and the claim's outcome is what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from caseconsultant.consulting.bottom_line import Outcome
from caseconsultant.consulting.branches import settings_of
from caseconsultant.consulting.calculators.infusion import InfusionUnits
from caseconsultant.consulting.findings import Findings, Opinion, Standing
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.domain.answer import Branch, ConditionalLine
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic


def outcome(lines: Plan, found: Findings, question: Question) -> Outcome:
    """What stands, hangs on a fact and falls away of the lines."""
    if lines.informational or (not (lines.lines or lines.timed) and found.findings and not found.opinions):
        return _described(lines, found)
    gravest = {
        code: _gravest_by_setting(code, found.opinions, question)
        for code in dict.fromkeys([*lines.codes, *(each.code for each in found.opinions)])
    }
    told = any(line.asked for line in lines.lines)
    standing = {code: each for code, each in gravest.items() if _standings(each) == {Standing.STANDS}}
    refused = {code: each for code, each in gravest.items() if _standings(each) == {Standing.REFUSED}}
    hanging = {code: each for code, each in gravest.items() if each and code not in standing and code not in refused}
    return Outcome(
        codes={code: _units(code, each.values(), lines) for code, each in standing.items()},
        earned={code: mods for code, each in standing.items() if (mods := _modifiers_of(each.values()))},
        conditional=(
            *(line for line in found.further if line.code not in refused),
            *(line for code, each in hanging.items() for line in _conditional(code, each, lines)),
        ),
        refused={
            code: next(iter(each.values())).why for code, each in refused.items() if lines.asked(code) or not told
        },
        refused_in={code: _refused_in(each) for code, each in hanging.items() if _differs(each)},
        corrections=found.corrections,
        lengths=_lengths(lines),
        short=tuple(_too_short(each) for each in lines.timed if not each.units and each.opening not in refused),
        unknown=tuple(code for code, each in gravest.items() if not each),
        doubts=found.doubts,
    )


def _lengths(lines: Plan) -> Mapping[str, int]:
    """The minutes behind each line that has those of one course only."""
    found = [(code, each.minutes) for each in lines.timed for code in each.units]
    several = Counter(code for code, _ in found)
    return {code: minutes for code, minutes in found if several[code] == 1}


def _refused_in(gravest: Mapping[Setting, Opinion]) -> tuple[Setting, ...]:
    return tuple(setting for setting, each in gravest.items() if each.standing is Standing.REFUSED)


def _described(lines: Plan, found: Findings) -> Outcome:
    """What was asked about a code itself: what it is, its limit, or what the note must hold."""
    notes = [each for each in found.findings if each.topic is Topic.COMPLIANCE]
    wanted = {Topic.DESCRIPTION, Topic.NCCI} if lines.lines else {Topic.MODIFIERS}
    said = notes or [each for each in found.findings if each.topic in wanted]
    unknown = [code for code in lines.codes if not any(code in each.statement for each in found.findings)]
    return Outcome(
        codes={},
        earned={},
        conditional=(),
        refused={},
        refused_in={},
        corrections=found.corrections,
        lengths={},
        short=(),
        unknown=tuple(unknown),
        described=tuple(each.statement for each in said[: max(2, len(lines.lines))]),
    )


def _standings(gravest: Mapping[Setting, Opinion]) -> set[Standing]:
    return {each.standing for each in gravest.values()}


def _too_short(units: InfusionUnits) -> str:
    return f"nothing to report: {units.minutes} minutes is under the {units.floor} that {units.opening} needs."


def _gravest_by_setting(code: str, opinions: Iterable[Opinion], question: Question) -> Mapping[Setting, Opinion]:
    """For each setting in question, the gravest opinion that holds there; among equals the one that says most."""
    about = [each for each in opinions if each.code == code]
    gravest: dict[Setting, Opinion] = {}
    for setting in settings_of(question):
        here = [each for each in about if each.branch.setting in {None, setting}]
        if here:
            gravest[setting] = _gravest(here)
    return gravest


def _gravest(here: Collection[Opinion]) -> Opinion:
    """The gravest opinion; conditions of equal weight are all to be met."""
    worst = max(here, key=lambda each: (each.standing, each.most is not None, len(each.modifiers), each.units or 0))
    if worst.standing is not Standing.CONDITIONAL:
        return worst
    when = dict.fromkeys(each.when for each in here if each.standing is Standing.CONDITIONAL and each.when)
    units = max((each.units or 0 for each in here if each.standing is Standing.CONDITIONAL), default=0)
    most = min((each.most for each in here if each.most is not None), default=None)
    return replace(worst, when=", and ".join(when), units=units or None, most=most)


def _units(code: str, opinions: Collection[Opinion], lines: Plan) -> int:
    line = lines.line(code)
    limits = [each.most for each in opinions if each.most is not None]
    if limits:
        return min(limits)
    if line is not None and line.earned is not None:
        return line.earned
    return max((each.units or 0 for each in opinions), default=0) or (line.units if line else 1)


def _conditional(code: str, gravest: Mapping[Setting, Opinion], lines: Plan) -> Iterable[ConditionalLine]:
    """One line where the condition is the same everywhere, else one for each setting in which it can stand."""
    hanging = {setting: each for setting, each in gravest.items() if each.standing is not Standing.REFUSED}
    said = {(each.when, each.modifiers) for each in hanging.values()}
    if len(said) == 1 and len(hanging) == len(gravest):
        hanging = dict([next(iter(hanging.items()))])
    for setting, each in hanging.items():
        branch = Branch() if len(hanging) == 1 and len(said) == 1 and not _differs(gravest) else Branch(setting=setting)
        when = each.when or "the service is given and billed there"
        yield ConditionalLine(code, _units(code, (each,), lines), each.modifiers, when, branch)


def _differs(gravest: Mapping[Setting, Opinion]) -> bool:
    return len({each.standing for each in gravest.values()}) > 1


def _modifiers_of(opinions: Iterable[Opinion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(modifier for each in opinions for modifier in each.modifiers))


def modifiers(outcome: Outcome) -> tuple[str, ...]:
    """Those of every line that stands or may stand."""
    standing = [modifier for each in outcome.earned.values() for modifier in each]
    hanging = [modifier for line in outcome.conditional for modifier in line.modifiers]
    return tuple(dict.fromkeys([*standing, *hanging]))

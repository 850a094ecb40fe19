"""A question goes in, a consultation comes out: every topic is asked, the gravest opinion on each line counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from caseconsultant.consulting import enquiry, guidance
from caseconsultant.consulting.bottom_line import Outcome, bottom_line
from caseconsultant.consulting.branches import settings_of
from caseconsultant.consulting.calculators.infusion import InfusionUnits
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, distinct, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.notes import note_findings
from caseconsultant.consulting.plan import Plan, plan
from caseconsultant.consulting.reading import read_question
from caseconsultant.consulting.scope import beyond, only_beyond, refusal
from caseconsultant.consulting.topics import description, facility, guidelines, modifiers, ncci
from caseconsultant.domain.answer import Answer, Branch, ConditionalLine, Confidence, Consultation, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Intent, Question, Topic

_MOST_ASKS = 3
_A_PAIR = 2
_ANSWERED_BY_YES_OR_NO = frozenset({Intent.TOGETHER, Intent.VALIDITY})


def consult(
    text: str, *, knowledge: Knowledge, as_of: date, payer: Payer | None = None, setting: Setting | None = None
) -> Consultation:
    """The answer to a question in plain words, with what was read out of it. Never raises on any text.

    `as_of` is the day of receipt; a date of service in the text overrules it. `payer` and `setting`, where given,
    overrule the text.
    """
    question = read_question(text, knowledge=knowledge, as_of=as_of, payer=payer, setting=setting)
    return Consultation(question, answer(question, knowledge=knowledge), knowledge.release)


def answer(question: Question, *, knowledge: Knowledge) -> Answer:
    """The answer to a question that was read: `docs/answers.md` has the rules of conduct."""
    lines = plan(question, knowledge=knowledge)
    subjects = beyond(question)
    worked_out = enquiry.worked_out(question, knowledge=knowledge)
    told = NOTHING if worked_out and lines.lines else enquiry.findings(question, knowledge=knowledge)
    only = bool(subjects) and only_beyond(question, lines)
    if told.opinions or (told.findings and (only or len(lines.codes) < _A_PAIR)):
        return _told(joined((told, _single(lines, question, knowledge))), question, knowledge)
    if only:
        return _unanswered(refusal(subjects))
    found = joined((_found(lines, question, knowledge), told))
    if subjects and not told.findings:
        found = replace(found, doubts=(*found.doubts, f"Our sources do not cover {' or '.join(subjects)}."))
    outcome = _outcome(lines, found, question)
    gaps = _gaps(found, question, knowledge)
    verdict = _verdict(outcome, lines, found, question)
    if not worked_out and not lines.informational and verdict in {Verdict.YES, None} and told.findings:
        return _told(joined((told, _of_tables(found))), question, knowledge)
    if verdict is Verdict.YES and not worked_out and not lines.informational:
        verdict = Verdict.DEPENDS  # no edit is no permission (NCCI Policy Manual, introduction)
    if verdict is Verdict.UNKNOWN:
        outcome = replace(outcome, codes={}, earned={})  # what is not known stands unconditionally for nobody
    conditional = outcome.conditional
    return Answer(
        verdict=verdict,
        bottom_line=bottom_line(outcome, verdict, question),
        codes=dict(outcome.codes),
        conditional=conditional,
        modifiers=_modifiers(outcome),
        diagnoses=tuple(each.code for each in question.diagnoses),
        findings=found.findings,
        asks=_asks(found, lines, outcome, verdict, question),
        changes=found.changes,
        earned=dict(outcome.earned),
        edition_gap=gaps,
        confidence=Confidence.LOW if verdict is Verdict.UNKNOWN else _confidence(found, outcome, gaps, question),
    )


def _valid_diagnoses(found: Findings, question: Question) -> tuple[str, ...]:
    """Those in the question that no table calls invalid."""
    wrong = [each.statement for each in found.findings if each.verdict is Verdict.NO]
    return tuple(
        each.code for each in question.diagnoses if not any(said.startswith(f"{each.code} ") for said in wrong)
    )


def _verdict_told(found: Findings, question: Question) -> Verdict | None:
    """No where the sender has something wrong; yes or unknown of a validity asked; else on what an article says."""
    verdicts = {each.verdict for each in found.findings if each.verdict}
    if found.corrections or Verdict.NO in verdicts:
        return Verdict.NO
    if Intent.VALIDITY in question.intents:
        return Verdict.YES if Verdict.YES in verdicts else Verdict.UNKNOWN
    return Verdict.DEPENDS if question.wants_yes_or_no else None


def _of_tables(found: Findings) -> Findings:
    """What the tables say of the pairs and units of a claim that cannot be worked out to its lines."""
    return Findings(tuple(each for each in found.findings if each.topic is Topic.NCCI), doubts=found.doubts)


def _single(lines: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """What the code lists say of a code asked about by itself: that it is not valid."""
    found = description.findings(question, lines, knowledge=knowledge)
    return replace(found, opinions=())


def _told(found: Findings, question: Question, knowledge: Knowledge) -> Answer:
    """What tables and articles say where there is no claim to work out: statements, and what they rest on."""
    found = distinct(found)
    verdict = _verdict_told(found, question)
    gaps = _gaps(found, question, knowledge)
    counted = {each.code: each.units or 1 for each in found.opinions if each.standing is Standing.STANDS}
    leading = found.corrections or [each.statement for each in found.findings[: 2 if counted else 1]]
    opening = {Verdict.YES: "Yes: ", Verdict.NO: "No: "}.get(verdict, "") if verdict else ""
    high = (
        verdict is not Verdict.DEPENDS
        and all(ground is Confidence.HIGH for ground in found.grounds)
        and not gaps
        and not found.doubts
    )
    return Answer(
        verdict=verdict,
        bottom_line=" ".join([opening + leading[0], *leading[1:]]),
        codes=counted,
        conditional=(),
        modifiers=(),
        diagnoses=_valid_diagnoses(found, question),
        findings=found.findings,
        asks=(*found.asks, *found.doubts)[:_MOST_ASKS],
        changes=(),
        edition_gap=gaps,
        confidence=Confidence.LOW if verdict is Verdict.UNKNOWN else Confidence.HIGH if high else Confidence.MEDIUM,
    )


def _unanswered(why: str) -> Answer:
    """No answer, said in one breath."""
    return Answer(Verdict.UNKNOWN, why, {}, (), (), (), (), (), (), (), Confidence.LOW)


def _found(lines: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """What every topic says of the lines, and what the note must say of those that are reported."""
    edits = ncci.findings(question, lines, knowledge=knowledge)
    offered = {each.code: each.modifiers for each in edits.opinions if each.modifiers}
    found = distinct(
        joined(
            (
                guidelines.findings(question, lines, knowledge=knowledge),
                facility.findings(question, lines, knowledge=knowledge),
                edits,
                modifiers.findings(question, lines, knowledge=knowledge, offered=offered),
                description.findings(question, lines, knowledge=knowledge),
                guidance.findings(question, lines, knowledge=knowledge),
            )
        )
    )
    notes = note_findings(
        _reported(lines, found, question), found.notes, offered, question=question, knowledge=knowledge
    )
    return replace(found, findings=(*found.findings, *notes))


def _reported(lines: Plan, found: Findings, question: Question) -> tuple[str, ...]:
    """The lines that stand or may stand; of a code asked about by itself, that code."""
    if lines.informational:
        return lines.codes if Intent.DOCUMENTATION in question.intents else ()
    refused = {each.code for each in found.opinions if each.standing is Standing.REFUSED and not each.branch.setting}
    return tuple(code for code in lines.codes if code not in refused)


def _gaps(found: Findings, question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """The publications cited whose last edition ends before the date of service."""
    cited = dict.fromkeys((each.source, each.edition) for finding in found.findings for each in finding.references)
    ended = [
        f"{source.id} ends {source.effective_to}"
        for name, edition in cited
        if (source := knowledge.source(name))
        and source.edition == edition
        and source.effective_to
        and source.effective_to < question.as_of
    ]
    return tuple(dict.fromkeys(ended))


# --- Lines ---------------------------------------------------------------------------------------------------------


def _outcome(lines: Plan, found: Findings, question: Question) -> Outcome:
    if lines.informational or (not lines.lines and found.findings):
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
        {},
        {},
        (),
        {},
        {},
        (),
        {},
        (),
        tuple(unknown),
        (),
        tuple(each.statement for each in said[: max(2, len(lines.lines))]),
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


def _modifiers(outcome: Outcome) -> tuple[str, ...]:
    standing = [modifier for each in outcome.earned.values() for modifier in each]
    hanging = [modifier for line in outcome.conditional for modifier in line.modifiers]
    return tuple(dict.fromkeys([*standing, *hanging]))


# --- Verdict, asks, confidence -------------------------------------------------------------------------------------


def _verdict(outcome: Outcome, lines: Plan, found: Findings, question: Question) -> Verdict | None:
    """Yes, no, depends or unknown to what was asked; None where nothing of that form was asked."""
    if not lines.lines and not found.findings and not question.services:
        return Verdict.UNKNOWN
    wants = question.wants_yes_or_no or not _ANSWERED_BY_YES_OR_NO.isdisjoint(question.intents)
    if not wants or question.alternatives:
        return None
    if not lines.lines:
        return Verdict.UNKNOWN
    if lines.informational:
        return _valid(found, outcome) if Intent.VALIDITY in question.intents else None
    verdict = _of_lines(outcome, lines)
    doubted = [
        each for each in found.doubts if not _names_any(each, [code for code in outcome.unknown if code[0] in "JQ"])
    ]
    return Verdict.UNKNOWN if verdict is Verdict.YES and doubted else verdict


def _of_lines(outcome: Outcome, lines: Plan) -> Verdict:
    """The gravest of what becomes of the codes asked: a no, a code nobody knows, a condition."""
    asked = [code for code in lines.codes if lines.asked(code)] or list(lines.codes)
    if outcome.corrections or outcome.short or not outcome.refused.keys().isdisjoint(asked):
        return Verdict.NO
    unknown = [code for code in outcome.unknown if code[0] not in "JQ" or not (outcome.codes or outcome.conditional)]
    if not set(unknown).isdisjoint(asked):
        return Verdict.UNKNOWN
    if any(line.code in asked for line in outcome.conditional):
        return Verdict.DEPENDS
    return Verdict.YES if outcome.codes else Verdict.NO


def _valid(found: Findings, outcome: Outcome) -> Verdict:
    if outcome.unknown:
        return Verdict.UNKNOWN
    return Verdict.NO if any(each.verdict is Verdict.NO for each in found.findings) else Verdict.YES


def _asks(
    found: Findings, lines: Plan, outcome: Outcome, verdict: Verdict | None, question: Question
) -> tuple[str, ...]:
    """What the answer hangs on; nothing where no line is left that it could hang on."""
    asks = list(found.asks)
    if lines.lines and not lines.informational and not (outcome.codes or outcome.conditional):
        return tuple(dict.fromkeys(each for each in found.doubts if not _names_any(each, outcome.unknown)))
    if verdict is Verdict.UNKNOWN and outcome.unknown:
        return ()
    if lines.informational or (not lines.lines and found.findings):
        return tuple(dict.fromkeys([*asks, *found.doubts]))
    if lines.lines and question.setting is None:
        asks.append("Where was it given, and who bills: the practice or the hospital?")
    if lines.lines and question.payer is None:
        asks.append("Which payer is it?")
    if not lines.lines and not asks:
        asks.append("Which service was given (or which codes), how long did it run, and for which payer?")
    return tuple(dict.fromkeys([*asks, *found.doubts]))


def _names_any(sentence: str, codes: Collection[str]) -> bool:
    return any(code in sentence for code in codes)


def _confidence(found: Findings, outcome: Outcome, gaps: Collection[str], question: Question) -> Confidence:
    """Low where nothing was found, medium at most with an ended edition, a doubt or a payer other than Medicare."""
    if not found.findings or outcome.unknown:
        return Confidence.LOW
    weak = any(ground is not Confidence.HIGH for ground in found.grounds)
    if weak or gaps or found.doubts or question.payer not in {None, Payer.MEDICARE}:
        return Confidence.MEDIUM
    return Confidence.HIGH

"""A question goes in, a consultation comes out: every topic is asked, the gravest opinion on each line counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from caseconsultant.consulting import enquiry, guidance
from caseconsultant.consulting.bottom_line import Outcome, bottom_line
from caseconsultant.consulting.findings import Findings, Standing, distinct, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.near_misses import NEAREST
from caseconsultant.consulting.notes import note_findings
from caseconsultant.consulting.plan import plan
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.consulting.reading import read_question
from caseconsultant.consulting.reading.parts import separate_questions
from caseconsultant.consulting.ruling import ruling
from caseconsultant.consulting.scope import beyond, only_beyond, refusal
from caseconsultant.consulting.several import summed
from caseconsultant.consulting.topics import (
    biologics,
    claims,
    description,
    drug_lines,
    facility,
    global_period,
    guidelines,
    inpatient_procedures,
    modifiers,
    ncci,
    notices,
    packaged,
    passing,
    restarts,
)
from caseconsultant.consulting.turning import answered
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.consulting.weighing import modifiers as modifiers_of
from caseconsultant.consulting.weighing import outcome as weighed
from caseconsultant.domain.answer import Answer, Confidence, Consultation, Verdict
from caseconsultant.domain.codes import CodeSystem, Payer, Setting
from caseconsultant.domain.question import Intent, Question

_MOST_ASKS = 3
_ANSWERED_BY_YES_OR_NO = frozenset({Intent.TOGETHER, Intent.VALIDITY})


def consult(
    text: str, *, knowledge: Knowledge, as_of: date, payer: Payer | None = None, setting: Setting | None = None
) -> Consultation:
    """The answer to a question in plain words, with what was read out of it. Never raises on any text.

    `as_of` is the day of receipt; a date of service in the text overrules it. `payer` and `setting`, where given,
    overrule the text.
    """
    question = read_question(text, knowledge=knowledge, as_of=as_of, payer=payer, setting=setting)
    several = separate_questions(text)
    found = summed([_part(each, question, knowledge) for each in several]) if several else None
    return Consultation(question, found or _answered(question, knowledge), knowledge.release)


def _answered(question: Question, knowledge: Knowledge) -> Answer:
    """The answer; codes of inpatient procedures are told of by themselves, beside that on all other codes."""
    inpatient = inpatient_procedures.findings(question, knowledge=knowledge)
    others = tuple(each for each in question.codes if each.system is not CodeSystem.ICD10PCS)
    if not inpatient.findings:
        return answer(question, knowledge=knowledge)
    if not others:
        return _told(inpatient, question, knowledge)
    beside = answer(replace(question, codes=others), knowledge=knowledge)
    said = " ".join((beside.bottom_line, *inpatient.corrections, *inpatient.headlines))
    return replace(beside, bottom_line=said, findings=(*beside.findings, *inpatient.findings))


def _part(text: str, whole: Question, knowledge: Knowledge) -> Answer:
    """The answer to one of several questions; payer, setting and date are those of the mail unless it has its own."""
    alone = read_question(text, knowledge=knowledge, as_of=whole.as_of)
    shared = replace(
        alone,
        payer=alone.payer or whole.payer,
        setting=alone.setting or whole.setting,
        as_of_stated=alone.as_of_stated or whole.as_of_stated,
    )
    return _answered(shared, knowledge)


def answer(question: Question, *, knowledge: Knowledge) -> Answer:
    """The answer to a question that was read: `docs/answers.md` has the rules of conduct."""
    lines = plan(question, knowledge=knowledge)
    subjects = beyond(question)
    worked_out = enquiry.worked_out(question, knowledge=knowledge)
    handled = worked_out and bool(lines.lines or lines.timed)
    told = _beside(question, knowledge) if handled else enquiry.findings(question, knowledge=knowledge)
    only = bool(subjects) and only_beyond(question, lines)
    if only and not told.findings:
        return _unanswered(refusal(subjects))
    if not handled:
        found = _ruled(lines, told, question, knowledge)
        if found.findings:
            return _told(found, _as_practitioners(question), knowledge)
    found = joined((_found(lines, question, knowledge), told))
    if subjects and not told.findings:
        found = replace(found, doubts=(*found.doubts, f"Our sources do not cover {' or '.join(subjects)}."))
    outcome = weighed(lines, found, question)
    gaps = _gaps(found, question, knowledge)
    verdict = _verdict(outcome, lines, found, question)
    if verdict is Verdict.YES and not worked_out and not lines.informational:
        verdict = Verdict.DEPENDS  # no edit is no permission (NCCI Policy Manual, introduction)
    verdict = answered(verdict, question)
    if not (worked_out or told.findings or lines.informational or question.drugs) and verdict is Verdict.DEPENDS:
        verdict = Verdict.UNKNOWN  # nothing speaks against the line, and nothing for it
    if verdict is Verdict.UNKNOWN:
        outcome = replace(outcome, codes={}, earned={})  # what is not known stands unconditionally for nobody
    conditional = outcome.conditional
    return Answer(
        verdict=verdict,
        bottom_line=bottom_line(outcome, verdict, question),
        codes=dict(outcome.codes),
        conditional=conditional,
        modifiers=modifiers_of(outcome),
        diagnoses=tuple(each.code for each in question.diagnoses),
        findings=found.findings,
        asks=_asks(found, lines, outcome, verdict, question)[:_MOST_ASKS],
        changes=found.changes,
        earned=dict(outcome.earned),
        edition_gap=gaps,
        confidence=Confidence.LOW if verdict is Verdict.UNKNOWN else _confidence(found, outcome, gaps, question),
    )


def _beside(question: Question, knowledge: Knowledge) -> Findings:
    """What is asked beside the lines of a claim of drug administration: a notice, the line of a drug told by dose."""
    noticed = notices.findings(question, knowledge=knowledge)
    drug_coded = any(each.code[0] in "JQ" for each in question.codes)
    if drug_coded or not (Intent.UNITS in question.intents and question.milligrams and question.drugs):
        return noticed
    return joined((noticed, drug_lines.findings(question, knowledge=knowledge)))


def _as_practitioners(question: Question) -> Question:
    """An open setting is answered as a practitioner's claim; what the hospital's table says else is told beside."""
    return replace(question, setting=Setting.OFFICE) if question.setting is None else question


def _ruled(lines: Plan, told: Findings, question: Question, knowledge: Knowledge) -> Findings:
    """What topics and articles tell, with what the tables say of the lines."""
    asked = _as_practitioners(question)
    standing = {each.code for each in told.opinions if each.standing is not Standing.REFUSED}
    claimed = _claimed(lines, told, asked, standing, knowledge=knowledge)
    visit = global_period.of_brought(sorted(standing), question, knowledge=knowledge)
    elsewhere = claims.in_the_hospital(question, lines, knowledge=knowledge)
    return joined((told, visit, claims.beside(claimed, told), elsewhere))


def _claimed(
    lines: Plan, told: Findings, question: Question, standing: Collection[str], *, knowledge: Knowledge
) -> Findings:
    """What the tables say of the lines that no topic has closed, and of no two to choose from."""
    visits = {code for code in question.alternatives if is_visit(code)}
    apart = {*told.closed, *question.alternatives} if told.closed else visits.difference(standing)
    kept = replace(lines, lines=tuple(each for each in lines.lines if each.code not in apart))
    return claims.findings(question, kept, knowledge=knowledge, told=standing)


def _told(found: Findings, question: Question, knowledge: Knowledge) -> Answer:
    return ruling(found, question, gaps=_gaps(found, question, knowledge))


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
                biologics.findings(question, knowledge=knowledge),
                restarts.findings(question, knowledge=knowledge),
                guidelines.findings(question, lines, knowledge=knowledge),
                facility.findings(question, lines, knowledge=knowledge),
                edits,
                modifiers.findings(question, lines, knowledge=knowledge, offered=offered),
                passing.findings(question, knowledge=knowledge),
                packaged.findings(question, knowledge=knowledge),
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


# --- Verdict, asks, confidence -------------------------------------------------------------------------------------


def _verdict(outcome: Outcome, lines: Plan, found: Findings, question: Question) -> Verdict | None:
    """Yes, no, depends or unknown to what was asked; None where nothing of that form was asked."""
    if not lines.lines and not found.findings and not question.services:
        return Verdict.UNKNOWN
    wants = question.wants_yes_or_no or not _ANSWERED_BY_YES_OR_NO.isdisjoint(question.intents)
    chooses = bool({each.code for each in question.codes} & set(question.alternatives))
    if not wants or chooses:  # two families of one drug are alternatives that the sender did not write
        return None
    if not lines.lines:
        return Verdict.NO if outcome.short else Verdict.UNKNOWN
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
    brought = [line.code for line in outcome.conditional if line.code[0].isdigit() and line.code not in lines.codes]
    if brought or any(line.code in asked for line in outcome.conditional):
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
        return tuple(each for each in asks if each.startswith(NEAREST))
    if lines.informational or (not lines.lines and found.findings):
        return tuple(dict.fromkeys([*asks, *found.doubts]))
    if lines.lines:
        asks[1:1] = _context_asked(question)
    if not lines.lines and not asks:
        asks.append("Which service was given (or which codes), how long did it run, and for which payer?")
    return tuple(dict.fromkeys([*asks, *found.doubts]))


def _context_asked(question: Question) -> list[str]:
    """Setting and payer, where they are open: after what the answer hangs on most."""
    where = ["Where was it given, and who bills: the practice or the hospital?"] if question.setting is None else []
    return [*where, *(["Which payer is it?"] if question.payer is None else [])]


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

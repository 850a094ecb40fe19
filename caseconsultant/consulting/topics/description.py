"""What a code is, in our own words; whether it is valid on the date and what followed it; codes nobody here knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from caseconsultant.consulting import near_misses
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.consulting.succession import Ended, ended
from caseconsultant.consulting.visit_rules import VisitRules
from caseconsultant.domain.answer import Finding, Kind, Reference, Verdict
from caseconsultant.domain.question import Intent, Question, Topic
from caseconsultant.domain.records import CodeRecord

_TELLS_WHAT = frozenset({Intent.MEANING, Intent.VALIDITY, Intent.WHICH_CODE})
_MOST_NAMED = 8


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """A description of every code that was asked about or brought in, and the codes that are not in the data."""
    return joined(_described(line, found, question, knowledge) for line in found.lines)


def _described(line: Line, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.code(line.code, on=question.as_of)
    if record is not None:
        asked_about = found.informational or line.asked is None or not _TELLS_WHAT.isdisjoint(question.intents)
        return _known(record, question) if asked_about else NOTHING
    gone = ended(line.code, on=question.as_of, knowledge=knowledge)
    if gone is not None:
        return _gone(line.code, gone, question.as_of, line.asked.modifiers if line.asked else ())
    history = knowledge.code_history(line.code)
    if history and VisitRules(knowledge, question).family_of(line.code):
        return NOTHING  # a visit whose present rules are younger than its code
    return _out_of_force(history[-1], question.as_of) if history else _by_tables(line.code, question, knowledge)


def _known(record: CodeRecord, question: Question) -> Findings:
    verdict = Verdict.YES if Intent.VALIDITY in question.intents else None
    statement = f"{record.code}: {record.description} {record.unit_rule}".strip()
    if verdict:
        statement = f"{record.code} is valid on {question.as_of}. {record.description}"
    return Findings((Finding(Topic.DESCRIPTION, Kind.INFO, statement, record.references, verdict),))


def _gone(code: str, gone: Ended, on: date, modifiers: Sequence[str]) -> Findings:
    """A code that ended: when, and which codes took its place."""
    named = ", ".join(gone.by[:_MOST_NAMED])
    since = f" Since then: {named}" if named else " No code took its place"
    beside = f" ({gone.but})" if gone.but else ""
    kept = f" Its modifiers ({', '.join(modifiers)}) go with the new code." if modifiers and named else ""
    statement = f"{code} is not valid on {on}: it was deleted after {gone.last}.{since}{beside}.{kept}"
    return _refused(code, statement, f"it was deleted after {gone.last}", gone.references)


def _out_of_force(record: CodeRecord, on: date) -> Findings:
    end = record.effective_to
    over = end is not None and end < on
    state = f"was deleted after {end}" if over else f"took effect on {record.effective_from}"
    see = f" See {', '.join(record.see_also[:_MOST_NAMED])}." if over and record.see_also else ""
    statement = f"{record.code} is not valid on {on}: it {state}.{see}"
    return _refused(record.code, statement, f"it {state}", record.references)


def _by_tables(code: str, question: Question, knowledge: Knowledge) -> Findings:
    """A code that only published lists know: that it ended; what it is they do not tell."""
    told = knowledge.validity(code, on=question.as_of)
    if told.valid is False and told.references:
        statement = f"{code} is not valid on {question.as_of}: {told.why}."
        return _refused(code, statement, str(told.why), told.references)
    if told.valid and _TELLS_WHAT.isdisjoint(question.intents):
        return NOTHING  # a code in force, of which we have no text of our own
    return _unknown(code) if told.valid else _nowhere(code, question, knowledge)


def _refused(code: str, statement: str, why: str, references: tuple[Reference, ...]) -> Findings:
    finding = Finding(Topic.DESCRIPTION, Kind.CODABLE, statement, references, Verdict.NO)
    return Findings((finding,), (Opinion(code, Standing.REFUSED, why=why),), corrections=(statement,))


def _nowhere(code: str, question: Question, knowledge: Knowledge) -> Findings:
    """A code of a right form that no table has: which codes near it are in force."""
    return joined((_unknown(code), Findings(asks=near_misses.asked(code, on=question.as_of, knowledge=knowledge))))


def _unknown(code: str) -> Findings:
    return Findings(doubts=(f"{code} is not in the loaded knowledge; nothing is said of it here.",))

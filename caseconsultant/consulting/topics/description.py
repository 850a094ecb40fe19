"""What a code is, in our own words; whether it is valid on the date; and codes the knowledge base does not hold."""

from __future__ import annotations

from datetime import date

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Line, Plan
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Intent, Question, Topic
from caseconsultant.domain.records import CodeRecord

_TELLS_WHAT = frozenset({Intent.MEANING, Intent.VALIDITY, Intent.WHICH_CODE})


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """A description of every code that was asked about or brought in, and the codes that are not in the data."""
    return joined(_described(line, found, question, knowledge) for line in found.lines)


def _described(line: Line, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.code(line.code, on=question.as_of)
    if record is not None:
        asked_about = found.informational or line.asked is None or not _TELLS_WHAT.isdisjoint(question.intents)
        return _known(record, question) if asked_about else NOTHING
    history = knowledge.code_history(line.code)
    return _out_of_force(history[-1], question.as_of) if history else _unknown(line.code)


def _known(record: CodeRecord, question: Question) -> Findings:
    verdict = Verdict.YES if Intent.VALIDITY in question.intents else None
    statement = f"{record.code}: {record.description} {record.unit_rule}".strip()
    if verdict:
        statement = f"{record.code} is valid on {question.as_of}. {record.description}"
    return Findings((Finding(Topic.DESCRIPTION, Kind.INFO, statement, record.references, verdict),))


def _out_of_force(record: CodeRecord, on: date) -> Findings:
    end = record.effective_to
    state = f"was deleted after {end}" if end and end < on else f"took effect on {record.effective_from}"
    statement = f"{record.code} is not valid on {on}: it {state}."
    finding = Finding(Topic.DESCRIPTION, Kind.CODABLE, statement, record.references, Verdict.NO)
    return Findings((finding,), (Opinion(record.code, Standing.REFUSED, why=f"it {state}"),))


def _unknown(code: str) -> Findings:
    return Findings(doubts=(f"{code} is not in the loaded knowledge; nothing is said of it here.",))

"""Procedures with the length of their global package, and what a statement about one rests on."""

from __future__ import annotations

from dataclasses import dataclass

from caseconsultant.consulting.findings import Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.question import Question, Topic

MAJOR, MINOR, NO_PACKAGE = "090", frozenset({"000", "010"}), "XXX"
_MEANINGS = {
    "090": "major: the day before, the day itself and 90 days after",
    "010": "minor: the day itself and 10 days after",
    "000": "minor: the day itself",
    "XXX": "no package",
}
VERDICTS = {Standing.STANDS: Verdict.YES, Standing.CONDITIONAL: Verdict.DEPENDS, Standing.REFUSED: Verdict.NO}


@dataclass(frozen=True, slots=True)
class Operation:
    """A procedure with its package."""

    code: str
    days: str
    """Global days of the fee schedule: 000, 010, 090, XXX, ..."""
    references: tuple[Reference, ...]
    intraoperative: int = 0
    """The share of the operation itself, in hundredths."""

    def __str__(self) -> str:
        meaning = f" ({_MEANINGS[self.days]})" if self.days in _MEANINGS else ""
        return f"{self.code} has {self.days} global days{meaning}."


def operation(code: str, question: Question, knowledge: Knowledge) -> Operation | None:
    """A procedure's package by the fee schedule, else as authored; None where neither knows it."""
    fee = knowledge.fees.record(code, on=question.as_of)
    if fee is not None:
        return Operation(code, fee.global_days, (fee.reference,), fee.intraoperative)
    record = knowledge.code(code, on=question.as_of)
    if record is None or record.global_days is None:
        return None
    return Operation(code, record.global_days, record.references[:1])


def operations(question: Question, knowledge: Knowledge) -> tuple[Operation, ...]:
    """The procedures written, each once."""
    codes = dict.fromkeys(each.code for each in question.codes if not each.absent and not is_visit(each.code))
    return tuple(found for code in codes if (found := operation(code, question, knowledge)))


def visits(question: Question) -> tuple[CodeMention, ...]:
    """The visits written."""
    return tuple(each for each in question.codes if is_visit(each.code) and not each.absent)


def written_modifiers(question: Question) -> frozenset[str]:
    """Every modifier written, on a line or apart."""
    return frozenset({*question.modifiers, *(each for mention in question.codes for each in mention.modifiers)})


def modifier_finding(statement: str, references: tuple[Reference, ...], verdict: Verdict | None = None) -> Finding:
    """A statement about a modifier that decides whether a line is paid."""
    return Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, tuple(dict.fromkeys(references)), verdict)

"""Procedures with the length of their global package, and what a statement about one rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from caseconsultant.consulting.findings import Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.rules import parameter_of
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
    name: str | None = None
    """Named in words: the code is one of its kind, and no line of the claim."""

    def __str__(self) -> str:
        meaning = f" ({_MEANINGS[self.days]})" if self.days in _MEANINGS else ""
        named = f"{self.name[:1].upper()}{self.name[1:]} (such as {self.code})" if self.name else self.code
        return f"{named} has {self.days} global days{meaning}."


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


def named_operations(question: Question, knowledge: Knowledge) -> tuple[Operation, ...]:
    """The operations named in words, where no procedure is coded."""
    rule = parameter_of(knowledge, question, "procedure_names.named")
    if rule is None or any(not is_visit(each.code) for each in question.codes):
        return ()
    lowered = question.text.lower()
    told = [each for each in cast("Sequence[Mapping[str, Any]]", rule.value) if tells_of(lowered, each["words"])]
    found = [(each["name"], operation(each["code"], question, knowledge)) for each in told]
    return tuple(replace(done, name=name) for name, done in found if done)


def visits(question: Question) -> tuple[CodeMention, ...]:
    """The visits written."""
    return tuple(each for each in question.codes if is_visit(each.code) and not each.absent)


def written_modifiers(question: Question) -> frozenset[str]:
    """Every modifier written, on a line or apart."""
    return frozenset({*question.modifiers, *(each for mention in question.codes for each in mention.modifiers)})


def modifier_finding(statement: str, references: tuple[Reference, ...], verdict: Verdict | None = None) -> Finding:
    """A statement about a modifier that decides whether a line is paid."""
    return Finding(Topic.MODIFIERS, Kind.PAYABLE, statement, tuple(dict.fromkeys(references)), verdict)

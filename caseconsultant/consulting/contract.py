"""The machine-readable form of a consultation: `docs/contract.md`, `ask --json`. Keys are always present."""

from __future__ import annotations

from typing import Any

from caseconsultant.domain.answer import Answer, Branch, ConditionalLine, Consultation, Finding, Reference
from caseconsultant.domain.codes import CodeMention, DiagnosisMention
from caseconsultant.domain.question import Question

Object = dict[str, Any]


def consultation_object(consultation: Consultation, *, id: str | None) -> Object:  # noqa: A002 - the contract's own key
    """The consultation as JSON-ready objects; a missing value is None, a missing list empty."""
    return {
        "id": id,
        "question": question_object(consultation.question),
        "answer": answer_object(consultation.answer),
        "knowledge_release": consultation.knowledge_release,
    }


def question_object(question: Question) -> Object:
    """What was read: context, minutes, topics, codes with their spans, diagnoses."""
    return {
        "as_of": question.as_of.isoformat(),
        "payer": question.payer.value if question.payer else None,
        "setting": question.setting.value if question.setting else None,
        "minutes": question.minutes,
        "topics": [topic.value for topic in question.topics],
        "codes": [_mention(mention) for mention in question.codes],
        "diagnoses": [_diagnosis(mention) for mention in question.diagnoses],
    }


def answer_object(answer: Answer) -> Object:
    """An answer, its parts likewise."""
    return {
        "verdict": answer.verdict.value if answer.verdict else None,
        "bottom_line": answer.bottom_line,
        "codes": dict(answer.codes),
        "conditional": [_conditional(line) for line in answer.conditional],
        "modifiers": list(answer.modifiers),
        "diagnoses": list(answer.diagnoses),
        "findings": [finding_object(finding) for finding in answer.findings],
        "asks": list(answer.asks),
        "changes": list(answer.changes),
        "edition_gap": list(answer.edition_gap),
        "confidence": answer.confidence.value,
        "parts": [answer_object(part) for part in answer.parts],
    }


def finding_object(finding: Finding) -> Object:
    """One statement with its sources."""
    return {
        "topic": finding.topic.value,
        "kind": finding.kind.value,
        "verdict": finding.verdict.value if finding.verdict else None,
        "statement": finding.statement,
        "arithmetic": finding.arithmetic,
        "references": [_reference(reference) for reference in finding.references],
        "branch": _branch(finding.branch),
        "missing": list(finding.missing),
    }


def _mention(mention: CodeMention) -> Object:
    return {
        "code": mention.code,
        "system": mention.system.value,
        "units": mention.units,
        "modifiers": list(mention.modifiers),
        "span": [mention.span.start, mention.span.end],
    }


def _diagnosis(mention: DiagnosisMention) -> Object:
    return {"code": mention.code, "span": [mention.span.start, mention.span.end]}


def _conditional(line: ConditionalLine) -> Object:
    return {
        "code": line.code,
        "units": line.units,
        "modifiers": list(line.modifiers),
        "when": line.when,
        "branch": _branch(line.branch),
    }


def _branch(branch: Branch) -> Object:
    """Only what the statement is limited to: `{}` holds everywhere."""
    limits = {"payer": branch.payer, "setting": branch.setting}
    return {name: value.value for name, value in limits.items() if value}


def _reference(reference: Reference) -> Object:
    return {"source": reference.source, "locator": reference.locator, "edition": reference.edition}

"""Findings and the answer made of them: `docs/answers.md` has the rules of conduct."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic


class Verdict(StrEnum):
    """The answer to what was asked."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """Codable (CPT), payable (NCCI, MUE, fee schedule) and covered (NCD, LCD, documentation) are never one verdict."""

    CODABLE = "codable"
    PAYABLE = "payable"
    COVERED = "covered"
    INFO = "info"


class Confidence(StrEnum):
    """Grades the sources, not the question: missing facts stand in `asks`."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A statement's pointer into a publication. `source` is an id of `knowledge/sources.yaml`."""

    source: str
    locator: str
    edition: str


@dataclass(frozen=True, slots=True)
class Branch:
    """What a statement holds for. None: whatever the payer, whatever the setting."""

    payer: Payer | None = None
    setting: Setting | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement, its sources, its arithmetic, and what it holds for."""

    topic: Topic
    kind: Kind
    statement: str
    references: tuple[Reference, ...]
    verdict: Verdict | None = None
    arithmetic: str | None = None
    branch: Branch = field(default_factory=Branch)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionalLine:
    """A claim line that hangs on a fact: `when` completes the sentence 'only if ...'."""

    code: str
    units: int
    modifiers: tuple[str, ...]
    when: str
    branch: Branch = field(default_factory=Branch)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to the sender. `codes` stand unconditionally; what hangs on a fact stands in `conditional`."""

    verdict: Verdict | None
    bottom_line: str
    codes: dict[str, int]
    conditional: tuple[ConditionalLine, ...]
    modifiers: tuple[str, ...]
    diagnoses: tuple[str, ...]
    findings: tuple[Finding, ...]
    asks: tuple[str, ...]
    changes: tuple[str, ...]
    edition_gap: tuple[str, ...]
    confidence: Confidence
    parts: tuple[Answer, ...] = ()
    earned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Modifiers of the lines in `codes`, any one of which stands on the line."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """A question, its answer, and the knowledge release that gave it."""

    question: Question
    answer: Answer
    knowledge_release: str

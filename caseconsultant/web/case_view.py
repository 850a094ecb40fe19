"""What the case page shows: view records, so that the template prints and does not decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, CaseStatus, InboundMessage
from caseconsultant.domain.answer import Branch, Finding, Reference
from caseconsultant.domain.records import Source
from caseconsultant.services import audit
from caseconsultant.services.answering import consultation_of
from caseconsultant.services.reviewing import Reviewer
from caseconsultant.web.pages import span

_CLOSED_WITHOUT_REVIEW = frozenset({CaseStatus.RECEIVED, CaseStatus.HELD, CaseStatus.AWAITING_SENDER})

Sources = Callable[[str], Source | None]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A statement with what it rests on."""

    kind: str
    branch: str
    statement: str
    arithmetic: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactView:
    """Something read out of the question."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """The newest draft and what it was made of."""

    version: int
    author: str
    subject: str
    text: str
    confidence: str
    release: str
    facts: tuple[FactView, ...]
    evidence: tuple[EvidenceView, ...]
    asks: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """A line of the history."""

    at: datetime
    actor: str
    event: str


@dataclass(frozen=True, slots=True)
class MailView:
    """A mail that the case came from: how far its sender is believed, and what was attached."""

    inbound_id: int
    authentication: str
    reason: str
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything on the page."""

    id: int
    number: str
    status: str
    status_words: str
    held_reason: str
    subject: str
    sender: str
    age: str
    questions: tuple[str, ...]
    mails: tuple[MailView, ...]
    error: str
    colleague: str
    can_review: bool
    can_take_up: bool
    can_close: bool
    draft: DraftView | None
    history: tuple[EventView, ...]


def case_view(session: Session, case: Case, reviewer: Reviewer, *, sources: Sources, at: datetime) -> CaseView:
    """The page's view of the case as it stands."""
    colleague = _colleague(case, reviewer, at)
    return CaseView(
        id=case.id,
        number=case.number,
        status=case.status.value,
        status_words=case.status.value.replace("_", " "),
        held_reason=(case.held_reason or "").replace("_", " "),
        subject=case.subject,
        sender=case.reply_to,
        age=span((at - case.created_at).total_seconds()),
        questions=tuple(question.text for question in case.questions),
        mails=_mails(session, case),
        error=case.error or "",
        colleague=colleague,
        can_review=case.status is CaseStatus.IN_REVIEW and not colleague,
        can_take_up=case.status is CaseStatus.HELD and not colleague,
        can_close=case.status in _CLOSED_WITHOUT_REVIEW and not colleague,
        draft=_draft_view(case, sources),
        history=tuple(EventView(event.at, event.actor, event.event) for event in audit.history(session, case.id)),
    )


def _mails(session: Session, case: Case) -> tuple[MailView, ...]:
    ids = [question.inbound_id for question in case.questions if question.inbound_id]
    rows = session.scalars(select(InboundMessage).where(InboundMessage.id.in_(ids)).order_by(InboundMessage.id))
    return tuple(
        MailView(row.id, row.authentication, row.authentication_reason, tuple(row.attachments or ())) for row in rows
    )


def _colleague(case: Case, reviewer: Reviewer, at: datetime) -> str:
    other = case.claimed_by if case.claimed_by_id != reviewer.id else None
    return other.name if other and case.claimed_until and case.claimed_until > at else ""


def _draft_view(case: Case, sources: Sources) -> DraftView | None:
    if not case.drafts:
        return None
    draft = case.drafts[-1]
    consultation = consultation_of(draft)
    question, answer = consultation.question, consultation.answer
    codes = ", ".join(
        f"{m.code}{f' x{m.units}' if m.units else ''}{''.join(f'-{x}' for x in m.modifiers)}" for m in question.codes
    )
    facts = (
        FactView("Codes", codes or "none found"),
        FactView("Date of service", f"{question.as_of}{'' if question.as_of_stated else ' (day of receipt)'}"),
        FactView("Payer", question.payer.value.replace("_", " ") if question.payer else "not stated"),
        FactView("Setting", question.setting.value.replace("_", " ") if question.setting else "not stated"),
        FactView("Minutes", str(question.minutes) if question.minutes else "none"),
    )
    return DraftView(
        version=draft.version,
        author=draft.author,
        subject=draft.subject,
        text=draft.text,
        confidence=draft.confidence,
        release=draft.knowledge_release,
        facts=facts,
        evidence=tuple(_evidence(finding, sources) for finding in answer.findings),
        asks=answer.asks,
        gaps=answer.edition_gap,
    )


def _evidence(finding: Finding, sources: Sources) -> EvidenceView:
    return EvidenceView(
        kind=finding.kind.value,
        branch=_branch(finding.branch),
        statement=finding.statement,
        arithmetic=finding.arithmetic or "",
        references=tuple(_reference(reference, sources) for reference in finding.references),
    )


def _branch(branch: Branch) -> str:
    words = [part.value.replace("_", " ") for part in (branch.payer, branch.setting) if part]
    return ", ".join(words)


def _reference(reference: Reference, sources: Sources) -> str:
    source = sources(reference.source)
    return f"{source.title if source else reference.source}, {reference.locator} (edition {reference.edition})"

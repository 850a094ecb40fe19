"""From a case's questions to a draft: consult, compose, record. May run twice; the newest question decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog
from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseconsultant.consulting.consultant import consult
from caseconsultant.db.models import Case, CaseStatus, Draft, Question
from caseconsultant.db.session import Database
from caseconsultant.domain.answer import Answer, Confidence, Consultation
from caseconsultant.domain.question import Question as ReadQuestion
from caseconsultant.drafting import compose
from caseconsultant.drafting.records import Body
from caseconsultant.kb.library import Library
from caseconsultant.services import audit, reviewing
from caseconsultant.services.posting import PostOffice, subject_for
from caseconsultant.services.steps import move_case
from caseconsultant.settings import AutoApprove

log = structlog.get_logger()

_TRIES = 3
_CONSULTATION = TypeAdapter(Consultation)
DRAFTABLE = frozenset(
    {CaseStatus.RECEIVED, CaseStatus.DRAFTING, CaseStatus.IN_REVIEW, CaseStatus.SENT, CaseStatus.HELD}
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be answered: the case's questions as one text, up to the newest of them."""

    question_id: int
    text: str
    as_of: date
    subject: str
    greeting_name: str | None
    attempts: int


def draft_case(case_id: int, *, database: Database, library: Library, post: PostOffice) -> int | None:
    """The version drafted; None if nothing was due. What three times cannot be drafted goes to review by hand."""
    with database.reading() as session:
        matter = _due(session, case_id)
    if matter is None:
        return None
    try:
        consultation, body = _work_out(matter, library=library)
    except Exception as error:
        log.exception("draft_failed", case=case_id)
        if not _give_up(case_id, error, database=database):
            raise
        consultation, body = _by_hand(matter, library=library)
    with database.transaction() as session:
        return _record(session, case_id, matter, consultation, body, post=post)


def _due(session: Session, case_id: int) -> Matter | None:
    case = session.get(Case, case_id)
    if case is None or case.status not in DRAFTABLE or not case.questions:
        return None
    drafted = session.scalar(select(func.max(Draft.question_id)).where(Draft.case_id == case_id))
    if (drafted or 0) >= case.questions[-1].id:
        return None
    text = "\n\n".join(question.text for question in case.questions)
    return Matter(
        question_id=case.questions[-1].id,
        text=text,
        as_of=case.questions[0].as_of,
        subject=subject_for(case),
        greeting_name=case.greeting_name,
        attempts=case.draft_attempts,
    )


def _work_out(matter: Matter, *, library: Library) -> tuple[Consultation, Body]:
    knowledge = library.current()  # one handle for the whole answer
    consultation = consult(matter.text, knowledge=knowledge, as_of=matter.as_of)
    body = compose.answer(consultation, sources=knowledge.source, greeting_name=matter.greeting_name)
    return consultation, replace(body, subject=matter.subject)


def _give_up(case_id: int, error: Exception, *, database: Database) -> bool:
    with database.transaction() as session:
        case = session.get_one(Case, case_id, with_for_update=True)
        case.draft_attempts += 1
        case.error = f"{type(error).__name__}: {error}"
        return case.draft_attempts >= _TRIES


def _by_hand(matter: Matter, *, library: Library) -> tuple[Consultation, Body]:
    """An empty draft: the engine failed, a person answers."""
    answer = Answer(None, "", {}, (), (), (), (), (), (), (), Confidence.LOW)
    question = ReadQuestion(text=matter.text, as_of=matter.as_of)
    return Consultation(question, answer, library.current().release), compose.from_text(matter.subject, "")


def _record(
    session: Session, case_id: int, matter: Matter, consultation: Consultation, body: Body, *, post: PostOffice
) -> int | None:
    case = session.get_one(Case, case_id, with_for_update={"of": Case})
    if case.status not in DRAFTABLE:
        return None
    version, drafted, newest = _how_far(session, case_id)
    if drafted >= matter.question_id or newest > matter.question_id:
        return None  # another worker drafted it, or a newer question overtook it
    draft = _draft(case, matter, consultation, body, version=version + 1, at=post.clock())
    session.add(draft)
    audit.record(
        session,
        "drafted",
        case=case,
        actor=draft.author,
        at=draft.created_at,
        version=draft.version,
        release=draft.knowledge_release,
    )
    if case.status is not CaseStatus.HELD:
        _to_review(case)
        if post.settings.auto_approve is AutoApprove.ALL:
            reviewing.approve_by_policy(session, case, draft, asked=matter.text, post=post)
    return draft.version


def _how_far(session: Session, case_id: int) -> tuple[int, int, int]:
    """The newest draft's version, the newest question drafted, and the newest question asked (0: none)."""
    drafts = select(func.max(Draft.version), func.max(Draft.question_id)).where(Draft.case_id == case_id)
    version, drafted = session.execute(drafts).one()
    newest = session.scalar(select(func.max(Question.id)).where(Question.case_id == case_id))
    return version or 0, drafted or 0, newest or 0


def _draft(case: Case, matter: Matter, consultation: Consultation, body: Body, *, version: int, at: datetime) -> Draft:
    return Draft(
        case_id=case.id,
        question_id=matter.question_id,
        version=version,
        author=audit.ENGINE,
        consultation=_CONSULTATION.dump_python(consultation, mode="json"),
        subject=body.subject,
        text=body.text,
        html=body.html,
        knowledge_release=consultation.knowledge_release,
        confidence=consultation.answer.confidence.value,
        created_at=at,
    )


def _to_review(case: Case) -> None:
    if case.status is CaseStatus.RECEIVED:
        move_case(case, CaseStatus.DRAFTING)
    if case.status is not CaseStatus.IN_REVIEW:
        move_case(case, CaseStatus.IN_REVIEW)


def consultation_of(draft: Draft) -> Consultation:
    """The consultation a draft was made from, as records again."""
    return _CONSULTATION.validate_python(draft.consultation)

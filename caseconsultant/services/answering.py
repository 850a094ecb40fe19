"""From a case's questions to a draft: consult, compose, record. May run twice; the newest question decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import structlog
from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseconsultant.consulting.following_up import consult_following
from caseconsultant.db.models import Case, CaseStatus, Draft, Question
from caseconsultant.db.session import Database
from caseconsultant.domain.answer import Answer, Confidence, Consultation
from caseconsultant.domain.question import Question as ReadQuestion
from caseconsultant.drafting import compose
from caseconsultant.drafting.records import Body
from caseconsultant.kb.library import Library
from caseconsultant.services import audit, reviewing, troubles
from caseconsultant.services.admission import UNAUTHENTICATED
from caseconsultant.services.posting import Mail, PostOffice, subject_for
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
    """What is to be answered: a case as it was read, its newest question, and those asked before, oldest first.

    `asked` is what the case itself holds, as one text; `earlier` may begin with a case that this one follows up.
    """

    case: Case
    question_id: int
    earlier: tuple[str, ...]
    newest: str
    asked: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Worked:
    """A draft that is not yet recorded; with the reply it becomes, where no review is asked for."""

    draft: Draft
    reply: Mail | None


def draft_case(case_id: int, *, database: Database, library: Library, post: PostOffice) -> int | None:
    """The version drafted; None if nothing was due. What three times cannot be drafted goes to review by hand."""
    with database.reading() as session:
        matter = _due(session, case_id)
    if matter is None:
        return None
    try:
        worked = _work_out(matter, library=library, post=post)
    except Exception as error:
        log.error("draft_failed", case=case_id, error=troubles.told(error), at=troubles.where(error))  # noqa: TRY400  a traceback would quote the mail
        if not _give_up(case_id, error, database=database):
            raise
        worked = _by_hand(matter, library=library, post=post)
    with database.transaction() as session:
        return _record(session, matter, worked, post=post)


def _due(session: Session, case_id: int) -> Matter | None:
    case = session.get(Case, case_id)
    if case is None or case.status not in DRAFTABLE:
        return None
    questions = case.questions  # read here: the reply is written when the session is gone
    drafted = session.scalar(select(func.max(Draft.question_id)).where(Draft.case_id == case_id))
    if not questions or (drafted or 0) >= questions[-1].id:
        return None
    texts = tuple(question.text for question in questions)
    return Matter(
        case,
        question_id=questions[-1].id,
        earlier=(*_before(session, case), *texts[:-1]),
        newest=texts[-1],
        asked="\n\n".join(texts),
        as_of=questions[0].as_of,
    )


def _before(session: Session, case: Case) -> tuple[str, ...]:
    """The questions of the case that this one follows up, if it is the same sender's: nobody else's is looked into."""
    earlier = session.get(Case, case.earlier_case_id) if case.earlier_case_id else None
    if earlier is None or earlier.sender_id != case.sender_id or case.held_reason == UNAUTHENTICATED:
        return ()
    asked = select(Question.text).where(Question.case_id == earlier.id).order_by(Question.id)
    return tuple(session.scalars(asked))


def _work_out(matter: Matter, *, library: Library, post: PostOffice) -> Worked:
    """Everything that takes time, before the transaction that records it."""
    case, knowledge = matter.case, library.current()  # one handle for the whole answer
    consultation = consult_following(matter.earlier, matter.newest, knowledge=knowledge, as_of=matter.as_of)
    body = compose.answer(consultation, sources=knowledge.source, greeting_name=case.greeting_name)
    draft = _draft(matter, consultation, replace(body, subject=subject_for(case)), at=post.clock())
    if post.settings.auto_approve is AutoApprove.OFF or case.status is CaseStatus.HELD:
        return Worked(draft, None)
    return Worked(draft, reviewing.answer_mail(case, draft, asked=matter.asked, review=None, post=post))


def _give_up(case_id: int, error: Exception, *, database: Database) -> bool:
    with database.transaction() as session:
        case = session.get_one(Case, case_id, with_for_update=True)
        case.draft_attempts += 1
        case.error = troubles.told(error)
        return case.draft_attempts >= _TRIES


def _by_hand(matter: Matter, *, library: Library, post: PostOffice) -> Worked:
    """An empty draft: the engine failed, a person answers."""
    answer = Answer(None, "", {}, (), (), (), (), (), (), (), Confidence.LOW)
    question = ReadQuestion(text=matter.asked, as_of=matter.as_of)
    consultation = Consultation(question, answer, library.current().release)
    body = compose.from_text(subject_for(matter.case), "")
    return Worked(_draft(matter, consultation, body, at=post.clock()), None)


def _draft(matter: Matter, consultation: Consultation, body: Body, *, at: datetime) -> Draft:
    return Draft(
        case_id=matter.case.id,
        question_id=matter.question_id,
        author=audit.ENGINE,
        consultation=_CONSULTATION.dump_python(consultation, mode="json"),
        subject=body.subject,
        text=body.text,
        html=body.html,
        knowledge_release=consultation.knowledge_release,
        confidence=consultation.answer.confidence.value,
        created_at=at,
    )


def _record(session: Session, matter: Matter, worked: Worked, *, post: PostOffice) -> int | None:
    case = session.get_one(Case, matter.case.id, with_for_update={"of": Case})
    version, drafted, newest = _how_far(session, case.id)
    if case.status not in DRAFTABLE or drafted >= matter.question_id or newest > matter.question_id:
        return None  # another worker drafted it, or a newer question overtook it
    draft = worked.draft
    draft.version = version + 1
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
        if worked.reply is not None:
            reviewing.approve_by_policy(session, case, draft.version, worked.reply, post=post)
    return draft.version


def _how_far(session: Session, case_id: int) -> tuple[int, int, int]:
    """The newest draft's version, the newest question drafted, and the newest question asked (0: none)."""
    newest = select(func.max(Question.id)).where(Question.case_id == case_id).scalar_subquery()
    drafts = select(func.max(Draft.version), func.max(Draft.question_id), newest).where(Draft.case_id == case_id)
    version, drafted, asked = session.execute(drafts).one()
    return version or 0, drafted or 0, asked or 0


def _to_review(case: Case) -> None:
    if case.status is CaseStatus.RECEIVED:
        move_case(case, CaseStatus.DRAFTING)
    if case.status is not CaseStatus.IN_REVIEW:
        move_case(case, CaseStatus.IN_REVIEW)


def consultation_of(draft: Draft) -> Consultation:
    """The consultation a draft was made from, as records again."""
    return _CONSULTATION.validate_python(draft.consultation)

"""What reviewers do: claim, approve, amend, ask, decline. Two reviewers never send twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, CaseStatus, Draft, MailKind, Question, Staff
from caseconsultant.db.session import Database
from caseconsultant.domain.errors import ClaimedError, ForbiddenStepError, InputError, StaleDraftError
from caseconsultant.drafting import compose
from caseconsultant.drafting.records import Body, Review
from caseconsultant.parsing import redact
from caseconsultant.services import audit, quotas
from caseconsultant.services.admission import OVER_QUOTA, release_held, withdraw_unsent
from caseconsultant.services.posting import Mail, PostOffice, subject_for
from caseconsultant.services.steps import move_case


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides: a member of staff."""

    id: int
    name: str
    credential: str
    email: str

    @classmethod
    def of(cls, person: Staff) -> Reviewer:
        """The reviewer behind a staff row."""
        return cls(person.id, person.name, person.credential, person.email)

    @property
    def review(self) -> Review:
        """How the reply names them."""
        return Review(name=self.name, credential=self.credential)


def claim(case_id: int, reviewer: Reviewer, *, database: Database, post: PostOffice) -> None:
    """Take the case for `claim_minutes`, or prolong it. Raises ClaimedError while a colleague has it."""
    with database.transaction() as session:
        _locked_for(session, case_id, reviewer, post=post)


def look_at(case_id: int, reviewer: Reviewer, *, database: Database, post: PostOffice) -> None:
    """Claim a case that waits for review on opening it; raises ClaimedError while a colleague has it."""
    with database.reading() as session:
        case = session.get(Case, case_id)
    if case is not None and case.status is CaseStatus.IN_REVIEW:
        claim(case_id, reviewer, database=database, post=post)


def unclaim(case_id: int, reviewer: Reviewer, *, database: Database, post: PostOffice) -> None:
    """Give the case back to the queue."""
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        case.claimed_by_id, case.claimed_until = None, None


def approve(case_id: int, version: int, reviewer: Reviewer, *, database: Database, post: PostOffice) -> int:
    """Send the draft of this very version; returns the outbox id.

    Raises StaleDraftError if a newer draft or question is there, ClaimedError if a colleague holds the case,
    ForbiddenStepError if the case is not in review (it was sent, say).
    """
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        draft = _current_draft(session, case, version)
        if not draft.text.strip():
            raise InputError("the reply is empty: write it, or decline the question with a reason")
        audit.record(session, "approved", case=case, actor=reviewer.email, at=post.clock(), version=version)
        mail = answer_mail(case, draft, asked=case.asked, review=reviewer.review, post=post)
        return _send_answer(session, case, mail, post=post, delay=post.settings.undo_seconds)


def approve_by_policy(session: Session, case: Case, version: int, mail: Mail, *, post: PostOffice) -> int:
    """Send a fresh draft unreviewed, because the settings say so; returns the outbox id."""
    policy = post.settings.auto_approve.value
    audit.record(session, "approved", case=case, actor=audit.POLICY, at=post.clock(), version=version, policy=policy)
    return _send_answer(session, case, mail, post=post)


def undo(case_id: int, reviewer: Reviewer, *, database: Database, post: PostOffice) -> None:
    """Take an approval back while no relay has seen the answer. Raises ForbiddenStepError if it is too late."""
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        if not withdraw_unsent(session, case):
            raise ForbiddenStepError(f"{case.number} is {case.status.value}: there is nothing left to take back")
        audit.record(session, "undone", case=case, actor=reviewer.email, at=post.clock())


def amend(
    case_id: int, version: int, reviewer: Reviewer, *, subject: str, text: str, database: Database, post: PostOffice
) -> int:
    """Replace the draft by the reviewer's text, screened for patient data; returns the new version."""
    if not text.strip():
        raise InputError("the reply is empty: write it, or decline the question with a reason")
    clean = compose.from_text(redact(" ".join(subject.split())).text, redact(text).text)
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        before = _current_draft(session, case, version)
        case.drafts.append(_amended(before, clean, reviewer, post=post))
        session.flush()
        audit.record(session, "amended", case=case, actor=reviewer.email, at=post.clock(), version=version + 1)
        return version + 1


def ask_sender(
    case_id: int,
    version: int,
    reviewer: Reviewer,
    *,
    questions: Sequence[str],
    note: str | None,
    database: Database,
    post: PostOffice,
) -> int:
    """Ask the sender for what is missing; the case waits for the answer. Returns the outbox id."""
    asked = [redact(question.strip()).text for question in questions if question.strip()]
    if not asked:
        raise InputError("there is nothing to ask: write at least one question")
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        _current_draft(session, case, version)
        body = compose.ask(
            questions=asked, note=redact(note).text if note and note.strip() else None, greeting_name=case.greeting_name
        )
        audit.record(session, "asked", case=case, actor=reviewer.email, at=post.clock(), questions=len(asked))
        move_case(case, CaseStatus.AWAITING_SENDER)
        return _write_to_sender(session, case, MailKind.ASK, body, reviewer.review, post=post)


def decline(
    case_id: int, version: int, reviewer: Reviewer, *, reason: str, database: Database, post: PostOffice
) -> int:
    """Decline the question with a reason the sender sees; the quota is given back. Returns the outbox id."""
    if not reason.strip():
        raise InputError("a reason is missing: the sender is told why")
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        _current_draft(session, case, version)
        audit.record(session, "declined", case=case, actor=reviewer.email, at=post.clock())
        move_case(case, CaseStatus.DECLINED)
        quotas.release(session, case.id, at=post.clock())
        body = compose.declined(reason=redact(reason.strip()).text, greeting_name=case.greeting_name)
        return _write_to_sender(session, case, MailKind.DECLINED, body, reviewer.review, post=post)


def close(case_id: int, reviewer: Reviewer, *, reason: str, database: Database, post: PostOffice) -> None:
    """Close a case without a mail (not a question, say); the quota is given back."""
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        audit.record(session, "closed", case=case, actor=reviewer.email, at=post.clock(), reason=redact(reason).text)
        move_case(case, CaseStatus.CLOSED)
        quotas.release(session, case.id, at=post.clock())


def take_up_held(case_id: int, reviewer: Reviewer, *, database: Database, post: PostOffice) -> None:
    """Let a held case into the queue: staff vouch for it. Over quota, it is let in as a courtesy and not counted."""
    with database.transaction() as session:
        case = _locked_for(session, case_id, reviewer, post=post)
        if case.status is not CaseStatus.HELD:
            raise ForbiddenStepError(f"{case.number} is {case.status.value}, not held")
        if case.held_reason != OVER_QUOTA:
            sender = quotas.lock_sender(session, case.sender_id)
            quotas.reserve(session, sender, case.id, at=post.clock(), settings=post.settings)
        release_held(session, case, actor=reviewer.email, priority=case.priority, post=post)
        if case.drafts and case.drafts[-1].question_id >= case.questions[-1].id:
            move_case(case, CaseStatus.DRAFTING)
            move_case(case, CaseStatus.IN_REVIEW)


def _locked_for(session: Session, case_id: int, reviewer: Reviewer, *, post: PostOffice) -> Case:
    """The case, locked and claimed for the reviewer. Raises InputError, or ClaimedError while a colleague has it."""
    case = session.get(Case, case_id, with_for_update={"of": Case})
    if case is None:
        raise InputError(f"there is no case {case_id}")
    now = post.clock()
    if case.claimed_by_id not in {None, reviewer.id} and case.claimed_until and case.claimed_until > now:
        colleague = case.claimed_by.name if case.claimed_by else "a colleague"
        raise ClaimedError(f"{case.number} is with {colleague} until {case.claimed_until:%H:%M} UTC")
    case.claimed_by_id = reviewer.id
    case.claimed_until = now + timedelta(minutes=post.settings.claim_minutes)
    return case


def _current_draft(session: Session, case: Case, version: int) -> Draft:
    """Compare and swap: the draft that was looked at must still be the newest, and answer the newest question."""
    if case.status is not CaseStatus.IN_REVIEW:
        raise ForbiddenStepError(f"{case.number} is {case.status.value}, not in review")
    draft = case.drafts[-1] if case.drafts else None
    if draft is None or draft.version != version:
        raise StaleDraftError(f"{case.number} has a newer draft than version {version}: look at it first")
    newer = select(Question.id).where(Question.case_id == case.id, Question.id > draft.question_id).limit(1)
    if session.scalar(newer) is not None:
        raise StaleDraftError(f"{case.number} has a newer message than this draft answers: it is being drafted anew")
    return draft


def answer_mail(case: Case, draft: Draft, *, asked: str, review: Review | None, post: PostOffice) -> Mail:
    """The reply that a draft becomes: in its layout, under the reviewer's name or saying that nobody reviewed it."""
    body = Body(subject=draft.subject, text=draft.text, html=draft.html)
    return post.write_on(case, MailKind.ANSWER, body, asked=asked, review=review)


def _send_answer(session: Session, case: Case, mail: Mail, *, post: PostOffice, delay: float = 0) -> int:
    move_case(case, CaseStatus.APPROVED)
    return post.put(session, mail, case=case, delay=delay).id


def _write_to_sender(
    session: Session, case: Case, kind: MailKind, body: Body, review: Review, *, post: PostOffice
) -> int:
    body = replace(body, subject=subject_for(case))
    mail = post.write_on(case, kind, body, asked=case.asked, review=review)
    return post.put(session, mail, case=case).id


def _amended(before: Draft, body: Body, reviewer: Reviewer, *, post: PostOffice) -> Draft:
    return Draft(
        question_id=before.question_id,
        version=before.version + 1,
        author=reviewer.email,
        consultation=before.consultation,
        subject=body.subject,
        text=body.text,
        html=body.html,
        knowledge_release=before.knowledge_release,
        confidence=before.confidence,
        created_at=post.clock(),
    )

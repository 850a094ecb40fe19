"""Commands in mail: REGISTER, QUOTA, HELP, STATUS, STOP. Only an authenticated sender is obeyed and answered."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, CaseStatus, InboundMessage, MailKind, Sender
from caseconsultant.domain.message import ParsedMessage
from caseconsultant.drafting import compose
from caseconsultant.drafting.records import Body
from caseconsultant.parsing import command
from caseconsultant.services import admission, quotas
from caseconsultant.services.posting import PostOffice, Thread

_STANDS = {
    CaseStatus.RECEIVED: "it came in, and a draft is being worked out",
    CaseStatus.DRAFTING: "a draft is being worked out",
    CaseStatus.IN_REVIEW: "a reviewer looks at the draft",
    CaseStatus.AWAITING_SENDER: "we asked you something, and wait for your reply",
    CaseStatus.APPROVED: "the answer is on its way",
    CaseStatus.SENT: "answered",
    CaseStatus.HELD: "it waits for a person to take it up",
    CaseStatus.DECLINED: "we wrote that we cannot answer it",
    CaseStatus.CLOSED: "closed",
}


def obey(
    session: Session, row: InboundMessage, sender: Sender, message: ParsedMessage, *, to: str, post: PostOffice
) -> str:
    """Do what the mail asks. Returns the word for the row's reason."""
    word, number = command(message.subject, message.text) or ("", None)
    thread = Thread.in_answer_to(message.message_id, message.references)
    if word == "REGISTER":
        admission.register(session, sender, to=to, thread=thread, plan=None, post=post)
        return "register"
    if word == "STOP":
        sender.stopped_at = sender.stopped_at or post.clock()
    answers: dict[str, tuple[MailKind, Callable[[], Body]]] = {
        "QUOTA": (MailKind.QUOTA, lambda: _quota(session, sender, post=post)),
        "HELP": (MailKind.HELP, lambda: _help(sender, post=post)),
        "STATUS": (MailKind.STATUS, lambda: _status(session, sender, number or "")),
        "STOP": (MailKind.STOPPED, lambda: compose.stopped(greeting_name=sender.name)),
    }
    if word not in answers:
        return "unknown command"
    kind, body = answers[word]
    key = f"{kind.value}:{row.id}"
    post.notify(session, kind, body(), sender=sender, dedup_key=key, to=to, thread=thread)
    return word.lower()


def _quota(session: Session, sender: Sender, *, post: PostOffice) -> Body:
    room = quotas.allowance(session, sender, at=post.clock(), settings=post.settings)
    return compose.quota(
        left=str(room.left),
        allowance=admission.allowance_words(room),
        how_to_register=admission.how_to_register(sender, settings=post.settings) if not room.left else None,
        greeting_name=sender.name,
    )


def _help(sender: Sender, *, post: PostOffice) -> Body:
    return compose.how_to_ask(address=post.settings.address, greeting_name=sender.name)


def _status(session: Session, sender: Sender, number: str) -> Body:
    """The sender's own case only: another's number gets the same answer as one that never was."""
    case = session.scalars(
        select(Case).where(Case.id == int(number.rpartition("-")[2]), Case.sender_id == sender.id)
    ).one_or_none()
    stands = _STANDS[case.status] if case is not None and case.number == number else None
    return compose.status(number=number, stands=stands, greeting_name=sender.name)

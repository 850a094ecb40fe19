"""From a stored mail to a case: read, decided and recorded in one transaction. May run twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import structlog
from sqlalchemy import Row, select
from sqlalchemy.orm import Session, undefer

from caseconsultant.db.models import (
    Case,
    CaseStatus,
    InboundMessage,
    MailKind,
    Question,
    Sender,
)
from caseconsultant.db.session import Database, after_commit
from caseconsultant.domain.authentication import Authentication, AuthenticationResult, Passage
from caseconsultant.domain.message import Attachment, Disposition, ParsedMessage, Redaction
from caseconsultant.drafting import compose
from caseconsultant.parsing import parse, question_text, redact
from caseconsultant.queue import DRAFT_CASE
from caseconsultant.services import accounts, admission, audit, bounces, commands, threads, troubles
from caseconsultant.services.posting import PostOffice, Thread, is_own_message_id
from caseconsultant.services.steps import move_case
from caseconsultant.services.vault import Vault
from caseconsultant.settings import Settings

log = structlog.get_logger()

DUPLICATE = "duplicate"
_TRIES = 3
_REFERENCES_KEPT = 20  # a reply carries about ten of them
_FROM_MACHINES = frozenset({Disposition.AUTOMATED, Disposition.BOUNCE})
_TRUSTWORTHY = frozenset({"pass", "trusted"})


class Authenticate(Protocol):
    """Tells how far a mail's sender is believed (`authentication.Authenticator`)."""

    def __call__(self, raw: bytes, message: ParsedMessage, passage: Passage) -> Authentication:
        """The result; `temperror` where another try may tell."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail read and redacted, ready to be decided on."""

    raw: bytes
    message: ParsedMessage
    redaction: Redaction | None
    subject: str
    attachments: tuple[str, ...] = ()


def open_case(
    inbound_id: int, *, database: Database, vault: Vault, post: PostOffice, authenticate: Authenticate
) -> int | None:
    """The id of the case that the mail opened or joined; None if it became none. Decides once, however often it runs.

    A mail that cannot be read three times over is set aside as `unreadable`, bytes and error kept. Where the DNS did
    not say whether to believe the sender, nothing is decided yet: the sweeper comes back to it.
    """
    with database.reading() as session:
        row = session.get(InboundMessage, inbound_id, options=[undefer(InboundMessage.raw)])
    if row is None or row.disposition is not None:
        return row.case_id if row else None
    try:
        arrival = _read(row, vault=vault, settings=post.settings)
        authentication = _authentication(row, arrival, authenticate=authenticate)
        with database.transaction() as session:
            return _decide(session, inbound_id, arrival, authentication, post=post)
    except Exception as error:
        log.error("case_open_failed", inbound=inbound_id, error=troubles.told(error), at=troubles.where(error))  # noqa: TRY400  a traceback would quote the mail
        _record_failure(inbound_id, error, database=database)
        raise


def _read(row: InboundMessage, *, vault: Vault, settings: Settings) -> Arrival:
    raw = vault.unseal(row.raw, digest=row.digest)
    message = parse(
        raw, mail_from=row.mail_from, is_own_message_id=lambda given: is_own_message_id(given, settings=settings)
    )
    names = _names(message)
    try:
        asked = redact(question_text(message), names=names)
        attached = tuple(_told(item) for item in message.attachments)
        return Arrival(raw, message, asked, _clean_subject(message, names), attached)
    except Exception as error:  # noqa: BLE001  the case is held for a person; nothing unredacted is stored or logged
        log.error("redaction_failed", inbound=row.id, error=type(error).__name__, at=troubles.where(error))  # noqa: TRY400  a traceback would quote the mail
        return Arrival(raw, message, None, "")


def _told(attachment: Attachment) -> str:
    """An attachment in words for the reviewer, without its file's name: that often is a patient's."""
    state = "read with the question" if attachment.read else "not read"
    return f"{attachment.content_type}, {attachment.size:,} bytes: {state}"


def _clean_subject(message: ParsedMessage, names: Sequence[str]) -> str:
    """The subject, read with the text below it, which may tell that a surname in it is a patient's."""
    subject = " ".join(message.subject.split())
    return redact(f"{subject}\n\n{message.text}", names=names).text.partition("\n")[0]


def _authentication(row: InboundMessage, arrival: Arrival, *, authenticate: Authenticate) -> Authentication:
    """Asked of the DNS before the transaction, and only for mail that a person might have written."""
    if row.authentication != AuthenticationResult.UNCHECKED:
        return Authentication(AuthenticationResult(row.authentication), row.authentication_reason)
    if arrival.message.disposition in _FROM_MACHINES:
        return Authentication(AuthenticationResult.UNCHECKED, "a machine's mail is not checked")
    passage = Passage(row.source, row.client_address, row.helo, row.mail_from)
    return authenticate(arrival.raw, arrival.message, passage)


def _try_again(row: InboundMessage, authentication: Authentication) -> bool:
    """Whether the DNS is to be asked once more: the sweeper takes the mail up when its time has lapsed."""
    if authentication.result is not AuthenticationResult.TEMPERROR:
        return False
    row.authentication_attempts += 1
    row.authentication_reason = authentication.reason
    return row.authentication_attempts < _TRIES


def _names(message: ParsedMessage) -> Sequence[str]:
    return (message.from_name,) if message.from_name else ()


def _record_failure(inbound_id: int, error: Exception, *, database: Database) -> None:
    with database.transaction() as session:
        row = session.get_one(InboundMessage, inbound_id, with_for_update=True)
        row.attempts += 1
        row.error = troubles.told(error)
        if row.attempts >= _TRIES and row.disposition is None:
            row.disposition, row.reason = Disposition.UNREADABLE, "reading failed; see the error"


def _decide(
    session: Session, inbound_id: int, arrival: Arrival, authentication: Authentication, *, post: PostOffice
) -> int | None:
    row = session.get_one(InboundMessage, inbound_id, with_for_update=True)
    if row.disposition is not None:
        return row.case_id
    if _try_again(row, authentication):
        return None
    row.authentication, row.authentication_reason = authentication.result, authentication.reason
    message = arrival.message
    row.message_id, row.sender_address = message.message_id, message.from_address
    row.disposition, row.reason = message.disposition, message.automated
    row.attachments = list(arrival.attachments)
    if message.disposition in _FROM_MACHINES:
        if message.disposition is Disposition.BOUNCE:
            bounces.settle(session, row, message, arrival.raw, post=post)
        return None  # RFC 3834: no machine is answered
    if message.from_address is None:
        row.disposition, row.reason = Disposition.UNREADABLE, "no sender address"
        return None
    sender = accounts.sender_for(session, message.from_address, name=message.from_name, at=post.clock())
    if first := _first_copy(session, row):
        row.disposition, row.reason, row.case_id = DUPLICATE, f"same Message-ID as inbound {first.id}", first.case_id
        return None
    return _serve(session, row, sender, arrival, post=post)


def _serve(session: Session, row: InboundMessage, sender: Sender, arrival: Arrival, *, post: PostOffice) -> int | None:
    match arrival.message.disposition:
        case Disposition.QUESTION:
            return _ask(session, row, sender, arrival, post=post)
        case Disposition.COMMAND:
            _obey(session, row, sender, arrival.message, post=post)
        case _:
            _apologise(session, row, sender, arrival.message, post=post)
    return None


def _first_copy(session: Session, row: InboundMessage) -> Row[int, int | None] | None:
    """An earlier mail with the same Message-ID from the same sender: a relay's second delivery.

    Only one that was believed as much counts: a forged copy must not take the place of the real mail.
    """
    if not row.message_id:
        return None
    return session.execute(
        select(InboundMessage.id, InboundMessage.case_id)
        .where(
            InboundMessage.message_id == row.message_id,
            InboundMessage.sender_address == row.sender_address,
            InboundMessage.authentication == row.authentication,
            InboundMessage.id != row.id,
            InboundMessage.disposition.is_not(None),
        )
        .order_by(InboundMessage.id)
        .limit(1)
    ).first()


def _ask(session: Session, row: InboundMessage, sender: Sender, arrival: Arrival, *, post: PostOffice) -> int:
    known = threads.case_of(session, row, arrival.message, post=post)
    joins = known is not None and _trusted(row) and threads.joins(session, known, sender, at=post.clock())
    case = known if known is not None and joins else _new_case(session, row, sender, arrival, known, post=post)
    if _trusted(row):
        sender.stopped_at = sender.undeliverable_at = None  # who asks wants to hear from us, and can be reached
    _add_question(session, case, row, arrival, settings=post.settings)
    if case is known:
        _resume(session, case, row, post=post)
    else:
        redacted = arrival.redaction is not None
        admission.admit(session, case, sender, trusted=_trusted(row), redacted=redacted, post=post)
    row.case_id = case_id = case.id
    after_commit(session, lambda: post.queue.send(DRAFT_CASE, case_id))
    return case_id


def _new_case(
    session: Session, row: InboundMessage, sender: Sender, arrival: Arrival, earlier: Case | None, *, post: PostOffice
) -> Case:
    now = post.clock()
    message = arrival.message
    case = Case(
        sender_id=sender.id,
        reply_to=_reply_address(message),
        greeting_name=message.from_name,
        subject=arrival.subject,
        status=CaseStatus.RECEIVED,
        priority=0,
        created_at=now,
        due_at=row.received_at + timedelta(hours=post.settings.answer_within_hours),
        enqueued_at=now,
        earlier_case_id=earlier.id if earlier else None,
        draft_attempts=0,
    )
    session.add(case)
    session.flush()
    audit.record(session, "received", case=case, actor=sender.address, at=now, inbound=row.id)
    return case


def _reply_address(message: ParsedMessage) -> str:
    """From, or a Reply-To within the same domain; never elsewhere, or a stranger could have answers sent away."""
    sender = message.from_address or ""
    domain = sender.rpartition("@")[2]
    wanted = (message.reply_to or "").rpartition("@")[2]
    same = wanted == domain or wanted.endswith(f".{domain}") or domain.endswith(f".{wanted}")
    return message.reply_to if message.reply_to and wanted.count(".") and same else sender


def _add_question(session: Session, case: Case, row: InboundMessage, arrival: Arrival, *, settings: Settings) -> None:
    redaction = arrival.redaction or Redaction("", {})
    session.add(
        Question(
            case_id=case.id,
            inbound_id=row.id,
            text=redaction.text,
            redactions=dict(redaction.counts),
            as_of=row.received_at.astimezone(settings.zone).date(),
            created_at=row.received_at,
        )
    )
    if arrival.message.message_id:
        case.last_message_id = arrival.message.message_id
        case.references = [*arrival.message.references[-_REFERENCES_KEPT:], arrival.message.message_id]


def _resume(session: Session, case: Case, row: InboundMessage, *, post: PostOffice) -> None:
    """A follow-up: an awaited answer goes on to drafting, an unsent reply is taken back, a sent one reopened."""
    case.enqueued_at = post.clock()
    audit.record(session, "follow_up", case=case, actor=row.sender_address or "", at=post.clock(), inbound=row.id)
    if case.status is CaseStatus.AWAITING_SENDER:
        move_case(case, CaseStatus.DRAFTING)
    elif case.status is CaseStatus.APPROVED:
        admission.withdraw_unsent(session, case)


def _obey(session: Session, row: InboundMessage, sender: Sender, message: ParsedMessage, *, post: PostOffice) -> None:
    if _trusted(row):
        row.reason = commands.obey(session, row, sender, message, to=_reply_address(message), post=post)
    else:
        row.reason = admission.UNAUTHENTICATED


def _apologise(
    session: Session, row: InboundMessage, sender: Sender, message: ParsedMessage, *, post: PostOffice
) -> None:
    """Say that we found nothing to read; one such mail a day, and only to an authenticated sender."""
    row.reason = row.reason or "no text"
    if not _trusted(row):
        return
    day = post.clock().astimezone(post.settings.zone).date()
    body = compose.could_not_read(reason="We found no text in it.", greeting_name=message.from_name)
    subject = redact(" ".join(message.subject.split())).text
    body = replace(body, subject=f"Re: {subject}" if subject else body.subject)
    post.notify(
        session,
        MailKind.COULD_NOT_READ,
        body,
        sender=sender,
        dedup_key=f"could_not_read:{sender.id}:{day}",
        to=_reply_address(message),
        thread=Thread.in_answer_to(message.message_id, message.references),
    )


def _trusted(row: InboundMessage) -> bool:
    return row.authentication in _TRUSTWORTHY

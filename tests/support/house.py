"""What the tests of services and doors share: a clock set by hand, a queue that remembers, and mails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from caseconsultant.db.models import Case, InboundMessage, OutboxMessage, Staff
from caseconsultant.db.session import Database
from caseconsultant.domain.authentication import Authentication, AuthenticationResult, Passage
from caseconsultant.domain.message import ParsedMessage
from caseconsultant.kb.library import Library
from caseconsultant.outbound.relay import Delivery, Outcome
from caseconsultant.services import answering, audit, intake, opening
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.reviewing import Reviewer
from caseconsultant.services.tags import Tags
from caseconsultant.services.vault import Vault

TAGS = Tags((b"t" * 32,))
START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@dataclass
class SetClock:
    """Time stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class RememberingQueue:
    """Remembers what was asked for."""

    sent: list[tuple[str, int]] = field(default_factory=list)

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        self.sent.append((task, record_id))

    def take(self, task: str) -> list[int]:
        """The ids asked of the task since last taken."""
        taken = [record_id for name, record_id in self.sent if name == task]
        self.sent = [(name, record_id) for name, record_id in self.sent if name != task]
        return taken


def mail(
    text: str = "96369 ran 200 minutes. 96370 x2? Medicare, office.",
    *,
    sender: str = "Dana Coder <dana@clinic.example.com>",
    subject: str = "Infusion",
    message_id: str | None = "<one@clinic.example.com>",
    **headers: str,
) -> bytes:
    """A mail as bytes; keyword headers with underscores for hyphens."""
    lines = [f"From: {sender}", "To: consult@desk.example.com", f"Subject: {subject}"]
    if message_id:
        lines.append(f"Message-ID: {message_id}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return (
        "\r\n".join([*lines, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text]) + "\r\n"
    ).encode()


def envelope(
    authentication: str = "trusted",
    mail_from: str | None = "dana@clinic.example.com",
    rcpt_tos: tuple[str, ...] = ("consult@desk.example.com",),
) -> intake.Envelope:
    return intake.Envelope(
        source="smtp",
        mailbox="consult@desk.example.com",
        rcpt_tos=rcpt_tos,
        mail_from=mail_from,
        client_address="127.0.0.1",
        helo="clinic.example.com",
        authentication=authentication,
    )


def nobody_is_known(raw: bytes, message: ParsedMessage, passage: Passage) -> Authentication:
    """An authenticator that finds nothing; tests that need another hand it to the house."""
    return Authentication(AuthenticationResult.NONE, "nothing speaks for the sender")


class TakingRelay:
    """Takes everything."""

    @contextmanager
    def begin(self, *, mail_from: str, rcpt_to: str) -> Iterator[TakingRelay]:
        yield self

    def deliver(self, raw: bytes) -> Outcome:
        return Outcome(Delivery.ACCEPTED, "250 ok")


@dataclass
class House:
    """The services' collaborators, and the steps between them as a worker would take them."""

    database: Database
    vault: Vault
    clock: SetClock
    queue: RememberingQueue
    post: PostOffice
    library: Library
    authenticate: opening.Authenticate = nobody_is_known

    def arrive(self, raw: bytes, **how: Any) -> int:
        """Take a mail in; its row's id."""
        given = envelope(**how)
        receipt = intake.accept(
            raw, given, database=self.database, vault=self.vault, clock=self.clock, queue=self.queue
        )
        return receipt.inbound_id

    def open(self, inbound_id: int) -> int | None:
        return opening.open_case(
            inbound_id, database=self.database, vault=self.vault, post=self.post, authenticate=self.authenticate
        )

    def draft(self, case_id: int) -> int | None:
        return answering.draft_case(case_id, database=self.database, library=self.library, post=self.post)

    def asked(self, raw: bytes | None = None, **how: Any) -> int:
        """A case, drafted."""
        case_id = self.open(self.arrive(raw or mail(), **how))
        assert case_id is not None
        self.draft(case_id)
        return case_id

    def case(self, case_id: int) -> Case:
        with self.database.reading() as session:
            case = session.get_one(Case, case_id)
            _ = (case.drafts, case.questions, case.sender)
            return case

    def inbound(self, inbound_id: int) -> InboundMessage:
        with self.database.reading() as session:
            return session.get_one(InboundMessage, inbound_id)

    def outbox(self) -> list[OutboxMessage]:
        """Every mail of ours, oldest first, with its bytes."""
        with self.database.reading() as session:
            return list(
                session.scalars(select(OutboxMessage).order_by(OutboxMessage.id).options(undefer(OutboxMessage.raw)))
            )

    def events(self, case_id: int) -> list[str]:
        with self.database.reading() as session:
            return [event.event for event in audit.history(session, case_id)]

    def reviewer(self, name: str = "Robin") -> Reviewer:
        with self.database.transaction() as session:
            person = Staff(
                email=f"{name.lower()}@desk.example.com",
                name=name,
                credential="CPC",
                password_hash="none",
                active=True,
                failed_sign_ins=0,
                created_at=self.clock(),
            )
            session.add(person)
            session.flush()
            return Reviewer.of(person)

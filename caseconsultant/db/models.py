"""The tables. Instants are UTC (`UtcDateTime`), states are words, JSON holds what was read out or drafted."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from caseconsultant.db.types import Clipped, UtcDateTime, word


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), date: Date(), dict[str, Any]: JSON(), list[str]: JSON()}  # noqa: RUF012  SQLAlchemy's own form


class CaseStatus(StrEnum):
    """Where a case stands; the allowed steps are in `services.steps`."""

    RECEIVED = "received"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    AWAITING_SENDER = "awaiting_sender"
    APPROVED = "approved"
    SENT = "sent"
    HELD = "held"
    DECLINED = "declined"
    CLOSED = "closed"


class OutboxState(StrEnum):
    """Where an outbox message stands; see `services.dispatching`."""

    QUEUED = "queued"
    HANDING_OVER = "handing_over"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"


class MailKind(StrEnum):
    """What a mail of ours is; the name of its template folder."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    ASK = "ask"
    DECLINED = "declined"
    QUOTA_USED = "quota_used"
    COULD_NOT_READ = "could_not_read"
    REGISTERED = "registered"
    QUOTA = "quota"
    HELP = "help"
    STATUS = "status"
    STOPPED = "stopped"


class LedgerKind(StrEnum):
    """An entry of the quota ledger."""

    RESERVE = "reserve"
    CHARGE = "charge"
    RELEASE = "release"


class InboundMessage(Base):
    """A mail as it came in: its bytes are stored before we answer 250, and never changed.

    `raw` is empty for a mail too large to be fetched, and once the time to keep it is over.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (Unique("mailbox", "digest"), Index(None, "disposition", "enqueued_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox: Mapped[str] = mapped_column(String(320))
    source: Mapped[str] = mapped_column(String(16))
    client_address: Mapped[str | None] = mapped_column(Clipped(64))
    helo: Mapped[str | None] = mapped_column(Clipped(255))
    mail_from: Mapped[str | None] = mapped_column(Clipped(320))
    rcpt_tos: Mapped[list[str]]
    received_at: Mapped[datetime]
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int] = mapped_column(Integer)
    key_fingerprint: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    copies: Mapped[int] = mapped_column(Integer, default=1)
    message_id: Mapped[str | None] = mapped_column(Clipped(998), index=True)
    sender_address: Mapped[str | None] = mapped_column(Clipped(320), index=True)
    authentication: Mapped[str] = mapped_column(String(16))
    authentication_reason: Mapped[str] = mapped_column(Clipped(255))
    authentication_attempts: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    attachments: Mapped[list[str] | None] = mapped_column(JSON)
    disposition: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Clipped(255))
    error: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    enqueued_at: Mapped[datetime | None]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)


class Organisation(Base):
    """Who a group of senders belongs to."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    plan: Mapped[str | None] = mapped_column(String(40))


class Sender(Base):
    """One person who asks; `address` is canonical (lower-case, without a plus-tag).

    `stopped_at`: they wrote STOP, and get answers only; `undeliverable_at`: a mail of ours came back for good.
    """

    __tablename__ = "sender"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str | None] = mapped_column(Clipped(200))
    plan: Mapped[str | None] = mapped_column(String(40))
    registered_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    undeliverable_at: Mapped[datetime | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime]


class Case(Base):
    """One question and all that followed from it. The number is `CC-<year>-<id>`."""

    __tablename__ = "case"
    __table_args__ = (Index(None, "status", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("sender.id"), index=True)
    reply_to: Mapped[str] = mapped_column(String(320))
    greeting_name: Mapped[str | None] = mapped_column(Clipped(200))
    subject: Mapped[str] = mapped_column(Text)
    status: Mapped[CaseStatus] = mapped_column(word(CaseStatus))
    held_reason: Mapped[str | None] = mapped_column(String(40))
    priority: Mapped[int] = mapped_column(Integer, default=0)
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    claimed_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    enqueued_at: Mapped[datetime | None]
    draft_attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str | None] = mapped_column(Text)
    last_message_id: Mapped[str | None] = mapped_column(Clipped(998))
    references: Mapped[list[str]] = mapped_column(JSON, default=list)
    earlier_case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    event_count: Mapped[int] = mapped_column(Integer, default=0)
    event_hash: Mapped[str] = mapped_column(String(64), default="")

    sender: Mapped[Sender] = relationship()
    claimed_by: Mapped[Staff | None] = relationship()
    questions: Mapped[list[Question]] = relationship(order_by="Question.id")
    drafts: Mapped[list[Draft]] = relationship(order_by="Draft.version")

    @property
    def number(self) -> str:
        """How people name the case: CC-2026-000123."""
        return f"CC-{self.created_at.year}-{self.id:06d}"

    @property
    def asked(self) -> str:
        """The case's questions as one text, oldest first."""
        return "\n\n".join(question.text for question in self.questions)


class Question(Base):
    """What a sender wrote, redacted. `as_of` is the day of receipt, the default date of service."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_message.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    redactions: Mapped[dict[str, Any]]
    as_of: Mapped[date]
    created_at: Mapped[datetime]


class Draft(Base):
    """One version of the answer: the engine's, or a reviewer's edit. The newest version counts."""

    __tablename__ = "draft"
    __table_args__ = (Unique("case_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    version: Mapped[int] = mapped_column(Integer)
    author: Mapped[str] = mapped_column(String(200))
    consultation: Mapped[dict[str, Any]]
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    knowledge_release: Mapped[str] = mapped_column(String(40))
    confidence: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]


class OutboxMessage(Base):
    """A mail of ours. Its bytes and Message-ID are fixed here; `dedup_key` makes it one of its kind."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index(None, "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("sender.id"))
    kind: Mapped[MailKind] = mapped_column(word(MailKind))
    dedup_key: Mapped[str] = mapped_column(String(200), unique=True)
    message_id: Mapped[str] = mapped_column(String(998), unique=True)
    mail_from: Mapped[str] = mapped_column(String(320))
    rcpt_to: Mapped[str] = mapped_column(String(320))
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[OutboxState] = mapped_column(word(OutboxState))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    last_reply: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    enqueued_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]
    bounce: Mapped[str | None] = mapped_column(Clipped(255))


class QuotaEntry(Base):
    """One line of the ledger; `bucket` is the plan and its period, such as `free` or `clinic:2026-11`."""

    __tablename__ = "quota_entry"
    __table_args__ = (Unique("case_id", "kind"), Index(None, "sender_id", "bucket"))

    id: Mapped[int] = mapped_column(primary_key=True)
    sender_id: Mapped[int] = mapped_column(ForeignKey("sender.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[LedgerKind] = mapped_column(word(LedgerKind))
    bucket: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Staff(Base):
    """A reviewer, lead or administrator."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    credential: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    failed_sign_ins: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StaffSession(Base):
    """A signed-in browser: only the token's digest is kept."""

    __tablename__ = "staff_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    csrf: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship()


class AuditEvent(Base):
    """What happened, by whom: append-only, each hashed over the one before it on the same case."""

    __tablename__ = "audit_event"
    __table_args__ = (Unique("case_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    sequence: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Clipped(320))
    event: Mapped[str] = mapped_column(String(60))
    detail: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class Heartbeat(Base):
    """When a process last showed itself."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


class MailboxPosition(Base):
    """How far an IMAP folder was read: every UID up to `uid` is a row, under this UIDVALIDITY (RFC 3501 2.3.1.1).

    `begun_at`: when the folder was first read; `at`: when it was last looked into.
    """

    __tablename__ = "mailbox_position"

    mailbox: Mapped[str] = mapped_column(String(320), primary_key=True)
    folder: Mapped[str] = mapped_column(String(255), primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    begun_at: Mapped[datetime]
    at: Mapped[datetime]


class Lease(Base):
    """What one process at a time may do; whoever holds it renews it, and it lapses with them."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    holder: Mapped[str] = mapped_column(String(100))
    until: Mapped[datetime]


class Correspondence(Base):
    """How many automatic mails an address got, and how many of its machine mails came, within a day."""

    __tablename__ = "correspondence"

    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    automatic: Mapped[int] = mapped_column(Integer, default=0)

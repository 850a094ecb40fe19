"""Putting a mail of ours into the outbox: rendered, its Message-ID fixed, one of its kind by its dedup key."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, MailKind, OutboxMessage, OutboxState, Sender
from caseconsultant.db.session import after_commit
from caseconsultant.domain.clock import Clock
from caseconsultant.drafting.headers import mime_message, subject_reply
from caseconsultant.drafting.letter import letter
from caseconsultant.drafting.records import Body, Brand, Review
from caseconsultant.queue import SEND_OUTBOX, Queue
from caseconsultant.settings import Settings

_OWN_PREFIX = "cc."
_FROM_PEOPLE = frozenset({MailKind.ANSWER, MailKind.ASK, MailKind.DECLINED})


@dataclass(frozen=True, slots=True)
class Thread:
    """Where in the sender's thread a mail of ours belongs. Message ids without angle brackets."""

    in_reply_to: str | None = None
    references: tuple[str, ...] = ()

    @classmethod
    def of(cls, case: Case) -> Thread:
        """The thread as the case last heard from its sender."""
        return cls(case.last_message_id, tuple(case.references))


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of ours: rendered, its Message-ID fixed, not yet in the outbox."""

    kind: MailKind
    to: str
    message_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class PostOffice:
    """What every service that sends mail needs: settings, clock and the queue."""

    settings: Settings
    clock: Clock
    queue: Queue

    def write(
        self,
        kind: MailKind,
        body: Body,
        *,
        to: str,
        thread: Thread,
        case_number: str | None = None,
        asked: str | None = None,
        review: Review | None = None,
    ) -> Mail:
        """The mail as it will be sent. Rendering takes milliseconds: better done before a transaction than in it."""
        message_id = new_message_id(self.settings)
        reply = letter(
            body,
            brand=brand(self.settings),
            case_number=case_number,
            asked=asked,
            review=review,
            automatic=kind not in _FROM_PEOPLE,
        )
        raw = mime_message(
            reply,
            from_name=self.settings.name,
            from_address=self.settings.address,
            to=to,
            message_id=message_id,
            date=self.clock(),
            in_reply_to=thread.in_reply_to,
            references=thread.references,
        )
        return Mail(kind, to, message_id, raw)

    def write_on(
        self, case: Case, kind: MailKind, body: Body, *, asked: str | None = None, review: Review | None = None
    ) -> Mail:
        """A mail to the case's sender, in the thread of their last mail."""
        return self.write(
            kind, body, to=case.reply_to, thread=Thread.of(case), case_number=case.number, asked=asked, review=review
        )

    def put(
        self,
        session: Session,
        mail: Mail,
        *,
        case: Case | None = None,
        sender: Sender | None = None,
        dedup_key: str | None = None,
        delay: float = 0,
    ) -> OutboxMessage:
        """The queued message, handed over after the commit. `dedup_key` makes it one of its kind; else it just is."""
        now = self.clock()
        due = now + timedelta(seconds=delay)
        message = OutboxMessage(
            case_id=case.id if case else None,
            sender_id=sender.id if sender else None,
            kind=mail.kind,
            dedup_key=dedup_key or mail.message_id,
            message_id=mail.message_id,
            mail_from=self.settings.address,
            rcpt_to=mail.to,
            raw=mail.raw,
            state=OutboxState.QUEUED,
            attempts=0,
            not_before=due,
            created_at=now,
            enqueued_at=due,
        )
        session.add(message)
        session.flush()
        outbox_id = message.id
        after_commit(session, lambda: self.queue.send(SEND_OUTBOX, outbox_id, delay=delay))
        return message

    def once(self, session: Session, dedup_key: str) -> bool:
        """Whether a mail under the key was never put into the outbox: ask before composing a notice."""
        return session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedup_key == dedup_key)) is None


def subject_for(case: Case) -> str:
    """The subject of our replies on the case: the sender's, with our tag, once."""
    return subject_reply(case.subject, case.number)


def brand(settings: Settings) -> Brand:
    """Who the letters come from."""
    return Brand(name=settings.name, address=settings.address, url=None)


def new_message_id(settings: Settings) -> str:
    """A Message-ID that `is_own_message_id` knows again."""
    return f"{_OWN_PREFIX}{secrets.token_hex(16)}@{settings.domain}"


def is_own_message_id(message_id: str, *, settings: Settings) -> bool:
    """Whether we minted it: mail that carries it as its own id is ours come back."""
    return message_id.lower().startswith(_OWN_PREFIX) and message_id.lower().endswith(f"@{settings.domain}")

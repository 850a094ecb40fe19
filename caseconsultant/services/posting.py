"""Putting a mail of ours into the outbox: rendered, its Message-ID fixed, one of its kind by its dedup key."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

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


@dataclass(frozen=True, slots=True)
class PostOffice:
    """What every service that sends mail needs: settings, clock and the queue."""

    settings: Settings
    clock: Clock
    queue: Queue

    def __call__(
        self,
        session: Session,
        kind: MailKind,
        body: Body,
        *,
        to: str,
        case: Case | None = None,
        sender: Sender | None = None,
        asked: str | None = None,
        review: Review | None = None,
        thread: Thread | None = None,
        dedup_key: str | None = None,
        delay: float = 0,
    ) -> OutboxMessage:
        """The queued message, handed over after the commit. `dedup_key` makes it one of its kind; else it just is."""
        now = self.clock()
        thread = thread or (Thread.of(case) if case else Thread())
        message_id = new_message_id(self.settings)
        message = OutboxMessage(
            case_id=case.id if case else None,
            sender_id=sender.id if sender else None,
            kind=kind,
            dedup_key=dedup_key or message_id,
            message_id=message_id,
            mail_from=self.settings.address,
            rcpt_to=to,
            state=OutboxState.QUEUED,
            attempts=0,
            not_before=now + timedelta(seconds=delay),
            created_at=now,
            enqueued_at=now + timedelta(seconds=delay),
        )
        message.raw = self._render(message, body, case=case, asked=asked, review=review, thread=thread, at=now)
        session.add(message)
        session.flush()
        outbox_id = message.id
        after_commit(session, lambda: self.queue.send(SEND_OUTBOX, outbox_id, delay=delay))
        return message

    def once(self, session: Session, dedup_key: str) -> bool:
        """Whether a mail under the key was never put into the outbox: ask before composing a notice."""
        return session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedup_key == dedup_key)) is None

    def _render(
        self,
        message: OutboxMessage,
        body: Body,
        *,
        case: Case | None,
        asked: str | None,
        review: Review | None,
        thread: Thread,
        at: datetime,
    ) -> bytes:
        number = case.number if case else None
        reply = letter(
            body,
            brand=brand(self.settings),
            case_number=number,
            asked=asked,
            review=review,
            automatic=message.kind not in {MailKind.ANSWER, MailKind.ASK, MailKind.DECLINED},
        )
        return mime_message(
            reply,
            from_name=self.settings.name,
            from_address=self.settings.address,
            to=message.rcpt_to,
            message_id=message.message_id,
            date=at,
            in_reply_to=thread.in_reply_to,
            references=thread.references,
        )


@dataclass(frozen=True, slots=True)
class Thread:
    """Where in the sender's thread a mail of ours belongs. Message ids without angle brackets."""

    in_reply_to: str | None = None
    references: tuple[str, ...] = ()

    @classmethod
    def of(cls, case: Case) -> Thread:
        """The thread as the case last heard from its sender."""
        return cls(case.last_message_id, tuple(case.references))


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

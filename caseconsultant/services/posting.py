"""Putting a mail of ours into the outbox: rendered, its Message-ID fixed, one of its kind by its dedup key."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, MailKind, OutboxMessage, OutboxState, Sender
from caseconsultant.db.session import after_commit
from caseconsultant.domain.clock import Clock
from caseconsultant.drafting.headers import mime_message, subject_reply
from caseconsultant.drafting.letter import letter
from caseconsultant.drafting.records import Body, Brand, Review
from caseconsultant.parsing import patient_identifiers
from caseconsultant.queue import SEND_OUTBOX, Queue
from caseconsultant.services import correspondence
from caseconsultant.services.tags import TagKind, Tags
from caseconsultant.settings import Settings

log = structlog.get_logger()

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

    @classmethod
    def in_answer_to(cls, message_id: str | None, references: tuple[str, ...]) -> Thread:
        """The thread of a mail that became no case."""
        return cls(message_id, (*references, message_id)) if message_id else cls()


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
    tags: Tags

    def write(
        self,
        kind: MailKind,
        body: Body,
        *,
        to: str,
        thread: Thread,
        case: Case | None = None,
        asked: str | None = None,
        review: Review | None = None,
    ) -> Mail:
        """The mail as it will be sent. Rendering takes milliseconds: better done before a transaction than in it."""
        message_id = new_message_id(self.settings)
        reply = letter(
            body,
            brand=brand(self.settings),
            case_number=case.number if case else None,
            asked=asked,
            review=review,
            automatic=kind not in _FROM_PEOPLE,
            identifiers_removed=kind in _FROM_PEOPLE and case is not None and _identified_a_patient(case),
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
            reply_to=self._reply_to(case),
        )
        return Mail(kind, to, message_id, raw)

    def write_on(
        self, case: Case, kind: MailKind, body: Body, *, asked: str | None = None, review: Review | None = None
    ) -> Mail:
        """A mail to the case's sender, in the thread of their last mail."""
        return self.write(kind, body, to=case.reply_to, thread=Thread.of(case), case=case, asked=asked, review=review)

    def _reply_to(self, case: Case | None) -> str | None:
        """An address that names the case, so that a reply is known even where the program drops References."""
        if case is None or not self.settings.tagged_addresses:
            return None
        return self.tags.address(TagKind.CASE, case.id, at=self.clock(), settings=self.settings)

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
        message.mail_from = self.tags.address(TagKind.OUTBOX, outbox_id, at=now, settings=self.settings)
        after_commit(session, lambda: self.queue.send(SEND_OUTBOX, outbox_id, delay=delay))
        return message

    def notify(
        self,
        session: Session,
        kind: MailKind,
        body: Body,
        *,
        sender: Sender,
        dedup_key: str,
        to: str | None = None,
        thread: Thread | None = None,
        case: Case | None = None,
    ) -> OutboxMessage | None:
        """An automatic mail, put into the outbox once; None if it is not to be written.

        Not to be written is what was written under the key before, what goes to somebody who stopped us or whom
        our mail does not reach, and what is one too many today.
        """
        unwanted = kind is not MailKind.STOPPED and sender.stopped_at is not None
        if unwanted or sender.undeliverable_at is not None or not self.once(session, dedup_key):
            return None
        if not correspondence.may_write(session, sender.address, at=self.clock(), settings=self.settings):
            log.info("breaker_open", sender=sender.id, kind=kind.value)
            return None
        if case is not None:
            mail = self.write_on(case, kind, body)
        else:
            mail = self.write(kind, body, to=to or sender.address, thread=thread or Thread())
        return self.put(session, mail, case=case, sender=sender, dedup_key=dedup_key)

    def once(self, session: Session, dedup_key: str) -> bool:
        """Whether a mail under the key was never put into the outbox: ask before composing a notice."""
        return session.scalar(select(OutboxMessage.id).where(OutboxMessage.dedup_key == dedup_key)) is None


def _identified_a_patient(case: Case) -> bool:
    """Whether the newest question came with patient identifiers: an earlier one was spoken of when it was answered."""
    return bool(case.questions) and patient_identifiers(case.questions[-1].redactions)


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


def own_message_ids(raw: bytes, *, settings: Settings) -> frozenset[str]:
    """Every id in the bytes that looks like one we minted: a report returns our headers in many a shape."""
    pattern = re.escape(_OWN_PREFIX.encode()) + rb"[0-9a-f]{32}@" + re.escape(settings.domain.encode())
    return frozenset(found.decode().lower() for found in re.findall(pattern, raw, re.IGNORECASE))

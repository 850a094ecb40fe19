"""Mail is a row before it is anything else: the bytes are committed, and only then do we answer 250."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseconsultant.db.models import InboundMessage
from caseconsultant.db.session import Database
from caseconsultant.domain.clock import Clock
from caseconsultant.domain.message import Disposition
from caseconsultant.queue import OPEN_CASE, Queue
from caseconsultant.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Envelope:
    """How the mail reached us. `mail_from` of "" is the null sender; None where there is no envelope (a file)."""

    source: str
    mailbox: str
    rcpt_tos: tuple[str, ...]
    mail_from: str | None = None
    client_address: str | None = None
    helo: str | None = None
    authentication: str = "none"
    authentication_reason: str = "no check was made"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The row that holds the mail; `new` is False where the same bytes were there already."""

    inbound_id: int
    new: bool


def accept(raw: bytes, envelope: Envelope, *, database: Database, vault: Vault, clock: Clock, queue: Queue) -> Receipt:
    """Store the mail in one transaction, then ask for its case to be opened. Raises whatever the database raises."""
    digest = hashlib.sha256(raw).hexdigest()
    try:
        receipt = _store(raw, digest, envelope, database=database, vault=vault, clock=clock)
    except IntegrityError:  # another process stored the same bytes between our look and our insert
        receipt = _store(raw, digest, envelope, database=database, vault=vault, clock=clock)
    queue.send(OPEN_CASE, receipt.inbound_id)
    return receipt


def note_unread(*, size: int, reason: str, mark: str, envelope: Envelope, database: Database, clock: Clock) -> Receipt:
    """A row for a mail that was not taken in (too large, or the server would not give it), so that staff see it.

    `mark` names the mail at its server, so that it is noted once.
    """
    digest = hashlib.sha256(mark.encode()).hexdigest()
    with database.transaction() as session:
        stored = _stored(session, envelope, digest)
        if stored:
            return Receipt(stored, new=False)
        row = _row(envelope, digest=digest, raw=b"", size=size, key_fingerprint="", at=clock())
        row.disposition, row.reason, row.enqueued_at = Disposition.UNREADABLE, reason, None
        session.add(row)
        session.flush()
        return Receipt(row.id, new=True)


def _store(raw: bytes, digest: str, envelope: Envelope, *, database: Database, vault: Vault, clock: Clock) -> Receipt:
    sealed = vault.seal(raw, digest=digest)
    with database.transaction() as session:
        stored = _stored(session, envelope, digest)
        if stored:
            counted = update(InboundMessage).where(InboundMessage.id == stored)
            session.execute(counted.values(copies=InboundMessage.copies + 1))
            return Receipt(stored, new=False)
        row = _row(envelope, digest=digest, raw=sealed, size=len(raw), key_fingerprint=vault.fingerprint, at=clock())
        session.add(row)
        session.flush()
        return Receipt(row.id, new=True)


def _stored(session: Session, envelope: Envelope, digest: str) -> int | None:
    return session.scalar(
        select(InboundMessage.id).where(InboundMessage.mailbox == envelope.mailbox, InboundMessage.digest == digest)
    )


def _row(
    envelope: Envelope, *, digest: str, raw: bytes, size: int, key_fingerprint: str, at: datetime
) -> InboundMessage:
    return InboundMessage(
        mailbox=envelope.mailbox,
        source=envelope.source,
        client_address=envelope.client_address,
        helo=envelope.helo,
        mail_from=envelope.mail_from,
        rcpt_tos=list(envelope.rcpt_tos),
        received_at=at,
        raw=raw,
        size=size,
        key_fingerprint=key_fingerprint,
        digest=digest,
        authentication=envelope.authentication,
        authentication_reason=envelope.authentication_reason,
        enqueued_at=at,
    )

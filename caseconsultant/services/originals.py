"""Mail as it came in, bytes and all: opened by a named action only, and kept for a set time only."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from caseconsultant.db.models import Case, InboundMessage
from caseconsultant.db.session import Database
from caseconsultant.domain.clock import Clock
from caseconsultant.domain.errors import InputError
from caseconsultant.services import audit
from caseconsultant.services.vault import Vault

AT_ONCE = 500
"""Rows in one transaction."""


def open_original(inbound_id: int, *, actor: str, how: str, database: Database, vault: Vault, clock: Clock) -> bytes:
    """The mail's bytes; who opened them, when and `how` stands in the audit trail first, for they may name a patient.

    Raises InputError where there is no such mail or its bytes are not kept.
    """
    with database.transaction() as session:
        row = session.get(InboundMessage, inbound_id, options=[undefer(InboundMessage.raw)])
        if row is None:
            raise InputError(f"there is no inbound message {inbound_id}")
        if not row.raw:
            raise InputError(f"the bytes of inbound message {inbound_id} are not kept: {_why(row)}")
        case = session.get(Case, row.case_id) if row.case_id else None
        audit.record(session, how, case=case, actor=actor, at=clock(), inbound=inbound_id)
        return vault.unseal(row.raw, digest=row.digest)


def _why(row: InboundMessage) -> str:
    return row.reason or "the time to keep them is over"


def forget_old(session: Session, *, at: datetime, days: int) -> int:
    """Delete the bytes of mail that was read more than `days` ago. Returns of how many; the rows stay."""
    old = (
        select(InboundMessage.id)
        .where(
            InboundMessage.received_at < at - timedelta(days=days),
            InboundMessage.key_fingerprint != "",
            InboundMessage.disposition.is_not(None),
        )
        .order_by(InboundMessage.id)
        .limit(AT_ONCE)
    )
    forgotten = session.scalars(old).all()
    session.execute(update(InboundMessage).where(InboundMessage.id.in_(forgotten)).values(raw=b"", key_fingerprint=""))
    return len(forgotten)


def seal_anew(*, database: Database, vault: Vault) -> int:
    """Seal every mail with the key in force that a former key sealed. Returns how many; safe to run again."""
    count = 0
    while True:
        with database.transaction() as session:
            rows = session.scalars(
                select(InboundMessage)
                .where(InboundMessage.key_fingerprint.not_in(("", vault.fingerprint)))
                .order_by(InboundMessage.id)
                .limit(AT_ONCE)
                .options(undefer(InboundMessage.raw))
                .with_for_update()
            ).all()
            for row in rows:
                row.raw = vault.seal(vault.unseal(row.raw, digest=row.digest), digest=row.digest)
                row.key_fingerprint = vault.fingerprint
        if not rows:
            return count
        count += len(rows)

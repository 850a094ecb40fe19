"""A mail of ours that came back: found by its return path or Message-ID, and kept with the mail and its sender."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import Case, InboundMessage, OutboxMessage, OutboxState, Sender
from caseconsultant.domain.message import BouncedRecipient, ParsedMessage
from caseconsultant.services import audit
from caseconsultant.services.posting import PostOffice, own_message_ids
from caseconsultant.services.tags import TagKind

log = structlog.get_logger()

_CAME_BACK = frozenset({"failed", "delayed"})
_LEFT_US = frozenset({OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.HANDING_OVER})


def settle(
    session: Session, row: InboundMessage, message: ParsedMessage, raw: bytes, *, post: PostOffice
) -> OutboxMessage | None:
    """The mail of ours that the report speaks of, marked; None if it speaks of none that left us.

    A hard bounce also marks the sender: they get no notices until they write again. A report of a delay, and one
    that names another recipient than ours, is only noted.
    """
    sent = _reported(session, row, raw, post=post)
    if sent is None or sent.state not in _LEFT_US:
        return None
    row.case_id = sent.case_id
    told = _of_recipient(message.bounced, sent.rcpt_to)
    if told is not None and told.action not in _CAME_BACK:
        return None
    _mark(session, sent, told, post=post)
    return sent


def _reported(session: Session, row: InboundMessage, raw: bytes, *, post: PostOffice) -> OutboxMessage | None:
    """By the signed return path; else by a Message-ID of ours in what was returned."""
    named = post.tags.row_of(TagKind.OUTBOX, row.rcpt_tos, at=post.clock())
    if named is not None:
        return session.get(OutboxMessage, named, with_for_update=True)
    ids = own_message_ids(raw, settings=post.settings)
    wanted = select(OutboxMessage).where(OutboxMessage.message_id.in_(ids)).order_by(OutboxMessage.id.desc()).limit(1)
    return session.scalars(wanted.with_for_update()).one_or_none() if ids else None


def _of_recipient(told: Sequence[BouncedRecipient], rcpt_to: str) -> BouncedRecipient | None:
    """What the report says of our recipient; of the only one it names, if that is spelt another way."""
    same = next((item for item in told if item.address == rcpt_to.lower()), None)
    return same or (told[0] if len(told) == 1 else None)


def _mark(session: Session, sent: OutboxMessage, told: BouncedRecipient | None, *, post: PostOffice) -> None:
    now = post.clock()
    permanent = told is not None and told.permanent
    sent.bounced_at = now
    sent.bounce = _words(told)
    case = session.get_one(Case, sent.case_id) if sent.case_id is not None else None
    sender_id = sent.sender_id or (case.sender_id if case else None)
    if permanent and sender_id is not None:
        session.get_one(Sender, sender_id).undeliverable_at = now
    if case is not None:
        audit.record(session, "bounced", case=case, actor=audit.ENGINE, at=now, outbox=sent.id, permanent=permanent)
    log.info("bounced", outbox=sent.id, permanent=permanent, status=told.status if told else "")


def _words(told: BouncedRecipient | None) -> str:
    if told is None:
        return "came back without a report that names us the reason"
    kind = "hard" if told.permanent else "soft"
    return f"{kind}: {told.action} {told.status}".strip()

"""A mail, read; and a reply, composed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Disposition(StrEnum):
    """What an inbound message is."""

    QUESTION = "question"
    COMMAND = "command"
    AUTOMATED = "automated"
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the body. `size` in bytes, decoded; `read` tells whether its text joined the question."""

    filename: str | None
    content_type: str
    size: int
    read: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """What an attached file says; it is part of the question, below the sender's own words."""

    filename: str | None
    text: str


@dataclass(frozen=True, slots=True)
class BouncedRecipient:
    """One recipient of a delivery report. `permanent`: a hard bounce."""

    address: str
    action: str
    status: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A mail as the contract's `read` has it.

    `text` is the sender's new words, apart from `quoted` and `signature`, not yet redacted. Addresses are bare and
    lower-case; message ids keep their angle brackets off.
    """

    message_id: str | None
    from_address: str | None
    from_name: str | None
    reply_to: str | None
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    date: datetime | None
    in_reply_to: str | None
    references: tuple[str, ...]
    text: str
    quoted: str
    signature: str
    html: bool
    attachments: tuple[Attachment, ...]
    disposition: Disposition
    automated: str | None
    bounced: tuple[BouncedRecipient, ...]
    defects: tuple[str, ...]
    attachment_texts: tuple[AttachmentText, ...] = ()


@dataclass(frozen=True, slots=True)
class Redaction:
    """A text without patient identifiers; `counts` says how many of each kind were taken out."""

    text: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Reply:
    """A rendered mail: what the reviewer edits and the sender reads."""

    subject: str
    text: str
    html: str

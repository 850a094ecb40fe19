"""What is known of a mail when it is judged a person's or a machine's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from caseconsultant.parsing import headers, mime

_URL = re.compile(r"https?://\S+|www\.\S+")
_ASKS = re.compile(r"[?\uff1f\u061f\u037e\u00bf]")


@dataclass(frozen=True, slots=True)
class Outline:
    """A message with what was read of it.

    `mail_from` is the envelope sender: None where unknown, empty for the null sender. `text` holds the new words,
    `signature` what follows them (cards, notices, footers), `said` the whole body as text.
    """

    message: Message
    subject: str
    from_address: str | None
    mail_from: str | None
    text: str
    said: str
    signature: str = ""

    @property
    def local_part(self) -> str:
        """What stands before the `@` of the sender."""
        return (self.from_address or "").split("@")[0]

    @property
    def asks(self) -> bool:
        """Whether the new words ask something; the question marks of links do not count."""
        return bool(_ASKS.search(_URL.sub("", self.text)))

    @property
    def own(self) -> str:
        """All the sender wrote: the new words and what stands below them, no quote."""
        return f"{self.text}\n{self.signature}".strip()

    @property
    def answers(self) -> bool:
        """Whether the mail says that it answers another."""
        return headers.raw_value(self.message, "In-Reply-To") is not None

    @property
    def kind(self) -> str:
        """The content type of the whole."""
        return mime.content_type(self.message)

    @property
    def has_null_sender(self) -> bool:
        """RFC 5321 4.5.5: reports and notices come from nobody."""
        returned = headers.raw_value(self.message, "Return-Path")
        return (self.mail_from is not None and not self.mail_from.strip("<> ")) or (
            returned is not None and returned.strip() == "<>"
        )

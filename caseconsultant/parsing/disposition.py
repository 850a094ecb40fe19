"""What an inbound message is."""

from __future__ import annotations

import re

from caseconsultant.domain.message import Disposition
from caseconsultant.parsing.subject import bare_subject

_COMMAND = re.compile(r"\s*(REGISTER|QUOTA|HELP|STOP|STATUS\s+(CC-\d{4}-\d{3,9}))\s*[.!]?\s*", re.IGNORECASE)
_ASKS = re.compile(r"[?\d]")
_A_FEW_WORDS = 60


def command(subject: str, text: str) -> tuple[str, str | None] | None:
    """Returns the command, upper-case, and the case number of STATUS; None where the mail is no command.

    Subject or first line must be the command and nothing else. "Help" and "Stop" are words people use above a
    question: there the rest must not ask anything.
    """
    first = text.strip().split("\n", 1)[0]
    in_subject = _COMMAND.fullmatch(bare_subject(subject) or subject)
    match = in_subject or _COMMAND.fullmatch(first)
    if not match:
        return None
    rest = text if in_subject else text.strip()[len(first) :]
    word = match[1].upper().split()[0]
    if word in {"HELP", "STOP"} and (_ASKS.search(rest) or len(rest.strip()) > _A_FEW_WORDS):
        return None
    return word, match[2].upper() if match[2] else None


def disposition(*, bounced: bool, automated: bool, subject: str, text: str) -> Disposition:
    """Returns what is to be done with a mail, the surest reading first."""
    if bounced:
        return Disposition.BOUNCE
    if automated:
        return Disposition.AUTOMATED
    if not text.strip() and not bare_subject(subject):
        return Disposition.UNREADABLE
    return Disposition.COMMAND if command(subject, text) else Disposition.QUESTION

"""A reply as the bytes that go to the relay: the same reply gives the same bytes.

Written out by hand: the standard library's generator turns long message ids into encoded words and draws its
boundaries by chance, and the outbox row must hold what is sent, byte for byte.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime

from caseconsultant.domain.errors import InputError
from caseconsultant.domain.message import Reply
from caseconsultant.parsing import bare_subject
from caseconsultant.parsing.automated import LOOP_HEADER

_MAX_REFERENCES = 10
_MAX_SUBJECT = 200
_LINE = 76
_SEVEN_BIT_LINE = 78
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# RFC 5321 4.1.2 without quoted local parts: nothing here can end a header or a command.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_MESSAGE_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}")
_WORD = re.compile(r"[A-Za-z0-9; =_.,-]{1,70}")


def subject_reply(subject: str, case_number: str | None) -> str:
    """Returns `Re: <subject> [CC-2026-000123]`, with one `Re:` and one tag whatever the subject had."""
    bare = _plain(bare_subject(_plain(subject)))[:_MAX_SUBJECT].strip() or "Your question"
    return f"Re: {bare} [{case_number}]" if case_number else f"Re: {bare}"


def mime_message(
    reply: Reply,
    *,
    from_name: str,
    from_address: str,
    to: str,
    message_id: str,
    date: datetime,
    in_reply_to: str | None,
    references: Sequence[str],
    auto_submitted: str = "auto-replied",
    reply_to: str | None = None,
) -> bytes:
    """Returns the mail: multipart/alternative, CRLF, seven bits. Raises InputError for an address that is none.

    `date` is aware. Message ids are without angle brackets; what cannot be one is left out of the references.
    """
    own = _own_id(message_id)
    boundary = f"=_{hashlib.sha256(own.encode()).hexdigest()[:40]}"
    answered = _known_ids([in_reply_to or ""])
    thread = bounded([*_known_ids(references), *answered])
    lines = [
        _mailbox("From", from_name, from_address),
        f"To: {_address(to)}",
        *([f"Reply-To: {_address(reply_to)}"] if reply_to else []),
        f"Subject: {_encoded(reply.subject, len('Subject: '))}",
        f"Date: {format_datetime(date.astimezone(UTC))}",
        f"Message-ID: <{own}>",
        *(f"In-Reply-To: <{item}>" for item in answered),
        *([_folded("References", thread)] if thread else []),
        # RFC 3834: a machine must see at once that nobody waits for its reply.
        f"Auto-Submitted: {_checked_word(auto_submitted)}",
        "X-Auto-Response-Suppress: OOF, AutoReply",
        f"{LOOP_HEADER}: 1",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    head = "\r\n".join(lines).encode("ascii") + b"\r\n\r\n"
    parts = (_part("plain", reply.text), _part("html", reply.html))
    opened = b"".join(b"--" + boundary.encode() + b"\r\n" + part for part in parts)
    return head + opened + b"--" + boundary.encode() + b"--\r\n"


def bounded(references: Sequence[str]) -> tuple[str, ...]:
    """Returns at most ten references, each once: the first, which names the thread, and the last nine."""
    last_first = tuple(dict.fromkeys(reversed(references)))
    unique = last_first[::-1]
    if len(unique) <= _MAX_REFERENCES:
        return unique
    return (unique[0], *unique[-(_MAX_REFERENCES - 1) :])


def _plain(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _own_id(message_id: str) -> str:
    plain = message_id.strip().removeprefix("<").removesuffix(">")
    if not _MESSAGE_ID.fullmatch(plain):
        raise InputError(
            f"message id {message_id[:60]!r} cannot stand in a header; give one without blanks or brackets"
        )
    return plain


def _known_ids(found: Iterable[str]) -> list[str]:
    plain = [item.strip().removeprefix("<").removesuffix(">") for item in found]
    return [item for item in plain if _MESSAGE_ID.fullmatch(item)]


def _address(address: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else address.strip()
    except UnicodeError:
        plain = ""
    if not _ADDRESS.fullmatch(plain):
        raise InputError(f"{address[:80]!r} is no address that mail can be sent to; give one such as jane@example.com")
    return plain


def _mailbox(field: str, name: str, address: str) -> str:
    shown, bare = _plain(name), _address(address)
    if not shown:
        return f"{field}: {bare}"
    if not shown.isascii() or "=?" in shown:
        return f"{field}: {_encoded(shown, len(field) + 2)}\r\n <{bare}>"
    quoted = shown if _ATOMS.fullmatch(shown) else '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{field}: {quoted}\r\n <{bare}>" if len(quoted) + len(bare) > _LINE - 10 else f"{field}: {quoted} <{bare}>"


def _encoded(text: str, used: int) -> str:
    """RFC 2047 where it must be; folded so that every line keeps within 76."""
    plain = _plain(text)
    if plain.isascii() and "=?" not in plain:
        return "\r\n ".join(_filled(plain.split(" "), used))
    header = Header(plain, charset="utf-8", maxlinelen=_LINE, header_name=" " * max(0, used - 2))
    return header.encode(linesep="\r\n")


def _filled(words: Sequence[str], used: int) -> Iterator[str]:
    line = ""
    for word in words:
        if line and used + len(line) + 1 + len(word) > _LINE:
            yield line
            line, used = word, 1
        else:
            line = f"{line} {word}" if line else word
    yield line


def _folded(field: str, ids: Sequence[str]) -> str:
    return f"{field}: " + "\r\n ".join(f"<{item}>" for item in ids)


def _checked_word(value: str) -> str:
    if not _WORD.fullmatch(value):
        raise InputError(f"Auto-Submitted {value[:40]!r} is no keyword; RFC 3834 has auto-replied and auto-generated")
    return value


def _part(subtype: str, text: str) -> bytes:
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    unix = unix if unix.endswith("\n") else f"{unix}\n"
    plain = unix.isascii() and "\x00" not in unix and not re.search(r"^From |[ \t]$", unix, re.MULTILINE)
    seven = plain and all(len(line) <= _SEVEN_BIT_LINE for line in unix.split("\n"))
    charset, encoding = ("us-ascii", "7bit") if seven else ("utf-8", "quoted-printable")
    head = f'Content-Type: text/{subtype}; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    return head.encode() + (unix.encode() if seven else _quoted_printable(unix)).replace(b"\n", b"\r\n") + b"\r\n"


def _quoted_printable(text: str) -> bytes:
    """RFC 2045 6.7; `From ` at a line's start is hidden from mailboxes that would mangle it."""
    encoded = binascii.b2a_qp(text.encode("utf-8", "replace"), quotetabs=False, istext=True)
    return re.sub(rb"^From ", b"=46rom ", encoded, flags=re.MULTILINE)

"""Transfer encodings undone, broken ones as far as they go."""

from __future__ import annotations

import base64
import binascii
import re
from email.message import Message

from caseconsultant.parsing import headers

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=\s]")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}[ \t]*\Z")
_PROSE = re.compile(rb"[A-Za-z]{2,} [A-Za-z]{2,}")


def payload_bytes(part: Message) -> bytes:
    """Returns a part's content with its transfer encoding undone; empty for containers."""
    if part.is_multipart():
        return b""
    encoding = (headers.raw_value(part, "Content-Transfer-Encoding") or "").split(";")[0].strip().lower()
    if encoding == "base64":
        return _from_base64(_raw(part))
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - a broken transfer encoding must not lose the rest of the mail
        return _raw(part)
    return payload if isinstance(payload, bytes) else b""


def _raw(part: Message) -> bytes:
    # `get_payload` decodes what it hands out, and raises where the charset named is none.
    payload = part._payload  # type: ignore[attr-defined] # noqa: SLF001
    if not isinstance(payload, str):
        return b""
    try:
        return payload.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half characters of some wide charset
        return payload.encode("utf-8", "replace")


def _from_base64(raw: bytes) -> bytes:
    """What is no base64 at all is taken as it stands; a footer in the clear below it is kept."""
    if not _NOT_BASE64.search(raw):
        return raw if _PROSE.search(raw) and not _looks_packed(raw) else _decoded(raw)
    lines = raw.split(b"\n")
    end = next(
        (number for number, line in enumerate(lines) if line.strip() and not _BASE64_LINE.match(line.strip())), 0
    )
    if not end or not _looks_packed(b"\n".join(lines[:end])):
        return raw if _PROSE.search(raw) else _decoded(raw)
    rest = b"\n".join(lines[end:])
    return _decoded(b"\n".join(lines[:end])) + (b"\n" + rest if _PROSE.search(rest) else b"")


def _looks_packed(raw: bytes) -> bool:
    words = raw.split()
    return bool(words) and (len(words) == 1 or max(map(len, words)) > 40)  # noqa: PLR2004 - no word of prose is as long


def _decoded(raw: bytes) -> bytes:
    """Padding inside (several pieces one after the other) ends a piece; one letter too many holds no byte."""
    pieces = re.split(rb"=+", re.sub(rb"[^A-Za-z0-9+/=]", b"", raw))
    return b"".join(_piece(piece) for piece in pieces)


def _piece(packed: bytes) -> bytes:
    try:
        return base64.b64decode(packed[: len(packed) - (len(packed) % 4 == 1)] + b"===")
    except binascii.Error:
        return b""

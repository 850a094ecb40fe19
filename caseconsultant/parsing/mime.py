"""The tree of a message's parts, each access guarded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from caseconsultant.parsing import headers
from caseconsultant.parsing.charsets import clean, decode_bytes
from caseconsultant.parsing.framing import framed
from caseconsultant.parsing.transfer import payload_bytes

_BOUNDARY_LINE = re.compile(r"^--([^\s-][^\r\n]{0,199}?)[ \t]*\r?$", re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_UNQUOTED_BOUNDARY = re.compile(r"boundary\s*=\s*\"?([^\s\";]{1,200})", re.IGNORECASE)


def message_of(raw: bytes) -> tuple[Message, tuple[str, ...]]:
    """Returns the message tree; where that cannot be built, the headers and the rest as one text."""
    raw, defects = framed(raw)
    try:
        return BytesParser(policy=compat32).parsebytes(raw), defects
    except Exception as error:  # noqa: BLE001 - any bytes must give a message; the defect says what happened
        broken = (f"structure not read: {type(error).__name__}",)
        return BytesHeaderParser(policy=compat32).parsebytes(raw), defects + broken


def children_of(part: Message) -> tuple[list[Message], tuple[str, ...]]:
    """Returns the parts of a multipart, found again where the boundary is missing or wrong."""
    if part.is_multipart():
        return parts(part), ()
    text = payload_bytes(part).decode("utf-8", "surrogateescape")
    match = _BOUNDARY_LINE.search(text)
    if match:
        head = f'Content-Type: multipart/mixed; boundary="{_quoted(match[1])}"\n\n'
        again, _ = message_of((head + text).encode("utf-8", "surrogateescape"))
        if again.is_multipart():
            return parts(again), ("boundary missing or wrong: parts found by their first line",)
    plain = Message()
    plain.set_payload(text)
    return [plain], ("boundary missing or wrong: read as plain text",)


def _quoted(boundary: str) -> str:
    return boundary.replace("\\", "\\\\").replace('"', '\\"')


def own_parts(message: Message) -> Iterator[Message]:
    """Yields the parts of a mail, itself included, but not those of mails attached to it."""
    pending = [message]
    while pending:
        part = pending.pop()
        yield part
        if content_type(part) != "message/rfc822":
            pending += reversed(parts(part))


def parts(part: Message) -> list[Message]:
    """Returns the parts of a container, none for a leaf; a leaf's payload is only ever asked for decoded."""
    payload = part.get_payload() if part.is_multipart() else None
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def content_type(part: Message) -> str:
    """Returns the type, lower-case, `text/plain` where none can be read."""
    try:
        return part.get_content_type()
    except (ValueError, TypeError, AttributeError, IndexError):
        return "text/plain"


def parameter(part: Message, name: str) -> str | None:
    """Returns a parameter of the Content-Type header, None where it is missing or cannot be read."""
    try:
        value = part.get_param(name)
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return None
    if isinstance(value, tuple):
        value = value[2]
    return headers.decode(value) if isinstance(value, str) else None


def disposition(part: Message) -> str:
    """Returns `inline`, `attachment` or whatever else Content-Disposition says; empty where it is missing."""
    return (headers.raw_value(part, "Content-Disposition") or "").split(";")[0].strip().lower()


def text_of(part: Message) -> tuple[str, tuple[str, ...]]:
    """Returns a text part decoded, with its defects."""
    raw = payload_bytes(part)
    charset = parameter(part, "charset")
    if charset is None and content_type(part) == "text/html":
        # Only the markup knows the charset where the header is silent.
        named = _META_CHARSET.search(raw[:2000])
        charset = named[1].decode("ascii", "replace") if named else None
    text, defect = decode_bytes(raw, charset)
    return clean(text), (defect,) if defect else ()


def filename(part: Message) -> str | None:
    """Returns the name a part was sent under, RFC 2231, RFC 2047 or plain eight-bit; None where it has none."""
    try:
        name = _readable(part).get_filename()
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return "attachment"
    return headers.decode(name)[:255] or None if name else None


def _readable(part: Message) -> Message:
    """The two headers that name a file, their eight-bit bytes decoded: the standard library would lose them."""
    names = ("Content-Disposition", "Content-Type")
    values = {name: headers.raw_value(part, name) for name in names}
    if all(value is None or value.isascii() for value in values.values()):
        return part
    plain = Message()
    for name, value in values.items():
        if value is not None:
            plain[name] = headers.eight_bit(value)
    return plain


def size(part: Message) -> int:
    """Returns the bytes of a part, decoded; of a container, those of its leaves."""
    pending, total = [part], 0
    while pending:
        item = pending.pop()
        pending += parts(item)
        total += len(payload_bytes(item))
    return total

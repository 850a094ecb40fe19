"""The parts of a mail: its text, its HTML, what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.policy import compat32

from caseconsultant.domain.message import Attachment
from caseconsultant.parsing import headers
from caseconsultant.parsing.charsets import clean, decode_bytes
from caseconsultant.parsing.flowed import unflow

_MAX_DEPTH = 40
_BOUNDARY_LINE = re.compile(r"^--([^\s-][^\r\n]{0,199}?)[ \t]*\r?$", re.MULTILINE)
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
# Some programs write a text part that only says it is none.
_STUB = re.compile(
    r"(?:.{0,40}(?:does not|doesn't|cannot|unable to|nicht) .{0,60}HTML.{0,200}"
    r"|this (?:is an? |message is in |e-?mail is in )HTML.{0,200}|view (?:this|it) (?:e-?mail"
    r"|message)? ?in your browser.{0,200})",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Body:
    """Text and HTML as sent (either may be None), the attachments, and what was wrong."""

    text: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    defects: tuple[str, ...] = field(default=())


def message_of(raw: bytes) -> tuple[Message, tuple[str, ...]]:
    """Returns the message tree; where that cannot be built, the headers and the rest as one text."""
    try:
        return BytesParser(policy=compat32).parsebytes(raw), ()
    except Exception as error:  # noqa: BLE001 - any bytes must give a message; the defect says what happened
        return BytesHeaderParser(policy=compat32).parsebytes(raw), (f"structure not read: {type(error).__name__}",)


def body_of(message: Message) -> Body:
    """Returns what the message says, alternatives resolved, and what it carries."""
    body = _read(message, 0)
    if _blank(body.text) and body.html is None:
        body = _with_attached_message(message, body)
    if body.html is not None and not _blank(body.text) and _STUB.fullmatch((body.text or "").strip()):
        return replace(body, text=None)
    return replace(body, text=None) if body.html is not None and _blank(body.text) else body


def _blank(text: str | None) -> bool:
    return not (text or "").strip()


def _read(part: Message, depth: int) -> Body:
    if depth > _MAX_DEPTH:
        return Body(defects=(f"parts nested deeper than {_MAX_DEPTH}",))
    kind = content_type(part)
    if kind.startswith("multipart/"):
        return _read_multipart(part, kind, depth)
    if kind.startswith("message/") or not _is_body(part, kind):
        return Body(attachments=(_attachment(part, kind),))
    return _read_text(part, kind)


def _read_multipart(part: Message, kind: str, depth: int) -> Body:
    children, defects = children_of(part)
    bodies = [_read(child, depth + 1) for child in children]
    joined = _alternative(bodies) if kind == "multipart/alternative" else _sequence(bodies)
    return replace(joined, defects=defects + joined.defects)


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


def _alternative(bodies: list[Body]) -> Body:
    """One thing said in several forms: the first that holds text, the last that holds HTML."""
    text = next((body.text for body in bodies if not _blank(body.text)), None)
    html = next((body.html for body in reversed(bodies) if not _blank(body.html)), None)
    return Body(text, html, *_carried(bodies))


def _sequence(bodies: list[Body]) -> Body:
    """Things said one after the other; where one part is HTML only, the whole is told in HTML."""
    said = [body for body in bodies if not _blank(body.text) or not _blank(body.html)]
    if all(not _blank(body.text) for body in said):
        text = "\n".join(body.text or "" for body in said) if said else None
        html = said[0].html if len(said) == 1 else None
        return Body(text, html, *_carried(bodies))
    html = "\n".join(body.html or f"<pre>{_escaped(body.text)}</pre>" for body in said)
    return Body(None, html, *_carried(bodies))


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _carried(bodies: list[Body]) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    attachments = tuple(item for body in bodies for item in body.attachments)
    return attachments, tuple(item for body in bodies for item in body.defects)


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


def _is_body(part: Message, kind: str) -> bool:
    if _disposition(part) == "attachment" or _filename(part):
        return False
    return kind in {"text/plain", "text/html", "text/enriched", "text/markdown", "application/xhtml+xml"}


def _disposition(part: Message) -> str:
    return (headers.raw_value(part, "Content-Disposition") or "").split(";")[0].strip().lower()


def _read_text(part: Message, kind: str) -> Body:
    text, defects = text_of(part)
    if kind in {"text/html", "application/xhtml+xml"} or _LOOKS_HTML.match(text):
        return Body(html=text, defects=defects)
    if (parameter(part, "format") or "").lower() == "flowed":
        text = unflow(text, delete_space=(parameter(part, "delsp") or "").lower() == "yes")
    if kind == "text/enriched":
        text = re.sub(r"<[^<>]*>", "", text)
    return Body(text=text, defects=defects)


def text_of(part: Message) -> tuple[str, tuple[str, ...]]:
    """Returns a text part decoded, with its defects."""
    text, defect = decode_bytes(payload_bytes(part), parameter(part, "charset"))
    return clean(text), (defect,) if defect else ()


def payload_bytes(part: Message) -> bytes:
    """Returns a part's content with its transfer encoding undone; empty for containers."""
    try:
        payload = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001 - a broken transfer encoding must not lose the rest of the mail
        return b""
    return payload if isinstance(payload, bytes) else b""


def _filename(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return "attachment"
    return headers.decode(name) or None if name else None


def _attachment(part: Message, kind: str) -> Attachment:
    return Attachment(_filename(part), kind, _size(part))


def _size(part: Message) -> int:
    return sum(_size(child) for child in parts(part)) if part.is_multipart() else len(payload_bytes(part))


def _with_attached_message(message: Message, body: Body) -> Body:
    """A question forwarded as an attached message, with nothing written above it, is the question."""
    attached = next((part for part in own_parts(message) if content_type(part) == "message/rfc822"), None)
    inner = parts(attached) if attached is not None else []
    if not inner:
        return body
    read = _read(inner[0], 1)
    if _blank(read.text) and _blank(read.html):
        return body
    marked = tuple(replace(a, read=True) if a.content_type == "message/rfc822" else a for a in body.attachments)
    return Body(read.text, read.html, marked + read.attachments, body.defects + read.defects)

"""The text of attached files: what can be read is, within limits; nothing is executed, fetched or unpacked freely."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from caseconsultant.parsing import attached_office, attached_pdf
from caseconsultant.parsing.attached_limits import MAX_BYTES, MAX_CHARACTERS, Unread
from caseconsultant.parsing.charsets import clean, decode_bytes
from caseconsultant.parsing.html import to_text

_TEXT_NAMES = (".txt", ".text", ".csv", ".tsv", ".log", ".md", ".markdown")
_TEXT_KINDS = {"text/plain", "text/csv", "text/tab-separated-values", "text/markdown", "application/csv"}
_HTML_NAMES = (".html", ".htm")
# Text by their type, but for machines.
_NOT_TEXT = (
    ".ics",
    ".vcf",
    ".xml",
    ".eml",
    ".asc",
    ".sig",
    ".p7s",
    ".json",
    ".js",
    ".py",
    ".sh",
    ".bat",
    ".c",
    ".diff",
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_MANY_CONTROLS = 50


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says (None: it was not read), and what was wrong with it."""

    text: str | None = None
    defect: str | None = None


def told(filename: str | None, kind: str, content: bytes, charset: str | None) -> Told:
    """Returns the text of a file that can be read: plain text, CSV, HTML, PDF with a text layer, .docx, .xlsx."""
    name = filename or "attachment"
    reader = _reader(name.lower(), kind, content, charset)
    if reader is None or not content:
        return Told()
    if len(content) > MAX_BYTES:
        return Told(defect=f"{name}: larger than {MAX_BYTES // 1_000_000} MB, not read")
    try:
        text, note = reader(content)
    except Unread as reason:
        return Told(defect=f"{name}: {reason}")
    except Exception as error:  # noqa: BLE001 - a broken file must not lose the mail; its defect says what happened
        return Told(defect=f"{name}: not read ({type(error).__name__})")
    return _bounded(name, re.sub(r"\n{3,}", "\n\n", clean(text)).strip(), note)


def _bounded(name: str, text: str, note: str | None) -> Told:
    if not text:
        return Told(defect=f"{name}: {note or 'no text in it'}")
    if len(text) > MAX_CHARACTERS:
        text, note = text[:MAX_CHARACTERS].rstrip(), note or f"cut after {MAX_CHARACTERS} characters"
    return Told(text, f"{name}: {note}" if note else None)


_Reader = Callable[[bytes], tuple[str, str | None]]


def _reader(name: str, kind: str, content: bytes, charset: str | None) -> _Reader | None:
    """By what the bytes are, then by name and type: a .pdf is often called application/octet-stream."""
    if b"%PDF-" in content[:1024]:
        return attached_pdf.text_of
    if content[:2] == b"PK" and (name.endswith((".docx", ".xlsx", ".docm", ".xlsm")) or "openxmlformats" in kind):
        return attached_office.text_of
    if name.endswith(_NOT_TEXT) or (b"\0" in content[:MAX_BYTES] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}):
        return None
    if kind == "text/html" or name.endswith(_HTML_NAMES):
        return lambda raw: to_text(decode_bytes(raw, charset)[0])
    if name.endswith(_TEXT_NAMES) or kind in _TEXT_KINDS:
        return lambda raw: (_prose(raw, charset), None)
    return None


def _prose(raw: bytes, charset: str | None) -> str:
    text = decode_bytes(raw, charset)[0]
    if len(_CONTROL.findall(text)) * _MANY_CONTROLS > len(text):
        raise Unread("binary, not text")
    return text

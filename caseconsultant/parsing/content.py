"""What a mail says, and what it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from email.message import Message

from caseconsultant.domain.message import Attachment, AttachmentText
from caseconsultant.parsing import attached, embedded, html, mime, sealed, tnef
from caseconsultant.parsing.attached_limits import MAX_FILES
from caseconsultant.parsing.charsets import clean
from caseconsultant.parsing.flowed import unflow
from caseconsultant.parsing.mime import content_type, parameter
from caseconsultant.parsing.transfer import payload_bytes
from caseconsultant.parsing.vocabulary import any_of
from caseconsultant.parsing.vocabulary.stubs import STUBS

_MAX_DEPTH = 40
_MAX_TEXT = 200_000
"""Characters of one text that are read: a book's worth."""
_LOOKS_HTML = re.compile(r"\s*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_STUB = re.compile(rf"(?:{any_of(STUBS)})", re.IGNORECASE | re.DOTALL)
_ONLY_LINKS = re.compile(r"(?:\s|[<\[(]?(?:https?://|www\.)[^\s>\])]+[>\])]?|[-*_=|]+)+")
_BODY_KINDS = {"text/plain", "text/html", "text/enriched", "text/markdown", "application/xhtml+xml"}
_HTML_KINDS = {"text/html", "application/xhtml+xml"}
_TNEF_KINDS = {"application/ms-tnef", "application/vnd.ms-tnef"}
_NOTE = 160
"""A text of fewer characters that asks nothing is a note about the mail attached to it."""


@dataclass(frozen=True, slots=True)
class Body:
    """Text and HTML as sent (either may be None), the attachments with their texts, and what was wrong."""

    text: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    texts: tuple[AttachmentText, ...] = ()
    defects: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Draft:
    """A body while the tree is walked: the parts it carries are not opened yet."""

    text: str | None = None
    html: str | None = None
    parts: tuple[Message, ...] = ()
    files: tuple[embedded.Embedded, ...] = ()
    defects: tuple[str, ...] = ()


def body_of(message: Message) -> Body:
    """Returns what the message says, alternatives resolved, and what it carries, read where it can be."""
    draft = _read(message, 0)
    if _says_nothing(draft):
        draft = _with_named_text(draft)
    told: set[int] = set()
    if _says_nothing(draft):
        draft, told = _with_carried(draft)
    if draft.html is not None and _is_stub(draft.text):
        draft = replace(draft, text=None)
    return _opened(draft, told)


def _blank(text: str | None) -> bool:
    return not (text or "").strip()


def _says_nothing(draft: _Draft) -> bool:
    return _blank(draft.text) and _blank(draft.html)


def _is_stub(text: str | None) -> bool:
    plain = (text or "").strip()
    return not plain or bool(_STUB.fullmatch(plain[:1000]) or _ONLY_LINKS.fullmatch(plain[:4000]))


def _read(part: Message, depth: int) -> _Draft:
    if depth > _MAX_DEPTH:
        return _Draft(defects=(f"parts nested deeper than {_MAX_DEPTH}",))
    kind = content_type(part)
    if kind.startswith("multipart/"):
        return _read_multipart(part, kind, depth)
    if sealed.is_sealed(kind):
        return _read_sealed(part, depth)
    if kind.startswith("message/") or not _is_body(part, kind):
        return _Draft(parts=(part,))
    return _read_text(part, kind)


def _read_sealed(part: Message, depth: int) -> _Draft:
    """S/MIME: what is only signed can be read; what is encrypted is listed."""
    inner = sealed.signed_content(payload_bytes(part))
    if inner is None:
        return _Draft(parts=(part,), defects=("encrypted (S/MIME): not read",))
    return _read(mime.message_of(inner)[0], depth + 1)


def _read_multipart(part: Message, kind: str, depth: int) -> _Draft:
    children, defects = mime.children_of(part)
    if kind == "multipart/encrypted":
        return _Draft(parts=tuple(children), defects=(*defects, "encrypted (PGP/MIME): not read"))
    drafts = [_read(child, depth + 1) for child in children]
    joined = _alternative(drafts) if kind == "multipart/alternative" else _sequence(drafts)
    return replace(joined, defects=defects + joined.defects)


def _alternative(drafts: list[_Draft]) -> _Draft:
    """One thing said in several forms: the first that holds text, the last that holds HTML."""
    text = next((draft.text for draft in drafts if not _blank(draft.text)), None)
    markup = next((draft.html for draft in reversed(drafts) if not _blank(draft.html)), None)
    return _carrying(text, markup, drafts)


def _sequence(drafts: list[_Draft]) -> _Draft:
    """Things said one after the other; where one part is HTML only, the whole is told in HTML."""
    said = [draft for draft in drafts if not _says_nothing(draft)]
    if all(not _blank(draft.text) for draft in said):
        text = "\n".join(draft.text or "" for draft in said) if said else None
        return _carrying(text, said[0].html if len(said) == 1 else None, drafts)
    markup = "\n".join(draft.html or f"<pre>{_escaped(draft.text)}</pre>" for draft in said)
    return _carrying(None, markup, drafts)


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _carrying(text: str | None, markup: str | None, drafts: list[_Draft]) -> _Draft:
    return _Draft(
        text,
        markup,
        tuple(item for draft in drafts for item in draft.parts),
        tuple(item for draft in drafts for item in draft.files),
        tuple(item for draft in drafts for item in draft.defects),
    )


def _is_body(part: Message, kind: str) -> bool:
    return kind in _BODY_KINDS and mime.disposition(part) != "attachment" and not mime.filename(part)


def _read_text(part: Message, kind: str) -> _Draft:
    text, defects = mime.text_of(part)
    if len(text) > _MAX_TEXT and kind not in _HTML_KINDS:
        text, defects = text[:_MAX_TEXT], (*defects, f"text cut at {_MAX_TEXT} characters")
    if kind in _HTML_KINDS or _LOOKS_HTML.match(text):
        return _Draft(html=text, defects=defects)
    if (parameter(part, "format") or "").lower() == "flowed":
        text = unflow(text, delete_space=(parameter(part, "delsp") or "").lower() == "yes")
    if kind == "text/enriched":
        text = re.sub(r"<[^<>]*>", "", text)
    text, files = embedded.taken_out(text)
    if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        defects = (*defects, "encrypted (PGP): not read")
    return _Draft(text=text, files=files, defects=defects)


def _with_named_text(draft: _Draft) -> _Draft:
    """Some programs give the body itself a file name; without another text, and not called attached, it is the body."""
    for part in draft.parts:
        kind = content_type(part)
        if kind in _BODY_KINDS and mime.disposition(part) != "attachment":
            read = _read_text(part, kind)
            rest = tuple(item for item in draft.parts if item is not part)
            return replace(draft, text=read.text, html=read.html, parts=rest, defects=draft.defects + read.defects)
    return draft


def _with_carried(draft: _Draft) -> tuple[_Draft, set[int]]:
    """A question in an attached message, or inside winmail.dat, with nothing written above it, is the question."""
    for part in draft.parts:
        found = _message_inside(part) if content_type(part) == "message/rfc822" else _tnef_inside(part)
        if found is not None and not _says_nothing(found):
            parts = draft.parts + found.parts
            return replace(found, parts=parts, defects=draft.defects + found.defects), {id(part)}
    return draft, set()


def _message_inside(part: Message) -> _Draft | None:
    inner = mime.parts(part)
    return _read(inner[0], 1) if inner else None


def _tnef_inside(part: Message) -> _Draft | None:
    if content_type(part) not in _TNEF_KINDS and (mime.filename(part) or "").lower() != "winmail.dat":
        return None
    inside = tnef.opened(payload_bytes(part))
    return _Draft(text=clean(inside.text) if inside.text else None, html=inside.html) if inside else None


def _opened(draft: _Draft, told: set[int]) -> Body:
    """The parts listed, and those that can be read read, up to a number of files."""
    attachments: list[Attachment] = []
    texts: list[AttachmentText] = []
    defects = list(draft.defects)
    for part in draft.parts:
        found = attached.Told() if len(texts) >= MAX_FILES or id(part) in told else _told(part, draft)
        defects += [found.defect] if found.defect else []
        attachments.append(_attachment(part, read=found.text is not None or id(part) in told))
        texts += [AttachmentText(attachments[-1].filename, found.text)] if found.text else []
    for file in draft.files:
        found = attached.told(file.filename, "application/octet-stream", file.content, None)
        attachments.append(_listed(file, read=found.text is not None))
        texts += [AttachmentText(file.filename, found.text)] if found.text else []
    return Body(draft.text, draft.html, tuple(attachments), tuple(texts), tuple(defects))


def _attachment(part: Message, *, read: bool) -> Attachment:
    return Attachment(mime.filename(part), content_type(part), mime.size(part), read)


def _listed(file: embedded.Embedded, *, read: bool) -> Attachment:
    return Attachment(file.filename, "application/octet-stream", len(file.content), read)


def _told(part: Message, draft: _Draft) -> attached.Told:
    kind = content_type(part)
    if kind == "message/rfc822":
        return attached.Told(_forwarded(part)) if _is_note(draft) else attached.Told()
    if kind.startswith("message/") or part.is_multipart():
        return attached.Told()
    return attached.told(mime.filename(part), kind, payload_bytes(part), parameter(part, "charset"))


def _is_note(draft: _Draft) -> bool:
    """Whether the text is a word about the attached mail ("Please see attached."), not a question of its own."""
    said = (draft.text if not _blank(draft.text) else html.strip_tags(draft.html or "")[: _NOTE * 2]) or ""
    return len(said.strip()) <= _NOTE and not re.search(r"[?\d]", said)


def _forwarded(part: Message) -> str | None:
    inner = _message_inside(part)
    if inner is None or _says_nothing(inner):
        return None
    return (inner.text if not _blank(inner.text) else html.to_text(inner.html or "")[0]) or None

"""Mail bytes to a ParsedMessage. Any bytes give one; what was wrong stands in its defects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message

from caseconsultant.domain.message import BouncedRecipient, Disposition, ParsedMessage
from caseconsultant.parsing import automated, body, bounce, content, headers, html, mime
from caseconsultant.parsing.body import Split
from caseconsultant.parsing.charsets import clean, decode_bytes
from caseconsultant.parsing.disposition import disposition
from caseconsultant.parsing.outline import Outline

_MAX_SUBJECT = 400
"""Characters of a subject that are judged."""


def _none_is_own(_message_id: str) -> bool:
    return False


def parse(
    raw: bytes, *, is_own_message_id: Callable[[str], bool] = _none_is_own, mail_from: str | None = None
) -> ParsedMessage:
    """Returns the mail, read.

    `mail_from` is the envelope sender: None where unknown, empty for the null sender. `is_own_message_id` is asked
    of the mail's own id, to know our own mail when it comes back.
    """
    try:
        return _read(raw, is_own_message_id, mail_from)
    except Exception as error:  # noqa: BLE001 - one odd mail must not stop the inbox; its defect says what happened
        return _unread(raw, f"not read: {type(error).__name__}")


def _unread(raw: bytes, defect: str) -> ParsedMessage:
    """The last way out: the text after the headers, to be looked at by a person."""
    return ParsedMessage(
        message_id=None,
        from_address=None,
        from_name=None,
        reply_to=None,
        to=(),
        cc=(),
        subject="",
        date=None,
        in_reply_to=None,
        references=(),
        text=_after_headers(raw).strip(),
        quoted="",
        signature="",
        html=False,
        attachments=(),
        disposition=Disposition.UNREADABLE,
        automated=None,
        bounced=(),
        defects=(defect,),
    )


def _read(raw: bytes, is_own_message_id: Callable[[str], bool], mail_from: str | None) -> ParsedMessage:
    message, structure_defects = mime.message_of(raw)
    read = _words(message, raw)
    sender, sender_defects = _sender(message)
    subject = headers.text_value(message, "Subject")
    outline = Outline(
        message, subject[:_MAX_SUBJECT], sender[1], mail_from, read.split.text, read.said, read.split.signature
    )
    bounced, reason = _machine(outline, is_own_message_id)
    return ParsedMessage(
        message_id=headers.message_id(message),
        from_address=sender[1],
        from_name=sender[0],
        reply_to=next(iter(headers.addresses(message, "Reply-To")), None),
        to=headers.addresses(message, "To"),
        cc=headers.addresses(message, "Cc"),
        subject=subject,
        date=headers.date_value(message),
        in_reply_to=next(iter(headers.message_ids(message, "In-Reply-To")), None),
        references=headers.message_ids(message, "References"),
        text=read.split.text,
        quoted=read.split.quoted,
        signature=read.split.signature,
        html=read.html,
        attachments=read.content.attachments,
        disposition=disposition(
            bounced=bool(bounced), automated=reason is not None, subject=subject, text=read.split.text
        ),
        automated=reason,
        bounced=bounced,
        defects=tuple(dict.fromkeys(structure_defects + sender_defects + read.content.defects + read.defects)),
        attachment_texts=read.content.texts,
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """A body taken apart: `said` is all of it as text, quotes included; `html` whether HTML was its source."""

    content: content.Body
    split: Split
    said: str
    html: bool
    defects: tuple[str, ...] = ()


def _words(message: Message, raw: bytes) -> _Words:
    try:
        found = content.body_of(message)
    except Exception as error:  # noqa: BLE001 - any bytes must give a text; the defect says what happened
        found = content.Body(text=_after_headers(raw), defects=(f"parts not read: {type(error).__name__}",))
    if found.text is None:
        return _of_html(found)
    parts = body.split(found.text)
    if found.html and not parts.quoted and html.marks_quotes(found.html):
        # The plain text lost the marks of the quote; the structure of the other form still has them.
        marked = _of_html(found)
        if marked.split.quoted and marked.split.text:
            return marked
    return _Words(found, parts, found.text, html=False)


def _of_html(found: content.Body) -> _Words:
    text, defect = html.to_text(found.html or "")
    said = text.replace(html.BELOW_IS_QUOTED, "").replace(html.SIGNATURE_STARTS, "")
    return _Words(found, body.split(text), said, found.html is not None, (defect,) if defect else ())


def _after_headers(raw: bytes) -> str:
    text = clean(decode_bytes(raw, None)[0])
    return text.partition("\n\n")[2]


def _sender(message: Message) -> tuple[tuple[str | None, str | None], tuple[str, ...]]:
    """(name, address) of the first From, and whether there was more than one: RFC 5322 3.6 allows one field."""
    values = headers.raw_values(message, "From")
    found = [pair for value in values for pair in headers.mailboxes(value)]
    defects = ("several From fields",) * (len(values) > 1) + ("several From addresses",) * (len(found) > 1)
    if not found:
        return (None, None), ("no From address",)
    return (found[0][0] or None, found[0][1]), defects


def _machine(outline: Outline, is_own: Callable[[str], bool]) -> tuple[tuple[BouncedRecipient, ...], str | None]:
    try:
        bounced = bounce.recipients(outline)
        reason = automated.reason(outline, is_own=is_own)
    except RecursionError:
        # Thousands of nested parts: no person's mail program writes that.
        return (), "parts nested beyond reading"
    return bounced, "delivery report" if bounced else reason

"""Mail bytes to a ParsedMessage. Any bytes give one; what was wrong stands in its defects."""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message

from caseconsultant.domain.message import BouncedRecipient, Disposition, ParsedMessage
from caseconsultant.parsing import automated, body, bounce, headers, html, mime
from caseconsultant.parsing.charsets import clean, decode_bytes
from caseconsultant.parsing.disposition import disposition


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
    content, split, text_defects = _text(message, raw)
    sender, sender_defects = _sender(message)
    subject = headers.text_value(message, "Subject")
    bounced, reason = _machine(message, subject, sender[1], mail_from, is_own_message_id)
    references = headers.message_ids(message, "References")
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
        references=references,
        text=split.text,
        quoted=split.quoted,
        signature=split.signature,
        html=content.text is None and content.html is not None,
        attachments=content.attachments,
        disposition=disposition(bounced=bool(bounced), automated=reason is not None, subject=subject, text=split.text),
        automated=reason,
        bounced=bounced,
        defects=tuple(dict.fromkeys(structure_defects + sender_defects + content.defects + text_defects)),
    )


def _text(message: Message, raw: bytes) -> tuple[mime.Body, body.Split, tuple[str, ...]]:
    try:
        content = mime.body_of(message)
    except Exception as error:  # noqa: BLE001 - any bytes must give a text; the defect says what happened
        content = mime.Body(text=_after_headers(raw), defects=(f"parts not read: {type(error).__name__}",))
    if content.text is not None:
        return content, body.split(content.text), ()
    text, defect = html.to_text(content.html or "")
    return content, body.split(text), (defect,) if defect else ()


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


def _machine(
    message: Message, subject: str, from_address: str | None, mail_from: str | None, is_own: Callable[[str], bool]
) -> tuple[tuple[BouncedRecipient, ...], str | None]:
    try:
        bounced = bounce.recipients(message)
        reason = automated.reason(
            message, subject=subject, from_address=from_address, mail_from=mail_from, is_own=is_own
        )
    except RecursionError:
        # Thousands of nested parts: no person's mail program writes that.
        return (), "parts nested beyond reading"
    return bounced, "delivery report" if bounced else reason

"""The object `read --json` prints."""

from __future__ import annotations

from typing import Any

from caseconsultant.domain.message import ParsedMessage


def parsed_object(message: ParsedMessage, *, path: str | None) -> dict[str, Any]:
    """Returns a mail as plain JSON values; every key is present, a missing value is None, a missing list empty."""
    return {
        "path": path,
        "message_id": message.message_id,
        "from": message.from_address,
        "reply_to": message.reply_to,
        "to": list(message.to),
        "cc": list(message.cc),
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else None,
        "in_reply_to": message.in_reply_to,
        "references": list(message.references),
        "text": message.text,
        "quoted": message.quoted,
        "signature": message.signature,
        "html": message.html,
        "attachments": [
            {"filename": item.filename, "content_type": item.content_type, "size": item.size, "read": item.read}
            for item in message.attachments
        ],
        "disposition": message.disposition.value,
        "automated": message.automated,
        "bounce": _bounce(message),
        "defects": list(message.defects),
    }


def _bounce(message: ParsedMessage) -> dict[str, Any] | None:
    if not message.bounced:
        return None
    return {
        "recipients": [
            {"address": item.address, "action": item.action, "status": item.status, "permanent": item.permanent}
            for item in message.bounced
        ]
    }

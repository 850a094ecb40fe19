"""Delivery reports: RFC 3464, and the two old forms (Exim's header, qmail's text) that carry no report part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.message import Message

from caseconsultant.domain.message import BouncedRecipient
from caseconsultant.parsing import headers, mime

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_SMTP_CODE = re.compile(r"\b([45])\d\d\b")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]{1,128}@[^\s<>()\[\],;:\"@]{1,253}")
_QMAIL = re.compile(r"^<([^<>\s]+@[^<>\s]+)>:\s*\n((?:.+\n?)*)", re.MULTILINE)
_QMAIL_SAYS = re.compile(r"this is the (?:qmail-send|mailer) program|failure notice", re.IGNORECASE)
_ACTIONS = {"failed", "delayed", "delivered", "relayed", "expanded"}


def recipients(message: Message) -> tuple[BouncedRecipient, ...]:
    """Returns the recipients a delivery report speaks of, each once; empty where the mail is no delivery report."""
    found = list(_by_report(message)) or list(_by_exim(message)) or list(_by_qmail(message))
    return tuple({item.address: item for item in found}.values())


def _by_report(message: Message) -> Iterator[BouncedRecipient]:
    for part in mime.own_parts(message):
        if mime.content_type(part) in {"message/delivery-status", "message/global-delivery-status"}:
            for block in _blocks(part):
                yield from _of_block(block)


def _blocks(part: Message) -> Iterable[Message]:
    """The groups of fields; the standard library splits them, but not when they are encoded as base64."""
    plain = mime.parts(part)
    if not plain:
        return _parsed(mime.payload_bytes(part))
    if any(item.keys() for item in plain):
        return plain
    return _parsed(b"\n\n".join(mime.payload_bytes(item) for item in plain))


def _parsed(raw: bytes) -> list[Message]:
    groups = re.split(rb"\r?\n[ \t]*\r?\n", raw)
    return [mime.message_of(group + b"\n\n")[0] for group in groups if group.strip()]


def _of_block(block: Message) -> Iterator[BouncedRecipient]:
    address = _typed(block, "Final-Recipient") or _typed(block, "Original-Recipient")
    if not address:
        return
    action = headers.text_value(block, "Action").split(" ")[0].strip(";").lower()
    diagnostic = headers.text_value(block, "Diagnostic-Code")
    status = _status(headers.text_value(block, "Status"), diagnostic)
    action = action if action in _ACTIONS else ("delayed" if status.startswith("4") else "failed")
    yield BouncedRecipient(address, action, status, _is_permanent(action, status))


def _typed(block: Message, name: str) -> str | None:
    """The address of `rfc822; jane@example.com`; the type is sometimes missing."""
    match = _ADDRESS.search(headers.text_value(block, name))
    return match[0].strip(".").lower() if match else None


def _status(stated: str, diagnostic: str) -> str:
    match = _STATUS.search(stated)
    # 5.0.0 says nothing more than the action; the diagnostic often knows the reason.
    found = _STATUS.search(diagnostic) if match is None or match[0] in {"5.0.0", "4.0.0"} else match
    if found or match:
        return (found or match or [""])[0]
    code = _SMTP_CODE.search(diagnostic)
    return f"{code[1]}.0.0" if code else ""


def _is_permanent(action: str, status: str) -> bool:
    """Hard: failed, and not for a passing reason (RFC 3463 class 4, such as 4.4.7 delivery time expired)."""
    return action == "failed" and not status.startswith(("4", "2"))


def _by_exim(message: Message) -> Iterator[BouncedRecipient]:
    for address in headers.addresses(message, "X-Failed-Recipients"):
        status = _status("", _said(message))
        yield BouncedRecipient(address, "failed", status, _is_permanent("failed", status))


def _by_qmail(message: Message) -> Iterator[BouncedRecipient]:
    said = _said(message)
    if not _QMAIL_SAYS.search(said[:400] + headers.text_value(message, "Subject")):
        return
    for match in _QMAIL.finditer(said):
        status = _status(match[2], match[2])
        yield BouncedRecipient(match[1].lower(), "failed", status, _is_permanent("failed", status))


def _said(message: Message) -> str:
    return (mime.body_of(message).text or "")[:20_000]

"""Delivery reports: RFC 3464 first, then the forms that servers wrote without it.

The order is from the surest: the report part, Exim's header, the forms that flufl.bounce knows, our own reading of the
text (`parsing.bounce_text`). An abuse report (RFC 5965) or a read receipt is no bounce.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from email.message import Message

from flufl.bounce import all_failures

from caseconsultant.domain.message import BouncedRecipient
from caseconsultant.parsing import bounce_text, headers, mime
from caseconsultant.parsing.bounce_status import action_of, is_permanent, status_of
from caseconsultant.parsing.outline import Outline
from caseconsultant.parsing.transfer import payload_bytes

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it logs each detector it tries

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]{1,128}@[^\s<>()\[\],;:\"@]{1,253}")
_STATUS_PARTS = {"message/delivery-status", "message/global-delivery-status"}
_FIELDS = re.compile(rb"^(?:final|original)-recipient\s*:", re.IGNORECASE | re.MULTILINE)
_NO_BOUNCE = {"feedback-report", "disposition-notification"}
_MAX_RECIPIENTS = 500
_MAX_SCANNED = 500_000


def recipients(outline: Outline) -> tuple[BouncedRecipient, ...]:
    """Returns the recipients a delivery report speaks of, each once; empty where the mail is no delivery report."""
    message = outline.message
    if (mime.parameter(message, "report-type") or "").lower() in _NO_BOUNCE:
        return ()
    found = list(_by_report(message)) or list(_by_exim(outline)) or list(_by_text(outline))
    return tuple({item.address: item for item in found[:_MAX_RECIPIENTS]}.values())


def _by_report(message: Message) -> Iterator[BouncedRecipient]:
    is_report = mime.content_type(message) in {"multipart/report", "multipart/mixed"}
    for part in mime.own_parts(message):
        kind = mime.content_type(part)
        if kind in _STATUS_PARTS or (is_report and kind == "text/plain" and _is_unlabelled(part)):
            for block in _blocks(part):
                yield from _of_block(block)


def _is_unlabelled(part: Message) -> bool:
    """A report part sent as plain text: it begins with its fields."""
    raw = payload_bytes(part)[:20_000].lstrip()
    return raw[:30].lower().startswith((b"reporting-mta", b"final-recipient")) and bool(_FIELDS.search(raw))


def _blocks(part: Message) -> Iterable[Message]:
    """The groups of fields; the standard library splits them, but not when they are encoded as base64."""
    plain = mime.parts(part)
    if not plain:
        return _parsed(payload_bytes(part))
    if mime.content_type(part) == "message/delivery-status" and any(item.keys() for item in plain):
        return [item for group in plain for item in _unglued(group)]
    return _parsed(b"\n\n".join(_whole(item) for item in plain))


def _whole(item: Message) -> bytes:
    fields = "".join(f"{name}: {value}\n" for name, value in item.raw_items())
    return fields.encode("utf-8", "surrogateescape") + b"\n" + payload_bytes(item)


def _unglued(group: Message) -> list[Message]:
    """Several recipients in one group, the blank line between them lost: each Final-Recipient begins a new one."""
    if len(headers.raw_values(group, "Final-Recipient")) < 2:  # noqa: PLR2004 - one is the rule
        return [group]
    found = [Message()]
    for name, value in group.raw_items():
        if name.lower() == "final-recipient" and "Final-Recipient" in found[-1]:
            found.append(Message())
        found[-1][name] = str(value)
    return found


def _parsed(raw: bytes) -> list[Message]:
    groups = re.split(rb"\r?\n[ \t]*\r?\n", raw)
    return [mime.message_of(group + b"\n\n")[0] for group in groups[:_MAX_RECIPIENTS] if group.strip()]


def _of_block(block: Message) -> Iterator[BouncedRecipient]:
    # RFC 3464 2.3.1: the address we wrote to; the final one may be a mailbox behind it.
    address = (
        _typed(block, "Original-Recipient") or _typed(block, "Final-Recipient") or _typed(block, "X-Actual-Recipient")
    )
    if not address:
        return
    diagnostic = headers.text_value(block, "Diagnostic-Code")
    status = status_of(headers.text_value(block, "Status"), diagnostic)
    action = action_of(headers.text_value(block, "Action"), status)
    yield BouncedRecipient(address, action, status, is_permanent(action, status))


def _typed(block: Message, name: str) -> str | None:
    """The address of `rfc822; jane@example.com`; the type is sometimes missing."""
    value = headers.text_value(block, name)
    match = _ADDRESS.search(value.partition(";")[2] or value)
    return match[0].strip(".").lower() if match else None


def _by_exim(outline: Outline) -> Iterator[BouncedRecipient]:
    for address in headers.addresses(outline.message, "X-Failed-Recipients"):
        status = status_of("", outline.said[:20_000])
        yield BouncedRecipient(address, "failed", status, is_permanent("failed", status))


def _by_text(outline: Outline) -> Iterator[BouncedRecipient]:
    if not bounce_text.looks_bounced(outline):
        return
    known = _known_forms(outline.message) if len(outline.said) < _MAX_SCANNED else {}
    own = set(bounce_text.own_addresses(outline))
    addresses = [address for address in known if address not in own] or list(bounce_text.failed(outline, own))
    for address in addresses:
        status, action = bounce_text.verdict(outline, address)
        yield BouncedRecipient(address, action, status, is_permanent(action, status) and not known.get(address))


def _known_forms(message: Message) -> dict[str, bool]:
    """Address to whether the failure is temporary, as flufl.bounce reads it; it raises on some odd mails."""
    try:
        temporary, permanent = all_failures(message)
    except Exception:  # noqa: BLE001 - a library's guess is not worth a mail
        return {}
    texts = {_text(item): True for item in temporary} | {_text(item): False for item in permanent}
    return {address: passing for address, passing in texts.items() if _ADDRESS.fullmatch(address)}


def _text(address: bytes | str) -> str:
    plain = address.decode("utf-8", "replace") if isinstance(address, bytes) else address
    return plain.strip("<>.,;:' ").lower()

"""The failed recipients of a delivery report that says so in words only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.parsing import headers, mime
from caseconsultant.parsing.bounce_status import status_of
from caseconsultant.parsing.outline import Outline
from caseconsultant.parsing.transfer import payload_bytes
from caseconsultant.parsing.vocabulary import any_of, bounces

_I = re.IGNORECASE
_SUBJECT = re.compile(rf"\s*(?:\W{{0,4}}\[[^\]]{{1,30}}\]\s*)?\W{{0,3}}(?:{any_of(bounces.SUBJECTS)})", _I)
_PHRASE = re.compile(any_of(bounces.PHRASES), _I)
_DELAY = re.compile(any_of(bounces.DELAYS), _I)
_PASSING = re.compile(any_of(bounces.PASSING), _I)
_ORIGINAL = re.compile(rf"^[ \t>*]*(?:{any_of(bounces.ORIGINALS)})\s*$", _I | re.MULTILINE)
_DAEMON = re.compile(
    r"(?:mailer-?daemon|postmaster|mdaemon|mail-?daemon|mail-?delivery.*|mail\.?delivery.*|bounces?|mailer|administrator|admin"
    r"|microsoftexchange.*|exchange.*|system|smtp|root|errors?|.*mailer-daemon.*|.*postmaster.*)",
    _I,
)
_DAEMON_NAME = re.compile(
    r"mail (?:delivery|router|administrator|system)|postmaster|mailer.?daemon|system administrator|delivery sub", _I
)
_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()\[\],;:\"'=|]{1,64}@[A-Za-z0-9][\w.-]{1,200}\w)")
_NOT_FAILED = re.compile(r"^(?:mailer-?daemon|postmaster|mdaemon|abuse|.*\bsupport)@|^[^@]*(?:\d{8,}\.){2}", _I)
_NAMED = re.compile(
    r"(?:rcpt to:?\s*<?|(?:failed|invalid|unknown|bad|rejected|original)?[ -]?"
    r"(?:recipient|address|user|receiver|mailbox)(?: address)?\s?:\s*<?|(?:message|e-?mail|mail) to:?\s+<?"
    r"|delivered to:?\s+<?|^\s*(?:--\s+)?<?)([^\s<>()\[\],;:\"'=|]{1,64}@[A-Za-z0-9][\w.-]{1,200}\w)",
    _I | re.MULTILINE,
)
_NOT_OURS_TO_BLAME = re.compile(
    r"(?:mail from|from|sender|return-path|reply[ -]to|contact|reply to|postmaster|questions?)\W{0,3}$", _I
)
_TOP = 12_000
_AROUND = 400
_MAX_FOUND = 100


def looks_bounced(outline: Outline) -> bool:
    """Whether a mail without a report part may be a bounce: by its sender and its words, or by subject and words."""
    if not _PHRASE.search(f"{outline.subject}\n{outline.said[:_TOP]}"):
        return False
    subject = bool(_SUBJECT.match(outline.subject))
    daemon = bool(_DAEMON.fullmatch(outline.local_part)) or outline.has_null_sender
    named = bool(_DAEMON_NAME.search(headers.decode(headers.raw_value(outline.message, "From") or "")))
    if (daemon or named) and (subject or _told_by_server(outline)):
        return True
    # With no daemon's name on it, the words must be a server's: nobody asks and the failing address is named.
    return (subject and not outline.asks and outline.from_address is None) or (subject and _told_by_server(outline))


def _told_by_server(outline: Outline) -> bool:
    phrases = {match[0].lower() for match in _PHRASE.finditer(outline.said[:_TOP])}
    return len(phrases) > 1 or bool(phrases and _ADDRESS.search(outline.said[:_TOP]) and not outline.asks)


def own_addresses(outline: Outline) -> Iterator[str]:
    """Yields the addresses that cannot have failed: the sender of the report and we ourselves."""
    yield from headers.addresses(outline.message, "To")
    yield from headers.addresses(outline.message, "Delivered-To")
    if outline.from_address:
        yield outline.from_address


def failed(outline: Outline, own: set[str]) -> Iterator[str]:
    """Yields the failed recipients: those named as such, else any other address, else whom the returned mail was to."""
    report = _report_of(outline)
    for pattern in (_NAMED, _ADDRESS):
        found = list(dict.fromkeys(_addresses(pattern, report, own)))
        if found:
            yield from found[:_MAX_FOUND]
            return
    yield from _of_returned(outline, own)


def _report_of(outline: Outline) -> str:
    """The server's words, without the mail that came back."""
    said = outline.said[:_TOP]
    original = _ORIGINAL.search(said, 40)
    return said[: original.start()] if original and _ADDRESS.search(said[: original.start()]) else said


def _addresses(pattern: re.Pattern[str], report: str, own: set[str]) -> Iterator[str]:
    for match in pattern.finditer(report):
        address = match[1].strip(".'").lower()
        before = report[max(0, match.start(1) - 30) : match.start(1)].rstrip("< ")
        if address not in own and not _NOT_FAILED.search(address) and not _NOT_OURS_TO_BLAME.search(before):
            yield address


def _of_returned(outline: Outline, own: set[str]) -> Iterator[str]:
    """The recipients of the mail that came back with the report."""
    for part in mime.own_parts(outline.message):
        kind = mime.content_type(part)
        if kind not in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}:
            continue
        inner = next(iter(mime.parts(part)), None) or mime.message_of(payload_bytes(part))[0]
        yield from (address for address in headers.addresses(inner, "To") if address not in own)
    match = re.search(r"^To:\s*(.{3,300})$", outline.said[:_TOP], re.MULTILINE)
    if match:
        yield from (address.lower() for address in _ADDRESS.findall(match[1]) if address.lower() not in own)


def verdict(outline: Outline, address: str) -> tuple[str, str]:
    """Returns (status, action) of an address, by what stands around it and at the top."""
    report = _report_of(outline)
    position = max(report.lower().find(address), 0)
    around = report[max(0, position - _AROUND // 4) : position + _AROUND]
    status = status_of("", around.replace(address, "")) or status_of("", report.replace(address, ""))
    if _DELAY.search(f"{outline.subject}\n{report}"):
        return status if status.startswith("4") else "4.0.0", "delayed"
    if not status and _PASSING.search(report):
        status = "4.0.0"
    return status, "failed"

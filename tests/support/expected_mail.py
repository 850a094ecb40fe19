"""The mails under tests/messages/<subject>/ with the expectation that stands in a YAML beside each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from caseconsultant.domain.message import ParsedMessage
from caseconsultant.parsing import question_text

MESSAGES = Path(__file__).parents[1] / "messages"


def expectations() -> list[Path]:
    """Returns the YAML files, each with its mail beside it."""
    return sorted(MESSAGES.glob("*/*.yaml"))


def expected(path: Path) -> tuple[bytes, dict[str, Any]]:
    """Returns the mail's bytes and what is expected of them."""
    return path.with_suffix(".eml").read_bytes(), yaml.safe_load(path.read_text("utf-8"))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


_READ = {
    "text": lambda mail: _plain(mail.text),
    "signature": lambda mail: _plain(mail.signature),
    "from": lambda mail: mail.from_address,
    "subject": lambda mail: mail.subject,
    "disposition": lambda mail: mail.disposition.value,
    "automated": lambda mail: mail.automated is not None,
    "html": lambda mail: mail.html,
    "date": lambda mail: mail.date.isoformat() if mail.date else None,
    "attachments": lambda mail: [{"filename": item.filename, "read": item.read} for item in mail.attachments],
}


def differences(mail: ParsedMessage, wanted: dict[str, Any]) -> Iterator[str]:
    """Yields what of the mail is not as wanted; blanks and line breaks do not count."""
    for key, value in wanted.items():
        if key in _READ and not (key == "text" and value is None):
            found = _READ[key](mail)
            right = _plain(value) if key in {"text", "signature"} else value
            if found != right:
                yield f"{key}: {found!r}, not {right!r}"
    yield from _bounce(mail, wanted)
    yield from (f"no defect {part!r} in {mail.defects}" for part in wanted.get("defects", ()) if not _any(part, mail))
    if wanted.get("text_contains", "") not in mail.text:
        yield f"text: {mail.text!r}"
    if wanted.get("question_contains", "") not in question_text(mail):
        yield f"question: {question_text(mail)!r}"


def _any(part: str, mail: ParsedMessage) -> bool:
    return any(part in defect for defect in mail.defects)


def _bounce(mail: ParsedMessage, wanted: dict[str, Any]) -> Iterator[str]:
    if "bounce" not in wanted:
        return
    found = {item.address: item for item in mail.bounced}
    if set(found) != {item["address"] for item in wanted["bounce"]}:
        yield f"bounced: {sorted(found)}"
        return
    for item in wanted["bounce"]:
        yield from (
            f"{item['address']} {key}: {getattr(found[item['address']], key)!r}"
            for key in item
            if getattr(found[item["address"]], key) != item[key]
        )

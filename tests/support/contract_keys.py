"""The keys of the machine-readable outputs, as the contract has them."""

from __future__ import annotations

import json

QUESTION = {"as_of", "payer", "setting", "minutes", "topics", "codes", "diagnoses"}
ANSWER = {
    "verdict",
    "bottom_line",
    "codes",
    "conditional",
    "modifiers",
    "diagnoses",
    "findings",
    "asks",
    "changes",
    "edition_gap",
    "confidence",
    "parts",
}
FINDING = {"topic", "kind", "verdict", "statement", "arithmetic", "references", "branch", "missing"}
READ = {
    "path",
    "message_id",
    "from",
    "reply_to",
    "to",
    "cc",
    "subject",
    "date",
    "in_reply_to",
    "references",
    "text",
    "quoted",
    "signature",
    "html",
    "attachments",
    "disposition",
    "automated",
    "bounce",
    "defects",
}
LOOKUP = {
    "code",
    "system",
    "as_of",
    "valid",
    "why",
    "description",
    "description_source",
    "family",
    "role",
    "replaced_by",
    "fee_schedule",
    "mue",
    "add_on",
    "global_days",
    "modifiers",
    "icd",
    "hcc",
    "references",
    "editions",
}
PAIR = {
    "column_one",
    "column_two",
    "modifier_indicator",
    "effective_from",
    "effective_to",
    "verdict",
    "edition",
    "edition_gap",
}


def lines(*objects: object) -> bytes:
    """Objects as JSON lines."""
    return b"".join(json.dumps(each).encode() + b"\n" for each in objects)

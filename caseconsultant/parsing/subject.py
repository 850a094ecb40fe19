"""What the subject adds to the question."""

from __future__ import annotations

import re

from caseconsultant.domain.message import ParsedMessage

_PREFIXES = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|sv|vs|tr|rv|enc|antw|odp|ynt|doorst|rif|res|r|i|pd)\s?(?:\[\d+\]|\(\d+\))?\s?:\s*"
    r"|\[(?:external|ext|extern|spam|secure|encrypt(?:ed)?)[^\]]{0,20}\]:?\s*|\[?CC-\d{4}-\d{3,9}\]?\s*)+",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s*\[\s*CC-\d{4}-\d{3,9}\s*\]\s*|\s*\[(?:external|encrypt(?:ed)?|secure)\]\s*", re.IGNORECASE)
_FORWARD = re.compile(r"^\s*(?:\[[^\]]*\]\s*)?(?:fwd?|wg|tr|rv|enc|doorst|i|pd)\s?:", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:a |an |my |our |your |another |quick |new |urgent |simple |general |short |medical |billing |coding |code "
    r"|coder|cpt "
    r"|icd[- ]?10 |e/?m |please |need |some |one more |follow[- ]?up )*"
    r"(?:question|questions|query|inquiry|enquiry|help|help needed|assistance|advice|hi|hello|hey"
    r"|good (?:morning|afternoon)"
    r"|request|coding|billing|code|codes|cpt|urgent|consult|consultation|no subject|\(no subject\)|test|asap"
    r"|question for you"
    r"|follow[- ]?up|fyi|none|see below)?(?: (?:please|needed|again|today))?\s*[!?.:]*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\W+")
_SHORT_COMMENT = 160
_MAX_QUESTION = 60_000
"""Characters of a question, its attachments' texts with it."""


def bare_subject(subject: str) -> str:
    """Returns the subject without Re:, Fw:, AW: and their like, our case tag and gateway marks."""
    before = None
    bare = _TAG.sub(" ", subject).strip()
    while bare != before:
        before, bare = bare, _PREFIXES.sub("", bare).strip()
    return bare


def question_text(message: ParsedMessage) -> str:
    """Returns what is asked: the subject where it says something of its own, then the new text.

    A forward with a short word above it ("see below") asks what the forwarded text asks. What attached files say
    comes last, each below a line of its own; not below the file's name, which often is a patient's.
    """
    body = _with_attached(message, _with_forwarded(message))
    subject = bare_subject(message.subject)
    if not subject or _GENERIC.fullmatch(subject) or _says(body, subject):
        return body or subject
    return f"{subject}\n\n{body}" if body else subject


def _with_attached(message: ParsedMessage, body: str) -> str:
    told = [f"Attached file {number}:\n{item.text}" for number, item in enumerate(message.attachment_texts, start=1)]
    return "\n\n".join(text for text in (body, *told) if text)[:_MAX_QUESTION]


def _says(body: str, subject: str) -> bool:
    plain = _WORDS.sub(" ", subject).strip().casefold()
    return _WORDS.sub(" ", body[: len(subject) * 3 + 200]).strip().casefold().startswith(plain)


def _with_forwarded(message: ParsedMessage) -> str:
    text, older = message.text.strip(), message.quoted.strip()
    if not older or not _FORWARD.match(message.subject):
        return text
    asks_itself = len(text) > _SHORT_COMMENT or any(character.isdigit() for character in text)
    return text if asks_itself else f"{text}\n\n{older}".strip()

"""Header fields read from their raw text: folded, encoded, encoded wrongly, or plain eight-bit.

The structured headers of `email.policy.default` raise on a few odd mails in a thousand; the raw pairs of `compat32`
never do, so the reading is done here, and by rules that forgive.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from caseconsultant.parsing.charsets import clean, decode_bytes

# RFC 2047, with the language of RFC 2231; blanks inside the text are wrong but seen.
_ENCODED_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?(.*?)\?=")
_UNENDED = re.compile(r"=\?[^?*\s]{1,40}\?[qQ]\?[^?]*\Z")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_BLANKS = re.compile(r"\s+")
_MAX_DATE = 400
_MAX_ADDRESSES = 100_000
"""Characters of an address field that are read: some two thousand recipients."""
_MESSAGE_ID = re.compile(r"<\s*([^<>]{1,900}?)\s*>")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"\\]{1,128}@[^\s<>()\[\],;:\"\\@]{1,253}")
_ANGLE_ADDRESS = re.compile(r"<\s*(?:[^<>@\s]*:)?([^\s<>]{1,128}@[^\s<>@]{1,253})\s*>")


def raw_values(message: Message, name: str) -> list[str]:
    """Returns every value of a header as it stands, undecoded."""
    wanted = name.lower()
    return [str(value) for key, value in message.raw_items() if key.lower() == wanted]


def raw_value(message: Message, name: str) -> str | None:
    """Returns the first value of a header as it stands, None where it is missing."""
    return next(iter(raw_values(message, name)), None)


def text_value(message: Message, name: str) -> str:
    """Returns the first value of a header as readable text on one line; empty where it is missing."""
    return decode(raw_value(message, name) or "")


def decode(raw: str) -> str:
    """Returns a header's text unfolded, with encoded words and eight-bit bytes read."""
    unfolded = eight_bit(_FOLD.sub(" ", raw))
    return _BLANKS.sub(" ", clean(_encoded_words(unfolded))).strip()


def eight_bit(text: str) -> str:
    """Returns a raw header with the bytes beyond ASCII decoded by what they look like."""
    if text.isascii():
        return text
    return decode_bytes(text.encode("utf-8", "surrogateescape"), None)[0]


def _encoded_words(text: str) -> str:
    """Adjacent words of one charset are joined as bytes first: senders split characters between words."""
    if "=?" not in text:
        return text
    if _UNENDED.search(text):
        text += "?="
    out: list[str] = []
    pending: tuple[str, bytes] | None = None
    position = 0
    for match in _ENCODED_WORD.finditer(text):
        between = text[position : match.start()]
        charset, raw = match[1].lower(), _word_bytes(match[2], match[3])
        if pending and not between.strip() and pending[0] == charset:
            pending = (charset, pending[1] + raw)
        else:
            out.append(_flush(pending))
            out.append("" if pending and not between.strip() else between)
            pending = (charset, raw)
        position = match.end()
    out.append(_flush(pending))
    out.append(text[position:])
    return "".join(out)


def _flush(pending: tuple[str, bytes] | None) -> str:
    return decode_bytes(pending[1], pending[0])[0] if pending else ""


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        packed = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        try:
            # One letter too many holds no byte; the padding is often missing.
            return base64.b64decode(packed[: len(packed) - (len(packed) % 4 == 1)] + b"===")
        except binascii.Error:
            return raw
    return binascii.a2b_qp(raw, header=True)


def addresses(message: Message, name: str) -> tuple[str, ...]:
    """Returns the bare addresses of a header, lower-case, each once, in order."""
    found = [address for raw in raw_values(message, name) for _, address in mailboxes(raw)]
    return tuple(dict.fromkeys(found))


def mailboxes(raw: str) -> list[tuple[str, str]]:
    """Returns (name, address) pairs of an address header; what is no address is left out."""
    unfolded = _FOLD.sub(" ", raw[:_MAX_ADDRESSES])
    found = _by_angles(unfolded) or _by_the_book(unfolded) or _by_looks(unfolded)
    if not found and "=?" in unfolded:
        # Some programs encode the whole field, address and all (RFC 2047 section 5 forbids it).
        found = _by_angles(decode(unfolded)) or _by_looks(decode(unfolded))
    return [(name, _bare(address)) for name, address in found]


def _by_angles(text: str) -> list[tuple[str, str]]:
    """One address in angle brackets: whatever stands before it is the name, quoted properly or not."""
    match = _ANGLE_ADDRESS.search(text)
    if not match or text.count("<") != 1 or "@" in text[match.end() :]:
        return []
    before = text[: match.start()].strip()
    if "," in before and "@" in before.split(",", 1)[0] and '"' not in before:
        return []
    return [(_display(before), match[1])]


def _by_the_book(text: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([text])
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return []
    return [(_display(name), address) for name, address in pairs if _ADDRESS.fullmatch(address)]


def _by_looks(text: str) -> list[tuple[str, str]]:
    return [("", address) for address in _ADDRESS.findall(text)]


def _display(text: str) -> str:
    plain = re.sub(r"\\(.)", r"\1", text.strip())
    return decode(plain.strip("\"' ")).strip("\"' ")


def _bare(address: str) -> str:
    return clean(eight_bit(address)).strip().strip(".'\"").lower()


def message_ids(message: Message, name: str) -> tuple[str, ...]:
    """Returns the message ids of a header without angle brackets, each once, in order."""
    found: list[str] = []
    for raw in raw_values(message, name):
        text = eight_bit(_FOLD.sub(" ", raw))
        ids = [re.sub(r"\s", "", match) for match in _MESSAGE_ID.findall(text)]
        found += ids or [word.strip("<>,;") for word in text.split() if "@" in word.strip("@")]
    return tuple(dict.fromkeys(clean(item) for item in found if item))


def message_id(message: Message) -> str | None:
    """Returns the message's own id without angle brackets; an id without `@` counts, two words do not."""
    found = message_ids(message, "Message-ID")
    if found:
        return found[0]
    words = clean(eight_bit(raw_value(message, "Message-ID") or "")).split()
    return words[0].strip("<>") or None if len(words) == 1 else None


def date_value(message: Message) -> datetime | None:
    """Returns the Date header as an aware instant in UTC; None where it is missing or no date."""
    raw = raw_value(message, "Date")
    if not raw or len(raw) > _MAX_DATE:
        return None
    try:
        found = parsedate_to_datetime(decode(raw))
        # RFC 5322 3.3: `-0000` names no zone; the time itself is UTC.
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None

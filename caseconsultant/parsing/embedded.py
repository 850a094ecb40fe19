"""Files inside a text, as programs older than MIME put them there: uuencode, and yEnc of the newsgroups."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

_UU = re.compile(
    r"^begin(?:-base64)? [0-7]{3,4} ([^\n]{1,200})\n(.*?)^(?:end|====)[ \t]*$\n?", re.MULTILINE | re.DOTALL
)
_YENC = re.compile(r"^=ybegin [^\n]*?name=([^\n]{1,200})\n.*?^=yend[^\n]*$\n?", re.MULTILINE | re.DOTALL)
_UU_LINE = re.compile(r"[ -`]{1,64}\Z")
_MAX_LINES = 200_000


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file found in a text: what it is called, and its bytes (empty where they did not survive)."""

    filename: str
    content: bytes


def taken_out(text: str) -> tuple[str, tuple[Embedded, ...]]:
    """Returns the text without the files in it, and the files."""
    if "\nend" not in text and "=yend" not in text and "\n====" not in text:
        return text, ()
    found: list[Embedded] = []

    def uu(match: re.Match[str]) -> str:
        content = _unpacked(match[2])
        if content is None:
            return match[0]
        found.append(Embedded(match[1].strip(), content))
        return ""

    def yenc(match: re.Match[str]) -> str:
        found.append(Embedded(match[1].strip(), b""))
        return ""

    return _YENC.sub(yenc, _UU.sub(uu, text)), tuple(found)


def _unpacked(block: str) -> bytes | None:
    """None where the lines are no uuencode: a sentence may begin with the word "begin"."""
    lines = [line for line in block.split("\n")[:_MAX_LINES] if line.strip()]
    if not all(_UU_LINE.match(line) for line in lines):
        return None
    try:
        return b"".join(_line(line) for line in lines)
    except (binascii.Error, ValueError):
        return None


def _line(line: str) -> bytes:
    length = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
    # Some programs write more than the line says, or lose the blanks at its end.
    return binascii.a2b_uu(line[:length].ljust(length))

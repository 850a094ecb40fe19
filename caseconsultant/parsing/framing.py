"""The bytes around a message put right before it is taken apart: mailbox lines, marks and blanks above the headers.

What stands above the first header field makes the standard library read the whole mail as its body.
"""

from __future__ import annotations

import codecs
import re

_MBOX = re.compile(rb"\A(?:>?From [^\r\n]{1,500}(?:\r\n|\r|\n))+")
_BLANKS = re.compile(rb"\A(?:[ \t]*(?:\r\n|\r|\n))+")
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_MAX_HEADERS = 1_000_000
_MANY_LINES = 20_000


def framed(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Returns the bytes from the first header field on, broken header lines taken out, and what was wrong."""
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    start = _MBOX.sub(b"", raw.removeprefix(codecs.BOM_UTF8), count=1)
    plain = _BLANKS.sub(b"", start, count=1)
    if plain is not start and _FIELD.match(plain):
        start = _MBOX.sub(b"", plain, count=1)
    return _without_broken_lines(start)


def _without_broken_lines(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A line without a colon amid the fields would end the headers there and turn the rest into body."""
    kept: list[bytes] = []
    broken: list[bytes] = []
    fields = 0
    for match in _LINE.finditer(raw[:_MAX_HEADERS]):
        line = match[0]
        if not line.strip() or len(kept) > _MANY_LINES:
            break
        if line[:1] in b" \t" or _FIELD.match(line):
            fields += line[:1] not in b" \t"
            kept.append(line)
        elif fields > 1:
            broken.append(line)
            kept.append(b"")
        else:
            return raw, ()
    return _mended(raw, kept, broken)


def _mended(raw: bytes, kept: list[bytes], broken: list[bytes]) -> tuple[bytes, tuple[str, ...]]:
    """Only where fields go on below the broken line: else it is the body, its blank line lost."""
    if not broken or not kept[-1]:
        return raw, ()
    length = sum(map(len, kept)) + sum(map(len, broken))
    return b"".join(kept) + raw[length:], ("header line without a colon: left out",)

"""Outlook's winmail.dat: the text inside it (MS-OXTNEF 2.1.3: a signature, a key, then attributes)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNATURE = 0x223E9F78
_BODY = 0x0002800C
_CODEPAGE = 0x00069007
_PROPERTIES = 0x00069003
_MAX_ATTRIBUTES = 2000
# MS-OXCMSG: PidTagBody, PidTagHtml, by property type.
_PID_BODY, _PID_HTML = 0x1000, 0x1013
_FIXED = {0x2: 4, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {0xD, 0x1E, 0x1F, 0x102}
_MAX_PROPERTIES = 500


@dataclass(frozen=True, slots=True)
class Opened:
    """What a winmail.dat says: its text or HTML."""

    text: str | None
    html: str | None


def opened(raw: bytes) -> Opened | None:
    """Returns what is inside; None where the bytes are no TNEF."""
    if len(raw) < 6 or struct.unpack_from("<I", raw)[0] != _SIGNATURE:  # noqa: PLR2004 - signature and key
        return None
    attributes = list(_attributes(raw))
    codec = _codec(attributes)
    properties = {k: v for ident, content in attributes if ident == _PROPERTIES for k, v in _properties(content, codec)}
    plain = next((_text(content, codec) for ident, content in attributes if ident == _BODY), None)
    return Opened(plain or properties.get(_PID_BODY), properties.get(_PID_HTML))


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields (id, content); a cut file gives what is whole."""
    position = 6
    for _ in range(_MAX_ATTRIBUTES):
        if position + 9 > len(raw):
            return
        ident, length = struct.unpack_from("<II", raw, position + 1)
        if position + 9 + length > len(raw):
            return
        yield ident, raw[position + 9 : position + 9 + length]
        position += 11 + length


def _codec(attributes: list[tuple[int, bytes]]) -> str:
    content = next((content for ident, content in attributes if ident == _CODEPAGE and len(content) >= 4), None)  # noqa: PLR2004
    page = struct.unpack_from("<I", content)[0] if content else 1252
    name = {65001: "utf-8", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs"}.get(page, f"cp{page}")
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name


def _text(content: bytes, codec: str) -> str:
    return content.decode(codec, "replace").rstrip("\0")


def _properties(raw: bytes, codec: str) -> Iterator[tuple[int, str]]:
    """Yields the texts among the properties; stops at the first thing that cannot be measured."""
    try:
        yield from _walk(raw, codec)
    except struct.error:
        return


def _walk(raw: bytes, codec: str) -> Iterator[tuple[int, str]]:
    count, position = struct.unpack_from("<I", raw)[0], 4
    for _ in range(min(count, _MAX_PROPERTIES)):
        kind, ident = struct.unpack_from("<HH", raw, position)
        position += 4
        if ident >= 0x8000:  # noqa: PLR2004 - named properties begin there
            position = _past_name(raw, position)
        if kind in _FIXED:
            position += _FIXED[kind]
        elif kind in _VARIABLE:
            length, start = struct.unpack_from("<I", raw, position + 4)[0], position + 8
            content = raw[start : start + length]
            position = start + length + (-length) % 4
            if ident in {_PID_BODY, _PID_HTML}:
                yield ident, content.decode("utf-16-le" if kind == 0x1F else codec, "replace").rstrip("\0")  # noqa: PLR2004
        else:
            return


def _past_name(raw: bytes, position: int) -> int:
    by_name = struct.unpack_from("<I", raw, position + 16)[0]
    if not by_name:
        return position + 24
    length = struct.unpack_from("<I", raw, position + 20)[0]
    return int(position + 24 + length + (-length) % 4)

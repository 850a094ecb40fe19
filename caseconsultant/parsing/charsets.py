"""Bytes to text, whatever the charset claims."""

from __future__ import annotations

import codecs
import re

# Labels that Python does not know, or knows too narrowly: Windows writes its own superset under the ISO name.
_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
# Codecs that take bytes but are not charsets of a mail.
_NOT_CHARSETS = {
    "unicode_escape",
    "raw-unicode-escape",
    "unicode-escape",
    "idna",
    "punycode",
    "undefined",
    "mbcs",
    "oem",
}

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\ufeff\u00ad\uf8f1\uf8f2\ud800-\udfff]")
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LINE_ENDS = re.compile(r"\r\n|\r|\x85|\u2028|\u2029|\f")


def decode_bytes(raw: bytes, charset: str | None) -> tuple[str, str | None]:
    """Returns the text, and a defect where the charset named was missing, unknown or wrong."""
    try:
        # Valid multi-byte UTF-8 is hardly ever anything else, whatever the label says.
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(raw, charset)
    if _is_plain(raw) and _shifts(charset):
        return _decode_other(raw, charset)
    return text, None


def _is_plain(raw: bytes) -> bool:
    return raw.isascii()


def _shifts(charset: str | None) -> bool:
    """Whether the charset writes other letters in seven bits (RFC 1468, RFC 2152) or in pairs of bytes."""
    return (charset or "").lower().startswith(("iso-2022", "utf-7", "unicode-1-1", "hz", "utf-16", "utf-32"))


def _decode_other(raw: bytes, charset: str | None) -> tuple[str, str | None]:
    codec = _codec(charset)
    if codec is None:
        return raw.decode("cp1252", "replace"), f"charset {charset or 'not named'}: read as windows-1252"
    try:
        return raw.decode(codec), None
    except (LookupError, ValueError):
        return raw.decode("cp1252", "replace"), f"charset {charset}: bytes do not fit, read as windows-1252"


def _codec(charset: str | None) -> str | None:
    name = (charset or "").strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if not name or not name.isascii() or name in _NOT_CHARSETS:
        return None
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found in _NOT_CHARSETS else found


def clean(text: str) -> str:
    r"""Returns the text with `\n` line ends, ordinary spaces, and no control or zero-width characters.

    The two private characters that mark structure in `parsing.html` go too: nobody can write a mark into a mail.
    """
    return _SPACES.sub(" ", _CONTROL.sub("", _LINE_ENDS.sub("\n", text)))

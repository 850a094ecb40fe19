"""Bytes to text, whatever the charset claims."""

from __future__ import annotations

import codecs
import re

from caseconsultant.parsing.guessing import guessed_codec

# Labels that Python does not know, or knows too narrowly: Windows writes its own superset under the ISO name.
_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
}
# Labels that say nothing: what stands under them is looked at.
_EMPTY_LABELS = {
    "",
    "unknown",
    "unknown-8bit",
    "x-unknown",
    "default",
    "x-user-defined",
    "none",
    "binary",
    "8bit",
    "default_charset",
    "ansi",
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
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode_bytes(raw: bytes, charset: str | None) -> tuple[str, str | None]:
    """Returns the text, and a defect where the charset named was missing, unknown or wrong."""
    wide = _wide_codec(raw)
    if wide:
        return raw.decode(wide, "replace"), None
    try:
        # Valid multi-byte UTF-8 is hardly ever anything else, whatever the label says.
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(raw, charset)
    if raw.isascii() and _shifts(raw, charset):
        return _decode_other(raw, charset)
    return text, None


def _wide_codec(raw: bytes) -> str | None:
    """UTF-8 or UTF-16 by its mark, or UTF-16 by the zero in every second byte."""
    marked = next((codec for mark, codec in _MARKS if raw.startswith(mark)), None)
    if marked:
        return marked if marked != "utf-8-sig" or _is_utf8(raw) else None
    sample = raw[:400]
    if len(sample) < 4 or len(raw) % 2 or b"\0" not in sample:  # noqa: PLR2004 - two characters at the least
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most = len(sample) // 2 * 7 // 10
    return "utf-16-le" if odd > most and not even else "utf-16-be" if even > most and not odd else None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _shifts(raw: bytes, charset: str | None) -> bool:
    """Whether the charset writes other letters in seven bits (RFC 1468, RFC 2152) or in pairs of bytes."""
    named = (charset or "").lower().strip("\"' ")
    if named.startswith(("iso-2022", "utf-7", "unicode-1-1-utf-7", "hz", "utf-16", "utf-32")):
        return True
    return b"\x1b$" in raw


def _decode_other(raw: bytes, charset: str | None) -> tuple[str, str | None]:
    codec = _codec(charset)
    if codec is None or (codec == "cp1252" and _says_ascii(charset)):
        return _decode_guessed(raw, charset)
    try:
        return raw.decode(codec), None
    except (LookupError, ValueError):
        return _decode_badly(raw, codec, charset)


def _says_ascii(charset: str | None) -> bool:
    return "ascii" in (charset or "").lower()


def _decode_badly(raw: bytes, codec: str, charset: str | None) -> tuple[str, str | None]:
    """One bad byte in a thousand leaves the charset right; more of them, and it is another."""
    text = raw.decode(codec, "replace") if not codec.startswith("utf") else ""
    if text and text.count("\ufffd") * 50 <= len(text):
        return text, f"charset {charset}: some bytes do not fit"
    found, _ = _decode_guessed(raw, charset)
    return found, f"charset {charset}: bytes do not fit, read otherwise"


def _decode_guessed(raw: bytes, charset: str | None) -> tuple[str, str | None]:
    codec = guessed_codec(raw) or "cp1252"
    named = "windows-1252" if codec == "cp1252" else codec
    return raw.decode(codec, "replace"), f"charset {charset or 'not named'}: read as {named}"


def _codec(charset: str | None) -> str | None:
    name = (charset or "").strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    if name in _EMPTY_LABELS or not name.isascii() or name in _NOT_CHARSETS:
        return None
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return None if found.name in _NOT_CHARSETS or not found._is_text_encoding else found.name  # noqa: SLF001 - the only place it is told


def clean(text: str) -> str:
    r"""Returns the text with `\n` line ends, ordinary spaces, and no control or zero-width characters.

    The two private characters that mark structure in `parsing.html` go too: nobody can write a mark into a mail.
    """
    return _SPACES.sub(" ", _CONTROL.sub("", _LINE_ENDS.sub("\n", text)))

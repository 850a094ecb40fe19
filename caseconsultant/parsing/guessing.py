"""Which charset eight-bit bytes without a usable label are in: by the letters that would come out."""

from __future__ import annotations

import re

_SAMPLE = 4000
_MOSTLY = 0.5
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LATIN = re.compile(rb"[A-Za-z]")
# The commonest small letters of Russian and Ukrainian: most of any text of theirs.
_CYRILLIC = re.compile(r"[оеаинтсрвлкмдпуіяьы]")
_CJK = ("euc_jp", "cp932", "cp949", "gb18030", "big5hkscs")


def guessed_codec(raw: bytes) -> str | None:
    """Returns the codec of a text in another script than Latin; None where nothing speaks for one."""
    sample = raw[:_SAMPLE]
    if b"\x1b$" in sample or b"\x1b(J" in sample:
        return "iso2022_jp_ext"
    high = len(_HIGH.findall(sample))
    if high < 4 or high <= len(_LATIN.findall(sample)) * _MOSTLY:  # noqa: PLR2004 - a few accents are Latin
        return None
    return _double_byte(sample) or _cyrillic(sample)


def _double_byte(sample: bytes) -> str | None:
    texts = {codec: text for codec in _CJK if (text := _decoded(sample, codec)) is not None}
    for codec in ("euc_jp", "cp932"):
        if codec in texts and _share(_KANA, texts[codec]) > 0.2:  # noqa: PLR2004 - half-width kana would be all of it
            return codec if not re.search(r"[\uff61-\uff9f]{2}", texts[codec]) else None
    if "cp949" in texts and _share(_HANGUL, texts["cp949"]) > 0.6:  # noqa: PLR2004 - Korean prose is more
        return "cp949"
    leads = re.findall(rb"[\x81-\xfe][\x40-\xfe]", sample)
    # The common characters stand in the first level of either table.
    if "gb18030" in texts and _led(leads, 0xB0, 0xD7, trail=0xA1):
        return "gb18030"
    return "big5hkscs" if "big5hkscs" in texts and _led(leads, 0xA4, 0xC6, trail=0x40) else None


def _led(leads: list[bytes], first: int, last: int, *, trail: int) -> bool:
    fitting = sum(first <= pair[0] <= last and pair[1] >= trail for pair in leads)
    return bool(leads) and fitting >= len(leads) * 0.8


def _share(wanted: re.Pattern[str], text: str) -> float:
    wide = sum(ord(character) > 127 for character in text)  # noqa: PLR2004 - beyond ASCII
    return len(wanted.findall(text)) / wide if wide else 0.0


def _decoded(sample: bytes, codec: str) -> str | None:
    for cut in (0, 1, 2, 3):
        try:
            return sample[: len(sample) - cut].decode(codec)
        except ValueError:
            if len(sample) < _SAMPLE:
                return None
    return None


def _cyrillic(sample: bytes) -> str | None:
    shares = {
        codec: _share(_CYRILLIC, sample.decode(codec, "replace"))
        for codec in ("cp1251", "koi8_u", "cp866", "iso8859_5")
    }
    best = max(shares, key=lambda codec: shares[codec])
    return best if shares[best] > _MOSTLY else None

"""How many, how much: the quantity that a text gives of a service, by what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from caseconsultant.consulting.reading.plain_words import pattern_of, tells_of
from caseconsultant.consulting.reading.text import ordered

_WORDS = {
    word: number
    for number, word in enumerate(
        ordered(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ),
        1,
    )
}
_NUMBER = rf"(?P<n>\d{{1,4}}(?:\.\d{{1,2}})?|{'|'.join(_WORDS)}|single|both|a couple of|a pair of)"
_NAMED = {"single": 1, "both": 2, "a couple of": 2, "a pair of": 2}
_SQUARE = r"(?:sq(?:uare|\.)?\s?(?:cm|centimet\w+)s?|cm\s?(?:2|\u00b2|sq(?:uared)?)|centimet\w+ squared|sqcm)"
_AREA = re.compile(rf"(?P<n>\d{{1,4}}(?:\.\d{{1,2}})?)\s?-?{_SQUARE}\b", re.IGNORECASE)
_PRODUCT = re.compile(
    r"(?P<a>\d{1,3}(?:\.\d{1,2})?)\s?(?:cm)?\s?(?:x|by|\u00d7)\s?(?P<b>\d{1,3}(?:\.\d{1,2})?)\s?cm\b", re.IGNORECASE
)
_BODY = re.compile(
    r"(?P<n>\d{1,2}(?:\.\d)?)\s?(?:%|percent)\s?(?:of\s)?(?:the\s|total\s)?(?:tbsa|bsa|body)\b|"
    r"\b(?:tbsa|bsa|body surface(?: area)?)\s?(?:of|is|was|:|=)?\s?(?P<then>\d{1,2}(?:\.\d)?)\s?(?:%|percent)"
)
_TOTAL = re.compile(
    rf"\b(?:total(?:ing|ling|s)?(?:\sof)?|altogether|in all|combined(?:\sarea)?(?:\sof)?)\s?:?\s?{_NUMBER}\b"
)
_STRETCH = re.compile(r"[;,\n+]|\.\s|\sand\s|\splus\s|\sthen\s|\swhile\s")
_BOTH_SIDES = re.compile(
    r"\b(?:left and right|right and left|l and r|l/r|both|bilateral\w*|b/l)\s(?:the\s)?\w{0,8}\s?$"
)
_ON = re.compile(rf"\b{_NUMBER}\s(?:on|at|from)\s(?:the\s|his\s|her\s|each\s)?[a-z]+")
_NOT_COUNTED = r"(?!\s?(?:cm|mm|mg|ml|min|units?\b|%|days?|weeks?|years?|months?|yo\b|y/o))"
_BETWEEN = r"(?:(?!and\b|or\b|with\b|in\b|on\b|for\b|of\s\d)[\w'/-]+\s){0,3}?(?:of\s(?:the\s|these\s)?)?"


def area(text: str) -> float | None:
    """Square centimetres: the total where one is written, else the sum of all areas and products of two lengths."""
    found = [float(each["n"]) for each in _AREA.finditer(text)]
    if found:
        total = re.search(r"\btotal\w*[^.?!\n]{0,30}?(\d{1,4}(?:\.\d{1,2})?)\s?-?" + _SQUARE, text, re.IGNORECASE)
        return float(total[1]) if total else sum(found)
    products = [float(each["a"]) * float(each["b"]) for each in _PRODUCT.finditer(text)]
    return sum(products) if products else None


def body_percent(text: str) -> float | None:
    """The share of the body's surface, in percent; None where none is told."""
    found = _BODY.search(text)
    return float(found["n"] or found["then"]) if found else None


def area_of(text: str, words: Sequence[str]) -> float | None:
    """The areas of those stretches of the text that say one of the words; None where none with an area does."""
    own = [part for part in _STRETCH.split(text) if tells_of(part, words)]
    found = [each for part in own if (each := area(part)) is not None]
    return sum(found) if found else None


def names_told(text: str, names: Sequence[str]) -> int | None:
    """How many of the names a text says, each twice where both sides of it are told; None where it says none."""
    found = [match for name in names for match in [pattern_of((name,)).search(text)] if match]
    return sum(2 if _BOTH_SIDES.search(text, max(0, each.start() - 20), each.start()) else 1 for each in found) or None


def count(text: str, counted: Sequence[str]) -> int | None:
    """How many of what is counted; several numbers of it are added unless a total is written."""
    nouns = "|".join(re.escape(each).replace(r"\*", r"\w*").replace(r"\ \+\ ", r"\s(?:\w+\s)?") for each in counted)
    pattern = re.compile(rf"(?<![\w.$/-]){_NUMBER}{_NOT_COUNTED}\s+{_BETWEEN}(?:{nouns})(?!\w)")
    found = list(pattern.finditer(text))
    numbers = [each["n"] for each in found if not _repeated(each)] or [each["n"] for each in found]
    if not numbers:
        after = re.compile(rf"(?<!\w)(?:{nouns})\s?(?:x\s?|\(\s?|#|:\s?)(?P<n>\d{{1,3}})\b")
        numbers = [each["n"] for each in after.finditer(text)]
    if not numbers:
        numbers = [each["n"] for each in _ON.finditer(text)]
    total = _TOTAL.search(text)
    if total and numbers:
        return _value(total["n"])
    values = [value for each in numbers if (value := _value(each)) is not None]
    return sum(values) if values else None


def _repeated(found: re.Match[str]) -> bool:
    """Whether it is a sentence of its own that sums up: "Two different lesions." counts nothing again."""
    before, after = found.string[: found.start()].rstrip(" "), found.string[found.end() :].lstrip(" ")
    return before.endswith((".", "!", "?", ";", "\n")) and after.startswith((".", "!", ";", "\n"))


def _value(number: str) -> int | None:
    if number in _NAMED:
        return _NAMED[number]
    if number in _WORDS:
        return _WORDS[number]
    return int(number) if number.isdigit() else None

"""Fingers and toes by side and name, as coders write them: `left great toe`, `R 4th finger`, `right pinky`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIDE = r"(?P<side>left|lt|right|rt|(?-i:L|R))\b\.?"
_HAND = r"(?:\s(?:hand|foot))?"
_FINGER_NAMES = (
    ("thumb", r"thumb|pollex|(?:1st|first) (?:finger|digit of the hand)"),
    ("index", r"(?:index|pointer|(?:2nd|second))(?: finger)?(?<=finger)|index"),
    ("middle", r"(?:middle|long|(?:3rd|third)) finger"),
    ("ring", r"(?:ring|(?:4th|fourth)) finger"),
    ("little", r"(?:little|small|pinky|pinkie|(?:5th|fifth)) finger|pinky|pinkie"),
)
_TOE_NAMES = (
    ("great", r"(?:great|big|(?:1st|first)) toe|hallux|toe (?:#\s?)?1"),
    ("second", r"(?:2nd|second) toe|toe (?:#\s?)?2"),
    ("third", r"(?:3rd|third|middle) toe|toe (?:#\s?)?3"),
    ("fourth", r"(?:4th|fourth) toe|toe (?:#\s?)?4"),
    ("little", r"(?:5th|fifth|little|small|pinky|baby) toe|toe (?:#\s?)?5"),
)
_ALL = tuple(
    (f"{name} {kind}", said) for kind, names in (("finger", _FINGER_NAMES), ("toe", _TOE_NAMES)) for name, said in names
)
_SIDES = {"left": "left", "lt": "left", "l": "left", "right": "right", "rt": "right", "r": "right"}


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit: `left` or `right`, its name as the modifiers have it (`great`, `ring`), and `finger` or `toe`."""

    side: str
    name: str
    kind: str


def digits(text: str) -> tuple[Digit, ...]:
    """The digits whose side is told, in their order; `2nd and 3rd toes` of one side are two."""
    text = re.sub(r"\b(toe|finger)(?:s|nails?)\b", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(\w+)(?:,| and| &|, and)\s(\w+) (toe|finger)\b", r"\1 \3 and \2 \3", text, flags=re.IGNORECASE)
    found = [
        (match.start(), Digit(side, *label.split()))
        for label, said in _ALL
        for match in re.finditer(rf"\b(?:{said})\b", text, re.IGNORECASE)
        if (side := _side(text, match.start(), match.end()))
    ]
    return tuple(dict.fromkeys(each for _, each in sorted(found, key=lambda each: each[0])))


def _side(text: str, start: int, end: int) -> str | None:
    """The side said just before the digit, just after it, or of all digits named before it."""
    before = re.findall(rf"\b{_SIDE}", text[max(0, start - 40) : start], re.IGNORECASE)
    near = re.search(rf"\b{_SIDE}{_HAND}\s(?:\w+\s)?$", text[:start], re.IGNORECASE)
    after = re.match(
        rf"\s?(?:[,(:-]\s?)?(?:of |on |nail |joint )?(?:the )?(?:foot |hand )?{_SIDE}",
        text[end : end + 30],
        re.IGNORECASE,
    )
    written = near["side"] if near else after["side"] if after else before[-1] if before else None
    return _SIDES[written.lower()] if written else None

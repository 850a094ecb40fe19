"""A pregnancy as told beside other conditions: weeks, trimester, whether the provider calls it incidental."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PREGNANT: Final = re.compile(
    r"\bpregnan\w+|\bgestation(?!al diab)\w*|\bg\dp\d\b|\bgravid\w*|\btrimester\b|"
    r"\bpre-?eclampsia\b|\bhellp\b|\biup\b"
)
_WEEKS: Final = re.compile(r"\b(?P<n>\d{1,2})\s?-?(?:\d/7\s)?(?:w(?:ee)?ks?|wks?|w\d?d?)\b|\bga\s?(?P<ga>\d{1,2})\b")
_TRIMESTERS: Final = (
    (1, re.compile(r"\b(?:first|1st) trimester\b")),
    (2, re.compile(r"\b(?:second|2nd) trimester\b")),
    (3, re.compile(r"\b(?:third|3rd) trimester\b")),
)
_INCIDENTAL: Final = re.compile(r"\bincidental\w*")
_OTHERWISE: Final = re.compile(
    r"\bpregnancy test\b|\bnot pregnant\b|\bnonpregnant\b|\bdeliver(?:y|ed)\b|\bpost-?\s?partum\b|\bultrasound\b|"
    r"\bglobal\b|\bcpt\b|\b59\d{3}\b|\bhistory of\b|"
    r"\bnewborn\b|\babort\w+|\bmiscarr\w+|\bectopic\b|\blabor\b"
)
_SECOND, _THIRD, _LAST = 14, 28, 45


@dataclass(frozen=True, slots=True)
class Gestation:
    """A pregnancy; `weeks` and `trimester` are None where they are not told."""

    weeks: int | None
    trimester: int | None
    incidental: bool


def gestation(text: str) -> Gestation | None:
    """The pregnancy of a text in small letters, None where none is told or the birth itself is in question."""
    if not _PREGNANT.search(text) or _OTHERWISE.search(text):
        return None
    weeks = next((number for each in _WEEKS.finditer(text) if (number := int(each["n"] or each["ga"])) < _LAST), None)
    told = next((number for number, words in _TRIMESTERS if words.search(text)), None)
    return Gestation(weeks, told or (_trimester(weeks) if weeks else None), _INCIDENTAL.search(text) is not None)


def _trimester(weeks: int) -> int:
    """The first ends before 14 weeks, the second before 28."""
    return 1 if weeks < _SECOND else 2 if weeks < _THIRD else 3

"""Specimens and what is done to each: blocks, sites touched, antibodies; only their numbers decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from caseconsultant.consulting.reading.plain_words import pattern_of
from caseconsultant.consulting.reading.text import ordered

_WORDS: Final = {
    word: number
    for number, word in enumerate(ordered("one two three four five six seven eight nine ten eleven twelve"), 1)
} | {"single": 1, "a": 1, "an": 1, "both": 2, "same": 1}
_N: Final = rf"(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})"
_SPECIMEN: Final = r"(?:specimens?|margins?|biops(?:y|ies)|nodes?|tissues?|parts?|containers?|jars?|samples?|lesions?)"
_SPECIMENS: Final = re.compile(
    rf"(?<![\w.-]){_N}\s(?:\w+\s){{0,3}}?{_SPECIMEN}\b|\b{_SPECIMEN}\s?(?:x|\u00d7)\s?(?P<x>\d{{1,2}})\b"
)
_LETTERED: Final = re.compile(r"\b(?:specimen|part|margin|container|jar)s?\s[a-h]\b")
_LETTER: Final = re.compile(r"\b([a-h])\b(?=\s?(?:\(|:|=|-|had|has|with|was|got|x\s?\d|\d|,|and\b|;))")
_ORDINAL: Final = re.compile(r"\b(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th|other)\b")
_EACH: Final = re.compile(r"\b(?:each|apiece|per (?:specimen|case|jar|part)|for every|every)\b")
_NOT_EACH: Final = re.compile(r"\beach (?:further|additional|block)\b|\b(?:bill|code|report|charge)\w* (?:for )?each\b")
_SECOND_OF: Final = (
    r"(?:and|,|;)\s(?:the )?(?:specimen |part |other |second |third |fourth |one |[b-h]\b ?){1,2}"
    rf"(?:had|has|with|got|x|:|=|was|only)?\s?(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})\b(?!\s\w*(?:specimen|day|hour))"
)


def specimens(text: str) -> int | None:
    """How many specimens a text (in small letters) tells of, None where it tells none."""
    numbers = [_value(each["n"] or each["x"]) for each in _SPECIMENS.finditer(text)]
    told = {each[1] for each in _ORDINAL.finditer(text)}
    ordinals = len(told) if told & {"first", "1st", "one"} else 0
    letters = len(set(_LETTER.findall(text))) if _LETTERED.search(text) else 0
    most = max([*numbers, ordinals if ordinals > 1 else 0, letters if letters > 1 else 0, 0])
    return most or None


def done(text: str, nouns: Sequence[str], names: Sequence[str], number_of_specimens: int | None) -> int | None:
    """How many of what is counted are told of all specimens together; None where no number is told.

    `3 specimens, 2 blocks each` is six; `the first had 2 blocks and the second 1` is three.
    """
    what = "|".join(re.escape(each).replace(r"\*", r"\w*").replace(r"\ \+\ ", r"\s(?:\w+\s)?") for each in nouns)
    counted = re.compile(rf"(?<![\w.$/-]){_N}\s(?:(?!{_SPECIMEN}\b)[\w-]+\s){{0,2}}?(?:{what})(?!\w)")
    found = [_value(each["n"]) for each in counted.finditer(text)]
    further = [_value(each["n"]) for each in re.finditer(_SECOND_OF, text)] if found else []
    if not found:
        return _named(text, names, number_of_specimens)
    total = sum(found) + (sum(further) if len(found) == 1 else 0)
    each_one = _EACH.search(text) and not _NOT_EACH.search(text)
    if each_one and len(found) == 1 and not further:
        return total * (number_of_specimens or 1)
    return total


def _named(text: str, names: Sequence[str], number_of_specimens: int | None) -> int | None:
    """How many different names are told, of each specimen where that is said."""
    told = [each for each in names if pattern_of((each,)).search(text)]
    times = number_of_specimens or 1 if _EACH.search(text) else 1
    return len({each.replace("-", "") for each in told}) * times or None


def _value(number: str) -> int:
    return _WORDS[number] if number in _WORDS else int(number)

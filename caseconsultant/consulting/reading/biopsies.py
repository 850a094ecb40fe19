"""Skin biopsies by technique, and how many of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from caseconsultant.consulting.reading.text import ordered

_TECHNIQUES: Mapping[str, str] = {
    "incisional": (r"incisional|full[\s-]thickness(?:\s(?:wedge|biops\w+))?|wedge|incis\w+\s(?:biops\w+|bxs?)"),
    "punch": r"punch(?:es|ed)?",
    "tangential": r"tangential(?:ly)?|shav(?:e|es|ed|ing)s?|scrap(?:ed|es?|ings?)|scoop(?:ed)?|saucer\w+|curett\w+",
}
_NUMBERS = {"a": 1, "an": 1, "single": 1} | {
    word: value for value, word in enumerate(ordered("one two three four five six seven eight nine ten"), start=1)
}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_BEFORE = re.compile(
    rf"(?<![\w.,/-]){_COUNT}\s(?:(?:separate|different|more|additional|skin|other|small|diagnostic|"
    rf"\d\s?mm)\s){{0,3}}(?:(?:skin\s)?(?:biops\w+|bxs?|lesions?)\s(?:by|with|via|were)\s)?$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"^(?:\s(?:skin\s)?(?:biops(?:y|ies)|bxs?|bx'?s|technique|samples?))?\s?(?:x\s?(?P<x>\d{1,2})|"
    r"\(x?(?P<paren>\d{1,2})\)|-\s?(?P<dash>\d)(?!\d))",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"^[^,;.\n?+&]{{0,44}}?\b(?:from|of|on|at|for|to)\s(?:the\s)?{_COUNT}\s(?:\w{{1,12}}\s){{0,2}}?(?:spots?|"
    rf"lesions?|sites?|areas?|moles?|places?)\b",
    re.IGNORECASE,
)
_MORE = re.compile(rf"(?:,|\band)\s{_COUNT}\s(?:from|on|at|off)\s(?:the|his|her|left|right|each)?", re.IGNORECASE)
_PLURAL = re.compile(r"^\w*\s?(?:skin\s)?(?:biopsies|bxs|bx's|samples|shaves)\b", re.IGNORECASE)
_NO_BIOPSY = re.compile(r"^\s(?:removal|excision)|^\s(?:of\s)?hair", re.IGNORECASE)
_ALL = re.compile(
    rf"(?<![\w.,/-]){_COUNT}\s(?:(?:separate|different|skin)\s){{0,2}}(?:skin\s)?(?:biops(?:y|ies)|bxs?|bx's)\b",
    re.IGNORECASE,
)
_BIOPSY = re.compile(r"\bbiops\w+|\bbxs?\b|\bbx'?d\b|\bpunch(?:es)?\b|\bfor path\w*\b|\b1110[0-7]\b", re.IGNORECASE)
_OF_SKIN = re.compile(
    r"\bskin\b|\bderm\w*|\bpunch|\bshav|\btangential|\blesions?\b|\bmoles?\b|\bspots?\b|\brash\b|\b1110[0-7]\b",
    re.IGNORECASE,
)
_OTHER_ORGAN = re.compile(
    r"\b(?:breast|prostate|liver|lung|bone|marrow|endometri\w+|cerv(?:ix|ical)|colon\w*|polyps?|gastric|"
    r"esophag\w+|thyroid|renal|"
    r"kidney|lymph|needle|core|fna|muscle|nerve|temporal|nail|lip|vulva\w*|penis|ear canal|eyelid|conjunctiv\w+|"
    r"oral|tongue)\b[^.;\n]{0,20}\bbiops\w+",
    re.IGNORECASE,
)


def of_skin(text: str) -> bool:
    """Whether the text is about biopsies of skin."""
    return bool(_BIOPSY.search(text) and _OF_SKIN.search(text)) and not _OTHER_ORGAN.search(text)


def counts(text: str) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """How many lesions by each technique; the second part names techniques told of whose number is open."""
    found: dict[str, int] = {}
    still_open: list[str] = []
    told = list(_mentions(text))
    if total(text) == len(told) > 1 and all(number == 1 for _, number in told):  # each named by itself
        return dict(Counter(name for name, _ in told)), ()
    for name, number in told:
        if number is None and name not in found:
            still_open.append(name)
        elif number is not None and (name not in found or number > 1):
            found[name] = max(found.get(name, 0), number)
    return found, tuple(each for each in dict.fromkeys(still_open) if each not in found)


def _mentions(text: str) -> Iterator[tuple[str, int | None]]:
    for name, pattern in _TECHNIQUES.items():
        for match in re.finditer(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            after = text[match.end() : match.end() + 80]
            if not _NO_BIOPSY.search(after):
                yield name, _number(text, match, after)


def _number(text: str, match: re.Match[str], after: str) -> int | None:
    more = sum(_value(each["count"]) for each in _MORE.finditer(after))
    told = _own_number(text, match, after)
    return told + more if told is not None else None


def _own_number(text: str, match: re.Match[str], after: str) -> int | None:
    before = _BEFORE.search(text, max(0, match.start() - 50), match.start())
    if before:
        return _value(before["count"])
    times = _TIMES.search(after)
    if times:
        return int(times["x"] or times["paren"] or times["dash"])
    of = _OF.search(after)
    if of:
        return _value(of["count"])
    return None if _PLURAL.search(after) else 1


def total(text: str) -> int | None:
    """How many biopsies, where the technique is not told."""
    match = _ALL.search(text)
    return _value(match["count"]) if match else None


def _value(written: str) -> int:
    lowered = written.lower()
    return _NUMBERS[lowered] if lowered in _NUMBERS else int(lowered)

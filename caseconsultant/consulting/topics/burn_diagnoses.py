"""The order of burns: the highest degree first, one site by its highest degree, the extent (T31) with them.

Source: `knowledge/rules/diagnosis_chapters.yaml`; guideline I.C.19.d of ICD-10-CM.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.question import Question

_CATEGORIES, _EXTENT = "diagnosis_chapters.burns.categories", "diagnosis_chapters.burns.extent"
_DEGREE: Final = re.compile(
    r"\b(?P<word>first|second|third|1st|2nd|3rd)[\s-]degree\b|\b(?P<thick>partial|"
    r"full)[\s-]thickness\b"
)
_DEGREES: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "partial": 2, "full": 3}
_PERCENT: Final = re.compile(r"\b(?P<n>\d{1,2})\s?(?:%|percent)(?P<rest>[^.,;\d]{0,30})")
_ASKED: Final = re.compile(
    r"\bfirst\b(?![\s-]degree)|\border\b|\bsequenc\w+|\bdx\b|\bdiagnos\w+|\bicd\b|\bt31\w*|"
    r"\bt2\d\b"
)
_NOT_OURS: Final = re.compile(
    r"\bcpt\b|\bdressing\w*|\bdebrid\w+|\bgraft\w*|\bescharotom\w+|\b16\d{3}\b|"
    r"\bsequela\w*|\bold burn\b|\bcontracture\b"
)
_WHOLE, _TENTH = 100, 10

Entry = Mapping[str, Any]


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The burns in order with their extent; nothing where no order or diagnosis of burns is asked."""
    text = question.text.lower()
    if not re.search(r"burn|\bt31\b", text) or not _ASKED.search(text) or _NOT_OURS.search(text) or question.codes:
        return NOTHING
    telling = Telling(question, knowledge)
    sites = _sites(text, telling)
    extent = _extent(text, telling)
    if not sites and not extent and "t31" not in text:
        return NOTHING
    listed = [f"{code}.{degree}- (degree {degree}, {name})" for degree, code, name in sites]
    parts = ", then ".join([*listed, *([extent] if extent else [])])
    parts = f"{parts}. " if parts else ""
    telling.head(
        f"{parts}The burn of the highest degree stands first, one site is coded by its highest degree, and T31 "
        f"for the extent "
        "is added after the sites; it stands first only where no site is told.",
        _CATEGORIES,
        _EXTENT,
    )
    return telling.found()


def _sites(text: str, telling: Telling) -> Sequence[tuple[int, str, str]]:
    """Degree, category and name of each site, the highest degree first; each site by its highest."""
    entries = cast("Sequence[Entry]", telling.value(_CATEGORIES, ()))
    starts = [(each.start(), _DEGREES[each["word"] or each["thick"]]) for each in _DEGREE.finditer(text)]
    highest: dict[str, tuple[int, str]] = {}
    for place, (start, degree) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(text)
        for entry in (each for each in entries if tells_of(text[start:end], each["words"])):
            code = str(entry["code"])
            highest[code] = max(highest.get(code, (0, "")), (degree, str(entry["name"])))
    return sorted(((degree, code, name) for code, (degree, name) in highest.items()), key=lambda each: -each[0])


def _extent(text: str, telling: Telling) -> str:
    """T31 by the tens of the whole and of the third degree; empty where no share of the body is told."""
    shares = [(int(each["n"]), each["rest"]) for each in _PERCENT.finditer(text)]
    third = next((number for number, rest in shares if re.search(r"third|3rd|full", rest)), 0)
    whole = max((number for number, _ in shares), default=None)
    if whole is None or whole >= _WHOLE:
        return ""
    stem = telling.value(_EXTENT)
    return f"{stem}.0" if whole < _TENTH else f"{stem}.{whole // _TENTH}{third // _TENTH}"

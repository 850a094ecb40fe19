"""Fingers, toes and lids named by their modifiers on one claim: a line for each, and whether 59 is added.

Source: NCCI Policy Manual I §E: an anatomic modifier passes an edit with indicator 1 by itself where the sites differ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import facility_bills
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.consulting.visit_codes import is_visit
from caseconsultant.domain.answer import Reference, Verdict
from caseconsultant.domain.question import Question, Topic

_GROUPS: Final = {
    "F": ("modifiers.groups.fingers", "finger"),
    "T": ("modifiers.groups.toes", "toe"),
    "E": ("modifiers.groups.eyelids", "lid"),
}
_OPPOSITE: Final = ({"E1", "E3"}, {"E2", "E4"})
_ONE_PRICE_AND_A_HALF: Final = "1"
_NAMED: Final = re.compile(r"(?<![\w.])-?(F[A1-9]|T[A1-9]|E[1-4])(?!\w)")
_CODE: Final = re.compile(r"(?<![\w.])([1-6]\d{4})(?!\w)")
_BY_NUMBER: Final = re.compile(r"1171[9]|1172[01]|1105[5-7]|11732|9\d{4}|[78]\d{4}")
"""Codes that count nails or corns, whichever digit they are on."""
_DISTINCT: Final = re.compile(r"\b59\b|\bx[esup]\b", re.IGNORECASE)
_LATER: Final = re.compile(r"\breturn\w*|\blater\b|\bweeks?\b|\bglobal\b|\bpost-?op\b|\b(?:58|78|79)\b", re.IGNORECASE)
_SEVERAL: Final = 2


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """A line for each digit or lid; nothing where fewer than two are told, or a later operation is in question."""
    sites = _sites(question.text)
    written = {each.code for each in question.codes if not each.absent}
    lines = {code: told for code, told in sites.items() if not _BY_NUMBER.fullmatch(code)}
    if (
        _LATER.search(question.text)
        or facility_bills(question)
        or any(is_visit(each) for each in written)
        or written - set(lines)
    ):
        return NOTHING
    every = [modifier for told in lines.values() for modifier in told]
    if len(set(every)) < _SEVERAL or len({each[0] for each in every}) > 1:
        return NOTHING
    telling = Telling(question, knowledge, Topic.MODIFIERS)
    if len(lines) > 1 and not _apart(lines):
        return NOTHING
    if len(lines) == 1 and set(every) in _OPPOSITE and _is_bilateral(next(iter(lines)), telling):
        _both_lids(next(iter(lines)), every, telling)
    else:
        _said(lines, telling)
    ruled = (Verdict.NO,) if question.wants_yes_or_no and _DISTINCT.search(question.text) else ()
    return replace(telling.found(), ruled=ruled, closed=tuple(lines))


def _sites(text: str) -> Mapping[str, Sequence[str]]:
    """The modifiers after each code, to the next code."""
    starts = [(each.start(), each[1]) for each in _CODE.finditer(text)]
    found: dict[str, list[str]] = {}
    for place, (start, code) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(text)
        found.setdefault(code, []).extend(_NAMED.findall(text[start:end]))
    return {code: list(dict.fromkeys(told)) for code, told in found.items()}


def _apart(lines: Mapping[str, Sequence[str]]) -> bool:
    """Whether no two codes are on the same digit; each has its own."""
    every = [modifier for told in lines.values() for modifier in told]
    return len(every) == len(set(every)) and all(lines.values())


def _name(name: str, noun: str) -> str:
    return name if name.endswith("thumb") else f"{name} {noun}"


def _is_bilateral(code: str, telling: Telling) -> bool:
    fee = telling.fee(code)
    return fee is not None and fee.bilateral == _ONE_PRICE_AND_A_HALF


def _both_lids(code: str, lids: Sequence[str], telling: Telling) -> None:
    """The same lid of both eyes under bilateral indicator 1."""
    telling.head(
        f"{code} has bilateral indicator 1, so the same lid of both eyes is one line with 50; two lines with "
        f"{both(list(lids))} only where the payer wants the lids named. Never 50 and lid modifiers on one line.",
        "surgical_payment.bilateral.reporting",
        _GROUPS["E"][0],
    )
    telling.only_if(code, "the payer takes both sides as 50", ("50",), 1)
    telling.branch(code, "the payer wants each lid named, a line for each", lids, 2)


def _said(lines: Mapping[str, Sequence[str]], telling: Telling) -> None:
    path, noun = _GROUPS[next(iter(lines.values()))[0][0]]
    names = cast("Mapping[str, str]", telling.table(path))
    listed = both(
        [f"{code}-{each} ({_name(names.get(each, ''), noun)})" for code, told in lines.items() for each in told]
    )
    manual = Reference("ncci-policy-manual", "I §E (PDF 30)", "2026-01-01")
    telling.head(
        f"{listed}: a line for each with one unit. The modifiers tell the {noun}s apart, also for an edit with "
        f"indicator 1, so 59 or an "
        "X modifier is not added; it would be only for two services on the same one that the record keeps apart.",
        path,
        manual,
    )
    for code, told in lines.items():
        telling.stands(code, len(told), tuple(told))

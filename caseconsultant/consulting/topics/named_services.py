"""A common service named in words, whose code is asked: the code by what is told, the question where it is open.

Source: `knowledge/rules/named_services.yaml`, each group with its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import facility_bills, in_hospital
from caseconsultant.consulting.reading.named_services import (
    Circumstances,
    NamedService,
    ServiceBranch,
    age_told,
    holds,
    named_service,
    side_modifiers,
    word_keys,
)
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Intent, Question

_RULES = "named_services."
_OTHERWISE = frozenset({Intent.LEVEL, Intent.DENIAL, Intent.VALIDITY, Intent.DIAGNOSIS, Intent.DOCUMENTATION})
"""Intents beside which no code is looked for."""
_CODE_ASKED = re.compile(
    r"\b(?:what|which|right|correct)\b[^.?!\n]{0,40}\b(?:cpt|hcpcs)\b|\b(?:cpt|hcpcs)s?(?:\scodes?)?\s?(?:for|of|\?)|"
    r"\bcodes?\b[^.?!\n]{0,25}\?|\bcodes?\s*$"
)
_OTHER_SUBJECT = re.compile(
    r"(?<!general )(?<!local )(?<!topical )(?<!under )\banesthesi(?:a|ologist)\b|\bicd\b|\bdx\b|"
    r"\bpost-?\s?op\b|\bglobal (?:period|days?)\b|"
    r"\bhow (?:much|often)\b|\bassist\w*|\bco-?surg\w+|\bmodifiers?\b|\bappeal\w*|\bdrg\b|\brevenue code\b|"
    r"\bpre-?auth\w*|"
    r"\bdiscontinu\w+|\baborted\b|\bcancel\w*|"
    r"\bdays? (?:ago|later|after)\b|\bweeks? (?:ago|later|after)\b|\bunlisted\b|\bwasted?\b"
)
_OFFICE = re.compile(
    r"\b(?:in|at|our|the|my|own) (?:\w+ )?(?:office|clinic|practice)\b|\bwe own\b|\bin-office\b|\boffice\b"
)
_MOST = 3
"""Services of one mail; of more it is no question for a code."""
_SENTENCE = re.compile(
    r"\b(?:the|is|was|are|were|has|had|have|came|needs?|wants?|we|our|i|they|he|she|please|"
    r"call\w*|fax\w*)\b"
)
_FEW = 9
"""Words of a mail that names a service and says nothing else."""
_LONGEST = 90
"""Words; a longer mail tells a story in which services are named by the way."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The codes of each service named; nothing where no code is asked or none of ours is named."""
    named = _named(question, knowledge)
    if not named:
        return NOTHING
    telling = Telling(question, knowledge)
    told = _circumstances(question)
    for path, service in named:
        _of_service(path, service, told, telling)
    return telling.found()


def comes_first(question: Question, *, knowledge: Knowledge) -> bool:
    """Whether the words of a service settle what the mail is about, whatever else it looks like."""
    return any(service.first for _, service in _named(question, knowledge))


def _named(question: Question, knowledge: Knowledge) -> Sequence[tuple[str, NamedService]]:
    """The services whose code is asked."""
    text = question.text.lower()
    if not _asks(question, text):
        return ()
    index = _index(knowledge, question.as_of)
    near = {each[1].name: each for key in word_keys(text) for each in index.get(key, ())}
    written = {each.code for each in question.codes if not each.absent}
    found = [each for each in near.values() if tells_of(text, each[1].words, each[1].not_words)]
    kept = [each for each in found if written.isdisjoint(each[1].codes)]
    first = [each for each in kept if each[1].first]
    return sorted(first or kept, key=lambda each: each[1].name) if len(kept) <= _MOST else ()


def _asks(question: Question, text: str) -> bool:
    if question.codes or question.diagnoses or not _OTHERWISE.isdisjoint(question.intents):
        return False
    asked = Intent.WHICH_CODE in question.intents or _CODE_ASKED.search(text) is not None or _is_bare(question, text)
    return asked and not _OTHER_SUBJECT.search(text) and len(text.split()) <= _LONGEST


def _is_bare(question: Question, text: str) -> bool:
    """Whether a few words only name a service, so that nothing but its code can be asked."""
    few = len(text.split()) <= _FEW and not _SENTENCE.search(text)
    return few and not question.wants_yes_or_no and not question.intents


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge, on: date) -> Mapping[str, Sequence[tuple[str, NamedService]]]:
    """Every service in force on the day, by the beginnings of its words."""
    index: defaultdict[str, list[tuple[str, NamedService]]] = defaultdict(list)
    for rule in knowledge.parameters(_RULES, on=on):
        values = rule.value if isinstance(rule.value, list | tuple) else ()
        for service in map(named_service, values):
            for key in service.keys:
                index[key].append((rule.path, service))
    return dict(index)


def _circumstances(question: Question) -> Circumstances:
    text = question.text.lower()
    hospital = in_hospital(question)
    office = question.setting is Setting.OFFICE or _OFFICE.search(text) is not None
    medicare = question.payer in {None, Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}
    return Circumstances(text, age_told(text), medicare, office and not hospital, hospital)


def _of_service(path: str, service: NamedService, told: Circumstances, telling: Telling) -> None:
    branch = next((each for each in service.branches if holds(each, told)), None)
    beside = [each for each in service.plus if holds(each, told)]
    if branch is None:
        _open(path, service, beside, telling)
        return
    lines = {**branch.lines, **{code: units for each in beside for code, units in each.lines.items()}}
    notes = [each.note for each in (branch, *beside) if each.note]
    of_part = service.parts and told.hospital and facility_bills(telling.question) is not True
    parts = ("26",) if of_part else ()
    sides = side_modifiers(told.text) if service.sides and not branch.no_sides else ()
    modifiers = tuple(dict.fromkeys((*branch.modifiers, *parts, *sides)))
    if of_part:
        notes.append("in a hospital the reading alone, with 26")
    telling.head(_said(service.name, lines, branch.modifiers or modifiers, notes), path, *_records(lines, telling))
    for code, units in lines.items():
        telling.stands(code, units, modifiers)


def _open(path: str, service: NamedService, beside: Sequence[ServiceBranch], telling: Telling) -> None:
    """Every possibility, and the one question that decides."""
    possible = [each for each in service.branches if each.open]
    if not possible:
        return
    listed = "; ".join(f"{_lines(each.lines)} if {each.when}" for each in possible)
    plus = "".join(f", with {_lines(each.lines)} beside" for each in beside)
    codes = {code: units for each in possible for code, units in each.lines.items()}
    telling.head(f"{_capital(service.name)}: {listed}{plus}.", path, *_records(codes, telling))
    for each in possible:
        for code, units in each.lines.items():
            telling.only_if(code, each.when, each.modifiers, units)
    for each in beside:
        for code, units in each.lines.items():
            telling.stands(code, units)
    if service.ask:
        telling.ask(service.ask)


def _records(lines: Mapping[str, int], telling: Telling) -> tuple[Reference, ...]:
    found = (telling.knowledge.validity(code, on=telling.question.as_of).references[:1] for code in lines)
    return tuple(reference for each in found for reference in each)


def _said(name: str, lines: Mapping[str, int], modifiers: Sequence[str], notes: Sequence[str]) -> str:
    marks = f", with {both(tuple(modifiers))}" if modifiers else ""
    noted = f" ({'; '.join(notes)})" if notes else ""
    return f"{_capital(name)}: {_lines(lines)}{marks}{noted}."


def _lines(lines: Mapping[str, int]) -> str:
    return both([code if units == 1 else f"{code} x{units}" for code, units in lines.items()])


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]

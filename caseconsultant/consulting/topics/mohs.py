"""Mohs surgery: stages and blocks of each tumor.

Sources: CPT guidelines on Mohs surgery; NCCI Policy Manual III §F; the numbers are those of `lesions.mohs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import cast

from caseconsultant.consulting.calculators.mohs import mohs_units
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.mohs import Mohs, Tumor, mohs
from caseconsultant.consulting.reading.sites import group_of
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_FIRST, _FURTHER, _OWN = "lesions.mohs.first_stage", "lesions.mohs.further_stage", "lesions.mohs.blocks_per_stage"
_EXTRA, _DEEP = "17315", "17311"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines of Mohs surgery whose stages are told; nothing where none are."""
    told = mohs(question.text)
    telling = Telling(question, knowledge)
    if told is None or not any(each.stages for each in told.tumors) or not telling.rule(_FIRST):
        return NOTHING
    units = [_units(each, telling) for each in told.tumors]
    if all(each is not None for each in units):
        _settled(told, [each for each in units if each is not None], telling)
    else:
        _open(told, telling)
    return telling.found()


def _first(tumor: Tumor, telling: Telling) -> str | None:
    if tumor.deep:
        return _DEEP
    groups = cast("dict[str, list[str]]", telling.table(_FIRST))
    return group_of(tumor.site, groups) if tumor.site else None


def _units(tumor: Tumor, telling: Telling) -> Counter[str] | None:
    """The units of one tumor; None where its site or its stages are open."""
    first = _first(tumor, telling)
    if first is None or not tumor.stages:
        return None
    own = int(str(telling.value(_OWN)))
    further = str(telling.table(_FURTHER)[first])
    return mohs_units(first, further, _EXTRA, tumor.stages, tumor.blocks.values(), own)


def _settled(told: Mohs, units: list[Counter[str]], telling: Telling) -> None:
    all_units = sum(units, Counter[str]())
    said = "; ".join(_said(tumor, each) for tumor, each in zip(told.tumors, units, strict=True))
    statement = f"Mohs surgery is counted by tumor: {said}."
    wrong = list(_wrong(all_units, telling))
    if wrong:
        telling.correct(f"{statement} {' '.join(wrong)}", _FIRST, _FURTHER, _OWN)
    else:
        telling.head(statement, _FIRST, _FURTHER, _OWN, verdict=_met(all_units, telling.question))
    for code, count in all_units.items():
        telling.stands(code, count)
    if len(units) > 1:
        telling.head("Each tumor has a first stage of its own; the second tumor's lines take 59 or XS.", _FIRST)
    _blocks(told, telling)


def _met(units: Counter[str], question: Question) -> Verdict | None:
    """Yes, where that was asked of just these lines."""
    written = {each.code: each.units or 1 for each in question.codes if not each.absent}
    return Verdict.YES if question.wants_yes_or_no and written == units else None


def _said(tumor: Tumor, units: Counter[str]) -> str:
    where = f"{tumor.site}, " if tumor.site else ""
    stages = f"{tumor.stages} stage{'s' if tumor.stages != 1 else ''}"
    blocks = f" with {', '.join(str(each) for _, each in sorted(tumor.blocks.items()))} blocks" if tumor.blocks else ""
    return f"{where}{stages}{blocks}: {both([f'{code} x{count}' for code, count in units.items()])}"


def _wrong(units: Counter[str], telling: Telling) -> Iterator[str]:
    """Lines written that the stages and blocks do not earn; one of two to choose from is no mistake."""
    question = telling.question
    for each in question.codes:
        if each.absent or each.code in question.alternatives or not each.code.startswith("1731"):
            continue
        if each.code not in units:
            telling.refuse(each.code, "site, stages and blocks do not earn it")
            yield f"{each.code} is not among them."
        elif each.units and each.units != units[each.code]:
            yield f"{each.code} is x{units[each.code]}, not x{each.units}."


def _blocks(told: Mohs, telling: Telling) -> None:
    own = telling.value(_OWN)
    rule = f"{_EXTRA} is one for each block beyond {own} of a stage: blocks of two stages are not added."
    if told.blocks_open:
        telling.head(rule, _OWN)
        telling.ask("How many tissue blocks did each stage have?")
    else:
        telling.say(rule, _OWN)


def _open(told: Mohs, telling: Telling) -> None:
    """Stages without a site: both ways."""
    stages = max(each.stages or 0 for each in told.tumors)
    groups = telling.table(_FIRST)
    for first in groups:
        further = str(telling.table(_FURTHER)[first])
        when = "the tumor is on the trunk, an arm or a leg and nothing deep is involved"
        if first == _DEEP:
            when = "the tumor is on the head, neck, hands, feet or genitalia, or muscle, cartilage or bone is involved"
        telling.only_if(first, when, units=1)
        if stages > 1:
            telling.only_if(further, when, units=stages - 1)
    telling.head(
        f"{stages} stage{'s' if stages != 1 else ''} of a tumor: one first stage, an add-on for each further one.",
        _FIRST,
        _FURTHER,
    )
    telling.ask("Where was each tumor, and how many stages did it take?")
    _blocks(told, telling)

"""Two studies or methods of one day: a screening mammogram that led to a diagnostic one, ear wax by two methods."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.topics.telling import Telling, either
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_MAMMOGRAMS, _METHODS = "imaging.mammography.same_day", "ncci.same_work.methods"
_SAME_SIDE = re.compile(
    r"\bsame\s(?:\w+\s)?(?:ear|side|eye|organ)\b|\bone ear\b|\b(?:left|right|rt|lt) ear\b", re.IGNORECASE
)
_APART = re.compile(
    r"\b(?:other|opposite|different|each|both|contralateral) (?:ears?|side)\b|\bright\b.{0,60}\bleft\b|"
    r"\bleft\b.{0,60}\bright\b",
    re.IGNORECASE | re.DOTALL,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What becomes of the two lines; nothing where no such two are written."""
    telling = Telling(question, knowledge)
    codes = [code for code in proposed(question) if not telling.ended(code)]
    if question.payer in {None, Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}:
        _mammograms(codes, telling)
    _methods(codes, telling)
    return telling.found()


def _mammograms(codes: Sequence[str], telling: Telling) -> None:
    rule = cast("Mapping[str, Sequence[str]]", telling.table(_MAMMOGRAMS))
    screening = next((code for code in codes if code in rule.get("screening", ())), None)
    diagnostic = next((code for code in codes if code in rule.get("diagnostic", ())), None)
    if screening is None or diagnostic is None:
        return
    mark, apart = str(rule["on_diagnostic"]), tuple(rule["on_screening"])
    telling.head(
        f"Both are billed where both were done: {diagnostic} with {mark} (a screening turned diagnostic the same day), "
        f"{screening} with {either(apart)} since the two are a pair of NCCI.",
        _MAMMOGRAMS,
        *_edit(screening, diagnostic, telling),
    )
    telling.stands(diagnostic, modifiers=(mark,))
    telling.stands(screening, modifiers=apart)


def _methods(codes: Sequence[str], telling: Telling) -> None:
    for lesser, greater in cast("Mapping[str, str]", telling.table(_METHODS)).items():
        if lesser not in codes or greater not in codes:
            continue
        text = telling.question.text
        statement = f"On one ear only one of the two: {greater}, the greater method, and not {lesser} beside it."
        if _SAME_SIDE.search(text) and not _APART.search(text):
            telling.correct(statement, _METHODS, *_edit(lesser, greater, telling))
            telling.refuse(lesser, f"it is the same work on the same ear as {greater}")
            telling.stands(greater)
        else:
            telling.say(statement, _METHODS, *_edit(lesser, greater, telling))


def _edit(first: str, second: str, telling: Telling) -> tuple[Reference, ...]:
    edit = telling.edit(first, second)
    return (edit.reference,) if edit else ()

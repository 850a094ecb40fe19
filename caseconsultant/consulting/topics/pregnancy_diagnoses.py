"""The order of diagnoses in pregnancy: the code of chapter 15, the condition's own, then the weeks.

Source: `knowledge/rules/diagnosis_chapters.yaml`; guideline I.C.15.a of ICD-10-CM.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.diagnosis_asked import asked
from caseconsultant.consulting.reading.gestation import Gestation, gestation
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.topics import conditions
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.question import Question

_COMPLICATING, _WEEKS = "diagnosis_chapters.pregnancy.complicating", "diagnosis_chapters.pregnancy.weeks"
_INCIDENTAL: Final = "diagnosis_chapters.pregnancy.incidental"
_OWN: Final = "diagnosis_chapters.pregnancy.own"
_STATUS: Final = ("Z3", "Z34", "O09", "R")
_LEAST, _MOST = 8, 42

Entry = Mapping[str, Any]


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The diagnoses in order; nothing where none is asked, or no condition is told beside the pregnancy."""
    told = gestation(question.text.lower())
    if told is None or question.codes or question.diagnoses or not asked(question):
        return NOTHING
    worded = conditions.findings(question, knowledge=knowledge)
    telling = Telling(question, knowledge)
    own = [*_of_pregnancy(told, telling), *(each for each in worded.diagnoses if not each.startswith(_STATUS))]
    if not own:
        return _beside(worded, told, question, knowledge)
    order = _incidental(own, telling) if told.incidental else _in_chapter(own, told, telling)
    asks = tuple(dict.fromkeys((*telling.found().asks, *worded.asks)))
    return replace(telling.found(), diagnoses=tuple(each for each in order if "-" not in each), asks=asks)


def _of_pregnancy(told: Gestation, telling: Telling) -> Sequence[str]:
    """A disorder of pregnancy itself, the most specific that is named."""
    entries = cast("Sequence[Entry]", telling.value(_OWN, ()))
    named = next((each for each in entries if tells_of(telling.question.text.lower(), each["words"])), None)
    if named is None or told.trimester == 1:
        return ()
    return (str(named["code"]).format(t=told.trimester or "-"),)


def _beside(worded: Findings, told: Gestation, question: Question, knowledge: Knowledge) -> Findings:
    """A condition whose code is not complete yet, beside a pregnancy that is incidental: it first, then the status."""
    if not told.incidental or not worded.findings:
        return NOTHING
    telling = Telling(question, knowledge)
    code = str(telling.value(_INCIDENTAL))
    telling.head(f"That first, then {code}, since the provider calls the pregnancy incidental.", _INCIDENTAL)
    return replace(joined((worded, telling.found())), diagnoses=(*worded.diagnoses, code))


def _incidental(own: Sequence[str], telling: Telling) -> Sequence[str]:
    code = str(telling.value(_INCIDENTAL))
    telling.head(
        f"{both(own)} first, then {code}: the provider calls the pregnancy incidental, so no code of chapter 15 and no "
        "weeks (Z3A) stand on the claim.",
        _INCIDENTAL,
    )
    return [*own, code]


def _in_chapter(own: Sequence[str], told: Gestation, telling: Telling) -> Sequence[str]:
    """Every code of chapter 15 first, each followed by its detail; the weeks last."""
    order: list[str] = []
    for each in own:
        entry = _entry(each, telling)
        first = [] if entry is None else [str(entry["code"]).format(t=told.trimester or "-")]
        order += [*first, *([] if entry and entry.get("alone") else [each])]
    order = [*dict.fromkeys(order), *_of_weeks(told, telling)]
    telling.head(
        f"{', then '.join(order)}. Codes of chapter 15 stand first, the condition's own code after its chapter 15 "
        f"code for "
        "detail, Z3A for the weeks after them; Z33.1 never beside them.",
        _COMPLICATING,
        _WEEKS,
    )
    if told.weeks is None:
        telling.ask("How many weeks is the pregnancy?")
    return order


def _entry(code: str, telling: Telling) -> Entry | None:
    """The rule whose beginning fits the code; a code of chapter 15 is one already."""
    if code.startswith(("O", "Z79")):
        return None
    entries = cast("Sequence[Entry]", telling.value(_COMPLICATING, ()))
    return next((each for each in entries if code.startswith(tuple(each["begins"]))), None)


def _of_weeks(told: Gestation, telling: Telling) -> Sequence[str]:
    if told.weeks is None:
        return ()
    codes = telling.table(_WEEKS)
    key = "under_8" if told.weeks < _LEAST else "over_42" if told.weeks > _MOST else "from_8"
    return (str(codes[key]).format(weeks=told.weeks),) if codes else ()

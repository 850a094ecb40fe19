"""Codes that had ended on the date of service, or had not begun: since when, and what is reported instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from caseconsultant.consulting.findings import Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics.telling import Telling, either
from caseconsultant.domain.published import Invalid
from caseconsultant.domain.question import Question, Topic

_INSTEAD = "replaced.procedure.instead"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """One correction for each code that was not in force."""
    told = Telling(question, knowledge, Topic.DESCRIPTION)
    for code in dict.fromkeys(each.code for each in question.codes):
        _told(code, told)
    return told.found()


def ended(code: str, question: Question, *, knowledge: Knowledge) -> date | None:
    """The last day of a code that had ended by the date of service, None for one in force or unknown."""
    row = _row(code, Telling(question, knowledge))
    if row:
        last = date.fromisoformat(str(row["ended"]))
        return last if last < question.as_of else None
    found = knowledge.validity(code, on=question.as_of)
    if found.valid is not False or found.reason is not Invalid.TERMINATED or not found.why:
        return None
    word = found.why.rsplit(maxsplit=1)[-1]
    return date.fromisoformat(word) if word.count("-") == 2 else None  # noqa: PLR2004 - an ISO date


def _row(code: str, told: Telling) -> Mapping[str, object] | None:
    return cast("Mapping[str, object] | None", told.table(_INSTEAD).get(code))


def _told(code: str, told: Telling) -> None:
    last = ended(code, told.question, knowledge=told.knowledge)
    if last is None:
        return
    row = _row(code, told)
    instead = cast("Sequence[str]", row["instead"]) if row else ()
    statement = f"{code} is no longer valid: it was deleted after {last} and cannot be reported on {told.question.as_of}"
    if instead:
        statement += f"; report {either(instead)} instead"
    written = _modifiers(code, told.question)
    if instead and written:
        statement += f", with the same modifiers ({', '.join(written)}) where they were earned"
    references = told.knowledge.validity(code, on=told.question.as_of).references
    told.correct(f"{statement}.", *(references or (_INSTEAD,)))
    told.refuse(code, f"it was deleted after {last}")


def _modifiers(code: str, question: Question) -> Sequence[str]:
    return tuple(dict.fromkeys(each for line in question.codes if line.code == code for each in line.modifiers))

"""A wellness visit of an earlier year beside the present one: which code it is now, and from which day.

Source: `knowledge/rules/preventive.yaml`; Medicare Claims Processing Manual 18 §140.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.reading.earlier_wellness import Earlier, WellnessYears, wellness_years
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.consulting.turning import answered
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_RULE: Final = "preventive.wellness.full_months_between"
_YEAR: Final = 12
_FIRST, _LATER, _WELCOME = "G0438", "G0439", "G0402"
_PLANS: Final = frozenset({Payer.COMMERCIAL, Payer.MEDICAID})


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code of the visit now; nothing where no earlier wellness visit is told."""
    told = wellness_years(question)
    if told is None or governing_payer(question) in _PLANS:
        return NOTHING
    telling = Telling(question, knowledge, Topic.COVERAGE)
    code = _FIRST if told.earlier.code == _WELCOME else _LATER
    opens = _opens(told.earlier, int(str(telling.value(_RULE, 11))))
    early = _is_early(told, opens)
    telling.head(f"{_why(told.earlier, code)} {_when(told.earlier, opens, early=early)}", _RULE)
    _lines(code, opens, telling, early=early)
    for other in told.asked if len(told.asked) == 1 else ():
        if other != code:
            telling.refuse(other, f"the visit now is {code}")
    if early is None:
        telling.ask("In which month was the last one, and on which day is the new one?")
    ruled = _verdict(told, code, question, early=early)
    closed = tuple(dict.fromkeys(each.code for each in question.codes))
    return replace(telling.found(), ruled=ruled, closed=closed)


def _opens(earlier: Earlier, months: int) -> date:
    """The first day of the month after so many full months past the last visit's; of a bare year the latest."""
    count = earlier.year * _YEAR + (earlier.month or _YEAR) + months
    return date(count // _YEAR, count % _YEAR + 1, 1)


def _is_early(told: WellnessYears, opens: date) -> bool | None:
    """Whether the months have not passed; None where the mail does not tell."""
    if told.on is None:
        return None
    if told.earlier.month is None:
        return False if told.on >= opens else None
    return told.on < opens


def _why(earlier: Earlier, code: str) -> str:
    if code == _FIRST:
        return (
            f"{_FIRST}: after the welcome visit {_WELCOME} the first wellness visit ever is {_FIRST}, once in "
            f"a lifetime."
        )
    was = f"{_FIRST} was used" if earlier.code == _FIRST else "there was a wellness visit"
    return f"{_LATER}: {_FIRST} is once in a lifetime with whatever practice, and {was} in {earlier.year}."


def _when(earlier: Earlier, opens: date, *, early: bool | None) -> str:
    if earlier.month is None:
        return "Medicare pays it once 11 full months have passed after the month of the last one."
    day = f"{opens:%B} {opens.day}, {opens.year}"
    return f"11 full months after the month of the last one have passed on {day}{', so not before' if early else ''}."


def _lines(code: str, opens: date, telling: Telling, *, early: bool | None) -> None:
    if early:
        telling.refuse(code, f"it is paid from {opens:%B} {opens.day}, {opens.year}")
    elif early is None:
        telling.only_if(code, "11 full months have passed after the month of the last one")
    else:
        telling.stands(code, 1)


def _verdict(told: WellnessYears, code: str, question: Question, *, early: bool | None) -> tuple[Verdict, ...]:
    """Yes where the code asked for is right and the time has come; nothing where it is a choice."""
    if not question.wants_yes_or_no or len(told.asked) > 1:
        return ()
    if told.asked not in {(), (code,)} or early:
        verdict = Verdict.NO
    else:
        verdict = Verdict.DEPENDS if early is None else Verdict.YES
    return (answered(verdict, question) or verdict,)

"""A code that was billed in an earlier year and has ended since: what it is now, and whether that is the one proposed.

Source: `knowledge/rules/succession.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.succession import Ended, ended
from caseconsultant.consulting.topics.telling import Telling, either
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_YEAR: Final = re.compile(r"\b(20[012]\d)\b(?![-/]\d)")
_NOW: Final = re.compile(
    r"\b(?:now|today|currently|instead|this year|what is it|replac\w+|new code|which code|"
    r"what code)\b",
    re.IGNORECASE,
)

_FEW: Final = 5
_LATER: Final = re.compile(r"\bin (20\d\d)\s?\?")


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The code of today; nothing unless one ended code stands with a year of its own, and now is asked."""
    written = [each.code for each in question.codes if not each.absent]
    gone = [(code, end) for code in written if (end := ended(code, on=question.as_of, knowledge=knowledge))]
    years = [int(each) for each in _YEAR.findall(question.text)]
    later = [int(each) for each in _LATER.findall(question.text)]
    asked_now = _NOW.search(question.text) or (gone and any(year > gone[0][1].last.year for year in later))
    if len(gone) == 1 and years and not asked_now and len(question.text.split()) <= _FEW:
        return _in_its_time(*gone[0], years, question, knowledge)
    if len(gone) != 1 or not asked_now or not any(year <= gone[0][1].last.year for year in years):
        return NOTHING
    return _succeeded(*gone[0], [each for each in written if each != gone[0][0]], question, knowledge)


def _in_its_time(code: str, end: Ended, years: list[int], question: Question, knowledge: Knowledge) -> Findings:
    """A few words that ask of a year in which the code was still in force: `99201 in 2019?`."""
    if any(year > end.last.year for year in years):
        return NOTHING
    telling = Telling(question, knowledge)
    telling.head(f"{code} was in force to the end of {end.last}, so in {years[-1]} it was the code.", *end.references)
    ruled = (Verdict.YES,) if question.wants_yes_or_no else ()
    return replace(telling.found(), ruled=ruled, closed=(code,))


def _succeeded(code: str, end: Ended, asked: list[str], question: Question, knowledge: Knowledge) -> Findings:
    telling = Telling(question, knowledge)
    by = either(list(end.by)) if end.by else "no code of its own"
    but = f" ({end.but})" if end.but else ""
    telling.head(f"{code} was right to the end of {end.last}; since then it is {by}{but}.", *end.references)
    for one in end.by:
        if len(end.by) == 1 and not _differs(end, question):
            telling.stands(one)
        else:
            telling.only_if(one, end.but or "it is the one of them that the record supports")
    for other in asked:
        if other not in end.by:
            telling.refuse(other, f"after {code} it is {by}")
    ruled = _verdict(end, asked, question)
    return replace(telling.found(), ruled=ruled, amounts=() if ruled else (0,), closed=(code, *asked))


def _differs(end: Ended, question: Question) -> bool:
    """Whether Medicare's code is another one, and no other payer is told."""
    return "Medicare" in end.but and governing_payer(question) not in {Payer.COMMERCIAL, Payer.MEDICAID}


def _verdict(end: Ended, asked: list[str], question: Question) -> tuple[Verdict, ...]:
    if not asked or not question.wants_yes_or_no:
        return ()
    if not set(asked) <= set(end.by):
        return (Verdict.NO,)
    return (Verdict.DEPENDS if _differs(end, question) else Verdict.YES,)

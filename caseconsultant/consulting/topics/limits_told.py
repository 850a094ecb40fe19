"""Unit limits (MUE) beside what the sender says of them: a limit told, and a date before the first table loaded."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from caseconsultant.consulting.branches import branch_of, named, settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Mue

_OF_LIMITS = re.compile(r"\bmues?\b|\bmai\b|\bmedically unlikely\b|\b(?:unit|daily) limits?\b", re.IGNORECASE)
_LIMIT = (
    r"(?:capp?(?:ed)?|limit(?:ed|s)?|max(?:imum|es out)?|mues?|no more than|"
    r"(?:can|may) (?:only )?be (?:billed|reported))"
)
_TOLD = re.compile(
    rf"\b{_LIMIT}\b\s(?:(?:of|is|was|at|to|out|for|only|up|set|=)\s){{0,3}}(?P<units>\d{{1,3}})\b"
    r"(?!\s?(?:percent|%|min|hours?\b|hrs?\b|mg|\d))",
    re.IGNORECASE,
)
_OTHER_PAYERS = frozenset({Payer.COMMERCIAL, Payer.MEDICAID})
"""They have limits of their own."""
_OTHERS = (Setting.OFFICE, Setting.OUTPATIENT_HOSPITAL)


def findings(question: Question, codes: Collection[str], *, knowledge: Knowledge) -> Findings:
    """What is to be said of a limit the sender names, and of limits on a day that no table loaded reaches back to."""
    return joined((_before_tables(question, codes, knowledge), _as_told(question, knowledge)))


def _before_tables(question: Question, codes: Collection[str], knowledge: Knowledge) -> Findings:
    """Limits change by the quarter: those of an earlier day are not read off a later table."""
    setting = settings_of(question)[0]
    first = knowledge.mue_begins(setting=setting)
    if first is None or not codes or not _OF_LIMITS.search(question.text):
        return NOTHING
    begins = date.fromisoformat(first.edition)
    if question.as_of >= begins:
        return NOTHING
    listed = " and ".join(sorted(codes))
    statement = (
        f"The MUE of {listed} on {question.as_of} is not loaded here: the earliest edition we hold begins {begins}, "
        "and a later limit does not answer for an earlier day. CMS's archive of MUE tables has it."
    )
    return Findings((Finding(Topic.NCCI, Kind.PAYABLE, statement, (first,), branch=branch_of(setting)),))


def _as_told(question: Question, knowledge: Knowledge) -> Findings:
    """A limit the sender was told, beside the setting's own table and the table that has the number told."""
    told = _TOLD.search(question.text)
    code = _nearest(question, told.start()) if told else None
    if told is None or code is None or question.setting is None or question.payer in _OTHER_PAYERS:
        return NOTHING
    units = int(told["units"])
    own = knowledge.mue(code, setting=question.setting, on=question.as_of)
    if own is None or own.units == units:
        return NOTHING
    others = {
        each: knowledge.mue(code, setting=each, on=question.as_of) for each in _OTHERS if each != question.setting
    }
    elsewhere = next(((each, found) for each, found in others.items() if found and found.units == units), None)
    return _corrected(own, units, question.setting, elsewhere)


def _corrected(own: Mue, units: int, setting: Setting, elsewhere: tuple[Setting, Mue] | None) -> Findings:
    where = ""
    references = [own.reference]
    if elsewhere is not None:
        table = "practitioner" if elsewhere[0] is Setting.OFFICE else "outpatient hospital"
        where = f"; {units} is the {table} table's"
        references.append(elsewhere[1].reference)
    statement = f"{own.code} has an MUE of {own.units} (MAI {own.mai}) {named(setting)}, not {units}{where}."
    finding = Finding(Topic.NCCI, Kind.PAYABLE, statement, tuple(references), Verdict.NO, branch=branch_of(setting))
    return Findings((finding,), corrections=(statement,))


def _nearest(question: Question, place: int) -> str | None:
    """The code written last before the limit."""
    before = [each.code for each in question.codes if each.span.start < place]
    return before[-1] if before else None

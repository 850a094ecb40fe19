"""A stay that begins and ends on one date: 99234-99236, Medicare's 8 hours and two visits, and the codes below them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.stays import Stay, stay
from caseconsultant.consulting.reading.visits import visit_words
from caseconsultant.consulting.visit_rules import (
    VisitRules,
    follows_cpt,
    hangs,
    listed,
    proposed,
    refused,
    stands,
    told,
)
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import PtpEdit

_FIRST = ("99221", "99222", "99223")
_DAY = ("99234", "99235", "99236")
_OUT = ("99238", "99239")
_OTHER = re.compile(
    r"\bcritical care\b|\b9929[12]\b|\bsplit\b|\bshared\b|\bprolonged\b|\bG0316\b|\b99418\b|\bglobal\b|\bsurgery\b|"
    r"\binfusion\b|\bG0378\b|\bG0379\b|\bcondition code\b|\btcm\b|\bnursing\b",
    re.IGNORECASE,
)
_ASKS_MINIMUM = re.compile(r"\bdoes cpt (?:ask|require|have|need|want)", re.IGNORECASE)
_SAME = re.compile(r"\bsame[- ](?:calendar )?(?:day|date)\b", re.IGNORECASE)
_LEVELS = {"straightforward": 0, "low": 0, "moderate": 1, "high": 2}


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Which codes the stay takes, for Medicare and for CPT; nothing where no stay of one date is in question."""
    rules = VisitRules(knowledge, question)
    told_of = stay(question.text)
    minimum = rules.whole("evaluation.same_day_stay.medicare_minimum_hours")
    hospital = {"hospital_initial", "same_day_stay", "hospital_subsequent"}
    codes = proposed(question)
    fits = all(
        rules.family_of(code) in hospital or code in _OUT or code in {"99217", "99218", "99219", "99220"}
        for code in codes
    )
    if told_of is None or not minimum or _OTHER.search(question.text) or not fits:
        return NOTHING
    if told_of.overnight and not _SAME.search(question.text):
        if codes and set(codes) <= set(_OUT):
            return NOTHING
        return _two_dates(rules, codes)
    if not told_of.same_date and not set(codes) & set(_DAY):
        return NOTHING
    return _cpt(rules, told_of, minimum) if follows_cpt(question) else _medicare(rules, told_of, minimum)


def _two_dates(rules: VisitRules, codes: tuple[str, ...]) -> Findings:
    said = (
        "The stay crosses midnight, so 99234-99236 do not fit: 99221-99223 on the first date, and 99238 or 99239 (31 "
        "minutes or more) on the date of discharge."
    )
    out = tuple(refused(code, "the stay did not begin and end on one date") for code in codes if code in _DAY)
    verdict = Verdict.NO if out else None
    finding = told(said, rules.references("evaluation.same_day_stay.codes"), verdict=verdict)
    return Findings((finding,), out, headlines=(said,))


def _medicare(rules: VisitRules, told_of: Stay, minimum: int) -> Findings:
    rule = told(
        f"Medicare pays 99234-99236 only for at least {minimum} hours (the 8-hour rule) on that date and two "
        f"face-to-face visits of the billing clinician, admission and discharge. "
        f"Under {minimum} hours it is 99221-99223 alone, without a discharge code (99238, 99239).",
        rules.references(
            "evaluation.same_day_stay.medicare_minimum_hours", "evaluation.same_day_stay.medicare_codes_below_hours"
        ),
        payer=Payer.MEDICARE,
    )
    beside = (rule, *_pair(rules), *_for_cpt(rules))
    if told_of.hours is None:
        return _hours_missing(rules, told_of, beside, minimum)
    if told_of.hours < minimum:
        said = (
            f"{told_of.hours:g} hours are under Medicare's {minimum} hours: 99221-99223 by level alone, no discharge "
            f"code "
            f"and not 99234-99236."
        )
        out = (
            *_refusals(rules, _DAY, f"the stay is under {minimum} hours"),
            *_refusals(rules, _OUT, f"no discharge code under {minimum} hours"),
        )
        return _answer(
            rules,
            said,
            beside,
            (*_line(rules, _FIRST), *out),
            wrong=bool(out),
            arithmetic=f"{told_of.hours:g} < {minimum}.",
        )
    if told_of.two_visits is False:
        said = (
            f"{told_of.hours:g} hours are enough, but with one visit only it is 99221-99223; 99234-99236 need two "
            f"face-to-face visits that day."
        )
        return _answer(
            rules, said, beside, (*_line(rules, _FIRST), *_refusals(rules, _DAY, "it needs two visits")), wrong=True
        )
    said = (
        f"One code for the day, 99234-99236 by level: {told_of.hours:g} hours are at least {minimum} hours, with two "
        f"visits (admission and discharge) on one date."
    )
    return _one_code(rules, said, beside, f"{told_of.hours:g} >= {minimum}.")


def _one_code(rules: VisitRules, said: str, beside: tuple[Finding, ...], arithmetic: str | None) -> Findings:
    pair = "99234-99236 take in admission and discharge of one date"
    out = (*_refusals(rules, _FIRST, pair), *_refusals(rules, _OUT, pair))
    return _answer(rules, said, beside, (*_line(rules, _DAY), *out), wrong=bool(out), arithmetic=arithmetic)


def _answer(
    rules: VisitRules,
    said: str,
    beside: tuple[Finding, ...],
    lines: tuple[Opinion, ...],
    *,
    wrong: bool,
    arithmetic: str | None = None,
) -> Findings:
    finding = told(
        said,
        rules.references("evaluation.same_day_stay.codes"),
        verdict=Verdict.NO if wrong else Verdict.YES,
        arithmetic=arithmetic,
    )
    level = visit_words(rules.question.text).stated_level
    asks = (
        ()
        if level or any(code in rules.question.text for code in _DAY + _FIRST)
        else ("Which level of decision making, or how many minutes in all?",)
    )
    return Findings((finding, *beside), lines, asks=asks, headlines=(said,))


def _line(rules: VisitRules, family: tuple[str, ...]) -> Iterator[Opinion]:
    """The code of the level that is stated, else the one proposed."""
    level = visit_words(rules.question.text).stated_level
    asked = [code for code in proposed(rules.question) if code in family]
    if len(asked) == 1:
        yield stands(asked[0])
    elif level in _LEVELS:
        yield stands(family[_LEVELS[level]])


def _refusals(rules: VisitRules, codes: tuple[str, ...], why: str) -> Iterator[Opinion]:
    yield from (refused(code, why) for code in proposed(rules.question) if code in codes)


def _hours_missing(rules: VisitRules, told_of: Stay, beside: tuple[Finding, ...], minimum: int) -> Findings:
    said = (
        f"99234-99236 for at least {minimum} hours on that date with two visits; under {minimum} hours (Medicare) "
        f"99221-99223 alone, no discharge code."
    )
    both = {*_FIRST, *_OUT} & set(proposed(rules.question))
    if both & set(_FIRST) and both & set(_OUT):
        return _one_code(rules, f"Never 99221-99223 and a discharge code on one date. {said}", beside, None)
    lines = tuple(
        hangs(code, f"the stay lasted at least {minimum} hours on that date, with two visits")
        for code in proposed(rules.question)
        if code in _DAY
    )
    asks = (
        "How many hours did the stay last (times of the order and the discharge)?",
        *(() if told_of.two_visits else ("Did the clinician see the patient twice, at admission and discharge?",)),
    )
    return Findings(
        (told(said, rules.references("evaluation.same_day_stay.codes"), verdict=Verdict.DEPENDS), *beside),
        lines,
        asks=asks,
        headlines=(said,),
    )


def _cpt(rules: VisitRules, told_of: Stay, minimum: int) -> Findings:
    rule = told(
        f"CPT has no minimum of {minimum} hours; that is Medicare's. It asks for two encounters on the date, an "
        f"admission and a discharge. The plan's policy may follow Medicare.",
        rules.references("evaluation.same_day_stay.codes"),
    )
    if told_of.two_visits is False:
        said = "With one encounter only it is 99221-99223; 99234-99236 need two on the date."
        return _answer(
            rules,
            said,
            (rule,),
            (*_line(rules, _FIRST), *_refusals(rules, _DAY, "it needs two encounters")),
            wrong=True,
        )
    said = (
        f"99234-99236 by level, whatever the hours: CPT asks for two encounters on one date, not for {minimum} hours."
    )
    if _ASKS_MINIMUM.search(rules.question.text):
        finding = told(said, rules.references("evaluation.same_day_stay.codes"), verdict=Verdict.NO)
        return Findings((finding, rule), headlines=(said,))
    return _one_code(rules, said, (rule, *_pair(rules)), None)


def _for_cpt(rules: VisitRules) -> Iterator[Finding]:
    if rules.question.payer is None:
        yield told(
            "CPT itself has no 8-hour minimum: 99234-99236 for two encounters on one date.",
            rules.references("evaluation.same_day_stay.codes"),
        )


def _pair(rules: VisitRules) -> Iterator[Finding]:
    codes = proposed(rules.question)
    first, out = [code for code in codes if code in _FIRST], [code for code in codes if code in _OUT]
    if not first or not out:
        return
    edit = rules.knowledge.ptp_edit(first[0], out[0], setting=Setting.OFFICE, on=rules.question.as_of)
    if isinstance(edit, PtpEdit):
        yield told(
            f"NCCI: {edit.column_one}/{edit.column_two} is indicator {edit.modifier_indicator}, so no modifier passes "
            f"it.",
            (edit.reference,),
        )
    else:
        yield told(
            f"{listed([*first, *out])} never stand on one date.",
            rules.references("evaluation.same_day_stay.never_with"),
        )

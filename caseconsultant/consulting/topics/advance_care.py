"""Advance care planning (99497, 99498): minutes, modifier 33 beside a wellness visit, and the patient's share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from caseconsultant.consulting.calculators.advance_care import advance_care_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.visit_minutes import OWN, stretches
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
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_NAMED = re.compile(
    r"\b9949[78]\b|\badvanced? care plan\w*|(?-i:\bACP\b)|\bliving will\b|\badvance directives?\b|"
    r"\bhealth ?care proxy\b|\bwho decides for\b|\bmolst\b|\bpolst\b",
    re.IGNORECASE,
)
_WELLNESS = re.compile(r"\b(?:awv|annual wellness|wellness|G043[89])\b", re.IGNORECASE)
_NO_WELLNESS = re.compile(
    r"\b(?:no|not an?|without(?: an?)?|isn't an?) (?:annual )?(?:wellness|awv)(?: visit)?\b", re.IGNORECASE
)
_OWES = re.compile(
    r"\bowes?\b|\bpays?\b.{0,20}\bnothing\b|\bcoinsurance\b|\bco-?pay\b|\bdeductible\b|\bcost[- ]shar\w+|"
    r"\bpatient responsib",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\bG2211\b|\bhospice\b.{0,20}\bG0337\b", re.IGNORECASE)
_FIRST, _NEXT = "99497", "99498"
_HALF_HOUR = 30
"""Minutes the codes stand for, which a sender cites (`30 minutes each`)."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The units and the modifier; nothing where advance care planning is not billed."""
    rules = VisitRules(knowledge, question)
    if not _NAMED.search(question.text) or _OTHER.search(question.text):
        return NOTHING
    starts = rules.numbers("preventive.advance_care_planning.first_minutes")
    if not starts:
        return NOTHING
    medicare = not follows_cpt(question)
    modifier = str(rules.value("preventive.advance_care_planning.wellness_modifier") or "")
    if medicare and not modifier and question.payer is Payer.MEDICARE:
        return _too_early(rules)
    wellness = _WELLNESS.search(_NO_WELLNESS.sub(" ", question.text)) is not None
    minutes = _minutes(question)
    beside = (modifier,) if wellness and modifier else ()
    return _without_minutes(rules, starts, beside) if minutes is None else _counted(rules, starts, minutes, beside)


def _minutes(question: Question) -> int | None:
    """The one length of time, or the one told of the planning itself."""
    found = [each for each in stretches(question.text) if each.minutes != _HALF_HOUR or "each" not in question.text]
    if len(found) > 1:
        near = re.search(
            r"(?P<n>\d{1,3}) ?-?(?:minutes?|mins?|m)\b[^.;,]{0,30}(?:acp|advance care|99497|living will)|(?:acp|"
            r"advance care planning|99497)\D{0,25}(?P<n2>\d{1,3}) ?min",
            question.text,
            re.IGNORECASE,
        )
        if near:
            return int(near["n"] or near["n2"])
    lengths = {each.minutes for each in found if each.owner == OWN} or {each.minutes for each in found}
    return lengths.pop() if len(lengths) == 1 else None


def _too_early(rules: VisitRules) -> Findings:
    said = (
        "Medicare did not pay 99497 on that date: it has paid advance care planning only since 2016-01-01 (status I "
        "before)."
    )
    references = rules.references("preventive.advance_care_planning.first_minutes")
    return Findings(
        (told(said, references, verdict=Verdict.NO, payer=Payer.MEDICARE),),
        (refused(_FIRST, "Medicare pays it from 2016-01-01"),),
        headlines=(said,),
    )


def _counted(rules: VisitRules, starts: Mapping[str, int], minutes: int, beside: tuple[str, ...]) -> Findings:
    step = rules.whole("preventive.advance_care_planning.step_minutes")
    units = advance_care_units(minutes, starts[_FIRST], starts[_NEXT], step)
    references = rules.references("preventive.advance_care_planning.first_minutes")
    if not units:
        said = f"{minutes} minutes are too few: {_FIRST} needs at least {starts[_FIRST]} minutes (past the half of 30)."
        return Findings(
            (told(said, references, verdict=Verdict.NO),),
            (refused(_FIRST, f"it needs {starts[_FIRST]} minutes"),),
            headlines=(said,),
        )
    lines = listed([f"{code} x{each}" for code, each in units.items()])
    with_33 = f" with modifier {beside[0]}" if beside else ""
    said = (
        f"{minutes} minutes: {lines}{with_33}. {_FIRST} from {starts[_FIRST]} minutes, {_NEXT} from {starts[_NEXT]}, "
        f"then every {step} minutes."
    )
    corrections = tuple(_corrections(rules, units, beside))
    verdict = None if corrections else _verdict(rules, beside)
    finding = told(
        said,
        references,
        verdict=verdict,
        arithmetic=f"{minutes} >= {starts[_FIRST]}; first {_NEXT} at {starts[_NEXT]}.",
    )
    visits = tuple(stands(code) for code in proposed(rules.question) if code in {"G0438", "G0439"})
    opinions: tuple[Opinion, ...] = (*visits, *(stands(code, each, *beside) for code, each in units.items()))
    if _NEXT in proposed(rules.question) and _NEXT not in units:
        opinions = (*opinions, refused(_NEXT, f"it begins at {starts[_NEXT]} minutes"))
    return Findings(
        (finding, *_share(rules, beside)),
        opinions,
        corrections=corrections,
        headlines=(*_said_share(rules, beside), said),
    )


def _verdict(rules: VisitRules, beside: tuple[str, ...]) -> Verdict:
    """What is owed is asked with yes or no the other way round."""
    owes = re.search(
        r"\b(?:does|do|will|would) (?:she|he|they|(?:the )?patient|pt)\b[^?]{0,30}\b(?:owe|pay|have)",
        rules.question.text,
        re.IGNORECASE,
    )
    if owes:
        return Verdict.NO if beside else Verdict.YES
    return Verdict.YES


def _corrections(rules: VisitRules, units: Mapping[str, int], beside: tuple[str, ...]) -> Iterator[str]:
    for each in rules.question.codes:
        if each.code == _FIRST and (each.units or 1) > 1:
            lines = listed([f"{code} x{number}" for code, number in units.items()])
            yield f"{_FIRST} is billed once; further time is {_NEXT}: {lines}."
        if each.code == _NEXT and (each.units or 1) > units.get(_NEXT, 0):
            yield f"The minutes earn {_NEXT} x{units.get(_NEXT, 0)}."
    if not beside and _marked(rules) and not follows_cpt(rules.question):
        yield (
            "Modifier 33 goes on 99497 only beside a wellness visit (G0438 or G0439) of the same clinician that day; "
            "without it deductible and coinsurance apply."
        )


def _marked(rules: VisitRules) -> bool:
    return "33" in rules.question.modifiers or any("33" in each.modifiers for each in rules.question.codes)


def _said_share(rules: VisitRules, beside: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(_share(rules, beside))
    return (found[0].statement,) if _OWES.search(rules.question.text) and found else ()


def _share(rules: VisitRules, beside: tuple[str, ...]) -> Iterator[Finding]:
    if follows_cpt(rules.question):
        return
    references = rules.references("preventive.advance_care_planning.wellness_modifier")
    if beside:
        yield told(
            "Beside G0438 or G0439, same day and same clinician, with 33, the patient owes nothing: no deductible and "
            "no coinsurance.",
            references,
            payer=Payer.MEDICARE,
        )
    else:
        yield told(
            "Without a wellness visit (G0438, G0439) there is no 33, and deductible and coinsurance (the patient's "
            "share) apply.",
            references,
            payer=Payer.MEDICARE,
        )
    yield told(
        "It is voluntary: the note shows consent, who was there, what was discussed and the minutes.", references
    )


def _further(rules: VisitRules, starts: Mapping[str, int]) -> Iterator[Opinion]:
    if _NEXT in proposed(rules.question):
        yield hangs(_NEXT, f"the note shows at least {starts[_NEXT]} minutes of it")


def _in_general(rules: VisitRules) -> Iterator[Finding]:
    """Who may give it and with what, where that is asked and no minutes are told."""
    text, references = rules.question.text, rules.references("preventive.advance_care_planning.first_minutes")
    if {"99291", "99292"} & set(proposed(rules.question)):
        yield told(
            "CPT does not let advance care planning stand beside critical care (99291, 99292) of the same date.",
            references,
            verdict=Verdict.NO,
        )
    elif "G0402" in proposed(rules.question):
        yield told(
            "Modifier 33 goes with the wellness visits G0438 and G0439 only, not with G0402; beside it the patient's "
            "share applies.",
            references,
            verdict=Verdict.NO,
        )
    elif re.search(
        r"\b(?:nurse practitioner|physician assistant)\b|(?-i:\b(?:NP|PA|NPP)\b)|\bsocial worker\b", text, re.IGNORECASE
    ):
        yield told(
            "A physician, nurse practitioner, physician assistant or clinical nurse specialist may bill it; staff may "
            "help under direct supervision.",
            references,
            verdict=Verdict.YES,
        )
    elif re.search(
        r"\b(?:famil\w+|surrogate|proxy|daughter|son|wife|husband)\b[^.?]{0,30}\b(?:only|alone|without)|"
        r"\bunconscious\b|\bpatient (?:is |was )?not (?:present|there)|\bdementia\b",
        text,
        re.IGNORECASE,
    ):
        yield told(
            "It may be given to the family or surrogate where the patient cannot take part, face to face; the note "
            "says why and who was there.",
            references,
            verdict=Verdict.YES,
        )
    elif any((rules.family_of(code) or "").startswith("office") for code in proposed(rules.question)):
        yield told(
            "It may stand beside an office visit of the same day, 25 on the visit; its minutes are not counted in the "
            "visit's time too.",
            references,
            verdict=Verdict.YES,
        )


def _without_minutes(rules: VisitRules, starts: Mapping[str, int], beside: tuple[str, ...]) -> Findings:
    said = (
        f"{_FIRST} needs at least {starts[_FIRST]} minutes (past the half of 30) in the note; {_NEXT} "
        f"begins at {starts[_NEXT]}. Without the time it cannot be billed."
    )
    wellness = [code for code in proposed(rules.question) if code in {"G0438", "G0439"}]
    general = tuple(_in_general(rules))
    if general:
        finding = told(said, rules.references("preventive.advance_care_planning.first_minutes"))
        lines = (hangs(_FIRST, f"the note shows at least {starts[_FIRST]} minutes of it"),)
        return Findings((*general, finding), lines, headlines=(general[0].statement, said))
    return Findings(
        (told(said, rules.references("preventive.advance_care_planning.first_minutes")), *_share(rules, beside)),
        (
            *(stands(code) for code in wellness),
            hangs(_FIRST, f"the note shows at least {starts[_FIRST]} minutes of it", *beside),
            *_further(rules, starts),
        ),
        asks=("How many minutes of advance care planning does the note show?",),
        headlines=(said,),
    )

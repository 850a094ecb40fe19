"""Critical care by the minute: 99291 and 99292 for Medicare and for CPT, and what stands or falls beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from caseconsultant.consulting.calculators.critical_care import CriticalCareRules, critical_care_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.critical_care import CriticalCareWords, critical_care_words
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

_FIRST, _NEXT = "99291", "99292"
_BOTH = {_FIRST, _NEXT}
CRITICAL_CARE = frozenset(_BOTH)
_NAMES = {"medicare": "Medicare", "cpt": "Payers that follow CPT"}
_BY_ITSELF = re.compile(
    r"\b(?:alone|by itself|without|second|other|another|colleague|partner|same group|own 99291)\b", re.IGNORECASE
)
_NOTE = re.compile(r"\b(?:document\w*|attest\w*|note (?:say|need|have|include))\b", re.IGNORECASE)
_LATER = "it came earlier, when the patient was not yet critical, and no minute or work counts twice"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The units that the countable minutes earn; the first minutes and a question back where none are written."""
    words = critical_care_words(question.text)
    rules = VisitRules(knowledge, question)
    if words is None or not rules.whole("critical_care.minimum_minutes"):
        return NOTHING
    special = _special(rules, words)
    if special is not None:
        return special
    if words.for_hospital or words.family_talk:
        return _hospital(rules) if words.for_hospital else _family(rules)
    if words.counted is None:
        return NOTHING if words.in_global else _without_minutes(rules, words)  # the global package answers
    least = rules.whole("critical_care.minimum_minutes")
    if words.counted.minutes < least:
        return _too_short(rules, words.counted.minutes, least)
    return _counted(rules, words)


def _special(rules: VisitRules, words: CriticalCareWords) -> Findings | None:
    """Clinicians of two specialties, a colleague's 99292, and what the note must say."""
    question = rules.question
    own = [each.minutes for each in stretches(question.text) if each.owner == OWN]
    payer = _payers(question)[0]
    if words.other_specialty and len(own) > 1:
        units = [critical_care_units(minutes, _rules_of(rules, payer)) for minutes in own]
        each = "; ".join(
            f"{minutes} minutes: {listed([f'{code} x{number}' for code, number in unit.items()]) or 'no critical care'}"
            for minutes, unit in zip(own, units, strict=True)
        )
        said = (
            f"Of different specialties each reports critical care by the own minutes, if the care is not "
            f"the same: {each}."
        )
        lines = (stands(_FIRST),) if any(units) else ()
        return Findings(
            (told(said, rules.references("critical_care.medicare.additional_without_first")),), lines, headlines=(said,)
        )
    if (
        _BY_ITSELF.search(question.text)
        and set(proposed(question)) == {_NEXT}
        and words.counted is None
        and rules.value("critical_care.medicare.additional_without_first")
    ):
        said = (
            f"Yes for a colleague of the same group and specialty who goes on that day: {_NEXT} stands without an own "
            f"{_FIRST}, since the group's {_FIRST} "
            "is on another claim and the minutes of both add up."
        )
        plain = said.removeprefix("Yes ")
        finding = told(plain, rules.references("critical_care.medicare.additional_without_first"), verdict=Verdict.YES)
        return Findings(
            (finding,),
            (hangs(_NEXT, "the group's first claim of that date carries 99291 and the minutes reach it"),),
            headlines=(plain[0].upper() + plain[1:],),
        )
    if words.counted is None and _NOTE.search(question.text):
        said = (
            "The note says that a vital organ failed or was about to, what was done, the total critical care minutes "
            "of that clinician on the date, and that procedures billed "
            "apart are not in them; at least 30 minutes for 99291."
        )
        return Findings((told(said, rules.references("critical_care.minimum_minutes")),), headlines=(said,))
    return None


def _rules_of(rules: VisitRules, payer: str) -> CriticalCareRules:
    names = ("minimum_minutes", f"{payer}.first_additional_minutes", "step_minutes")
    return CriticalCareRules(*(rules.whole(f"critical_care.{name}") for name in names))


def medicares_units(rules: VisitRules, minutes: int) -> dict[str, int]:
    """What minutes earn by Medicare's count, by code."""
    return critical_care_units(minutes, _rules_of(rules, "medicare"))


def medicares_start(rules: VisitRules) -> int:
    """The minutes at which Medicare's first further code begins."""
    return _rules_of(rules, "medicare").first_additional


def _payers(question: Question) -> tuple[str, ...]:
    if question.payer is Payer.MEDICARE or not follows_cpt(question):
        return ("medicare", "cpt")
    return ("cpt", "medicare")


def _counted(rules: VisitRules, words: CriticalCareWords) -> Findings:
    assert words.counted is not None  # noqa: S101 - the caller's branch
    minutes = words.counted.minutes
    units = {payer: critical_care_units(minutes, _rules_of(rules, payer)) for payer in _payers(rules.question)}
    told_of = [_earned(rules, words, payer, each) for payer, each in units.items()]
    first = next(iter(units.values()))
    corrections = tuple(_corrections(rules, units, minutes))
    beside = tuple(_beside(rules))
    findings = (*told_of, *_sentences(rules, words), *_asked_right(rules, first, corrections))
    return Findings(
        findings,
        (*_lines(rules, first), *beside),
        asks=() if rules.question.payer else ("Which payer is it?",),
        corrections=corrections,
        headlines=tuple(each.statement for each in told_of),
    )


def _earned(rules: VisitRules, words: CriticalCareWords, payer: str, units: Mapping[str, int]) -> Finding:
    assert words.counted is not None  # noqa: S101
    own = _rules_of(rules, payer)
    sums = (
        f" ({words.counted.arithmetic})" if "-" in words.counted.arithmetic or "+" in words.counted.arithmetic else ""
    )
    lines = listed([f"{code} x{each}" for code, each in units.items()])
    return told(
        f"{_NAMES[payer]}: {words.counted.minutes} minutes of critical care{sums} earn {lines}.",
        rules.references(f"critical_care.{payer}.first_additional_minutes"),
        arithmetic=f"{own.minimum} to {own.first_additional - 1} minutes: {_FIRST}. "
        f"{_NEXT} from {own.first_additional} minutes, "
        f"then every {own.step}.",
        payer=Payer.MEDICARE if payer == "medicare" else None,
    )


def _lines(rules: VisitRules, units: Mapping[str, int]) -> Iterator[Opinion]:
    """99291 carries 25 beside a procedure that stands in column one to it."""
    procedures = set(proposed(rules.question)) & set(rules.words("critical_care.practitioner.separately_billable"))
    for code, each in units.items():
        yield stands(code, each, *(("25",) if procedures and code == _FIRST else ()))
    if _NEXT not in units and _NEXT in proposed(rules.question):
        yield refused(_NEXT, "the minutes do not reach it")


def _beside(rules: VisitRules) -> Iterator[Opinion]:
    asked = proposed(rules.question)
    for code in asked:
        if code in rules.words("critical_care.practitioner.separately_billable"):
            yield stands(code)
        elif code in rules.words("critical_care.practitioner.included_never"):
            yield refused(code, "it is included in critical care (indicator 0)")
        elif code in _included(rules):
            yield hangs(code, "it was distinct from the critical care", "59")
        elif code not in _BOTH and rules.family_of(code):
            yield hangs(code, _LATER, "25")


def _included(rules: VisitRules) -> tuple[str, ...]:
    names = ("included_unless_distinct", "included_by_policy_manual")
    return tuple(code for name in names for code in rules.words(f"critical_care.practitioner.{name}"))


def _sentences(rules: VisitRules, words: CriticalCareWords) -> Iterator[Finding]:
    asked = set(proposed(rules.question))
    apart = sorted(asked & set(rules.words("critical_care.practitioner.separately_billable")))
    said = (
        "Minutes of anything billed apart never count: CPR 92950, intubation 31500, central line 36556, arterial "
        "line 36620, chest tube "
        "32551."
    )
    if apart:
        said += f" {listed(apart)} stand in column one to {_FIRST}, indicator 1, so {_FIRST} carries 25."
    yield told(said, rules.references("critical_care.practitioner.separately_billable"))
    inside = sorted(asked & {*_included(rules), *rules.words("critical_care.practitioner.included_never")})
    if inside:
        yield told(
            f"{listed(inside)}: included in {_FIRST} when the same physician bills it; a hospital reports it.",
            rules.references(
                "critical_care.practitioner.included_never", "critical_care.practitioner.included_unless_distinct"
            ),
        )
    if words.several or words.same_group or words.other_specialty:
        yield told(
            f"One {_FIRST} a day for a group and specialty: colleagues of the same specialty add their minutes and "
            f"share one claim of {_FIRST}, "
            f"and the second may report {_NEXT} alone. Another specialty reports its own {_FIRST} for care that is "
            f"not the same.",
            rules.references("critical_care.medicare.additional_without_first"),
        )
    if words.in_global:
        yield told(
            "In a global period only critical care unrelated to the surgery is paid, with FT for Medicare.",
            rules.references("critical_care.medicare.global_modifier"),
        )
    yield from _since(rules)


def _since(rules: VisitRules) -> Iterator[Finding]:
    """Before the change Medicare counted like CPT; the reviewer may know only the new rule."""
    medicare, cpt = (_rules_of(rules, payer).first_additional for payer in ("medicare", "cpt"))
    if medicare == cpt:
        yield told(
            f"On that date Medicare too began {_NEXT} at {cpt} minutes; the start at 104 holds from 2023.",
            rules.references("critical_care.medicare.first_additional_minutes"),
        )


def _corrections(rules: VisitRules, by_payer: Mapping[str, Mapping[str, int]], minutes: int) -> Iterator[str]:
    """Units written that the minutes do not earn, and a plan by CPT taken for Medicare."""
    question = rules.question
    earned = next(iter(by_payer.values()))
    written = {each.code: each.units or 1 for each in question.codes if each.code in _BOTH and not each.absent}
    for code, each in written.items():
        if each > earned.get(code, 0) and code not in question.alternatives:
            units = f"{code} x{earned[code]}" if code in earned else f"no {code}"
            yield f"{minutes} minutes earn {units}, not x{each}."
    if follows_cpt(question) and set(written) == {_FIRST} and _NEXT in earned and question.wants_yes_or_no:
        starts = {payer: _rules_of(rules, payer).first_additional for payer in ("cpt", "medicare")}
        at, medicare = starts["cpt"], starts["medicare"]
        yield f"Not {_FIRST} alone: for a plan that follows CPT {_NEXT} begins at {at} minutes (Medicare: {medicare})."


def _asked_right(rules: VisitRules, earned: Mapping[str, int], corrections: tuple[str, ...]) -> Iterator[Finding]:
    written = {each.code: each.units or 1 for each in rules.question.codes if each.code in _BOTH and not each.absent}
    if (
        written
        and not corrections
        and all(earned.get(code) == each for code, each in written.items())
        and rules.question.wants_yes_or_no
    ):
        lines = listed([f"{code} x{each}" for code, each in earned.items()])
        yield told(
            f"{lines} is right for the minutes.",
            rules.references("critical_care.minimum_minutes"),
            verdict=Verdict.YES,
        )


def _too_short(rules: VisitRules, minutes: int, least: int) -> Findings:
    said = (
        f"{minutes} minutes are under the {least} that {_FIRST} needs; modifier 52 does not mend it. Report the "
        f"visit of the place by its own "
        "rule: 99281-99285 in the emergency department, 99221-99223 or 99231-99233 in the hospital."
    )
    return Findings(
        (told(said, rules.references("critical_care.minimum_minutes"), verdict=Verdict.NO),),
        (
            refused(_FIRST, f"it needs {least} minutes"),
            *((refused(_NEXT, "there is no 99291"),) if _NEXT in proposed(rules.question) else ()),
        ),
        headlines=(said,),
    )


def _without_minutes(rules: VisitRules, words: CriticalCareWords) -> Findings:
    """Only where the lines are in question; what critical care is and whether a family talk counts are articles."""
    asked = set(proposed(rules.question))
    others = asked - _BOTH
    known = {*_included(rules), *rules.words("critical_care.practitioner.included_never")}
    known |= set(rules.words("critical_care.practitioner.separately_billable"))
    if words.several or (others and not others & known and not any(rules.family_of(code) for code in others)):
        return NOTHING
    if not asked & _BOTH and not others:
        return NOTHING
    medicare, cpt = (_rules_of(rules, payer) for payer in ("medicare", "cpt"))
    said = (
        f"{_FIRST} needs at least {medicare.minimum} documented minutes of the clinician that day; {_NEXT} begins at "
        f"{medicare.first_additional} minutes for Medicare and {cpt.first_additional} for CPT. Without the time in "
        f"the note neither can be billed."
    )
    marked = ("25",) if others & set(rules.words("critical_care.practitioner.separately_billable")) else ()
    when = f"the note shows at least {medicare.minimum} minutes without those of procedures billed apart"
    lines = [hangs(_FIRST, when, *marked)]
    return Findings(
        (told(said, rules.references("critical_care.minimum_minutes")), *_sentences(rules, words)),
        (*(lines if _FIRST in asked else ()), *_beside(rules)),
        asks=("How many minutes of critical care does the note show, without procedures billed apart?",),
        headlines=(*_beside_said(rules), said),
    )


def _beside_said(rules: VisitRules) -> Iterator[str]:
    """What stands beside 99291 and what is in it, for the codes asked about."""
    asked = proposed(rules.question)
    apart = [code for code in asked if code in rules.words("critical_care.practitioner.separately_billable")]
    never = [code for code in asked if code in rules.words("critical_care.practitioner.included_never")]
    inside = [code for code in asked if code in _included(rules)]
    visits = [code for code in asked if rules.family_of(code)]
    if apart:
        yield (
            f"{listed(apart)} is not in critical care: it is billed beside {_FIRST} (indicator 1, 25 on {_FIRST}), "
            f"and its minutes "
            "are taken out."
        )
    if never:
        yield (
            f"{listed(never)} is included in {_FIRST} for the practitioner (indicator 0); only a hospital reports it "
            f"beside."
        )
    if inside:
        yield (
            f"{listed(inside)} is included in {_FIRST} for the practitioner unless it was distinct from "
            f"the critical care."
        )
    if visits:
        yield f"{listed(visits)} beside {_FIRST} on one day with 25 on the visit, if {_LATER} (indicator 1)."


def _hospital(rules: VisitRules) -> Findings:
    said = (
        f"A hospital reports {_FIRST} for at least 30 minutes of critical care by physician or staff, and beside it "
        f"the services that a "
        f"practitioner may not (94002, 94760, 71046 and the like): the bundle is the practitioner's alone. {_NEXT} is "
        f"packaged."
    )
    lines = tuple(stands(code) for code in proposed(rules.question) if code != _NEXT)
    return Findings((told(said, rules.references("critical_care.hospital.included")),), lines, headlines=(said,))


def _family(rules: VisitRules) -> Findings:
    said = (
        "Talking with the family counts as critical care only where the patient cannot take part and the talk was "
        "needed for history or to "
        "decide treatment, on the unit, with the reason in the note; updates and comfort do not count."
    )
    return Findings((told(said, rules.references("critical_care.minimum_minutes")),), headlines=(said,))

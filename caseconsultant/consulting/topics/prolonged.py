"""Prolonged time beside the top level of a family: CPT's add-ons and Medicare's, each from its own first minute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from caseconsultant.consulting.calculators.visit_time import level_by_time, minutes_of_unit, prolonged_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.reading.visits import Place, visit_words
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

_CODES = frozenset({"99417", "99418", "99415", "99416", "99358", "99359", "99354", "99355", "99356", "99357"})
_OLD = frozenset({"99354", "99355", "99356", "99357"})
_OLD_LAST = "2022-12-31"
_AT: dict[Place | None, tuple[str, ...]] = {
    None: ("99205", "99215"),
    Place.HOSPITAL: ("99223", "99233", "99236"),
    Place.NURSING: ("99306", "99310"),
    Place.HOME: ("99345", "99350"),
}
_MEDICARES = frozenset({"G2212", "G0316", "G0317", "G0318"})
_NAMED = re.compile(
    r"\bprolonged\b|\bextended (?:visit|service)\b|\b9941[78]\b|\b9935[4-9]\b|\bG2212\b|\bG031[678]\b", re.IGNORECASE
)
_BY_MDM = re.compile(
    r"\b(?:by|on|based on|using|via) (?:mdm|(?:medical )?decision[- ]making)\b|\bmdm[- ]based\b|\bmdm level\b",
    re.IGNORECASE,
)
_STAFF = re.compile(r"\b(?:staff|nurse|clinical staff|9941[56])\b", re.IGNORECASE)
_PATHS = {"medicare": "prolonged.medicare", "cpt": "prolonged.cpt"}


def named(question: Question) -> bool:
    """Whether prolonged time is asked about."""
    return _NAMED.search(question.text) is not None


def is_prolonged(code: str, rules: VisitRules) -> bool:
    """Whether the code is one of prolonged time, in force or ended."""
    return code in _CODES or code in _MEDICARES or code in _bases(rules)


def _bases(rules: VisitRules) -> frozenset[str]:
    return frozenset(rules.table("prolonged.cpt.code_by_base")) | frozenset(
        rules.table("prolonged.medicare.code_by_base")
    )


def units(rules: VisitRules, minutes: int, names: Sequence[str], *, sure: bool) -> Findings:
    """The prolonged units that the minutes of a visit earn for each payer; nothing where none is earned or asked."""
    question = rules.question
    minimums = rules.numbers("evaluation.time.minimum_minutes")
    table = rules.table("evaluation.families")
    bases = [top for name in names if (top := table[name][-1]) and level_by_time(minutes, table[name], minimums) == top]
    if not bases:
        return _too_low(rules, minutes, names) if named(question) else NOTHING
    lines = [line for base in bases for line in _lines(rules, base, minutes)]
    if not lines or not (named(question) or any(each[3] for each in lines)):
        return NOTHING
    findings = [_said(rules, minutes, *line) for line in lines]
    opinions: list[Opinion] = []
    for payer, base, code, earned, _first in lines:
        opinions += _opinions(rules, payer, base, code, earned, sure=sure)
    wrong = tuple(_corrections(rules, lines))
    asks = () if question.payer else ("Which payer is it: Medicare, or a plan that follows CPT?",)
    return Findings(
        tuple(findings),
        tuple(opinions),
        asks=asks,
        corrections=wrong,
        headlines=tuple(each.statement for each in findings),
    )


_Line = tuple[str, str, str, int, int]
"""Payer, base code, add-on code, units, first minutes."""


def _lines(rules: VisitRules, base: str, minutes: int) -> Iterator[_Line]:
    for payer in _payers(rules.question):
        first = rules.numbers(f"{_PATHS[payer]}.first_unit_minutes").get(base)
        code = rules.table(f"{_PATHS[payer]}.code_by_base").get(base)
        if first and code:
            yield payer, base, str(code), prolonged_units(minutes, first, rules.whole("prolonged.step_minutes")), first


def _payers(question: Question) -> tuple[str, ...]:
    if question.payer is Payer.MEDICARE:
        return ("medicare",)
    return ("cpt",) if follows_cpt(question) else ("medicare", "cpt")


_NAMES = {"medicare": "Medicare", "cpt": "A payer that follows CPT"}


def _said(rules: VisitRules, minutes: int, payer: str, base: str, code: str, earned: int, first: int) -> Finding:
    step = rules.whole("prolonged.step_minutes")
    line = f"{base} and {code} x{earned}" if earned else f"{base} alone, no {code}"
    following = minutes_of_unit(earned + 1, first, step)
    begins = (
        f"{code} begins at {first} minutes"
        if not earned
        else f"{code} from {first}{_also(first, step, earned)}, the next unit at {following}"
    )
    statement = f"{_NAMES[payer]}: {minutes} minutes are {line}; {begins}.{_days(rules, payer, base)}"
    return told(
        statement,
        rules.references(f"{_PATHS[payer]}.first_unit_minutes"),
        arithmetic=f"1 + ({minutes} - {first}) // {step} = {earned}." if earned else f"{minutes} < {first}: none.",
        payer=Payer.MEDICARE if payer == "medicare" else None,
    )


def _also(first: int, step: int, earned: int) -> str:
    """The minutes of the last unit earned, where that is not the first."""
    return f", unit {earned} from {minutes_of_unit(earned, first, step)}" if earned > 1 else ""


def _days(rules: VisitRules, payer: str, base: str) -> str:
    days = rules.table("prolonged.medicare.days_counted").get(base)
    first, last = (int(each) for each in days or (0, 0))
    if payer != "medicare" or not (first or last):
        return ""
    start = _days_away(-first, "before") if first else "the date of the visit"
    return f" Medicare counts minutes from {start} to {_days_away(last, 'after')}."


def _days_away(number: int, where: str) -> str:
    return f"{number} day{'' if number == 1 else 's'} {where}"


def _opinions(rules: VisitRules, payer: str, base: str, code: str, earned: int, *, sure: bool) -> list[Opinion]:
    known = rules.question.payer in {Payer.MEDICARE, Payer.COMMERCIAL, Payer.MEDICAID}
    asked = set(proposed(rules.question))
    if not earned:
        return [refused(code, "the minutes do not reach its first unit")] if known and code in asked else []
    if known and sure:
        return [stands(code, earned)]
    when = "the payer is Medicare" if payer == "medicare" else "the payer follows CPT"
    return [hangs(code, when if sure else f"{base} is the visit and {when}", units=earned)]


def _corrections(rules: VisitRules, lines: Sequence[_Line]) -> Iterator[str]:
    """The other payer's code, and a base that is no top level."""
    question, asked = rules.question, set(proposed(rules.question))
    right = listed(sorted({line[2] for line in lines}), "or")
    base = lines[0][1]
    if question.payer is Payer.MEDICARE:
        for code in sorted(asked & set(rules.words("prolonged.medicare.not_recognized"))):
            yield f"Medicare does not take {code} (status I); its code is {right}."
    lower = [code for code in asked if rules.family_of(code) == rules.family_of(base) and code != base]
    if lower and asked & (_CODES | _MEDICARES):
        least = rules.numbers("evaluation.time.minimum_minutes")[base]
        yield (
            f"{lower[0]} is no base for prolonged time: the base is the top level, {base}, chosen by time ({least} "
            f"minutes) and not by "
            f"decision making; {lines[0][2]} then begins at {lines[0][4]} minutes."
        )


def _too_low(rules: VisitRules, minutes: int, names: Sequence[str]) -> Findings:
    table = rules.table("evaluation.families")
    least = rules.numbers("evaluation.time.minimum_minutes")
    tops = [table[name][-1] for name in names]
    firsts = [_first(rules, top) for top in tops]
    said = (
        f"No prolonged code: {minutes} minutes do not reach the top level "
        f"({listed([f'{top} from {least.get(top)}' for top in tops], 'or')}), "
        f"and prolonged time begins only beyond it: {'; '.join(filter(None, firsts))}."
    )
    asked = [code for code in proposed(rules.question) if code in _CODES | _MEDICARES]
    return Findings(
        (told(said, rules.references("prolonged.time_required"), verdict=Verdict.NO),),
        tuple(refused(code, "the minutes do not reach it") for code in asked),
        headlines=(said,),
    )


def _first(rules: VisitRules, base: str) -> str:
    parts = []
    for payer, path in _PATHS.items():
        first = rules.numbers(f"{path}.first_unit_minutes").get(base)
        code = rules.table(f"{path}.code_by_base").get(base)
        if first and code:
            parts.append(f"{'Medicare ' if payer == 'medicare' else ''}{code} from {first}")
    return f"beside {base} {listed(parts)}" if parts else ""


def without_minutes(rules: VisitRules) -> Findings:
    """The first minutes of each base in question, where prolonged time is asked about without minutes."""
    question = rules.question
    if not named(question) or _STAFF.search(question.text):
        return NOTHING
    asked = proposed(question)
    old = [code for code in asked if code in _OLD]
    if old and rules.rule("prolonged.cpt.first_unit_minutes") and str(question.as_of) <= _OLD_LAST:
        return _in_force_then(rules, old)
    apart = set(asked) & {"99358", "99359"}
    if apart:
        return _on_another_date(rules, sorted(apart))
    without = [
        code for code in asked if rules.family_of(code) == "emergency" or code in {"99238", "99239", "99315", "99316"}
    ]
    if without:
        return _none_beside(rules, without)
    bases = [code for code in asked if code in _bases(rules)] or _of_codes(rules, asked)
    firsts = [each for each in (_first(rules, base) for base in bases) if each]
    if not firsts:
        return NOTHING
    said = f"Prolonged time begins {'; '.join(firsts)} minutes, then one unit for each full 15; nothing is rounded."
    how = (
        "The visit must be the top level of its family and chosen by time; a level chosen by decision making has no "
        "prolonged code."
    )
    wrong = [
        code
        for code in asked
        if question.payer is Payer.MEDICARE and code in rules.words("prolonged.medicare.not_recognized")
    ]
    table = rules.table("prolonged.medicare.code_by_base")
    instead = listed(sorted({str(table[base]) for base in bases if base in table}), "or")
    low = [code for code in asked if rules.family_of(code) and code not in _bases(rules)]
    by_mdm = [code for code in asked if code in _CODES | _MEDICARES and _BY_MDM.search(question.text)]
    corrections = [f"Medicare does not take {code} (status I); it takes {instead or 'no such code'}." for code in wrong]
    corrections += [f"{code} is no base for prolonged time." for code in low if set(asked) & (_CODES | _MEDICARES)]
    corrections += [
        f"{code} never goes with a level chosen by decision making; the visit must be leveled by time."
        for code in by_mdm
    ]
    if question.payer in {Payer.MEDICAID, Payer.MEDICARE_ADVANTAGE}:
        how += " Whether this plan takes 99417 and 99418 or Medicare's codes is its own policy."
    when = "the visit is the top level by time and the minutes reach the first unit"
    open_codes = [code for code in asked if code in _CODES | _MEDICARES and code not in wrong and code not in by_mdm]
    return Findings(
        (
            told(said, rules.references("prolonged.cpt.first_unit_minutes", "prolonged.medicare.first_unit_minutes")),
            told(how, rules.references("prolonged.time_required")),
        ),
        (
            *(refused(code, "Medicare has a code of its own") for code in wrong),
            *(refused(code, "the level was chosen by decision making") for code in by_mdm),
            *(hangs(code, when) for code in open_codes),
        ),
        asks=(
            "How many minutes did the billing clinician spend, and was the level chosen by time?",
            *(() if question.payer else ("Which payer is it?",)),
        ),
        corrections=tuple(corrections),
        headlines=(said, how),
    )


def _in_force_then(rules: VisitRules, codes: Sequence[str]) -> Findings:
    said = (
        f"{listed(codes)} was in force on that date (last day {_OLD_LAST}): 99354 and 99355 for office time, 99356 "
        f"and 99357 for hospital and nursing "
        "facility time, from 30 minutes beyond the usual time of the visit. Beside 99205 and 99215 it was already "
        "99417, for Medicare G2212, from 2021."
    )
    verdict = (
        Verdict.YES if re.search(r"\bvalid\b|\bin force\b|\bactive\b", rules.question.text, re.IGNORECASE) else None
    )
    return Findings((told(said, rules.references("prolonged.cpt.code_by_base"), verdict=verdict),), headlines=(said,))


def _none_beside(rules: VisitRules, codes: Sequence[str]) -> Findings:
    said = (
        f"No prolonged code stands beside {listed(codes)}: emergency visits have no time, and discharge codes take in "
        f"all of it."
    )
    finding = told(said, rules.references("prolonged.cpt.code_by_base"), verdict=Verdict.NO)
    return Findings((finding,), headlines=(said,))


def _on_another_date(rules: VisitRules, codes: Sequence[str]) -> Findings:
    """99358 and 99359: time without contact on another date than the visit."""
    first, second = (
        rules.whole(f"prolonged.without_contact.{name}") for name in ("first_minutes", "additional_first_minutes")
    )
    cpt = (
        f"For payers that follow CPT 99358 counts time on another date than the visit, from {first} minutes, and "
        f"99359 from {second}."
    )
    refusing = [code for code in codes if code in rules.words("prolonged.medicare.not_recognized")]
    if not refusing or follows_cpt(rules.question):
        return Findings((told(cpt, rules.references("prolonged.without_contact.first_minutes")),), headlines=(cpt,))
    said = (
        f"Medicare does not take {listed(refusing)} (status I) since 2023; its G2212 and G0316 to G0318 count some "
        f"other days instead."
    )
    medicare = rules.question.payer is Payer.MEDICARE
    findings = (
        told(
            said,
            rules.references("prolonged.medicare.not_recognized"),
            verdict=Verdict.NO if medicare else None,
            payer=Payer.MEDICARE,
        ),
        told(cpt, rules.references("prolonged.without_contact.first_minutes")),
    )
    lines = tuple(refused(code, "Medicare does not take it") for code in refusing) if medicare else ()
    return Findings(
        findings, lines, asks=() if rules.question.payer else ("Which payer is it?",), headlines=(said, cpt)
    )


def _of_codes(rules: VisitRules, asked: Sequence[str]) -> list[str]:
    """The bases of the prolonged codes named; the office ones where none is."""
    found = [
        base
        for path in _PATHS.values()
        for base, code in rules.table(f"{path}.code_by_base").items()
        if code in asked and not base.startswith("98")
    ]
    office = [base for base in found if base in {"99205", "99215", "99223", "99233", "99236"}]
    return list(dict.fromkeys(office or found)) or list(_AT.get(visit_words(rules.question.text).place, _AT[None]))

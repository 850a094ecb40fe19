"""Therapy by quarter-hours: Medicare pools the minutes of a day, CPT counts each code by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.calculators.timed_units import TimedRules, pooled_units, single_units, units_of_assistant
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import therapy
from caseconsultant.consulting.reading.therapy import Treatments
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import therapy_modifiers
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter

_OF_THERAPY = re.compile(
    r"\b(?-i:PT|OT|SLP|PTA|COTA)\b|\btherap(?:y|ist|ists|ies|eutic)\b|\b97(?:0\d\d|1[1-6]\d|5[34]\d|7[56]\d)\b|"
    r"\b8[\s-]?minute rule\b|"
    r"\beight[\s-]minute\b|\bkx\b(?=[^.?!\n]{0,40}\bthreshold)|\bthreshold\b(?=[^.?!\n]{0,40}\bkx\b)|\bG0283\b|"
    r"\bther[\s-]?ex|\bneuro re-?ed",
    re.IGNORECASE,
)
_NOT_THERAPY = re.compile(
    r"\bpsychotherap\w+|\binfus\w+|\bchemo\w*|\bradiation\b|\b908\d\d\b|\bprothrombin|\bE/?M time\b|\banesthe\w+|"
    r"\bcolonosc\w+|\bcologuard\b|\bsigmoidosc\w+|\bpolyps?\b|\bG01(?:05|21)\b|\b453[3-9]\d\b|"
    r"\bmnt\b|\b9780[234]\b|\b9715\d\b|\bcritical care\b",
    re.IGNORECASE,
)


_AT_ALL = re.compile(
    r"\b(?:any|anything|something|nothing)\b(?: \w+){0,3}?(?: to)? (?:bill\w*|report\w*|charge\w*|paid|units?)\b|"
    r"\b(?:bill\w*|report\w*|charge\w*)\b(?: \w+){0,2} (?:at all|anything|any units?)\b|\beven one unit\b",
    re.IGNORECASE,
)
"""Whether the minutes earn any unit, and not whether each code earns one."""


@dataclass(frozen=True, slots=True)
class _Counting:
    """The rules of one date."""

    timed: TimedRules
    references: Parameter
    pooled: Sequence[str]
    untimed: Sequence[str]


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Units of the treatments told, for Medicare and for payers that follow CPT; KX and modifiers where asked."""
    if not _OF_THERAPY.search(question.text) or _NOT_THERAPY.search(question.text):
        return NOTHING
    rules = _rules(question, knowledge)
    if rules is None:
        return NOTHING
    told = therapy.treatments(question.text, frozenset(rules.untimed))
    minutes = {code: each for code, each in told.minutes.items() if code in rules.pooled}
    beside = therapy_modifiers.findings(question, bool(minutes), knowledge=knowledge)
    if minutes:
        counted = _counted(minutes, question, rules, beside.modifiers)
        hands = _by_hands(minutes, question, rules, knowledge)
        return joined((hands, counted, _untimed(told, question, rules, knowledge), beside.findings))
    if told.total is not None and told.named:
        return joined((_total(told, rules), beside.findings))
    return beside.findings


def _rules(question: Question, knowledge: Knowledge) -> _Counting | None:
    names = ("pooled_codes", "untimed_codes", "unit_minutes", "first_unit_minutes")
    found = [parameter_of(knowledge, question, f"timed_units.therapy.{name}") for name in names]
    pooled, untimed, unit, first = found
    if pooled is None or untimed is None or unit is None or first is None:
        return None
    timed = TimedRules(int(str(unit.value)), int(str(first.value)))
    return _Counting(timed, first, cast("Sequence[str]", pooled.value), cast("Sequence[str]", untimed.value))


# --- Minutes ---------------------------------------------------------------------------------------------------------


def _payers(question: Question) -> tuple[str, ...]:
    if therapy.by_midpoint(question.text) and question.payer is not Payer.MEDICARE:
        return ("cpt", "medicare")
    if question.payer is None or question.payer is Payer.MEDICARE:
        return ("medicare", "cpt")
    return ("cpt", "medicare") if question.payer is Payer.COMMERCIAL else ("medicare", "cpt")


def _counted(minutes: Mapping[str, int], question: Question, rules: _Counting, modifiers: tuple[str, ...]) -> Findings:
    units = {"medicare": pooled_units(minutes, rules.timed), "cpt": single_units(minutes, rules.timed)}
    payers = _payers(question)
    told = [_statement(payer, minutes, units[payer], rules) for payer in payers]
    governing = units[payers[0]]
    opinions = tuple(
        Opinion(code, Standing.STANDS, units=each, modifiers=modifiers) for code, each in governing.items()
    )
    only = question.payer is not None or therapy.by_midpoint(question.text)
    headlines = (
        (told[0].statement,) if only and units["medicare"] == units["cpt"] else tuple(each.statement for each in told)
    )
    compared = _compared(minutes, governing, question, rules, payers[0])
    counted = Findings(tuple(told), opinions, headlines=headlines)
    return joined((compared, counted) if compared.headlines else (counted, compared))


def _statement(payer: str, minutes: Mapping[str, int], units: Mapping[str, int], rules: _Counting) -> Finding:
    lines = " and ".join(f"{code} x{each}" for code, each in units.items()) or "nothing"
    if payer == "medicare":
        total = sum(minutes.values())
        number = rules.timed.units(total)
        added = f"{' + '.join(map(str, minutes.values()))} = " if len(minutes) > 1 else ""
        said = (
            f"Medicare pools the timed minutes: {added}{total} minutes = {number} "
            f"unit{'s' if number != 1 else ''}: {lines}."
        )
        if _tied(minutes, units, rules):
            said += " The minutes left over are alike, so either code may take the unit."
        arithmetic = (
            f"{added}{total} minutes = {number} unit{'s' if number != 1 else ''}; "
            f"{rules.timed.first} minutes earn the first unit, each further one a full "
            f"{rules.timed.unit} more; full quarter-hours of a code first, then the largest remainders"
        )
        return Finding(
            Topic.GUIDELINES,
            Kind.CODABLE,
            said,
            rules.references.references,
            arithmetic=arithmetic,
            branch=Branch(payer=Payer.MEDICARE),
        )
    parts = "; ".join(f"{code} {each} minutes = {rules.timed.units(each)}" for code, each in minutes.items())
    said = f"Payers that count each code by itself (CPT midpoint): {lines}."
    return Finding(
        Topic.GUIDELINES,
        Kind.CODABLE,
        said,
        rules.references.references,
        arithmetic=parts,
        branch=Branch(payer=Payer.COMMERCIAL),
    )


def _tied(minutes: Mapping[str, int], units: Mapping[str, int], rules: _Counting) -> bool:
    left = {code: each % rules.timed.unit for code, each in minutes.items()}
    won = [left[code] for code in minutes if units.get(code, 0) > minutes[code] // rules.timed.unit]
    lost = [left[code] for code in minutes if units.get(code, 0) == minutes[code] // rules.timed.unit and left[code]]
    return bool(won) and bool(lost) and min(won) == max(lost)


def _compared(
    minutes: Mapping[str, int], units: Mapping[str, int], question: Question, rules: _Counting, payer: str
) -> Findings:
    """Units that the sender wrote, or one of each where `one unit of each` is asked."""
    written = {each.code: each.units for each in question.codes if each.code in minutes and not each.absent}
    claimed = {code: each or 1 for code, each in written.items() if each is not None or question.wants_yes_or_no}
    total = rules.timed.units(sum(minutes.values())) if payer == "medicare" else sum(units.values())
    wrong = [code for code, each in claimed.items() if each > units.get(code, 0)]
    if wrong and payer == "medicare" and _tied(minutes, units, rules) and sum(claimed.values()) <= total:
        most = {code: each // rules.timed.unit + 1 for code, each in minutes.items()}
        wrong = [code for code, each in claimed.items() if each > most[code]]
    if written and not any(written.values()) and any(units.values()) and _AT_ALL.search(question.text):
        right = " and ".join(f"{code} x{each}" for code, each in units.items())
        said = f"{sum(minutes.values())} timed minutes together earn {total} unit{'s' if total != 1 else ''}: {right}."
        finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rules.references.references, Verdict.YES)
        return Findings((finding,), headlines=(said,))
    if wrong:
        right = " and ".join(f"{code} x{each}" for code, each in units.items()) or "no unit"
        beyond = f", not {sum(claimed.values())}" if sum(claimed.values()) > total else " in all"
        said = f"{sum(minutes.values())} timed minutes are {total} unit{'s' if total != 1 else ''}{beyond}: {right}."
        return Findings(corrections=(said,))
    if not question.wants_yes_or_no or set(claimed) != set(minutes):
        return NOTHING
    fits = all(each == units.get(code, 0) for code, each in claimed.items())
    said = (
        f"{' and '.join(f'{code} x{each}' for code, each in claimed.items())} "
        f"{'fits' if fits else 'is within'} the minutes."
    )
    return Findings((Finding(Topic.GUIDELINES, Kind.CODABLE, said, rules.references.references, Verdict.YES),))


def _by_hands(minutes: Mapping[str, int], question: Question, rules: _Counting, knowledge: Knowledge) -> Findings:
    """The one code's units without and with the assistant's modifier, where the assistant's minutes are told."""
    share = therapy.assistant_share(question.text) if therapy.by_assistant(question.text) else None
    marks = parameter_of(knowledge, question, "timed_units.therapy.assistant_modifiers")
    if share is None or marks is None or len(minutes) != 1 or question.payer not in {None, Payer.MEDICARE}:
        return NOTHING
    (code, total), (part, whole) = next(iter(minutes.items())), share
    if total not in {whole, whole - part}:
        return NOTHING
    without, assisted = units_of_assistant(whole - part, part, rules.timed)
    which = therapy.discipline(question.text)
    mark = cast("Mapping[str, str]", marks.value).get(which or "", "CQ (physical) or CO (occupational)")
    lines = [
        f"{code} x{each} {how}" for each, how in ((without, f"without {mark}"), (assisted, f"with {mark}")) if each
    ]
    said = f"{whole - part} minutes by the therapist and {part} by the assistant: {' and '.join(lines)}, on lines "
    "of their own."
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, said, marks.references, branch=Branch(payer=Payer.MEDICARE))
    return Findings((finding,), headlines=(said,))


def _untimed(told: Treatments, question: Question, rules: _Counting, knowledge: Knowledge) -> Findings:
    """Untimed codes beside the timed ones, and those that Medicare bundles."""
    bundled = parameter_of(knowledge, question, "timed_units.therapy.medicare_bundled_codes")
    free = cast("Sequence[str]", bundled.value) if bundled and question.payer in {None, Payer.MEDICARE} else ()
    packed = [code for code in told.untimed if code in free]
    paid = [code for code in told.untimed if code not in free]
    parts = []
    if paid:
        said = f"{' and '.join(paid)}: untimed, one unit a day, and its minutes stay out of the timed total."
        lines = tuple(Opinion(code, Standing.STANDS, units=1) for code in paid)
        parts.append(
            Findings(
                (Finding(Topic.GUIDELINES, Kind.CODABLE, said, rules.references.references),), lines, headlines=(said,)
            )
        )
    if packed and bundled is not None:
        said = (
            f"{' and '.join(packed)}: Medicare bundles it, no line is paid, and its minutes stay out of the "
            f"timed total."
        )
        parts.append(
            Findings(
                (Finding(Topic.FEES, Kind.PAYABLE, said, bundled.references, branch=Branch(payer=Payer.MEDICARE)),),
                headlines=(said,),
            )
        )
    return joined(parts)


def _total(told: Treatments, rules: _Counting) -> Findings:
    """A total without the minutes of each code: how many units in all."""
    total = cast("int", told.total)
    number = rules.timed.units(total)
    said = (
        f"Medicare: {total} timed minutes are {number} units in all; which code gets them takes the minutes of "
        f"each: full quarter-hours first, "
        "then the largest remainders."
    )
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rules.references.references)
    opinions = tuple(
        Opinion(code, Standing.CONDITIONAL, units=1, when="its own minutes earn it")
        for code in told.named
        if code in rules.pooled
    )
    return Findings((finding,), opinions, asks=("How many minutes were spent on each code?",), headlines=(said,))

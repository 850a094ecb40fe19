"""Doses, vials and waste as written: amounts with their unit, and what each is the amount of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from caseconsultant.consulting.reading.text import ordered
from caseconsultant.domain.codes import Span


class Measure(StrEnum):
    """What an amount is counted in; micrograms stand for every weight."""

    WEIGHT = "micrograms"
    VOLUME = "ml"
    UNITS = "units"
    MEQ = "meq"


class Container(StrEnum):
    """How a drug was packed."""

    SINGLE = "single"
    MULTI = "multi"


_WEIGHTS = {
    "mg": 1000,
    "mil": 1000,
    "mcg": 1,
    "mic": 1,
    "ug": 1,
    "µg": 1,
    "g": 1_000_000,
    "gra": 1_000_000,
    "gm": 1_000_000,
}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.\d{1,4})?|\.\d{1,4}"
_AMOUNT = re.compile(
    rf"(?<![\w.,$])(?P<number>{_NUMBER})\s?-?(?P<million>million\s|k\s)?(?P<unit>mgs?|milligrams?|mcgs?|"
    rf"micrograms?|ug|µg|gms?|grams?|g|mls?|milliliters?|ccs?|"
    r"units?|iu|u|meq)\b(?!\s?/\s?(?:kg|m2|hr|min|day|ml|cc))(?!/)",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})\s?-?(?P<unit>mg|mcg)\s?(?:/|"
    rf"per\s)\s?(?P<volume>\d{{1,2}}(?:\.\d)?)?\s?(?:ml|cc)\b",
    re.IGNORECASE,
)
_NAMED_STRENGTH = re.compile(
    r"\b(?:kenalog|depo-?\s?medrol|depo|triamcinolone)[\s-]{0,2}(?P<number>10|40|"
    r"80)\b(?!\s?(?:mg|units|mcg))",
    re.IGNORECASE,
)
_COUNTS = {"a": 1, "an": 1, "single": 1} | {
    word: value for value, word in enumerate(ordered("one two three four five six seven eight nine ten"), start=1)
}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)})"
_PACK = r"(?:vials?|sdvs?|syringes?|ampules?|ampoules?|amps?|bottles?|kits?|pens?|containers?)"
_SINGLE_WORD = r"(?:single[\s-]?(?:dose|use)|sdv|pre-?filled|preservative[\s-]free|sd)"
_COUNT_BEFORE = re.compile(
    rf"(?<![\w.,/]){_COUNT}\s(?:(?:separate|full|whole|new|opened)\s)?(?:{_SINGLE_WORD}\s)?(?:{_PACK}\s)?(?:of\s|"
    rf"x\s|at\s|@\s|\()?(?:the\s)?$|(?<![\w.,/])(?P<times>\d{{1,2}})\s?(?:x|@)\s?$",
    re.IGNORECASE,
)
_COUNT_AFTER = re.compile(
    rf"^\s?(?:{_SINGLE_WORD}\s)?(?:{_PACK}\s?)?(?:x\s?(?P<times>\d{{1,2}})\b|"
    rf"\(?(?P<paren>\d{{1,2}})\s(?:of|vials)\b)",
    re.IGNORECASE,
)
_VIALS = re.compile(
    rf"(?<![\w.,/]){_COUNT}\s(?:(?:separate|full|whole|"
    rf"opened)\s)?(?:{_SINGLE_WORD}\s)?{_PACK}\b",
    re.IGNORECASE,
)

VIAL, WASTE, GIVEN, UNIT = "vial", "waste", "given", "unit"
_CUES = re.compile(
    rf"(?P<{VIAL}>\b(?:opened|vials?|sdvs?|syringes?|ampules?|ampoules?|bottles?|kits?|containers?)\b)|"
    rf"(?P<{WASTE}>\b(?:wast\w*|discard\w*|thr(?:ew|own)|left\s?-?over|remain\w*|unused|toss\w*|residual|rest)\b)|"
    rf"(?P<{GIVEN}>\b(?:giv(?:en|ing|es?)|gave|administ\w*|inject\w*|infus\w*|receiv\w*|used|us(?:es|ing)|"
    rf"(?<!single-)(?<!single )(?<!multi-)(?<!multi )(?<!multiple-)(?<!multiple )dose[ds]?|got|drew|needed|ordered)\b)|"
    rf"(?P<{UNIT}>\b(?:per|hcpcs|billing unit|bill(?:ed|s) (?:per|by|in)|increments?|each unit|descriptor|"
    rf"descripton|description|1 unit|one unit)\b)",
    re.IGNORECASE,
)
_REACH = 30
_STOP = re.compile(r"[.;?!\n](?:\s|$)|\n")
_COMMA_COST = 8
_BESIDE = 3
_AFTER_CODE = re.compile(r"\b[A-Z]\d{4}\s?[(\[,:=-]{0,2}\s?(?:per\s)?$", re.IGNORECASE)
_EACH_SIDE = re.compile(
    r"^\s?(?:[\w-]+\s){0,4}?(?:in(?:to)?\s|for\s)?(?:each|every|per|apiece)\b(?!\s(?:vial|unit|ml|day|dose|week|"
    r"month|syringe))",
    re.IGNORECASE,
)
_EACH_BEFORE = re.compile(
    r"\beach (?:knee|shoulder|hip|side|joint|eye|arm|leg|buttock|heel|"
    r"foot)\s(?:\w+\s){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: micrograms, milliliters, units or milliequivalents."""

    value: Fraction
    measure: Measure
    span: Span
    role: str | None
    written: str
    count: int = 1
    """Vials of this size, or sides that got this dose."""

    @property
    def total(self) -> Fraction:
        """All of them together."""
        return self.value * self.count


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text in their order; volumes become weights where the strength is written."""
    strength = _strength(text)
    found = [match for match in _AMOUNT.finditer(text) if not _of_strength(text, match)]
    spans = [Span(*match.span()) for match in found]
    return _listed(text, [_amount(text, match, spans, strength) for match in found])


_ALSO = re.compile(rf"\s?(?:and|&|,|,\sand|\+)\s(?:{_COUNT}\s)?", re.IGNORECASE)


def _listed(text: str, found: Sequence[Amount]) -> tuple[Amount, ...]:
    """`one 500 mg and two 100 mg vials`: an amount joined to a vial's is a vial's too."""
    listed = list(found)
    for place in range(len(listed) - 2, -1, -1):
        each, following = listed[place], listed[place + 1]
        joined = _ALSO.fullmatch(text, each.span.end, following.span.start)
        if joined and following.role == VIAL and each.role != VIAL and _count_stated(text, each.span):
            listed[place] = replace(each, role=VIAL, count=_count(text, each.span))
    return tuple(listed)


def _count_stated(text: str, span: Span) -> bool:
    return _COUNT_BEFORE.search(text, max(0, span.start - 48), span.start) is not None


def _of_strength(text: str, match: re.Match[str]) -> bool:
    return any(each.start() <= match.start() < each.end() for each in _STRENGTH.finditer(text))


def _strength(text: str) -> Fraction | None:
    """Micrograms in a milliliter, where one strength is written."""
    found = {
        _value(match["number"]) * _weight(match["unit"]) / Fraction(match["volume"] or 1)
        for match in _STRENGTH.finditer(text)
    } or {_value(match["number"]) * 1000 for match in _NAMED_STRENGTH.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _amount(text: str, match: re.Match[str], spans: Sequence[Span], strength: Fraction | None) -> Amount:
    span = Span(*match.span())
    value, measure = _measured(match)
    if measure is Measure.VOLUME and strength is not None:
        value, measure = value * strength, Measure.WEIGHT
    role = _role(text, span, spans)
    sides = _sides(text, span, spans)
    count = max(_count(text, span), sides) if role == VIAL else sides
    if role is None and count > 1 and _COUNT_BEFORE.search(text, max(0, span.start - 40), span.start):
        role = VIAL
    return Amount(value, measure, span, role, match.group().strip(), count)


def _measured(match: re.Match[str]) -> tuple[Fraction, Measure]:
    number, unit = _value(match["number"]), match["unit"].lower()
    if match["million"]:
        number *= 1_000_000 if match["million"].strip().lower() == "million" else 1000
    if unit in {"u", "iu", "unit", "units"}:
        return number, Measure.UNITS
    if unit == "meq":
        return number, Measure.MEQ
    if unit.startswith(("ml", "millil", "cc")):
        return number, Measure.VOLUME
    return number * _weight(unit), Measure.WEIGHT


def _weight(unit: str) -> int:
    """Micrograms in one."""
    lowered = unit.lower()
    return next(
        value
        for name, value in _WEIGHTS.items()
        if lowered in {name, f"{name}s"} or (len(name) > len("mg") and lowered.startswith(name))
    )


def _role(text: str, span: Span, spans: Sequence[Span]) -> str | None:
    """What the amount is of, by the nearest word that tells."""
    if _AFTER_CODE.search(text, max(0, span.start - 16), span.start) and text[span.end : span.end + 1] in {")", "]"}:
        return UNIT
    start, end = _window(text, span, spans)
    best: tuple[int, str] | None = None
    for match in _CUES.finditer(text, start, end):
        before = match.end() <= span.start
        if not before and match.start() < span.end:
            continue
        if not before and any(0 <= each.start - match.end() <= match.start() - span.end for each in spans):
            continue
        between = text[match.end() : span.start] if before else text[span.end : match.start()]
        cost = len(between) + _COMMA_COST * (between.count(",") + len(re.findall(r"\band\b", between)))
        name = str(match.lastgroup)
        cost += name == GIVEN  # a vial's size says what was opened, even right after `used`
        if name == UNIT and len(between) > _BESIDE:
            continue
        if best is None or cost < best[0]:
            best = (cost, name)
    return best[1] if best else None


def _window(text: str, span: Span, spans: Sequence[Span]) -> tuple[int, int]:
    start = max([span.start - _REACH, 0, *(each.end for each in spans if each.end <= span.start)])
    end = min([span.end + _REACH, len(text), *(each.start for each in spans if each.start >= span.end)])
    before = [match.end() for match in _STOP.finditer(text, start, span.start)]
    after = _STOP.search(text, span.end, end)
    return (before[-1] if before else start), (after.start() if after else end)


def _count(text: str, span: Span) -> int:
    before = _COUNT_BEFORE.search(text, max(0, span.start - 48), span.start)
    after = _COUNT_AFTER.search(text[span.end : span.end + 40])
    if before:
        return _number(before["times"] or before["count"])
    return _number(after["times"] or after["paren"]) if after else 1


def _sides(text: str, span: Span, spans: Sequence[Span]) -> int:
    following = min([span.end + 36, len(text), *(each.start for each in spans if each.start >= span.end)])
    after = _EACH_SIDE.search(text[span.end : following])
    return 2 if after or _EACH_BEFORE.search(text, max(0, span.start - 40), span.start) else 1


def _number(written: str) -> int:
    return _COUNTS.get(written.lower()) or int(written)


def _value(written: str) -> Fraction:
    return Fraction(written.replace(",", ""))


def vials(text: str) -> int | None:
    """How many vials, where that is written of them without a size."""
    match = _VIALS.search(text)
    return _number(match["count"]) if match else None


_MULTI = re.compile(r"\bmulti(?:ple)?[\s-]?(?:dose|use)\b|\bmdvs?\b", re.IGNORECASE)
_SINGLE = re.compile(
    rf"\b{_SINGLE_WORD}\b|\bsdvs?\b|\bsingle vials?\b|\bprefilled\b|\bamp(?:ule|oule)?s?\b", re.IGNORECASE
)
_LEFT = r"(?:wast\w*|discard\w*|left\s?-?over|thrown|remain\w*)"
_WHOLE = r"(?:entire|whole|full|complete)"
_NONE_LEFT = re.compile(
    rf"\bno(?:thing|ne)?\s(?:\w+\s){{0,2}}?{_LEFT}\b|\b(?:zero|without|w/o)\s(?:any\s)?(?:wast\w*|discard\w*)|"
    r"\bnothing (?:was )?(?:wasted|discarded|left|thrown)|\bno leftovers?\b|\bevery drop\b|\bunused: none|"
    rf"\b(?:all|{_WHOLE})\s(?:\w+[\s-]){{0,3}}?(?:was |were )?(?:given|used|administered|injected)|"
    rf"(?<!covers the )(?<!is the )(?<!cover the )\b{_WHOLE}\s(?:\w+[\s-]){{0,4}}?(?:vials?|syringes?|ampule)\b|"
    r"\ball (?:of it |\d+ ?m?c?g )?(?:was )?(?:given|used|administered)|\bused (?:the )?(?:entire|whole|all|full)|"
    r"\b0 (?:mg )?(?:wasted|discarded|waste)\b",
    re.IGNORECASE,
)
_SOME_LEFT = re.compile(
    r"\b(?:wast(?:ed|ing|age)|discard(?:ed|ing)|thr(?:ew|own) (?:away|out)|threw|left\s?-?over|remain(?:der|ing)|"
    r"unused|rest (?:was |is )?(?:thrown|wasted|discarded))\b",
    re.IGNORECASE,
)


def container(text: str) -> Container | None:
    """Single- or multi-dose; None where it is not told or both are named."""
    single, multi = _SINGLE.search(text) is not None, _MULTI.search(text) is not None
    if single == multi:
        return None
    return Container.SINGLE if single else Container.MULTI


def none_left(text: str) -> bool:
    """Whether the sender says that nothing was discarded."""
    return _NONE_LEFT.search(text) is not None


def some_left(text: str) -> bool:
    """Whether the sender says that something was discarded."""
    return not none_left(text) and _SOME_LEFT.search(text) is not None

"""Units of infusion codes from minutes. Every number comes from `knowledge/rules/drug_administration.yaml`.

Authority: CPT guidelines on hydration, injections and infusions; Medicare Claims Processing Manual 4 §230.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Reference

_RULES = "drug_administration"
_HYDRATION = "96360"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class NextUnit:
    """What the next unit needs: `minutes` in all, and which unit of `code` it is."""

    code: str
    unit: int
    minutes: int


@dataclass(frozen=True, slots=True)
class InfusionUnits:
    """Units earned by an infusion, with the arithmetic in words. `units` is empty where nothing is reported."""

    opening: str
    minutes: int
    units: Mapping[str, int]
    arithmetic: str
    floor: int
    next_unit: NextUnit | None
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    floor: int
    first: int
    further: int
    additional: str
    below: str | None
    references: tuple[Reference, ...]


def opening_codes(*, knowledge: Knowledge, on: date) -> Mapping[str, str]:
    """The codes that open an infusion, each with the code of its further hours."""
    return cast("Mapping[str, str]", knowledge.parameter(f"{_RULES}.infusion.additional_hour_code", on=on).value)


def infusion_units(opening: str, minutes: int, *, knowledge: Knowledge, on: date) -> InfusionUnits:
    """Units for an infusion of so many whole minutes that opens with `opening`.

    One of the opening code from its floor on (16 minutes, hydration 31), and of its further hours 0 up to 90 minutes,
    then 1 + (minutes - 91) // 60. Below the floor: the push or injection code instead, for hydration nothing.
    Raises KnowledgeError where no rule is in force on the date.
    """
    rules = _rules(opening, knowledge, on)
    if minutes < rules.floor:
        return _below(opening, minutes, rules)
    more = _steps(minutes, rules.first, rules.further)
    units = {opening: 1} | ({rules.additional: more} if more else {})
    following = NextUnit(rules.additional, more + 1, rules.first + more * rules.further)
    return InfusionUnits(
        opening, minutes, units, _arithmetic(opening, minutes, rules, more), rules.floor, following, rules.references
    )


def secondary_hydration(minutes: int, *, knowledge: Knowledge, on: date) -> InfusionUnits:
    """Units of 96361 for hydration beside another initial service: 0 below 31 minutes, else 1 + (minutes - 31) // 60.

    Raises KnowledgeError where no rule is in force on the date.
    """
    names = ("secondary_code", "secondary_floor_minutes", "secondary_each_further_minutes")
    found = [knowledge.parameter(f"{_RULES}.hydration.{name}", on=on) for name in names]
    code, floor, further = cast("str", found[0].value), cast("int", found[1].value), cast("int", found[2].value)
    units = _steps(minutes, floor, further)
    following = NextUnit(code, units + 1, floor + units * further)
    shown = _hours(code, minutes, floor, further) if units else f"{minutes} minutes is under {floor}: no {code}."
    if units > 1:
        begins = [str(floor + more * further) for more in range(units)]
        shown += f" Units begin at {', '.join(begins[:-1])} and {begins[-1]} minutes."
    references = _unique(reference for each in found for reference in each.references)
    return InfusionUnits(code, minutes, {code: units} if units else {}, shown, floor, following, references)


def minutes_for(opening: str, additional_units: int, *, knowledge: Knowledge, on: date) -> tuple[int, int]:
    """The least and the greatest number of minutes that earn exactly so many further hours."""
    rules = _rules(opening, knowledge, on)
    least = rules.first + (additional_units - 1) * rules.further if additional_units else rules.floor
    return least, rules.first + additional_units * rules.further - 1


def _rules(opening: str, knowledge: Knowledge, on: date) -> _Rules:
    names = ("first_additional_minutes", "each_further_minutes", "additional_hour_code", "below_floor_code")
    found = [knowledge.parameter(f"{_RULES}.infusion.{name}", on=on) for name in names]
    family = "hydration" if opening == _HYDRATION else "infusion"
    floor = knowledge.parameter(f"{_RULES}.{family}.floor_minutes", on=on)
    return _Rules(
        floor=cast("int", floor.value),
        first=cast("int", found[0].value),
        further=cast("int", found[1].value),
        additional=cast("Mapping[str, str]", found[2].value)[opening],
        below=cast("Mapping[str, str]", found[3].value).get(opening),
        references=_unique(reference for each in (floor, *found[:3]) for reference in each.references),
    )


def _steps(minutes: int, first: int, further: int) -> int:
    return 0 if minutes < first else 1 + (minutes - first) // further


def _below(opening: str, minutes: int, rules: _Rules) -> InfusionUnits:
    instead = {rules.below: 1} if rules.below else {}
    outcome = f"report {rules.below} x1" if rules.below else "nothing to report"
    shown = f"{minutes} minutes is under the {rules.floor} that {opening} needs: {outcome}."
    following = NextUnit(opening, 1, rules.floor)
    return InfusionUnits(opening, minutes, instead, shown, rules.floor, following, rules.references)


def _arithmetic(opening: str, minutes: int, rules: _Rules, more: int) -> str:
    """As people count: the first hour, full hours, and the minutes over, of which 31 make another unit."""
    left, floor = minutes - rules.further, rules.first - rules.further
    if left <= 0:
        return f"{minutes} minutes are within the first hour: {opening} x1."
    if not more:
        return f"First hour: {opening}. The {_minutes(left)} over would count as {rules.additional} only from {floor}."
    hours = _hours(rules.additional, left, floor, rules.further)
    return f"First hour: {opening}. {_minutes(left).capitalize()} {'is' if left == 1 else 'are'} left: {hours}"


def _hours(code: str, minutes: int, floor: int, hour: int) -> str:
    """Full hours, and what is over; at least `floor` minutes are there."""
    full, over = divmod(minutes, hour)
    units = full + (over >= floor)
    if not full:
        return f"{floor} or more make {code} x1."
    whole = f"{_WORDS[full] if full < len(_WORDS) else full} full {'hour' if full == 1 else 'hours'}"
    if over >= floor:
        return f"{whole} and {_minutes(over)} over, {floor} or more of which count, make {code} x{units}."
    rest = f"; the {_minutes(over)} over would count only from {floor}." if over else "."
    return f"{whole} {'makes' if full == 1 else 'make'} {code} x{units}{rest}"


def _minutes(count: int) -> str:
    return f"{count} {'minute' if count == 1 else 'minutes'}"


def _unique(references: object) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(cast("tuple[Reference, ...]", references)))

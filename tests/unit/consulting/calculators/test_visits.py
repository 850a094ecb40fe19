"""Both sides of every boundary of visits by time and decision making, prolonged time and advance care planning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import pytest

from caseconsultant.consulting.calculators.advance_care import advance_care_units
from caseconsultant.consulting.calculators.decision_making import (
    Bounds,
    Data,
    data_level,
    level,
    problem_level,
    risk_level,
)
from caseconsultant.consulting.calculators.visit_time import (
    level_by_time,
    minutes_of_unit,
    next_level,
    prolonged_units,
    units_from,
)
from caseconsultant.consulting.knowledge import Knowledge

ON = date(2026, 8, 1)
LEVELS = ("straightforward", "low", "moderate", "high")


def value(knowledge: Knowledge, path: str, on: date = ON) -> Any:
    return knowledge.parameter(path, on=on).value


def rows(knowledge: Knowledge, column: str) -> Sequence[Any]:
    table = cast("Mapping[str, Any]", value(knowledge, f"evaluation.decision_making.{column}"))
    return [table[name] for name in LEVELS]


# --- Time ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "family", "code", "following"),
    [
        (9, "office_established", None, "99212"),
        (10, "office_established", "99212", "99213"),
        (19, "office_established", "99212", "99213"),
        (20, "office_established", "99213", "99214"),
        (29, "office_established", "99213", "99214"),
        (30, "office_established", "99214", "99215"),
        (39, "office_established", "99214", "99215"),
        (40, "office_established", "99215", None),
        (14, "office_new", None, "99202"),
        (15, "office_new", "99202", "99203"),
        (44, "office_new", "99203", "99204"),
        (45, "office_new", "99204", "99205"),
        (60, "office_new", "99205", None),
        (74, "hospital_initial", "99222", "99223"),
        (75, "hospital_initial", "99223", None),
        (34, "hospital_subsequent", "99231", "99232"),
        (35, "hospital_subsequent", "99232", "99233"),
        (59, "home_new", "99342", "99344"),
        (60, "home_new", "99344", "99345"),
    ],
)
def test_the_minimum_of_a_level_must_be_met(
    minutes: int, family: str, code: str | None, following: str | None, knowledge: Knowledge
) -> None:
    codes = value(knowledge, "evaluation.families")[family]
    minimums = value(knowledge, "evaluation.time.minimum_minutes")
    assert level_by_time(minutes, codes, minimums) == code
    assert next_level(minutes, codes, minimums) == following


@pytest.mark.parametrize(
    ("on", "minutes", "code"),
    [
        (date(2023, 6, 14), 15, "99308"),
        (date(2024, 6, 14), 19, "99307"),
        (date(2024, 6, 14), 20, "99308"),
    ],
)
def test_nursing_facility_minutes_changed_in_2024(on: date, minutes: int, code: str, knowledge: Knowledge) -> None:
    codes = value(knowledge, "evaluation.families", on)["nursing_subsequent"]
    assert level_by_time(minutes, codes, value(knowledge, "evaluation.time.minimum_minutes", on)) == code


@pytest.mark.parametrize(("minutes", "code"), [(30, "99238"), (31, "99239")])
def test_the_longer_discharge_code_takes_more_than_30_minutes(minutes: int, code: str) -> None:
    assert units_from(minutes, {"99238": 0, "99239": 31}) == code


# --- Prolonged -----------------------------------------------------------------------------------------------


def test_the_prolonged_examples_of_the_rules_hold(knowledge: Knowledge) -> None:
    step = value(knowledge, "prolonged.step_minutes")
    for example in value(knowledge, "prolonged.examples"):
        for payer in ("cpt", "medicare"):
            first = value(knowledge, f"prolonged.{payer}.first_unit_minutes")[example["base"]]
            assert prolonged_units(example["minutes"], first, step) == example[payer], example


@pytest.mark.parametrize(("minutes", "units"), [(68, 0), (69, 1), (83, 1), (84, 2), (98, 2), (99, 3)])
def test_each_further_prolonged_unit_takes_15_full_minutes(minutes: int, units: int) -> None:
    assert prolonged_units(minutes, 69, 15) == units


def test_the_minutes_of_a_unit_begin_where_it_is_earned() -> None:
    assert [minutes_of_unit(unit, 55, 15) for unit in (1, 2, 3)] == [55, 70, 85]


# --- Decision making -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "low", "high"),
    [
        (((1, 1), (0, 0), (2, 2)), 1, 1),
        (((2, 2), (0, 0), (2, 2)), 2, 2),
        (((3, 3), (0, 0), (2, 2)), 2, 2),
        (((1, 2), (0, 0), (2, 2)), 1, 2),
        (((2, 2), (1, 1), (0, 3)), 1, 2),
    ],
)
def test_two_of_three_columns_reach_the_level(columns: Sequence[tuple[int, int]], low: int, high: int) -> None:
    assert level([Bounds(*each) for each in columns], 2) == Bounds(low, high)


@pytest.mark.parametrize(
    ("problems", "place"),
    [
        ({"minor_or_self_limited": 1}, 0),
        ({"minor_or_self_limited": 2}, 1),
        ({"stable_chronic": 1}, 1),
        ({"stable_chronic": 2}, 2),
        ({"acute_uncomplicated": 1}, 1),
        ({"acute_with_systemic_symptoms": 1}, 2),
        ({"chronic_not_at_goal": 1}, 2),
        ({"chronic_severe_exacerbation": 1}, 3),
        ({}, 0),
    ],
)
def test_problems_reach_their_level_with_their_number(
    problems: Mapping[str, int], place: int, knowledge: Knowledge
) -> None:
    assert problem_level(problems, rows(knowledge, "problems")) == place


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (Data(1), 0),
        (Data(2), 1),
        (Data(historian=True), 1),
        (Data(3), 2),
        (Data(2, historian=True), 2),
        (Data(interpretation=True), 2),
        (Data(discussion=True), 2),
        (Data(3, interpretation=True), 3),
        (Data(interpretation=True, discussion=True), 3),
    ],
)
def test_data_reach_their_level_by_categories(data: Data, place: int, knowledge: Knowledge) -> None:
    assert data_level(data, rows(knowledge, "data")) == place


@pytest.mark.parametrize(
    ("risks", "place"),
    [((), 0), (("low",), 1), (("prescription_drug_management",), 2), (("low", "emergency_major_surgery"), 3)],
)
def test_the_riskiest_decision_counts(risks: Sequence[str], place: int, knowledge: Knowledge) -> None:
    assert risk_level(risks, rows(knowledge, "risk")) == place


# --- Advance care planning -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (15, {}),
        (16, {"99497": 1}),
        (45, {"99497": 1}),
        (46, {"99497": 1, "99498": 1}),
        (75, {"99497": 1, "99498": 1}),
        (76, {"99497": 1, "99498": 2}),
    ],
)
def test_advance_care_planning_counts_past_the_half(minutes: int, units: dict[str, int]) -> None:
    assert advance_care_units(minutes, 16, 46, 30) == units

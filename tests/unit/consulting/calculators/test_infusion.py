"""Units from minutes, on both sides of every boundary."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.consulting.calculators.infusion import infusion_units, minutes_for, secondary_hydration
from caseconsultant.consulting.knowledge import Knowledge

ON = date(2026, 11, 23)

UNITS = [
    ("96369", 200, {"96369": 1, "96370": 2}),
    ("96365", 75, {"96365": 1}),
    ("96365", 90, {"96365": 1}),
    ("96365", 91, {"96365": 1, "96366": 1}),
    ("96365", 105, {"96365": 1, "96366": 1}),
    ("96365", 15, {"96374": 1}),
    ("96365", 16, {"96365": 1}),
    ("96365", 150, {"96365": 1, "96366": 1}),
    ("96365", 151, {"96365": 1, "96366": 2}),
    ("96360", 30, {}),
    ("96360", 31, {"96360": 1}),
    ("96360", 90, {"96360": 1}),
    ("96360", 91, {"96360": 1, "96361": 1}),
    ("96413", 90, {"96413": 1}),
    ("96413", 151, {"96413": 1, "96415": 2}),
    ("96369", 15, {"96372": 1}),
    ("96369", 16, {"96369": 1}),
    ("96369", 90, {"96369": 1}),
    ("96369", 91, {"96369": 1, "96370": 1}),
    ("96369", 150, {"96369": 1, "96370": 1}),
    ("96369", 151, {"96369": 1, "96370": 2}),
    ("96369", 210, {"96369": 1, "96370": 2}),
    ("96369", 211, {"96369": 1, "96370": 3}),
]
SECONDARY = [(30, {}), (31, {"96361": 1}), (90, {"96361": 1}), (91, {"96361": 2}), (175, {"96361": 3})]
OPENINGS = ["96360", "96365", "96369", "96413"]


@pytest.mark.parametrize(("code", "minutes", "units"), UNITS)
def test_an_infusion_earns_its_units(code: str, minutes: int, units: dict[str, int], knowledge: Knowledge) -> None:
    assert infusion_units(code, minutes, knowledge=knowledge, on=ON).units == units


@pytest.mark.parametrize(("minutes", "units"), SECONDARY)
def test_hydration_beside_another_initial_service_is_counted_from_31_minutes(
    minutes: int, units: dict[str, int], knowledge: Knowledge
) -> None:
    assert secondary_hydration(minutes, knowledge=knowledge, on=ON).units == units


def test_the_third_unit_of_96370_needs_211_minutes(knowledge: Knowledge) -> None:
    following = infusion_units("96369", 200, knowledge=knowledge, on=ON).next_unit
    assert following is not None
    assert (following.code, following.unit, following.minutes) == ("96370", 3, 211)


def test_the_arithmetic_is_shown(knowledge: Knowledge) -> None:
    found = infusion_units("96369", 200, knowledge=knowledge, on=ON)
    assert found.arithmetic == (
        "First hour: 96369. 140 minutes are left: two full hours make 96370 x2; "
        "the 20 minutes over would count only from 31."
    )
    assert found.references


@pytest.mark.parametrize(
    ("code", "minutes", "shown"),
    [
        ("96365", 15, "15 minutes is under the 16 that 96365 needs: report 96374 x1."),
        ("96365", 60, "60 minutes are within the first hour: 96365 x1."),
        ("96365", 61, "First hour: 96365. The 1 minute over would count as 96366 only from 31."),
        ("96365", 90, "First hour: 96365. The 30 minutes over would count as 96366 only from 31."),
        ("96365", 91, "First hour: 96365. 31 minutes are left: 31 or more make 96366 x1."),
        ("96413", 120, "First hour: 96413. 60 minutes are left: one full hour makes 96415 x1."),
        (
            "96360",
            150,
            (
                "First hour: 96360. 90 minutes are left: one full hour makes 96361 x1; "
                "the 30 minutes over would count only from 31."
            ),
        ),
        (
            "96360",
            151,
            (
                "First hour: 96360. 91 minutes are left: one full hour and 31 minutes over, "
                "31 or more of which count, make 96361 x2."
            ),
        ),
    ],
)
def test_the_arithmetic_is_counted_as_people_count(code: str, minutes: int, shown: str, knowledge: Knowledge) -> None:
    assert infusion_units(code, minutes, knowledge=knowledge, on=ON).arithmetic == shown


@given(st.sampled_from(OPENINGS), st.integers(91, 1500))
def test_the_units_shown_are_the_units_earned(knowledge: Knowledge, code: str, minutes: int) -> None:
    found = infusion_units(code, minutes, knowledge=knowledge, on=ON)
    (additional, units) = list(found.units.items())[-1]
    assert f"{additional} x{units}" in found.arithmetic


def test_units_name_the_minutes_they_take(knowledge: Knowledge) -> None:
    assert minutes_for("96369", 2, knowledge=knowledge, on=ON) == (151, 210)
    assert minutes_for("96369", 0, knowledge=knowledge, on=ON) == (16, 90)


@given(st.sampled_from(OPENINGS), st.integers(1, 1500))
def test_more_minutes_never_earn_less(knowledge: Knowledge, code: str, minutes: int) -> None:
    fewer = infusion_units(code, minutes, knowledge=knowledge, on=ON)
    more = infusion_units(code, minutes + 1, knowledge=knowledge, on=ON)
    assert sum(fewer.units.values()) <= sum(more.units.values()) <= sum(fewer.units.values()) + 1


@given(st.sampled_from(OPENINGS), st.integers(1, 1500))
def test_the_next_unit_comes_exactly_where_it_is_said_to(knowledge: Knowledge, code: str, minutes: int) -> None:
    following = infusion_units(code, minutes, knowledge=knowledge, on=ON).next_unit
    assert following is not None
    assert following.minutes > minutes
    before = infusion_units(code, following.minutes - 1, knowledge=knowledge, on=ON).units.get(following.code, 0)
    at = infusion_units(code, following.minutes, knowledge=knowledge, on=ON).units.get(following.code, 0)
    assert (before, at) == (following.unit - 1, following.unit)


@given(st.sampled_from(OPENINGS), st.integers(1, 20))
def test_the_minutes_of_a_count_of_units_earn_that_count(knowledge: Knowledge, code: str, units: int) -> None:
    least, most = minutes_for(code, units, knowledge=knowledge, on=ON)
    for minutes in (least, most):
        earned = infusion_units(code, minutes, knowledge=knowledge, on=ON).units
        assert sum(earned.values()) == units + 1

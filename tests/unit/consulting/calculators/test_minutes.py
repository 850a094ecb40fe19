"""Both sides of every boundary of critical care and of timed therapy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.consulting.calculators.critical_care import CriticalCareRules, critical_care_units
from caseconsultant.consulting.calculators.timed_units import TimedRules, pooled_units, single_units

CPT = CriticalCareRules(minimum=30, first_additional=75, step=30)
MEDICARE = CriticalCareRules(minimum=30, first_additional=104, step=30)
THERAPY = TimedRules(unit=15, first=8)


@pytest.mark.parametrize(
    ("minutes", "cpt", "medicare"),
    [
        (29, None, None),
        (30, 0, 0),
        (74, 0, 0),
        (75, 1, 0),
        (103, 1, 0),
        (104, 1, 1),
        (105, 2, 1),
        (133, 2, 1),
        (134, 2, 2),
        (135, 3, 2),
        (163, 3, 2),
        (164, 3, 3),
    ],
)
def test_critical_care_by_the_minute(minutes: int, cpt: int | None, medicare: int | None) -> None:
    for rules, further in ((CPT, cpt), (MEDICARE, medicare)):
        units = critical_care_units(minutes, rules)
        assert (units.get("99292", 0) if units else None) == further


@pytest.mark.parametrize(
    ("total", "units"),
    [(7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (67, 4), (68, 5), (82, 5), (83, 6)],
)
def test_the_day_earns_a_unit_at_eight_minutes_and_each_full_quarter_hour_more(total: int, units: int) -> None:
    assert THERAPY.units(total) == units


@pytest.mark.parametrize(
    ("minutes", "pooled", "single"),
    [
        (
            {"97110": 20, "97116": 10, "97140": 10},
            {"97110": 1, "97116": 1, "97140": 1},
            {"97110": 1, "97116": 1, "97140": 1},
        ),
        ({"97112": 24, "97110": 23}, {"97112": 2, "97110": 1}, {"97112": 2, "97110": 2}),
        ({"97112": 20, "97110": 20}, {"97112": 2, "97110": 1}, {"97112": 1, "97110": 1}),
        ({"97110": 33, "97140": 7}, {"97110": 2, "97140": 1}, {"97110": 2}),
        ({"97110": 18, "97140": 13, "97116": 10, "97035": 8}, {"97110": 1, "97140": 1, "97116": 1}, None),
        ({"97112": 7, "97110": 7, "97140": 7}, {"97112": 1}, {}),
        ({"97110": 10, "97140": 10}, {"97110": 1}, {"97110": 1, "97140": 1}),
    ],
)
def test_units_are_given_to_codes_as_the_manual_does(
    minutes: dict[str, int], pooled: dict[str, int], single: dict[str, int] | None
) -> None:
    assert pooled_units(minutes, THERAPY) == pooled
    assert single is None or single_units(minutes, THERAPY) == single


@given(st.dictionaries(st.sampled_from(["97110", "97112", "97140", "97530"]), st.integers(0, 300), min_size=1))
def test_the_pool_gives_just_the_units_of_its_total(minutes: dict[str, int]) -> None:
    assert sum(pooled_units(minutes, THERAPY).values()) == THERAPY.units(sum(minutes.values()))


@given(st.integers(0, 600), st.integers(0, 60))
def test_more_minutes_never_give_fewer_units(minutes: int, more: int) -> None:
    for rules in (CPT, MEDICARE):
        fewer, further = critical_care_units(minutes, rules), critical_care_units(minutes + more, rules)
        assert sum(fewer.values()) <= sum(further.values())
    assert THERAPY.units(minutes) <= THERAPY.units(minutes + more)

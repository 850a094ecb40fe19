"""Several procedures of one session: their order and shares; antepartum visits by their number."""

from __future__ import annotations

import pytest

from caseconsultant.consulting.calculators.maternity import antepartum_code
from caseconsultant.consulting.calculators.surgery import Procedure, families, family_value, ranked, shares

_USUAL = (1.0, 0.5, 0.5, 0.5, 0.5)
_ROWS = (
    {"from_visits": 1, "to_visits": 3, "codes": "office visits"},
    {"from_visits": 4, "to_visits": 6, "codes": "59425"},
    {"from_visits": 7, "to_visits": None, "codes": "59426"},
)


def test_the_highest_relative_value_stands_first_and_equals_keep_their_order() -> None:
    lines = (Procedure("49505", 1521), Procedure("47562", 1892), Procedure("49507", 1521))
    assert [each.code for each in ranked(lines)] == ["47562", "49505", "49507"]


@pytest.mark.parametrize(("count", "paid"), [(1, (1.0,)), (2, (1.0, 0.5)), (5, _USUAL), (6, (*_USUAL, 0.5)), (0, ())])
def test_the_first_is_paid_in_full_and_each_further_one_by_half(count: int, paid: tuple[float, ...]) -> None:
    assert shares(count, _USUAL) == paid


def test_an_endoscopy_family_is_its_highest_and_the_others_less_the_base() -> None:
    assert family_value((Procedure("45380", 1437), Procedure("45385", 1497)), 1132) == 1497 + 1437 - 1132


def test_a_member_below_its_base_earns_nothing_and_takes_nothing_away() -> None:
    assert family_value((Procedure("45385", 1497), Procedure("45381", 1131)), 1132) == 1497


def test_no_member_no_value() -> None:
    assert family_value((), 1132) == 0


def test_a_family_needs_two_members_with_one_base() -> None:
    lines = (Procedure("45385", 1, "45378"), Procedure("45380", 1, "45378"), Procedure("43239", 1, "43235"))
    assert {base: [each.code for each in members] for base, members in families(lines).items()} == {
        "45378": ["45385", "45380"]
    }


@pytest.mark.parametrize(
    ("visits", "code"),
    [(1, "office visits"), (3, "office visits"), (4, "59425"), (6, "59425"), (7, "59426"), (13, "59426"), (0, None)],
)
def test_antepartum_visits_have_their_code_on_both_sides_of_each_boundary(visits: int, code: str | None) -> None:
    assert antepartum_code(visits, _ROWS) == code

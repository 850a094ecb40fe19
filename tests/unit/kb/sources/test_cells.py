from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.kb.numbers import OPEN, code_number, code_text, day_number, day_of
from caseconsultant.kb.sources.cells import Codes, Days, day_in

CODES = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=5, max_size=5)


@given(CODES, CODES)
def test_numbers_of_codes_go_both_ways_and_keep_their_order(one: str, two: str) -> None:
    assert code_text(code_number(one)) == one
    assert (code_number(one) < code_number(two)) is (one < two)


@given(st.dates(date(1900, 1, 1)))
def test_numbers_of_days_go_both_ways(day: date) -> None:
    assert day_of(day_number(day)) == day


@pytest.mark.parametrize("cell", ["", "1234", "123456", "9637o", "96 70", "\u0661\u0662\u0663\u0664\u0665"])
def test_what_is_no_code_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="is no code"):
        Codes()[cell]


def test_codes_may_be_padded() -> None:
    assert Codes()["96370  "] == code_number("96370")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20240229", date(2024, 2, 29)),
        ("2024001", date(2024, 1, 1)),
        ("2024366", date(2024, 12, 31)),
        ("2023365", date(2023, 12, 31)),
    ],
)
def test_days_are_read_in_both_forms(text: str, day: date) -> None:
    assert day_in(text) == day
    assert Days()[f" {text} "] == day_number(day)


@pytest.mark.parametrize("text", ["2023366", "2023000", "20230229", "240701", "2024-07-01", "x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        Days()[text]


@pytest.mark.parametrize("cell", ["*", "", " * "])
def test_no_day_is_an_open_end(cell: str) -> None:
    assert Days()[cell] == OPEN

"""Codes written short, as lists of endings and ranges, and the codes of which one is to be chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.question import Circumstance, Question

Reader = Callable[..., Question]

SHORT = [
    ("96369-96371", ["96369", "96370", "96371"]),
    ("96369 - 71", ["96369", "96370", "96371"]),
    ("96369 thru 96371", ["96369", "96370", "96371"]),
    ("96369 to 96371", ["96369", "96370", "96371"]),
    ("96365, -66, -67", ["96365", "96366", "96367"]),
    ("96365, 66, 67", ["96365", "96366", "96367"]),
    ("96365/66/67", ["96365", "96366", "96367"]),
    ("96365 or 66", ["96365", "96366"]),
    ("96360/1", ["96360", "96361"]),
    ("downcoded 96371 to 96372", ["96371", "96372"]),
    ("changed from 96369 to 96372", ["96369", "96372"]),
]


@pytest.mark.parametrize(("text", "codes"), SHORT)
def test_codes_written_short_are_read_in_full(read: Reader, text: str, codes: list[str]) -> None:
    assert [each.code for each in read(f"bill {text}").codes] == codes


ONE_CODE = ["96365-59", "96370-2", "96365, 90 minutes", "96365 and 50 mg", "96365 or 25", "96360, 61 units of heparin"]


@pytest.mark.parametrize("text", ONE_CODE)
def test_a_modifier_or_an_amount_after_a_code_is_no_ending(read: Reader, text: str) -> None:
    assert [each.code for each in read(f"bill {text}").codes] == [text[:5]]


CHOSEN = [
    ("99202-99205, which level?", ("99202", "99205")),
    ("Level 99221, 99222 or 99223?", ("99221", "99222", "99223")),
    ("99213/99214?", ("99213", "99214")),
    ("billed between 99213 and 99214", ("99213", "99214")),
    ("96369-96371, which one?", ("96369", "96370", "96371")),
    ("96369-96371", ("96369", "96370", "96371")),
    ("96369 or 96372?", ("96369", "96372")),
    ("96369, 96372", ()),
    ("99213-25, 99214", ()),
    ("96369 and 96372?", ()),
    ("Can 96372 be billed with 96369-96371?", ()),
    ("99213 and 99214 by two doctors", ()),
]


@pytest.mark.parametrize(("text", "codes"), CHOSEN)
def test_codes_to_choose_from_are_known_by_how_they_are_joined(read: Reader, text: str, codes: tuple[str, ...]) -> None:
    assert read(text).alternatives == codes


def test_spans_of_endings_and_ranges_are_those_written(read: Reader) -> None:
    text = "pls bill 96365/66 and 96369\u201371"
    spans = [text[each.span.start : each.span.end] for each in read(text).codes]
    assert spans == ["96365", "66", "96369", "96369\u201371", "71"]


@pytest.mark.parametrize(
    "text", ["for one drug", "single drug rocephin", "only one medication was given", "one drug, 3 hours"]
)
def test_one_drug_alone_is_read(read: Reader, text: str) -> None:
    assert Circumstance.ONE_DRUG in read(f"96365 and 96367 {text}").circumstances


@pytest.mark.parametrize(
    "text", ["one drug was pushed and another infused", "two drugs", "each drug", "with one IV line"]
)
def test_one_of_several_drugs_is_not_one_drug_alone(read: Reader, text: str) -> None:
    assert Circumstance.ONE_DRUG not in read(f"96365 and 96367 {text}").circumstances

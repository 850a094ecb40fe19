"""Modifiers and units as they are typed after a code, and the words and numbers after a code that are neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.question import Question

Reader = Callable[..., Question]

MODIFIERS = [
    ("99213-25-57", ("25", "57")),
    ("99213 25 57", ("25", "57")),
    ("99213 with 25 and 57", ("25", "57")),
    ("99213 w/25", ("25",)),
    ("99213 w 25", ("25",)),
    ("99213+25", ("25",)),
    ("99213:25", ("25",)),
    ("99213 [25]", ("25",)),
    ('99213 "25"', ("25",)),
    ("99213\u201325", ("25",)),
    ("99213/25", ("25",)),
    ("96372 xs", ("XS",)),
    ("96372/59", ("59",)),
    ("20610 rt", ("RT",)),
    ("20610/RT", ("RT",)),
    ("20610rt 59", ("RT", "59")),
    ("27447,50", ("50",)),
    ("97110 gp kx", ("GP", "KX")),
    ("87880QW", ("QW",)),
    ("87880 qw", ("QW",)),
    ("99223 AI", ("AI",)),
    ("11042 TA", ("TA",)),
    ("11730 t5", ("T5",)),
    ("26055 f7", ("F7",)),
    ("00840 P3", ("P3",)),
    ("99213 U7", ("U7",)),
    ("99213-HQ", ("HQ",)),
    ("96372 59 and 96369", ("59",)),
]


@pytest.mark.parametrize(("text", "modifiers"), MODIFIERS)
def test_modifiers_are_read_in_every_form(read: Reader, text: str, modifiers: tuple[str, ...]) -> None:
    assert read(f"bill {text}").codes[0].modifiers == modifiers


NO_MODIFIERS = [
    "96372 TB skin test",
    "99213 po meds",
    "96374 AT 10:00",
    "63030 T5",
    "96365 IV",
    "96372-IM",
    "96372 SC",
    "99283-ER",
    "97110 25 min",
    "96360 50 ml",
    "96372 CO 97",
    "96372 or 59",
    "62323 L4",
]


@pytest.mark.parametrize("text", NO_MODIFIERS)
def test_words_and_amounts_after_a_code_are_no_modifiers(read: Reader, text: str) -> None:
    assert read(f"bill {text}").codes[0].modifiers == ()


UNITS = [
    ("J1885 (2)", 2),
    ("J1885 qty2", 2),
    ("J1885 2u", 2),
    ("J1885 x 2u", 2),
    ("J1885*200", 200),
    ("J1885 units=4", 4),
    ("J9271 180 JZ", 180),
    ("97110 3", 3),
    ("97110 3, 97140 1", 3),
    ("97110 x3/97140 x1", 3),
    ("88305 26 3", 3),
    ("88305-26 x 3", 3),
    ("2 97110 and 1 97140", 2),
    ("97110 UN 3", 3),
]


@pytest.mark.parametrize(("text", "count"), UNITS)
def test_units_are_read_in_every_form(read: Reader, text: str, count: int) -> None:
    assert read(f"{text}").codes[0].units == count


NO_UNITS = [
    "97110 3 days",
    "97110 (50)",
    "97110 3 times a week",
    "11102 3 mm",
    "97110 for 30 minutes",
    "96370 ok? 2 of them",
]


@pytest.mark.parametrize("text", NO_UNITS)
def test_other_numbers_beside_a_code_are_no_units(read: Reader, text: str) -> None:
    assert read(f"bill {text}").codes[0].units is None


def test_a_modifier_before_a_stroke_and_another_code_belongs_to_the_first(read: Reader) -> None:
    assert [(each.code, each.modifiers) for each in read("bill 99213-25/20610").codes] == [
        ("99213", ("25",)),
        ("20610", ()),
    ]


def test_endings_after_a_stroke_that_follow_on_are_codes(read: Reader) -> None:
    assert [each.code for each in read("96365/66/67").codes] == ["96365", "96366", "96367"]

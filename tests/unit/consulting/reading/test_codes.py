"""Codes with their units and modifiers, and the numbers that are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseconsultant.domain.question import Question

Reader = Callable[..., Question]

LINES = [
    ("96370 x2", "96370", 2, ()),
    ("96370 x 2", "96370", 2, ()),
    ("96370x2", "96370", 2, ()),
    ("96370X2", "96370", 2, ()),
    ("96370 (2 units)", "96370", 2, ()),
    ("96370 (x2)", "96370", 2, ()),
    ("96370, 2 units", "96370", 2, ()),
    ("96370 - 2 units", "96370", 2, ()),
    ("96370 for 2 units", "96370", 2, ()),
    ("96370 two units", "96370", 2, ()),
    ("96370 times two", "96370", 2, ()),
    ("96370 twice", "96370", 2, ()),
    ("2 units of 96370", "96370", 2, ()),
    ("two units of CPT 96370", "96370", 2, ()),
    ("2 x 96370", "96370", 2, ()),
    ("96370 qty 2", "96370", 2, ()),
    ("96370x3-59", "96370", 3, ("59",)),
    ("96370-59 x3", "96370", 3, ("59",)),
    ("96372-59", "96372", None, ("59",)),
    ("96372 -59", "96372", None, ("59",)),
    ("96372 59", "96372", None, ("59",)),
    ("96372-xu", "96372", None, ("XU",)),
    ("96372 with modifier 59", "96372", None, ("59",)),
    ("96372 with a 59 modifier", "96372", None, ("59",)),
    ("96372 w/ 59", "96372", None, ("59",)),
    ("96372 mod XU", "96372", None, ("XU",)),
    ("96372 modifier -59", "96372", None, ("59",)),
    ("96372 (59)", "96372", None, ("59",)),
    ("99213-25", "99213", None, ("25",)),
    ("CPT 20610-RT-59", "20610", None, ("RT", "59")),
    ("20610 RT billed", "20610", None, ("RT",)),
    ("J1559", "J1559", None, ()),
    ("j1559 code", "J1559", None, ()),
    ("J1559-JZ x 100", "J1559", 100, ("JZ",)),
    ("0071T billed", "0071T", None, ()),
    ("0001F", "0001F", None, ()),
    ("0001U", "0001U", None, ()),
    ("SC 96369", "96369", None, ()),
    ("IV 96365", "96365", None, ()),
    ("CPT-96372", "96372", None, ()),
    ("96372.", "96372", None, ()),
    ("96372's", "96372", None, ()),
]


@pytest.mark.parametrize(("text", "code", "units", "modifiers"), LINES)
def test_a_code_is_read_with_its_units_and_modifiers(
    read: Reader, text: str, code: str, units: int | None, modifiers: tuple[str, ...]
) -> None:
    (mention,) = read(text).codes
    assert (mention.code, mention.units, mention.modifiers) == (code, units, modifiers)
    assert text[mention.span.start : mention.span.end].upper() == code


NUMBERS = [
    "Call me at 555-555-0123 or (555) 555-0199 ext 96372.",
    "Our fax is 555.555.0142",
    "We are in Tampa, FL 33602.",
    "Mail it to Columbia, SC 29201-1234 please",
    "ZIP 96365",
    "She paid $96372 for it",
    "They paid 12,500 dollars",
    "NPI 1234567893, claim number 96365",
    "claim # 96372",
    "Policy no. 96365 and account 96370",
    "CC-2026-000123",
    "10000 mg of the drug in 5000 mL",
    "20,000 units",
    "10000 units",
    "BP 120/80, pulse 72, T 98.6",
    "on 03/04/2024 at 10:00-13:20",
    "There were 45000 members",
    "12345 Main Street",
    "MRN 96372",
    "Invoice 96371",
    "The year 2026 and 1999",
    "12345",
    "ID ab12345cd",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_other_numbers_are_no_codes(read: Reader, text: str) -> None:
    assert read(text).codes == ()


def test_with_between_two_codes_is_no_modifier(read: Reader) -> None:
    assert [(each.code, each.modifiers) for each in read("96369 with 96372").codes] == [("96369", ()), ("96372", ())]


def test_a_time_after_a_code_is_neither_units_nor_modifier(read: Reader) -> None:
    for text in ("96360 x 25 min", "96360 25 min", "96360 for 25 minutes", "96360 (25 min)"):
        (mention,) = read(text).codes
        assert (mention.units, mention.modifiers) == (None, ()), text


def test_a_list_of_endings_takes_the_first_codes_beginning(read: Reader) -> None:
    assert [each.code for each in read("96365/66/67").codes] == ["96365", "96366", "96367"]


def test_a_modifier_after_a_stroke_stays_a_modifier(read: Reader) -> None:
    (mention,) = read("bill 99213/25").codes
    assert (mention.code, mention.modifiers) == ("99213", ("25",)) or mention.code == "99213"


def test_a_range_brings_what_lies_between(read: Reader) -> None:
    assert [each.code for each in read("codes 96369-96371").codes] == ["96369", "96370", "96371"]


def test_a_neighbour_makes_an_unknown_number_a_code(read: Reader) -> None:
    assert [each.code for each in read("99213 + 96372").codes] == ["99213", "96372"]


def test_modifiers_apart_from_codes_are_kept_apart(read: Reader) -> None:
    question = read("Which is right on the injection, 59 or XU?")
    assert question.modifiers == ("59", "XU")
    assert read("Is modifier 59 allowed?").modifiers == ("59",)


def test_alternatives_are_not_put_on_the_code(read: Reader) -> None:
    question = read("96372 with modifier 59 or XU?")
    assert question.codes[0].modifiers == ()
    assert question.modifiers == ("59", "XU")


def test_a_code_said_twice_is_one_line(read: Reader) -> None:
    question = read("96370 x2 was denied. Is 96370 wrong?")
    assert [(each.code, each.units) for each in question.codes] == [("96370", 2)]


DIAGNOSES = [
    ("D83.9 and 96369", ["D83.9"]),
    ("dx D839 with 96369", ["D83.9"]),
    ("diagnosis E86.0", ["E86.0"]),
    ("icd-10 I10", ["I10"]),
    ("B12 shot", []),
    ("S52.501A", ["S52.501A"]),
    ("v27.1", []),
]


@pytest.mark.parametrize(("text", "codes"), DIAGNOSES)
def test_diagnoses_are_read_with_their_dot(read: Reader, text: str, codes: list[str]) -> None:
    assert [each.code for each in read(text).diagnoses] == codes


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(read: Reader, text: str) -> None:
    read(text)


_PIECES = st.sampled_from(
    [
        "96369",
        "96370 x2",
        "96372-59",
        "with",
        "modifier",
        "59",
        "3 hours 20 minutes",
        "10:00-13:20",
        "$",
        "(",
        "/66",
        "-",
        "x",
        "\n",
        "Medicare",
        "J1559",
        ".",
        "on 3/4/2024",
        "units of",
        "dx D83.9",
        "FL 33602",
    ]
)


@given(st.lists(_PIECES, max_size=20))
@settings(max_examples=200, deadline=None)
def test_spans_point_at_the_code(read: Reader, pieces: list[str]) -> None:
    text = " ".join(pieces)
    question = read(text)
    for mention in question.codes:
        written = text[mention.span.start : mention.span.end].upper()
        assert mention.code.endswith(written) or "-" in written
    for diagnosis in question.diagnoses:
        assert text[diagnosis.span.start : diagnosis.span.end].upper().replace(".", "") == diagnosis.code.replace(
            ".", ""
        )


def test_a_code_that_is_not_on_the_claim_is_marked(read: Reader) -> None:
    assert [(each.code, each.absent) for each in read("96370 without 96369").codes] == [
        ("96370", False),
        ("96369", True),
    ]


def test_units_may_end_a_sentence(read: Reader) -> None:
    assert read("96369 and 96370x2. Thanks").codes[1].units == 2


def test_codes_to_choose_from_are_told_from_codes_together(read: Reader) -> None:
    assert read("Is it 96369 or 96372?").alternatives == ("96369", "96372")
    assert read("96369 and 96372?").alternatives == ()


@pytest.mark.parametrize("size", [1_000, 100_000])
@pytest.mark.parametrize("piece", ["96372 ", "a", "1", "5 min ", "10:00-11:00 ", "with ", "modifier ", "start "])
def test_long_texts_are_read(read: Reader, piece: str, size: int) -> None:
    read((piece * (size // len(piece)))[:size])

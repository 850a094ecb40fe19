"""Several drugs in one visit: which ran after which, and which beside it."""

from __future__ import annotations

from datetime import date

import pytest

from caseconsultant.consulting.courses import Order, courses
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import read_question

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vancomycin IV 10:00-11:30, Zosyn 11:30-12:00", [(90, Order.OPEN), (30, Order.IN_TURN)]),
        ("Vancomycin IV 10:00-11:30, Zosyn 11:29-12:00", [(90, Order.OPEN), (31, Order.AT_ONCE)]),
        ("IV vanc 60 min then cefepime 30 min", [(60, Order.OPEN), (30, Order.IN_TURN)]),
        ("IV vanc 60 min, cefepime 30 min", [(60, Order.OPEN), (30, Order.OPEN)]),
        ("30 min of IV Rocephin and 60 min of vanc", [(30, Order.OPEN), (60, Order.OPEN)]),
        ("Two IV antibiotics at the same time, 45 minutes each", [(45, Order.OPEN), (45, Order.AT_ONCE)]),
        ("Vanc and Zosyn mixed in one bag, IV over 60 minutes", [(60, Order.OPEN)]),
        ("Vancomycin 60 min, cefepime 30 min", []),
        ("IV vanc 60 min, Benadryl PO", []),
        ("96365 vanc 60 min, 96367 cefepime 30 min", []),
    ],
)
def test_the_words_place_each_drug_beside_the_first(
    text: str, expected: list[tuple[int, Order]], knowledge: Knowledge
) -> None:
    question = read_question(text, knowledge=knowledge, as_of=DAY)
    assert [(each.minutes, each.order) for each in courses(question)] == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Zofran at 10:10 and 10:50", []),
        ("ran between 10:10 and 10:50", [40]),
        ("ran 10:10 to 10:50", [40]),
    ],
)
def test_two_moments_are_no_length_of_time(text: str, minutes: list[int], knowledge: Knowledge) -> None:
    question = read_question(text, knowledge=knowledge, as_of=DAY)
    assert [each.minutes for each in question.durations] == minutes
    assert question.apart == (None if minutes else 40)

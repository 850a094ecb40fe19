"""Two questions in one paragraph are answered apart where they are of different things."""

from __future__ import annotations

import pytest

from caseconsultant.consulting.reading.parts import separate_questions


@pytest.mark.parametrize(
    "text",
    [
        "Medicare office. Is 96376 payable for a practitioner? Can 45378 be billed with 45385?",
        "Can we bill 99213 with 20610? And is 11042 valid today?",
        "Can an NP bill incident to for a new patient? And is an ABN needed for a screening mammogram every year?",
    ],
)
def test_two_questions_of_different_things_are_two(text: str):
    assert len(separate_questions(text)) == 2


def test_what_stands_before_belongs_to_each():
    parts = separate_questions("Medicare office. Is 96376 payable for us? Can 45378 be billed with 45385?")
    assert all(each.startswith("Medicare office.") for each in parts)


@pytest.mark.parametrize(
    "text",
    [
        "Can 20610 be billed with 99213? Is 25 needed on 99213?",
        "Can 20610 be billed? Is it ok with 99213?",
        "Is 96365 right? Is 96366 right?",
        "She had 20610 and a visit. Is 99213 allowed? Is 20610 paid?",
        "Can an NP bill incident to for a new patient? Is the doctor needed in the office?",
        "Is 99213 ok for a nurse visit in the office? Which code for 11042?",
        "Is 99213 allowed?",
    ],
)
def test_a_question_that_goes_on_with_the_one_before_is_not_parted(text: str):
    assert separate_questions(text) == ()


def test_two_answers_do_not_open_with_one_no(ask):
    text = "Medicare office. Is 96376 payable for a practitioner? Can 45385 be billed with 45378-59?"
    assert ask(text).answer.bottom_line.startswith("1. ")

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


@pytest.mark.parametrize(
    "text",
    [
        "Claim 1: 99213-25, 20610. OK?\nClaim 2: 45385, 45380-59. OK?",
        "Patient A: 99214 and G0444 same day, ok? Patient B: 99396 and 99213-25, ok?",
        "Q1: is 99453 billable with 99454? Q2: 99457 for 15 minutes?",
        "Two unrelated ones: 1. 66984 RT in the global of LT, which modifier? 2. 92014 same day as 66821, 25 or 57?",
        "1 - does 64483 take 50? 2 - is 99214 payable with 93000?",
        "First, is 76942 billable with 20611? Second, is 77002 billable with 64483?",
        "I have two questions. What is the MUE for 97110? And is 80053 payable by Medicare?",
        "Hi,\n\nCan 97110 and 97530 be billed together?\n\nAlso, how many units is 40 min of 97140?\n\nThanks,\nJane",
    ],
)
def test_headings_numbers_and_announced_questions_are_parted(text: str):
    assert len(separate_questions(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Question 1 - can we bill G2211 with 99214-25? Question 2 - what about with 96372?",
        "question 1: dose 150 mg J2357 units? question 2: 96372 or 96401 for it?",
        "1 - does 64483 take 50? 2 - can 77003 be billed with it?",
        "20610 for the knee, and new back pain was worked up.\n\nCan we bill 99213-25 too?",
        "Hello team,\nI hope you are well.\n\nCan 96372 be billed with 96413?\n\nBest regards,\nMary Jones, CPC",
        "1. 99213\n2. 20610-RT\n3. J3301 x4\nAny modifiers needed?",
        "We billed:\n- 97110 x2\n- 97140 x1\nThey denied 97140. Why?",
        "Claim 1 paid 99213, claim 2 denied 20610. Why?",
        "I have two questions. Is 99213 ok with 20610? And does it need 25?",
    ],
)
def test_one_question_in_paragraphs_or_a_claim_in_a_list_is_not_parted(text: str):
    assert separate_questions(text) == ()

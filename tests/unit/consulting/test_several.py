"""Several questions in one mail, answered apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.parts import separate_questions
from caseconsultant.domain.answer import Consultation, Verdict
from caseconsultant.domain.codes import Payer, Setting

Ask = Callable[..., Consultation]
THREE = """Hi team, Medicare, office. Three questions:
1. Can 45378 go with 45385?
2. Can we bill 96372 x1 with 99211?
3) 11102 with 17000 on another lesion, which modifier?
"""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (THREE, 3),
        ("Questions: 1) 45378 with 45385? 2) 80048 with 80053?", 2),
        ("- 45378 with 45385?\n- 80048 with 80053?", 2),
        ("Can 45378 go with 45385? Also, is 80048 paid with 80053?", 2),
        ("Q1: 45378 with 45385?\nQ2: 80048 with 80053?", 2),
    ],
)
def test_questions_are_told_apart(text: str, number: int) -> None:
    assert len(separate_questions(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Can 45378 go with 45385?",
        "Claim:\n1. 99213-25\n2. 20610-RT\nWhich line needs the modifier?",
        "99213 and 20610, both payable? Also do we need a second diagnosis?",
        "1. 99213\n2. 20610\n3. J3301 x4",
        "?" * 300,
        "1) " * 200,
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert separate_questions(text) == ()


def test_each_is_answered_for_the_payer_and_setting_of_the_mail(ask: Ask) -> None:
    consultation = ask(THREE)
    assert (consultation.question.payer, consultation.question.setting) == (Payer.MEDICARE, Setting.OFFICE)
    first, second, third = consultation.answer.parts
    assert (first.verdict, first.codes) == (Verdict.NO, {"45385": 1})
    assert (second.verdict, second.codes) == (Verdict.NO, {"96372": 1})
    assert "59" in third.modifiers


def test_the_sum_holds_what_the_parts_hold(ask: Ask) -> None:
    answer = ask(THREE).answer
    assert answer.codes.keys() >= {"45385", "96372"}
    assert answer.bottom_line.startswith("1. No")
    assert {each.statement for part in answer.parts for each in part.findings} == {
        each.statement for each in answer.findings
    }
    assert len(answer.asks) <= 3

"""Questions of a few words: the right article, the right polarity, and no answer from a near one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting.calculators.transfer import divided_days
from caseconsultant.consulting.reading.transfer_days import transfer_day
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]
ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("JZ required?", Verdict.YES, "single-dose"),
        ("U07.1 first?", Verdict.YES, "stands first"),
        ("can we bill 99024 for a post op visit?", Verdict.YES, "no charge"),
        ("is 99024 paid?", Verdict.NO, "never paid"),
        ("99024 when", None, "no charge"),
        ("Is Z33.1 okay as secondary with O26?", Verdict.NO, "chapter 15"),
        ("Is Z79.4 right with type 1 diabetes, E10.9?", Verdict.NO, "not added"),
        ("Z20.822 asymptomatic", None, "Z20.822"),
        ("G0008 admin dx", None, "Z23"),
        ("PR-1", None, "deductible"),
        ("mod 24 25 57 diff", None, "57"),
        ("HIV patient admitted with unrelated fracture. which first?", None, "unrelated condition stands first"),
        ("Time based visit, does the resident's time count?", Verdict.NO, "own minutes"),
        ("Is debridement included with skin substitute application?", Verdict.YES, "included"),
    ],
)
def test_a_short_question_has_its_own_answer(ask: Ask, text: str, verdict: Verdict | None, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said in answer.bottom_line


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("27447 RT 58", "AS on the PA"),
        ("27447 RT 58", "washout"),
        ("Z00.00 w/ 99213", "pharmacist"),
        ("Does the teaching physician's own time count?", "No:"),
    ],
)
def test_a_near_article_does_not_answer(ask: Ask, text: str, never: str) -> None:
    assert never not in ask(text).answer.bottom_line


def test_25_beside_the_complexity_add_on_is_the_visits(ask: Ask) -> None:
    answer = ask("G2211 w/ 25?").answer
    assert answer.verdict is Verdict.DEPENDS
    assert "goes on a visit" not in answer.bottom_line


@pytest.mark.parametrize(("assumed", "days"), [(1, (0, 90)), (8, (7, 83)), (90, (89, 1)), (91, (90, 0))])
def test_the_days_after_an_operation_are_divided_at_the_day_of_the_transfer(
    assumed: int, days: tuple[int, int]
) -> None:
    assert divided_days(assumed) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("surgery 11/2/2026, OD assumed care on 11/10/2026", (8, date(2026, 11, 2))),
        ("the optometrist took over on day 8", (8, None)),
        ("transferred after 2 weeks", (14, None)),
        ("seen on day 8", None),
    ],
)
def test_the_day_of_the_transfer_is_read(text: str, day: tuple[int, date | None] | None) -> None:
    assert transfer_day(text, as_of=ON) == day

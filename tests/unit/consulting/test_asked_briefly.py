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


@pytest.mark.parametrize(
    ("text", "codes", "modifiers"),
    [
        ("28285 T6 and T7 same day, do we need 59?", {"28285": 2}, ("T6", "T7")),
        ("11750 TA and T5 both great toes", {"11750": 2}, ("TA", "T5")),
        ("26055-FA and 26055-F2, can we bill both?", {"26055": 2}, ("FA", "F2")),
    ],
)
def test_each_digit_is_a_line_with_its_modifier(
    ask: Ask, text: str, codes: dict[str, int], modifiers: tuple[str, ...]
) -> None:
    answer = ask(text).answer
    assert dict(answer.codes) == codes
    assert answer.modifiers == modifiers


def test_59_is_not_added_where_the_digits_differ_and_may_be_where_they_do_not(ask: Ask) -> None:
    assert ask("28285 T6 and T7 same day, do we need 59?").answer.verdict is Verdict.NO
    assert "a line for each" not in ask("28285 T6 and 20680 T6 same toe, 59?").answer.bottom_line


def test_a_return_for_another_finger_is_left_to_the_package(ask: Ask) -> None:
    assert "a line for each" not in ask("26055-F7 returned to OR 3 weeks later for F8, modifier?").answer.bottom_line


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Tonsils and tubes, age 5, adenoids too, bilateral tubes", {"69436": 1, "42820": 1}),
        ("T&A age 14", {"42821": 1}),
        ("T&A age 11", {"42820": 1}),
    ],
)
def test_a_few_words_that_only_name_a_service_ask_for_its_code(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert dict(ask(text).answer.codes) == codes


def test_59_after_therapy_codes_is_a_modifier_unless_time_is_told(ask: Ask) -> None:
    assert dict(ask("97110 59 min and 97140 10 min").answer.codes) == {"97110": 4, "97140": 1}
    assert "59 minutes" not in ask("97110 97530 59").answer.bottom_line

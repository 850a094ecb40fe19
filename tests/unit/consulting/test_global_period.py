"""The global package: visits beside and after an operation, and further operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.domain.answer import Answer, Consultation, Verdict

Ask = Callable[..., Consultation]


def conditional(answer: Answer) -> dict[str, tuple[str, ...]]:
    return {line.code: line.modifiers for line in answer.conditional}


# --- A visit beside a procedure --------------------------------------------------------------------------------------


def test_a_visit_for_another_problem_too_earns_25(ask: Ask) -> None:
    answer = ask(
        "99213 and 20610 same visit, Medicare office. He also adjusted her blood pressure meds. Can both be billed?"
    ).answer
    assert answer.verdict is Verdict.YES
    assert (answer.codes, answer.earned["99213"]) == ({"20610": 1, "99213": 1}, ("25",))


def test_the_decision_on_a_minor_procedure_is_included(ask: Ask) -> None:
    answer = ask("99213-25 with 11730 the same day, Medicare office. Nothing else was addressed. Both payable?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"11730": 1})
    assert "included" in answer.bottom_line


def test_what_a_visit_did_is_asked_where_nobody_tells(ask: Ask) -> None:
    answer = ask("Can I bill 99213 with 11730 on the same day? Medicare office").answer
    assert (answer.verdict, answer.codes) == (Verdict.DEPENDS, {"11730": 1})
    assert conditional(answer) == {"99213": ("25",)}
    assert "beyond" in answer.asks[0]


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        ("He decided to operate at that visit and did 27236 the next day.", Verdict.YES),
        ("The decision was made last week; he saw her for the pre-op H&P and did 27236 the next day.", Verdict.NO),
        ("He saw her, and 27236 followed the next day.", Verdict.DEPENDS),
    ],
)
def test_57_is_for_the_visit_that_decides_on_major_surgery(ask: Ask, told: str, verdict: Verdict) -> None:
    answer = ask(f"Medicare, hospital pro-fee. 99223 by the surgeon. {told} Can we bill the visit with 57?").answer
    assert answer.verdict is verdict
    assert answer.codes["27236"] == 1


def test_57_beside_a_minor_procedure_is_corrected(ask: Ask) -> None:
    answer = ask("99214-57 and 20610 same day, Medicare office, is that right?").answer
    assert answer.verdict is Verdict.NO
    assert "57 is for a decision on major surgery" in answer.bottom_line


def test_a_visit_the_day_before_a_minor_procedure_needs_no_modifier(ask: Ask) -> None:
    answer = ask("Medicare: 99213 the day before 20610, does the visit need a modifier?").answer
    assert "needs no modifier" in answer.bottom_line


def test_both_branches_are_told_where_no_procedure_is_named(ask: Ask) -> None:
    answer = ask("Visit and a procedure on the same day: 25 or 57? Medicare").answer
    assert answer.verdict is None
    assert "090" in answer.bottom_line
    assert "000 or 010" in answer.bottom_line
    assert "Which procedure" in answer.asks[0]


# --- A visit in the days after ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("99213 on day 90 after 27447 for an unrelated shoulder problem, Medicare office. Modifier?", ("24",)),
        ("99213 on day 91 after 27447 for an unrelated shoulder problem, Medicare office. Modifier?", ()),
        ("99213 on day 10 after 11402 for an unrelated problem, Medicare office. Modifier?", ("24",)),
        ("99213 on day 11 after 11402 for an unrelated problem, Medicare office. Modifier?", ()),
    ],
)
def test_24_ends_with_the_package(ask: Ask, text: str, modifiers: tuple[str, ...]) -> None:
    answer = ask(text).answer
    assert answer.codes["99213"] == 1
    assert answer.modifiers == modifiers


def test_a_complication_in_the_office_belongs_to_medicares_package(ask: Ask) -> None:
    answer = ask("Wound infection on day 12 after 27447, 99213-24 by the surgeon, Medicare. Fine?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {})


def test_a_plan_that_follows_cpt_may_pay_a_complication(ask: Ask) -> None:
    answer = ask("Aetna commercial: wound infection on day 12 after 27447, 99213-24. Fine?").answer
    assert answer.verdict is Verdict.DEPENDS
    assert conditional(answer) == {"99213": ("24",)}


def test_usual_follow_up_is_refused_to_every_payer(ask: Ask) -> None:
    answer = ask("Cigna commercial: 99213 for suture removal on day 9 after 27447. Billable?").answer
    assert answer.verdict is Verdict.NO


@pytest.mark.parametrize(("day", "modifier"), [(date(2021, 12, 31), "24"), (date(2022, 1, 1), "FT")])
def test_unrelated_critical_care_takes_ft_since_2022(ask: Ask, day: date, modifier: str) -> None:
    text = "99291 on day 5 after 44140 by the surgeon, unrelated to the surgery. Which modifier? Medicare"
    assert ask(text, day).answer.modifiers == (modifier,)


# --- A further operation ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "modifier"),
    [
        ("It was planned and staged at the first operation.", "58"),
        ("Unplanned return to the operating room for bleeding.", "78"),
        ("It was unrelated to the first.", "79"),
    ],
)
def test_the_relation_to_the_first_operation_decides(ask: Ask, told: str, modifier: str) -> None:
    answer = ask(f"10180 on day 12 after 27447, same surgeon, Medicare. {told} Which modifier?").answer
    assert answer.codes["10180"] == 1
    assert answer.earned["10180"] == (modifier,)


def test_a_complication_treated_in_the_office_is_not_paid_by_medicare(ask: Ask) -> None:
    answer = ask("10180 in the office on day 8 after 49505 for a wound infection, Medicare. Bill with 78?").answer
    assert answer.verdict is Verdict.NO
    assert "10180" not in answer.codes


def test_the_other_side_is_unrelated_and_78_is_corrected(ask: Ask) -> None:
    answer = ask("66984-78-LT three weeks after the right eye, second eye cataract, Medicare. Right modifier?").answer
    assert answer.verdict is Verdict.NO
    assert answer.earned["66984"] == ("79", "LT")


def test_nothing_told_leaves_three_branches_and_three_asks(ask: Ask) -> None:
    answer = ask("Second surgery 26 days after the first one, Medicare. 58, 78 or 79?").answer
    assert answer.verdict is None
    assert len(answer.asks) == 3


# --- Silence ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "11104 and 11102 same visit, Medicare office. 59?",
        "96365 for 90 minutes and 96366, same day, office. Right?",
        "Is N18.3 valid today?",
    ],
)
def test_the_package_is_silent_where_no_visit_or_second_operation_is_told(ask: Ask, text: str) -> None:
    assert not any("global days" in each.statement for each in ask(text).answer.findings)

"""Denial codes, what modifiers are for, and work that another code already holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.consulting.reading.remittance import denials
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("denied CO-97", [("97", "CO")]),
        ("PR 204 and OA-23 on the remit", [("204", "PR"), ("23", "OA")]),
        ("CO16 with N290", [("16", "CO"), ("N290", None)]),
        ("denial reason code 50", [("50", None)]),
        ("came back denied, B15", [("B15", None)]),
        ("N362 on the remittance", [("N362", None)]),
        ("diagnosis N390 and M54", []),
        ("Denver, CO 80202", []),
        ("CO 30 minutes", []),
        ("", []),
    ],
)
def test_denial_codes_are_read(text: str, codes: list[tuple[str, str | None]]) -> None:
    assert [(each.code, each.group) for each in denials(text)] == codes


@given(st.text())
def test_no_text_raises(text: str) -> None:
    denials(text)


def test_a_denial_code_has_its_meaning_and_next_step(ask: Ask) -> None:
    answer = ask("Medicare denied CO-45, do we appeal?").answer
    assert "no denial" in answer.bottom_line
    assert "the patient may not be billed" in answer.bottom_line


def test_the_number_of_a_denial_is_no_modifier(ask: Ask) -> None:
    assert ask("Claim denied CO-22, what now?").question.modifiers == ()


def test_modifiers_asked_about_are_told_apart(ask: Ask) -> None:
    answer = ask("What is the difference between modifier 76 and 77?").answer
    assert answer.verdict is None
    assert "same practitioner" in answer.bottom_line
    assert "another practitioner" in answer.bottom_line


@pytest.mark.parametrize(
    "text", ["Can modifier 59 be appended to an E/M code?", "May I put 59 on 99214 with 20610, Medicare office?"]
)
def test_59_never_goes_on_a_visit(ask: Ask, text: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is Verdict.NO
    assert "never go on a visit" in answer.bottom_line or "does not go on a visit" in answer.bottom_line


def test_how_long_a_package_is(ask: Ask) -> None:
    assert "49505 has 090 global days" in ask("How many global days does 49505 have?").answer.bottom_line


def test_the_first_splint_belongs_to_the_fracture(ask: Ask) -> None:
    answer = ask("Is 29125 billable with 25605?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"25605": 1})
    other = ask("Is 29125 on the left wrist billable with 25605 on the right wrist?").answer
    assert "29125" in other.codes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Will modifier 76 bypass an NCCI edit?", "passes no NCCI edit"),
        ("Can 59 and XS both go on the same line?", "Never both on one line"),
        ("Our biller says Medicare no longer accepts 59 and we must use XS. True?", "still takes 59"),
        ("Is modifier 51 appended to 17003? Our software adds it.", "never takes 51"),
    ],
)
def test_what_is_wrong_about_a_modifier_is_said(ask: Ask, text: str, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is Verdict.NO
    assert said in answer.bottom_line


@pytest.mark.parametrize(
    "text",
    ["Can 59 go on 11042 with 97597?", "Do we use XS or 59 for two lesions?", "Is 76 right for the second x-ray?"],
)
def test_a_modifier_that_may_be_right_is_not_called_wrong(ask: Ask, text: str) -> None:
    said = ask(text).answer.bottom_line
    assert not any(each in said for each in ("passes no NCCI edit", "Never both on one line", "still takes 59"))


def test_no_notice_shifts_units_over_a_limit(ask: Ask) -> None:
    said = ask("What is the MUE of 96372? And may the patient sign an ABN for the units above?").answer.bottom_line
    assert "An ABN shifts nothing here" in said

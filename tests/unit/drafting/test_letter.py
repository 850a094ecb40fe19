from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.domain.message import Reply
from caseconsultant.drafting import compose
from caseconsultant.drafting.letter import letter
from caseconsultant.drafting.records import Brand, Review
from caseconsultant.drafting.wrapping import rewrapped

BRAND = Brand("Case Consultant", "consult@example.org", None)
BODY = compose.from_text("Re: 96372", "Hello Dana,\n\n96372 is valid.")


def _letter(*, review: Review | None = None, automatic: bool = False, asked: str | None = "Is 96372 valid?") -> Reply:
    return letter(BODY, brand=BRAND, case_number="CC-2026-000123", asked=asked, review=review, automatic=automatic)


def test_the_reviewer_is_named_with_the_credential() -> None:
    reply = _letter(review=Review("Jane Sample", "CPC"))
    assert "Reviewed by Jane Sample, CPC.\n" in reply.text
    assert "Reviewed by Jane Sample, CPC." in reply.html


def test_that_nobody_reviewed_is_said() -> None:
    reply = _letter()
    assert "No person has reviewed this reply" in reply.text
    assert "No person has reviewed this reply" in reply.html


@pytest.mark.parametrize(
    "words", ["CC-2026-000123", "registered trademark", "not a promise of payment", "Is 96372 valid?"]
)
def test_an_answers_footer_is_complete(words: str) -> None:
    reply = _letter()
    assert words in " ".join(reply.text.split())
    assert words in reply.html


def test_a_notice_says_nothing_of_coding() -> None:
    reply = _letter(automatic=True, asked=None)
    assert "trademark" not in reply.text
    assert "You asked" not in reply.text + reply.html
    assert "written by a program" in reply.text


@pytest.mark.parametrize(("removed", "said"), [(True, True), (False, False)])
def test_a_sender_whose_mail_named_a_patient_is_asked_to_leave_that_out(removed, said):
    reply = letter(
        BODY, brand=BRAND, case_number="CC-2026-000123", asked="Patient [name]", review=None, automatic=False,
        identifiers_removed=removed,
    )  # fmt: skip
    for form in (" ".join(reply.text.split()), reply.html):
        assert ("We took them out before your question was stored; please leave them out next time." in form) is said


def test_the_question_is_quoted_and_escaped() -> None:
    reply = _letter(asked="Is <b>96372</b> valid?\nMedicare.")
    assert "You asked\n---------\n> Is <b>96372</b> valid?\n> Medicare.\n" in reply.text
    assert "Is &lt;b&gt;96372&lt;/b&gt; valid?" in reply.html


def test_the_html_is_narrow_dark_and_alone() -> None:
    html = _letter().html
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'name="color-scheme" content="light dark"' in html
    assert 'style="' in html
    assert not re.search(r"<img|<link|url\(|<script|@import|src=", html)


def test_the_same_letter_is_the_same_twice() -> None:
    assert _letter() == _letter()


@given(st.lists(st.text(alphabet="abc 1-<>&[]", max_size=200)).map("\n".join))
def test_long_lines_are_wrapped_and_no_word_is_lost(text: str) -> None:
    found = rewrapped(text)
    assert found.split() == text.split()
    assert all(len(line) <= 76 or " " not in line.strip() for line in found.split("\n"))

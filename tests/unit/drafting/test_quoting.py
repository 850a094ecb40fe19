from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.drafting.quoting import bare_question

QUESTION = "Can we bill 96372 with 96369?\nMedicare, office."


@pytest.mark.parametrize(
    "greeting", ["Hello,", "Hi", "Hi Dana,", "Good morning!", "Dear team,", "hello there", "HELLO ALL"]
)
@pytest.mark.parametrize(
    "closing", ["Thank you", "Thanks!", "thanks in advance,", "Thank you for your help.", "Best regards,"]
)
def test_the_quote_starts_and_ends_with_the_question(greeting: str, closing: str) -> None:
    assert bare_question(f"{greeting}\n\n{QUESTION}\n\n{closing}\n") == QUESTION


@pytest.mark.parametrize(
    "text",
    [
        "Hello, can we bill 96372?",
        "Thanks for last time. Is 96370 x3 right?",
        "Hi 96372?",
        "Best modifier for 96372?",
        "Is 96372 right?\nThank you Medicare only.",
    ],
)
def test_a_line_that_says_more_stays(text: str) -> None:
    assert bare_question(text) == text


@pytest.mark.parametrize("text", ["Hello,", "Thank you", "Hi\n\nThanks", ""])
def test_where_nothing_else_is_said_the_words_stay(text: str) -> None:
    assert bare_question(text) == text


@given(st.lists(st.sampled_from(["Hello,", "Thanks", "", "96372?", "and 96370"]), max_size=8))
def test_what_is_kept_stands_in_its_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept = iter(text.split("\n"))
    assert all(line in kept for line in bare_question(text).split("\n") if line)


def test_a_greeting_below_the_subject_is_left_out() -> None:
    text = "SC infusion\n\nHello,\n\nCan we bill 96369?\n\nThank you"
    assert bare_question(text) == "SC infusion\n\nCan we bill 96369?"

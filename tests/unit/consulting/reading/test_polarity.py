"""Which way round a question is put, and whether it wants yes or no."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.intent import asks_yes_or_no
from caseconsultant.consulting.reading.polarity import asks_for_a_refusal
from caseconsultant.domain.answer import Consultation, Verdict


@pytest.mark.parametrize(
    "text",
    [
        "99213 with 20610, G2211 denied. Is the denial right?",
        "Denied CO-97. Denial correct?",
        "Was the visit correctly denied?",
        "None reaches 8 so nothing is billable, correct?",
        "We cannot bill the visit, right?",
        "My manager says we can't bill 99213 with it. Is she right?",
    ],
)
def test_yes_means_that_it_is_not_billed(text: str) -> None:
    assert asks_for_a_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can we bill both?",
        "Denied CO-97, can we appeal?",
        "My manager says 99213 is billable. Is she right?",
        "The claim was denied. Is 25 the right modifier?",
        "96372 was not bundled last year. Can it be billed?",
    ],
)
def test_yes_means_that_it_is_billed(text: str) -> None:
    assert not asks_for_a_refusal(text)


@pytest.mark.parametrize("text", ["Both?", "New patient code for the visit?", "Bill full?", "True these days?"])
def test_a_short_question_without_an_open_word_wants_yes_or_no(text: str) -> None:
    expected = len(text.split()) > 1
    assert asks_yes_or_no(text) is expected


@pytest.mark.parametrize("text", ["Right level?", "Which modifier?", "and the place of service?"])
def test_what_asks_for_a_thing_wants_no_yes(text: str) -> None:
    assert not asks_yes_or_no(text)


def test_the_same_facts_are_answered_the_other_way_round(ask: Callable[..., Consultation]) -> None:
    facts = "Medicare, office: 99214-25 with 20610-RT and G2211."
    refusal = ask(f"{facts} G2211 denied. Is the denial right?").answer
    payment = ask(f"{facts} Can G2211 be billed?").answer
    assert (refusal.verdict, payment.verdict) == (Verdict.YES, Verdict.NO)
    assert refusal.codes == payment.codes
    assert refusal.bottom_line.startswith("Yes, that is right: G2211 cannot be billed")


@pytest.mark.parametrize(
    "text",
    [
        "Therapist billed three units. Too many?",
        "99213 on day 8 after 11642. Should we just write it off?",
        "Am I right to leave 52000 off?",
        "CO-4 on 93010-26. Should we take the 26 off and send it again?",
        "45378 with 45385 billed. Was that wrong?",
        "Should we drop the visit?",
    ],
)
def test_what_is_left_out_or_wrong_asks_for_a_refusal(text: str) -> None:
    assert asks_for_a_refusal(text)

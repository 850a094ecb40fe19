"""Psychotherapy beside a visit: of one clinician or of two, and its minutes in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


def test_a_therapists_session_stands_beside_another_clinicians_visit(ask: Ask):
    answer = ask("Psychiatrist billed 99213 and our LCSW did 90837 the same day. Can both be billed?").answer
    assert answer.verdict is Verdict.YES
    assert answer.codes == {"99213": 1, "90837": 1}


def test_one_clinicians_session_is_the_add_on(ask: Ask):
    answer = ask("Our psychiatrist did 99213 and 90837 in one session. Can both be billed?").answer
    assert answer.verdict is Verdict.NO
    assert "90838" in {each.code for each in answer.conditional}


def test_an_add_on_goes_with_no_other_clinicians_visit(ask: Ask):
    answer = ask("PCP billed 99214, the psychologist in our group did 90833 the same day. Is that ok?").answer
    assert answer.verdict is Verdict.NO
    assert answer.codes == {"99214": 1, "90832": 1}


def test_a_therapist_under_the_physicians_number_is_not_another_provider(ask: Ask):
    text = "Psychiatrist billed 99213 and our LCSW did 90837 incident to the psychiatrist. Can both be billed?"
    assert ask(text).answer.verdict is not Verdict.YES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("half an hour of psychotherapy, which code?", "90832"),
        ("thirty-seven minutes of psychotherapy, which code?", "90832"),
        ("thirty-eight minutes of psychotherapy, which code?", "90834"),
        ("fifty-two minutes of psychotherapy, which code?", "90834"),
        ("fifty-three minutes of psychotherapy, which code?", "90837"),
        ("an hour of psychotherapy, which code?", "90837"),
        ("psychotherapy from 2:00 to 2:52 pm, which code", "90834"),
        ("LCSW saw the patient for 55 minutes of therapy. Which code?", "90837"),
    ],
)
def test_the_minutes_of_psychotherapy_choose_its_code(ask: Ask, text: str, code: str):
    assert ask(text).answer.codes == {code: 1}

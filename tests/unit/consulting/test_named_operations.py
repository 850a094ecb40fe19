"""Operations that a coder names in words, without a code: their package is known all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("Surgeon saw patient on day 20 after a total knee for a new rash, can we bill the visit?", Verdict.YES, "24"),
        (
            "Surgeon saw patient on day 20 after a total knee for a routine check, can we bill the visit?",
            Verdict.NO,
            "27447",
        ),
        (
            "Surgeon saw patient on day 91 after a total knee for a routine check, can we bill the visit?",
            Verdict.YES,
            "outside",
        ),
        ("Cataract surgery OD 3 weeks ago, now doing OS. Modifier?", None, "79"),
        ("Taken back to the OR for bleeding day 2 after hysterectomy, modifier?", None, "78"),
        (
            "Patient broke the wrist 6 weeks after knee replacement, same ortho did ORIF of the wrist. Modifier?",
            None,
            "79",
        ),
        ("How long is the global for a carpal tunnel release?", None, "090"),
    ],
)
def test_the_package_of_an_operation_named_in_words(ask: Ask, text: str, verdict: Verdict | None, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said in answer.bottom_line
    assert answer.codes == {}


def test_a_modifier_named_without_a_line_stands_among_the_modifiers(ask: Ask) -> None:
    assert ask("Cataract surgery OD 3 weeks ago, now doing OS. Modifier?").answer.modifiers == ("79",)


def test_where_a_procedure_is_coded_the_code_counts(ask: Ask) -> None:
    answer = ask("Knee replacement planned. 20610 and 99213 today, Medicare office, can we bill both?").answer
    assert "27447" not in answer.bottom_line


@pytest.mark.parametrize(
    ("saw", "verdict"), [("saw Dr A last year, never Dr B", Verdict.DEPENDS), ("saw Dr B last year", Verdict.NO)]
)
def test_the_patient_of_a_colleague_who_moved_too_is_no_patient_of_his(ask: Ask, saw: str, verdict: Verdict) -> None:
    answer = ask(
        f"Dr A and Dr B left a practice that closed and joined our group. Mrs. J {saw} at the old place. Her first "
        "visit here is with Dr B. May Dr B bill a new patient visit, 99204?"
    ).answer
    assert answer.verdict is verdict

"""What the second reading of the examination showed to be silent or wrong, with the authored knowledge alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.quantities import count
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


def test_a_sentence_that_sums_up_counts_nothing_again():
    assert count("a single lesion on the nose was frozen. two lesions. what now?", ["lesion*"]) == 1
    assert count("two lesions. what now?", ["lesion*"]) == 2
    assert count("one lesion on the nose and two lesions on the arm", ["lesion*"]) == 3


def test_chondroplasty_earns_no_g0289_beside_a_meniscectomy(ask: Ask):
    answer = ask("Medial meniscectomy plus chondroplasty of the patella, 29881 with 29877 or G0289? Medicare.").answer
    assert answer.codes == {"29881": 1}
    assert not answer.conditional


def test_a_loose_body_may_still_earn_g0289(ask: Ask):
    answer = ask("Medicare, medial meniscectomy 29881, and a loose body was taken out of the knee. G0289?").answer
    assert [line.code for line in answer.conditional] == ["G0289"]


@pytest.mark.parametrize(
    "text",
    [
        "GI got to the cecum and snared a polyp. Can we get the diagnostic scope paid on top with a modifier? Medicare",
        "Colonoscopy with snare of a polyp, Medicare. Can we also bill the diagnostic colonoscopy as well?",
    ],
)
def test_the_diagnostic_look_is_never_paid_beside_the_removal(ask: Ask, text: str):
    answer = ask(text).answer
    assert answer.verdict is Verdict.NO
    assert answer.codes == {"45385": 1}


def test_a_diagnostic_scope_by_itself_is_not_refused(ask: Ask):
    answer = ask("Diagnostic colonoscopy for bleeding, nothing removed, Medicare. Is 45378 right?").answer
    assert answer.verdict is not Verdict.NO


def test_an_appeal_of_an_add_on_alone_does_nothing(ask: Ask):
    answer = ask("The primary biopsy line denied, and the each additional line with B15. Should we appeal that?").answer
    assert answer.verdict is Verdict.NO
    assert "primary must be paid first" in answer.bottom_line


def test_b15_without_an_appeal_is_only_explained(ask: Ask):
    assert ask("29826 came back denied, B15. What is missing?").answer.verdict is not Verdict.NO


def test_an_add_on_may_be_appealed_where_its_primary_was_paid(ask: Ask):
    answer = ask("B15 on 22614, additional level. Should we appeal? The 22612 was paid. Medicare").answer
    assert "primary must be paid first" not in answer.bottom_line


def test_whether_a_plan_takes_the_x_modifiers_is_its_own(ask: Ask):
    text = "Commercial plan does not recognise XS. Is 59 acceptable instead for 11102 and 17000, separate lesions?"
    assert "plan's own policy" in ask(text).answer.bottom_line
    assert "plan's own policy" not in ask(text.replace("Commercial plan", "Medicare")).answer.bottom_line

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseconsultant.consulting.following_up import consult_following

AS_OF = date(2026, 11, 23)
INFUSION = "SC immunoglobulin ran 3 h 20 min in the office, Medicare: 96369 and 96370 x2?"
CRITICAL_CARE = "95 min critical care, Medicare, units?"


@pytest.mark.parametrize(
    ("earlier", "newest", "codes"),
    [
        (INFUSION, "And if it was 4 hours?", {"96369": 1, "96370": 3}),
        (INFUSION, "what about 3 h 31 min", {"96369": 1, "96370": 2}),  # no question mark: added, not supposed
        (CRITICAL_CARE, "And 120 minutes?", {"99291": 1, "99292": 1}),
        (CRITICAL_CARE, "What about a commercial payer?", {"99291": 1, "99292": 1}),
        ("97110 20 min, 97140 15 min, Medicare, units?", "What if 97140 was only 7 minutes?", {"97110": 1, "97140": 1}),
        ("Benign lesion of the back, 1.2 cm excised, which code?", "what if it was 2.5 cm?", {"11403": 1}),
    ],
)
def test_a_supposition_changes_the_fact_it_names(knowledge, earlier, newest, codes):
    found = consult_following([earlier], newest, knowledge=knowledge, as_of=AS_OF)

    assert found.answer.codes == codes


def test_an_answer_to_what_we_asked_is_added(knowledge):
    found = consult_following(
        ["96365 ran 45 minutes"], "Medicare, outpatient hospital.", knowledge=knowledge, as_of=AS_OF
    )

    assert found.question.payer == "medicare"
    assert found.question.setting == "outpatient_hospital"
    assert found.answer.codes == {"96365": 1}


@pytest.mark.parametrize(
    "newest",
    [
        "Thanks! Another question: is N18.3 valid? And 99291 for 80 minutes?",
        "Can 20610 and 99213 be billed for a new patient seen with knee pain by Medicare in the office?",
    ],
)
def test_a_case_of_its_own_is_answered_by_itself(knowledge, newest):
    found = consult_following([INFUSION], newest, knowledge=knowledge, as_of=AS_OF)

    assert "96370" not in found.answer.codes
    assert "96370" not in found.answer.bottom_line


def test_the_newest_supposition_counts_of_several(knowledge):
    found = consult_following([INFUSION, "And 4 hours?"], "And 5 hours?", knowledge=knowledge, as_of=AS_OF)

    assert found.answer.codes.get("96369") == 1


def test_without_an_earlier_question_it_is_the_plain_answer(knowledge):
    found = consult_following([], CRITICAL_CARE, knowledge=knowledge, as_of=AS_OF)

    assert found.answer.codes == {"99291": 1}


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=200), st.text(max_size=200))
def test_no_two_texts_raise(knowledge, earlier, newest):
    consult_following([earlier], newest, knowledge=knowledge, as_of=AS_OF)

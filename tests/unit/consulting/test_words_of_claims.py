"""Facts in other words: diagnoses, digits, views, twins, therapy, amounts; with the authored knowledge alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.timed_units import TimedRules, units_of_assistant
from caseconsultant.consulting.reading.digits import Digit, digits
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]
_MEDICARE = TimedRules(unit=15, first=8)


@pytest.mark.parametrize(
    ("therapist", "assistant", "units"),
    [
        (22, 8, (1, 1)),
        (23, 7, (2, 0)),
        (20, 10, (1, 1)),
        (0, 8, (0, 1)),
        (0, 7, (0, 0)),
        (15, 15, (1, 1)),
        (8, 0, (1, 0)),
    ],
)
def test_a_unit_left_over_is_the_therapists_from_eight_minutes_on(
    therapist: int, assistant: int, units: tuple[int, int]
) -> None:
    assert units_of_assistant(therapist, assistant, _MEDICARE) == units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("left great toe", (Digit("left", "great", "toe"),)),
        ("hallux, right", (Digit("right", "great", "toe"),)),
        ("R 2nd and 3rd toes", (Digit("right", "second", "toe"), Digit("right", "third", "toe"))),
        ("pinky of the left hand", (Digit("left", "little", "finger"),)),
        ("rt ring finger", (Digit("right", "ring", "finger"),)),
        ("the thumb", ()),
    ],
)
def test_a_digit_is_read_with_its_side(text: str, found: tuple[Digit, ...]) -> None:
    assert digits(text) == found


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("28285 for the right second toe, which modifier?", "T6"),
        ("26055 trigger release L long finger, mod?", "F2"),
        ("11750 right big toenail, modifier please", "T5"),
        ("26055 of the left thumb, modifier?", "FA"),
    ],
)
def test_side_and_name_give_the_modifier(ask: Ask, text: str, modifier: str) -> None:
    assert modifier in ask(text).answer.modifiers


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("R05.9 beside J18.9 on one claim, ok?", Verdict.NO, "R05.9 is not coded beside J18.9"),
        ("HTN, CKD stage 3b and diastolic CHF I50.32, which is first?", None, "I13.0 first"),
        ("HTN with ESRD on dialysis, dx sequence?", None, "I12.0 first"),
        ("Sepsis from MRSA A41.02 with J15.212, which first?", None, "A41.02"),
        ("ICD for depression, no other details in the note", None, "F32.A"),
        ("colon cancer resected 3 years ago, cancer free, Z85.038 or C18.9 dx?", None, "Z85.038"),
        ("knee sprain recheck in a brace, A or D?", None, "D once active treatment is over"),
        ("Medicare, 26055-F8 on the right middle finger, correct?", Verdict.NO, "F7"),
        ("Wrist films: 3 views ordered but only 2 taken, 73110-52?", Verdict.NO, "73100"),
        ("77067 then 77066 the same day, Medicare. modifiers?", None, "GG"),
        ("69209 and 69210 on the right ear, both?", Verdict.NO, "only one of the two"),
        ("Twin A vaginal, twin B by cesarean, commercial, codes?", None, "59510 for the cesarean"),
        ("EGD 43239, biopsies taken, reached the duodenum, stopped early for low sats. 53?", Verdict.NO, "neither"),
        ("Stool DNA test positive, then colonoscopy with polyp snared, Medicare. PT and KX?", Verdict.NO, "no KX"),
        ("97110 8 min and 97140 7 min Medicare, can we bill anything?", Verdict.YES, "1 unit"),
        ("KX amounts for PT in 2024 and in 2025?", None, "of 2024"),
        ("conversion factor of 2023 and 2025", None, "2023-12-31"),
        ("Medicare paid 78.40 of 100.00 allowed, why?", None, "sequester"),
        ("E1390 oxygen month 12, which modifiers?", None, "E1390-RR"),
        ("K0823 delivered before the written order came. Can we fix it?", Verdict.NO, "before delivery"),
        ("K0001 order was missing at delivery, came a week later", None, "before the claim"),
        ("Medicare PSA G0103 annually, covered?", Verdict.YES, "once in 12 months, from 50 years; diagnosis Z12.5"),
        ("G0103 every 6 months for Medicare?", Verdict.NO, "Not every 6 months"),
        ("RPM with 15 days of weights this period, billable?", Verdict.YES, "15 days with data in 30: 99445"),
        ("RPM: 16 days of glucose readings, code?", None, "16 days with data in 30: 99454"),
        ("99454 with 14 days of BP data, ok?", Verdict.NO, "99445, not 99454"),
        ("RPM, 1 day of BP readings, billable?", Verdict.NO, "no device code"),
        ("BCC of the nose excised 1.2 cm, which dx code?", None, "C44.31-"),
        ("MUE of 96372 and can an ABN cover units over it?", Verdict.NO, "ABN shifts nothing"),
        ("stent LAD 92928 and stent in diagonal branch, codes?", None, "92930"),
        ("Chiropractor, Medicare: 99213 with 98941-AT, both paid?", Verdict.NO, "manual manipulation alone"),
        ("98941 denied by Medicare, no AT on it. Now what?", None, "denies the line as maintenance"),
        ("64635 and 64636 x2, L2 to L5 right side, ok?", None, "64636 x2"),
    ],
)
def test_what_is_asked_is_answered(ask: Ask, text: str, verdict: Verdict | None, said: str) -> None:
    answer = ask(text).answer
    assert said in " ".join([answer.bottom_line, *(each.statement for each in answer.findings)])
    if verdict is not None:
        assert answer.verdict is verdict


def test_one_room_of_three_is_three_cases_at_once(ask: Ask) -> None:
    told = ask("Anesthesiologist directing 1 of 3 CRNA rooms, Medicare, modifiers?").answer
    assert "QK" in told.bottom_line
    assert "QY" not in told.bottom_line


def test_an_amount_is_no_modifier(ask: Ask) -> None:
    assert "assist" not in ask("we were paid 78.40 and not 80, Medicare, allowed 100.00. Why?").answer.bottom_line

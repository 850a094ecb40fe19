"""How a question is put: forbidden things, one code without the other, both with one code, words like Medi-Cal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.timed_units import TimedRules, pooled_units
from caseconsultant.consulting.reading.components import parts
from caseconsultant.consulting.reading.context import payer
from caseconsultant.consulting.reading.polarity import asks_for_a_refusal
from caseconsultant.consulting.reading.visit_relations import shared
from caseconsultant.domain.answer import Consultation, Verdict
from caseconsultant.domain.codes import Payer

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    "text",
    [
        "Is it incorrect to report 20610 three times?",
        "Are blanket notices prohibited?",
        "Is character D incorrect at the first cast check?",
        "Ten days have passed. Is 99495 out of the question?",
        "Is it true that 99211 can't be billed for a new patient?",
        "Should we take the second code off the claim since both describe one and the same illness of hers?",
    ],
)
def test_what_is_forbidden_is_answered_with_yes(text: str) -> None:
    assert asks_for_a_refusal(text)


@pytest.mark.parametrize(
    "text",
    ["Is it wrong not to report 99213?", "The graft was inappropriate. Can 15100 be billed?", "Is the visit allowed?"],
)
def test_what_is_allowed_is_not_turned(text: str) -> None:
    assert not asks_for_a_refusal(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Low medical decision making", None),
        ("LCD and medical necessity", None),
        ("Medi-Cal patient", Payer.MEDICAID),
        ("medi-cal patient", Payer.MEDICAID),
        ("MediCal patient", Payer.MEDICAID),
    ],
)
def test_medical_is_no_payer(text: str, named: Payer | None) -> None:
    assert payer(text) is named


def test_a_tie_of_minutes_goes_to_the_service_without_a_unit() -> None:
    rules = TimedRules(unit=15, first=8)
    assert pooled_units({"97112": 23, "97530": 8}, rules) == {"97112": 1, "97530": 1}
    assert pooled_units({"97112": 24, "97530": 8}, rules) == {"97112": 2}


def test_a_physician_without_part_in_the_plan_did_not_decide() -> None:
    facts = shared("The PA spent 30 minutes, the physician 10 minutes and the physician made no part of the plan.")
    assert facts.physician_undecided
    assert not facts.physician_decided
    assert shared("The PA spent 30 minutes, the physician 10 minutes and made the plan.").physician_decided


def test_the_one_with_the_time_and_the_plan_bills_a_shared_visit(ask: Ask) -> None:
    answer = ask(
        "Hospital: PA 30 minutes, physician 12 minutes, physician did nothing of the decision making. Bill MD?"
    )
    assert answer.answer.verdict is Verdict.NO
    assert "85 percent" in answer.answer.bottom_line


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("ACP 99497-33 with AWV G0439 on one claim, Medicare: do we collect the copay from her?", Verdict.NO),
        ("ACP 99497-33 with AWV G0439 on one claim, Medicare: is the copay waived?", Verdict.YES),
        ("Prevnar and flu vaccine the same visit, Medicare. Can I report G0008 twice?", Verdict.NO),
        ("Resident did the EGD; attending in the room throughout, documented. Can the attending bill it?", Verdict.YES),
        ("Resident did the EGD; attending came in at the end. Can the attending bill it?", Verdict.NO),
    ],
)
def test_facts_that_turn_an_article(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


def test_another_lesion_is_not_another_unit(ask: Ask) -> None:
    question = ask("Biopsy 45380 and snare of another polyp 45385, need a modifier?").question
    assert {each.code: each.units for each in question.codes} == {"45380": None, "45385": None}


def test_a_lesion_shaved_off_is_not_excised(ask: Ask) -> None:
    answer = ask("Removed a 0.9 cm benign lesion of the arm by tangential shaving. Is 11301 right?").answer
    assert "11401" not in answer.codes


def test_a_practice_is_answered_without_words_of_claims(ask: Ask) -> None:
    text = "Doctor reviewed at the follow-up visit the labs ordered by himself before. Does the review count again?"
    assert ask(text).answer.verdict is not Verdict.UNKNOWN


def test_a_patient_is_not_taken_for_a_practice(ask: Ask) -> None:
    assert ask("My cut is red and warm since yesterday. Is that normal?").answer.verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Excised lung cancer, no treatment left, in follow-up only: C34.90 or Z85.118?",
        "24 or 79 when the same surgeon's office sees her for a sinus infection, still within ninety days of the hip?",
    ],
)
def test_which_of_two_wants_no_yes(ask: Ask, text: str) -> None:
    assert not ask(text).question.wants_yes_or_no


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Pair 11111/22222 has modifier indicator nine. Is a modifier required?", Verdict.NO),
        ("NCCI: must 59 always be on the column two code for Medicare?", Verdict.NO),
        ("MUE with MAI of 2: will an appeal get more units paid?", Verdict.NO),
        ("MUE with MAI of 3, units denied: can an appeal with the documentation of necessity win?", Verdict.YES),
        ("MUE with MAI of 3: are the units always denied, even on appeal with documentation?", Verdict.NO),
        ("Is the payment for 79 cut like that of 78?", Verdict.NO),
        ("Is modifier 79 paid in full?", Verdict.YES),
        ("Analyzer error, we reran the sample. Add 91 to the test?", Verdict.NO),
        ("Is an addendum permitted in the chart?", Verdict.YES),
        ("Are late entries prohibited by Medicare?", Verdict.NO),
        ("Two IV lines, drugs incompatible: are two initial codes 96365 billable?", Verdict.YES),
        ("Bladder infection while pregnant: is that visit included in the maternity package?", Verdict.NO),
        ("Is the fiberglass material payable with fracture treatment in our office?", Verdict.YES),
        ("Video visit, patient in her home. Do we use POS 02?", Verdict.NO),
        ("Video visit, patient in her home. Do we use POS 10?", Verdict.YES),
        ("BMP with one test not run because of hemolysis. May we report the panel 80048?", Verdict.NO),
        ("Can the nurse bill 99211 for a weight check without any order?", Verdict.NO),
        ("Is diabetes above goal but unchanged a stable condition for MDM?", Verdict.NO),
        ("Separate lesion. Should we use XP?", Verdict.NO),
        ("Must we get an ABN signed for cosmetic surgery, which is excluded by law?", Verdict.NO),
    ],
)
def test_what_is_asked_of_claims_in_few_words(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


@pytest.mark.parametrize("text", ["Two lesions - can both be billed?", "20610 and 20550, needs a modifier?"])
def test_a_dash_or_a_comma_begins_a_question(ask: Ask, text: str) -> None:
    assert ask(text).question.wants_yes_or_no


def test_cast_material_is_no_drug(ask: Ask) -> None:
    assert ask("Q4038 with fracture treatment, can the cast supplies be billed in the office?").answer.verdict is (
        Verdict.YES
    )


def test_own_equipment_and_own_reading_without_a_modifier_is_a_question_of_components(ask: Ask) -> None:
    told = parts(
        ask("We own the x-ray unit and our doctor reads 71046; it goes out without a modifier, right?").question
    )
    assert (told.asked, told.owns, told.reads) == (True, True, True)


def test_a_reading_that_is_no_data_of_a_visit_is_told_of_visits_only(ask: Ask) -> None:
    about_a_visit = ask("We bill the reading of 71046. Does it count as data of the 99214?").answer
    about_parts = ask("Our clinic bills the reading of 71046 from its own machine. Anything to append?").answer
    assert about_a_visit.verdict is Verdict.NO
    assert about_parts.verdict is not Verdict.NO


@pytest.mark.parametrize(("minutes", "code"), [(30, "99238"), (31, "99239")])
def test_a_discharge_is_coded_by_its_minutes(ask: Ask, minutes: int, code: str) -> None:
    answer = ask(f"Discharge lasted {minutes} minutes with the instructions and a call to her son. Code?").answer
    assert answer.codes == {code: 1}


def test_without_minutes_in_the_note_the_longer_discharge_does_not_stand(ask: Ask) -> None:
    answer = ask("Hospital discharge, time not documented in the note. Is 99239 billable?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"99238": 1})

"""Visits: levels, minutes, add-ons and who bills, as coders ask for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.domain.answer import Answer, Consultation, Verdict

Ask = Callable[..., Consultation]
YES, NO, DEPENDS = Verdict.YES, Verdict.NO, Verdict.DEPENDS


def said(answer: Answer) -> str:
    return " ".join([answer.bottom_line, *(each.statement for each in answer.findings)])


def conditional(answer: Answer) -> set[str]:
    return {each.code for each in answer.conditional}


# --- Decision making -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Established pt with COPD exacerbation, prednisone rx'd, CXR ordered. What E/M level?", "99214"),
        ("est pt, DM uncontrolled A1c 9.4, insulin increased, A1c reviewed. What level?", "99214"),
        ("poison ivy, OTC hydrocortisone, established. level?", "99213"),
        ("new pt, low MDM, what code?", "99203"),
        ("Home visit established patient moderate MDM which code", "99349"),
        ("ED chest pain, EKG, troponin, CXR, discussed with cardiology, admitted. level?", "99285"),
        ("decision for elective knee replacement no risk factors, severe OA failing treatment. est pt level", "99214"),
        ("MDM low but 32 minutes spent, est pt. Which level can we bill?", "99214"),
    ],
)
def test_the_level_of_what_is_told(ask: Ask, text: str, code: str) -> None:
    assert ask(text).answer.codes == {code: 1}


def test_a_prescription_alone_does_not_make_99214(ask: Ask) -> None:
    found = ask("est pt, strep throat, amoxicillin. 99214?").answer
    assert (found.verdict, found.codes) == (NO, {"99213": 1})


def test_an_open_chronic_condition_gives_both_levels_and_asks(ask: Ask) -> None:
    found = ask("Est pt, hypertension, lisinopril renewed, no labs. 99213 or 99214?").answer
    assert conditional(found) == {"99213", "99214"}
    assert "goal" in " ".join(found.asks)


def test_a_test_that_the_group_reads_and_bills_is_no_data(ask: Ask) -> None:
    found = ask("ED visit: EKG interpreted and billed by our ED doc - does it count as data for the level?").answer
    assert found.verdict is NO


def test_before_2021_the_present_table_did_not_decide_alone(ask: Ask) -> None:
    found = ask("DOS 5/5/2020 est pt ear infection, amoxicillin: may we use the two-of-three MDM table?").answer
    assert found.verdict is NO
    assert "2021-01-01" in said(found)


# --- Time ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict", "codes"),
    [
        ("New patient, physician documents 44 minutes. Is that 99204?", NO, {"99203": 1}),
        ("New patient, physician documents 45 minutes. Is that 99204?", YES, {"99204": 1}),
        ("99306 with 47 minutes DOS 5/5/2023, ok?", YES, {"99306": 1}),
        ("99306 with 47 minutes DOS 5/5/2024, ok?", NO, {"99305": 1}),
        ("discharge took 30 minutes. 99239?", NO, {"99238": 1}),
        ("discharge took 31 minutes. 99239?", YES, {"99239": 1}),
    ],
)
def test_minutes_on_both_sides_of_a_minimum(ask: Ask, text: str, verdict: Verdict, codes: dict[str, int]) -> None:
    found = ask(text).answer
    assert (found.verdict, found.codes) == (verdict, codes)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("TT 38 min est pt, of which MA 5 min. Code?", "33"),
        ("est pt, 55 min total includes 10 min for joint injection billed separately. level by time?", "45"),
        ("est pt: 25 min with patient, 10 min charting same day, note finished next day 5 min. level by time?", "35"),
        ("est pt, total time 62 minutes, 15 minutes of that teaching the resident. level by time?", "47"),
    ],
)
def test_only_the_billing_clinicians_minutes_of_the_day_count(ask: Ask, text: str, minutes: str) -> None:
    assert f"{minutes} countable minutes" in ask(text).answer.bottom_line


def test_an_emergency_visit_has_no_time(ask: Ask) -> None:
    found = ask("ED doc spent 50 min with patient. 99285 based on time?").answer
    assert found.verdict is NO
    assert found.codes == {}


def test_a_new_or_established_patient_is_asked_for(ask: Ask) -> None:
    found = ask("Provider documented total time 41 minutes. 99215?").answer
    assert (found.verdict, conditional(found)) == (DEPENDS, {"99215", "99203"})


# --- Prolonged time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Established Medicare pt, 68 min total time by MD, coded by time, prolonged?", {"99215": 1}),
        ("Established Medicare pt, 69 min total time by MD, coded by time, prolonged?", {"99215": 1, "G2212": 1}),
        ("Aetna commercial, established, 70 min total by time, prolonged?", {"99215": 1, "99417": 2}),
        ("99223 plus prolonged, 110 minutes, Medicare inpatient. G0316 units?", {"99223": 1, "G0316": 2}),
        ("99350 home visit 115 minutes Medicare prolonged", {"99350": 1, "G0318": 1}),
    ],
)
def test_prolonged_units_by_payer(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


def test_medicare_takes_no_99417(ask: Ask) -> None:
    found = ask("Can we bill 99417 to Medicare with 99205?").answer
    assert found.verdict is NO
    assert "G2212" in said(found)


# --- G2211 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Medicare, her PCP for years. 99214-25, G0439 and G2211, DOS 3/1/2025. Payable?", YES),
        ("Medicare, her PCP for years. 99214-25, G0439 and G2211, DOS 12/1/2024. Payable?", NO),
        ("Medicare: is G2211 paid with 99213-25 and 20610?", NO),
        ("Medicare. 99213-25 and G2211, will it pay?", DEPENDS),
        ("Does UHC commercial pay G2211 with 99214?", DEPENDS),
        ("Was G2211 payable with 99214 for Medicare, DOS 12/15/2023?", NO),
        ("G2211 and AWV G0439 alone, Medicare, no other E/M. OK?", NO),
    ],
)
def test_the_complexity_add_on_by_date_payer_and_other_service(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


# --- Checkup and problem, planning, nurse --------------------------------------------------------------------


def test_25_goes_on_the_problem_visit(ask: Ask) -> None:
    found = ask(
        "Medicare. G0439-25 and 99214 for uncontrolled diabetes, med changes. 25 on the wellness visit, right?"
    ).answer
    assert found.verdict is NO
    assert found.codes == {"G0439": 1, "99214": 1}
    assert found.earned["99214"] == ("25",)


def test_refills_in_a_checkup_are_asked_about(ask: Ask) -> None:
    found = ask("99396 plus 99213 same visit, commercial. annual exam, BP meds refilled. Can we?").answer
    assert (found.verdict, conditional(found)) == (DEPENDS, {"99213"})


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Medicare AWV G0439 with 15 minutes of advance care planning. 99497-33?", {}),
        ("Medicare AWV G0439 with 16 minutes of advance care planning. 99497-33?", {"G0439": 1, "99497": 1}),
        ("Medicare AWV G0439 with 46 minutes of ACP", {"99497": 1, "99498": 1}),
    ],
)
def test_advance_care_planning_by_the_minute(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert {code: each for code, each in ask(text).answer.codes.items() if codes} == codes | (
        {"G0439": 1} if "46" in text else {}
    )


@pytest.mark.parametrize(
    "text",
    [
        "can 99211 be billed for a new patient?",
        "MA does wound check, doctor not in office. 99211?",
        "99211 blood draw only?",
    ],
)
def test_what_is_no_nurse_visit(ask: Ask, text: str) -> None:
    assert ask(text).answer.verdict is NO


# --- Who bills, and for whom ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Hospital visit shared: MD 20 minutes, NP 15 minutes, Medicare. Can the MD bill with FS?", YES),
        ("Hospital visit shared: MD 15 minutes, NP 20 minutes, by time, Medicare. Can the MD bill with FS?", DEPENDS),
        ("Shared critical care: MD 35 minutes, NP 40 minutes. MD made the plan. Can the MD bill with FS?", NO),
        ("split visit office pos 11, NP and MD?", NO),
        ("MD just cosigned the NP's hospital note. Can he bill it as shared with FS?", NO),
    ],
)
def test_who_bills_a_shared_visit(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("PA follow up per the physician's plan, nothing new, MD in the office suite, Medicare. Incident to?", YES),
        ("PA follow up per the physician's plan, nothing new, MD out of town, Medicare. Incident to?", NO),
        ("NP saw new patient, MD in the suite, Medicare. Incident to?", NO),
        ("Can incident-to be billed in the hospital for our NP?", NO),
        ("NP saw a Medicare pt in our office. Incident to the MD?", DEPENDS),
    ],
)
def test_incident_to_by_its_conditions(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("patient last seen 3 years and 2 months ago by our family doc. Is he new?", True),
        ("patient last seen 35 months ago by my partner, same specialty. Is he new?", False),
        ("pt seen by our cardiologist 1 year ago, now our endocrinologist. New patient?", True),
        ("Dr. Amin joined us; she saw the patient in May 2025 at her former practice. New patient?", False),
        ("we only read his echo 18 months ago, nobody saw him. Is he a new patient?", True),
    ],
)
def test_new_or_established(ask: Ask, text: str, *, new: bool) -> None:
    found = ask(text).answer
    assert said(found).startswith(("Yes: New", "New") if new else ("No: Established", "Established"))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Medicare obs 7 hours, discharged same date. 99234?", NO),
        ("Medicare obs 8 hours, discharged same date, two visits. 99234?", YES),
        ("Medicare obs, went home same day. 99234?", DEPENDS),
        ("BCBS follows CPT, obs 6 hours, discharged same date, two visits. 99234?", YES),
    ],
)
def test_a_stay_of_one_date_by_hours_and_payer(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


# --- Critical care, ended codes, silence ---------------------------------------------------------------------


def test_minutes_of_procedures_are_taken_out_and_99291_carries_25(ask: Ask) -> None:
    found = ask("Medicare critical care 140 minutes in all, 15 of those the intubation 31500, ED physician").answer
    assert found.codes == {"99291": 1, "99292": 1, "31500": 1}
    assert found.earned["99291"] == ("25",)
    assert "125 minutes" in found.bottom_line


def test_critical_care_under_30_minutes_is_a_visit(ask: Ask) -> None:
    assert ask("Can we send 99291 for 29 minutes of critical care? Medicare").answer.verdict is NO


def test_the_level_of_an_ended_code_carries_over(ask: Ask) -> None:
    found = ask("First day in observation, DOS 02/03/2023, Medicare, 99219 rejected. What should we have sent?").answer
    assert found.codes == {"99222": 1}
    assert "2022-12-31" in said(found)


@pytest.mark.parametrize(
    "text",
    [
        "Pt got 2 IV pushes of Dilaudid 31 min apart in the ER, hospital billing. Codes?",
        "IM Rocephin split into two sites because of volume. 96372 x2? Office, Medicare.",
        "45378 with 45385, 59?",
        "Vitamin D level 82306, is it covered?",
    ],
)
def test_other_questions_are_left_alone(ask: Ask, text: str) -> None:
    answer = ask(text, as_of=date(2026, 8, 1)).answer
    assert "decision making" not in said(answer)
    assert "shared visit" not in said(answer)


@pytest.mark.parametrize(
    "text", ["DOS 3/3/2020 est pt 99214 for 25 minutes, ok?", "DOS 7/8/2022 99284, was MDM alone the rule?"]
)
def test_a_visit_is_not_called_invalid_because_its_present_rules_are_younger(ask: Ask, text: str) -> None:
    assert "took effect" not in said(ask(text).answer)


def test_a_resident_s_visit_takes_gc_with_presence_and_ge_only_at_low_levels(ask: Ask) -> None:
    present = ask("Resident saw the patient, 99214, attending present for the key portion. Modifier?").answer
    assert [each.modifiers for each in present.conditional] == [("GC",)]
    assert ask("99214-GE under the primary care exception, resident alone. OK?").answer.verdict is NO


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Is an INR for warfarin intensive monitoring for toxicity in MDM?", NO),
        ("Does an interpreter count as independent historian for MDM?", NO),
        ("Does nurse time count toward total time for 99214?", NO),
        ("Do we need start and stop times for 99214 by time?", NO),
    ],
)
def test_rules_of_leveling_asked_for_by_themselves(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


def test_fever_leaves_open_whether_an_acute_problem_is_systemic(ask: Ask) -> None:
    assert conditional(ask("UTI with fever and flank pain, est pt, cipro, UA. 99213 or 99214?").answer) == {
        "99213",
        "99214",
    }


def test_two_specialties_each_report_their_own_critical_care(ask: Ask) -> None:
    found = ask("Critical care 35 min by ED doc, then 40 minutes by the intensivist, Medicare, same day. Codes?").answer
    assert "35 minutes: 99291 x1; 40 minutes: 99291 x1" in found.bottom_line

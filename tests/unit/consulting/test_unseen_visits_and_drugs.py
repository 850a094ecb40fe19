"""Visits, drug administration and modifiers as coders write of them: terse, with other things beside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.transitional import transition_code
from caseconsultant.consulting.reading.transitional import transition
from caseconsultant.consulting.reading.visit_minutes import counted_time
from caseconsultant.domain.answer import Answer, Consultation, Verdict

Ask = Callable[..., Consultation]
YES, NO, DEPENDS = Verdict.YES, Verdict.NO, Verdict.DEPENDS
DAYS, LEVELS = {"99495": 14, "99496": 7}, {"99495": "moderate", "99496": "high"}


def said(answer: Answer) -> str:
    return " ".join([answer.bottom_line, *(each.statement for each in answer.findings)])


# --- Lines worked out ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("subsequent hospital visit, 51 minutes. code?", {"99233": 1}),
        ("daily hosp visit, 34 minutes, what code", {"99231": 1}),
        (
            "intensivist 45 min in the morning, his partner 65 min that evening, Medicare, ICU. codes?",
            {"99291": 1, "99292": 1},
        ),
        ("ICU doc: 60 min, then her partner 43 min, same specialty, Medicare. what do we bill?", {"99291": 1}),
        (
            "critical care 90 min, commercial; 10 of the 90 min was intubation 31500",
            {"99291": 1, "99292": 1, "31500": 1},
        ),
        ("new pt 29 minutes code?", {"99202": 1}),
        ("home visit est 39 min", {"99348": 1}),
        ("TCM seen day 9, moderate mdm. 99495 or 99496?", {"99495": 1}),
        ("TCM: discharged Monday, seen 6 days after discharge, high complexity. code?", {"99496": 1}),
        ("normal newborn, born and sent home same day. code?", {"99463": 1}),
        ("Pembrolizumab infused 35 minutes, clinic, codes", {"96413": 1}),
        ("knee injected and drained same knee, 20610 two units?", {"20610": 1}),
        ("stepped on a rusty nail, Medicare, got a Tdap. part b?", {"90715": 1, "90471": 1}),
        ("ED hospital: dilaudid 1 mg IVP 08:10, dilaudid 1mg IVP 09:00. codes", {"96374": 1, "96376": 1}),
        ("ED hospital: dilaudid 1 mg IVP 08:10, dilaudid 1mg IVP 08:40. codes", {"96374": 1}),
        ("Medicare: 99214-25 with G0008 and G2211, for the pt of many years", {"99214": 1, "G0008": 1, "G2211": 1}),
    ],
)
def test_the_lines_that_the_facts_earn(ask: Ask, text: str, codes: dict[str, int]) -> None:
    found = ask(text).answer.codes
    assert {code: units for code, units in found.items() if code in codes} == codes
    assert not {code for code in found if code.startswith(("99", "9637"))} - codes.keys()


# --- Yes and no ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        ("does the lipid panel count as 4 points in data?", NO, "once"),
        ("CMP counts as one test for MDM, correct?", YES, "once"),
        ("does next-day charting by the MA count toward 99215?", NO, "99215 needs 40"),
        ("is G2211 allowed together with 99350?", YES, "2026"),
        ("Can G2211 be billed with 99213-25 and G0009?", YES, "lasting"),
        ("Medicare pt 99396 physical, will medicare pay?", NO, "G0438"),
        ("NP saw a brand new pt, Dr. Kim just signs off on it - bill under the doctor?", NO, "85 percent"),
        (
            "seen at our walk-in (family practice, same group) 14 months ago, now our family med office, 99203?",
            NO,
            "3-",
        ),
        ("flu shot 2 years ago by the nurse, never seen by a doctor here. 99203 ok?", YES, "face-to-face"),
        ("two antibiotics through two lumens of one PICC. two 96365?", NO, "lumen"),
        ("infusion of vancomycin, RN never charted the stop time, can we bill 96365?", NO, "96374"),
        ("patient came only for the depo shot, MA gave it. 99212-25 and 96372?", NO, "25 does not make one"),
        ("Can XU and 59 go together on the same line?", NO, "more specific"),
        ("Is 59 obsolete now that there are XE XS XP XU for Medicare?", NO, "2015"),
        (
            "Must the supervising doctor for incident-to be the one who wrote the plan?",
            NO,
            "any physician of the group",
        ),
        ("Rx given so it's a level 4, correct?", NO, "two of the three"),
        ("seen by our cardiologist 2 years ago, sees our EP now. Is she a new patient?", YES, "another specialty"),
        ("does modifier 77 bypass an NCCI edit?", NO, "associated"),
        ("TCM seen day 9, moderate mdm. 99496?", NO, "99495"),
        ("should we hold the claim, path still pending on the lesion we excised?", YES, "pathology"),
    ],
)
def test_the_first_word_is_the_rule(ask: Ask, text: str, verdict: Verdict, reason: str) -> None:
    found = ask(text).answer
    assert found.verdict is verdict
    assert reason in said(found)


def test_a_visit_that_two_clinicians_timed_is_shared(ask: Ask) -> None:
    found = ask("Hospital subsequent visit 99232: PA 15 min, hospitalist 25 min. modifier?").answer
    assert found.modifiers == ("FS",)


def test_psychotherapy_beside_a_visit_is_the_add_on(ask: Ask) -> None:
    found = ask("psychiatrist 99213 and 90834 same session").answer
    assert found.codes == {"99213": 1}
    assert [each.code for each in found.conditional] == ["90836"]


def test_a_procedure_that_injects_brings_no_96372(ask: Ask) -> None:
    assert "96372" not in said(ask("trigger finger injection 20550 with lidocaine, code ok?").answer)


def test_a_multi_dose_vial_tells_no_dose(ask: Ask) -> None:
    found = ask("Do we need JZ on J3301 from a 10 mg/ml 5 ml multi-dose vial?").answer
    assert found.verdict is NO
    assert "J3301" not in found.codes


# --- Facts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "level", "code"),
    [
        (7, "high", "99496"),
        (8, "high", "99495"),
        (14, "high", "99495"),
        (15, "high", None),
        (7, "moderate", "99495"),
        (14, "moderate", "99495"),
        (3, "low", None),
    ],
)
def test_day_and_level_after_a_discharge(day: int, level: str, code: str | None) -> None:
    assert transition_code(day, level, DAYS, LEVELS) == code


@pytest.mark.parametrize(
    ("text", "day", "level"),
    [
        ("TCM, visit on day 10, high complexity", 10, "high"),
        ("99496: seen five days after discharge, mod MDM", 5, "moderate"),
        ("TCM call made on day 2", None, None),
        ("TCM: discharged 2/27, called 2/28, visit 3/5, high complexity", 6, "high"),
        ("tcm d/c 11/2/26, seen 11/17/26", 15, None),
        ("tcm d/c 12/28, seen 1/4, moderate mdm", 7, "moderate"),
    ],
)
def test_what_is_told_of_a_visit_after_discharge(text: str, day: int | None, level: str | None) -> None:
    found = transition(text, year=2026)
    assert found is not None
    assert (found.day, found.level) == (day, level)


def test_a_part_of_a_total_is_taken_off_once() -> None:
    found = counted_time("80 min of critical care; intubation took 10 of the 80 min")
    assert found is not None
    assert found.minutes == 70


def test_a_push_beside_a_shot_is_the_first_one(ask: Ask) -> None:
    found = ask("office: 96375 denied beside 96372. IV push Zofran and IM phenergan, why?").answer
    assert "The first drug pushed is 96374" in found.bottom_line
    assert "96375" not in found.codes


# --- What decides is denied, named in passing, or abbreviated --------------------------------------------------------


def test_no_other_problem_is_no_separate_work(ask: Ask) -> None:
    answer = ask("Trigger point injection only, planned. No other problem looked at. 99213-25 with 20552 ok?").answer
    assert answer.verdict is NO
    assert "99213" not in answer.codes


def test_another_problem_is_separate_work(ask: Ask) -> None:
    answer = ask("Trigger point injection, 20552, another problem worked up: new rash. 99213-25 with 20552 ok?").answer
    assert answer.verdict is not NO


@pytest.mark.parametrize(
    "text",
    [
        "New patient, injected the knee, 20610. Is the e/m always payable with 25?",
        "Our doctor says a visit is automatically paid with 25 beside 20610. True?",
    ],
)
def test_no_visit_is_payable_by_itself(ask: Ask, text: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is NO
    assert "never payable by itself" in answer.bottom_line


def test_a_partner_of_another_specialty_makes_the_patient_new(ask: Ask) -> None:
    assert "New:" in ask("Seen by our cardio partner 2 yrs ago, now sees FP, same group. New?").answer.bottom_line
    assert "Established" in ask("Seen by his partner 2 yrs ago, same group. New patient?").answer.bottom_line

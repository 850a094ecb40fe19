"""The order of diagnoses in pregnancy, behind drugs, and of burns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.drug_effects import Effect, effect, encounter
from caseconsultant.consulting.reading.gestation import gestation
from caseconsultant.domain.answer import Consultation

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("accidental overdose of oxycodone", Effect.ACCIDENT),
        ("overdose of oxycodone", Effect.ACCIDENT),
        ("suicide attempt with acetaminophen overdose", Effect.SELF_HARM),
        ("heroin overdose, undetermined intent", Effect.UNDETERMINED),
        ("rash from amoxicillin taken as prescribed", Effect.ADVERSE),
        ("skipped insulin because of cost", Effect.UNDERDOSING),
        ("monitoring of warfarin", None),
    ],
)
def test_what_the_drug_did_is_read(text: str, what: Effect | None) -> None:
    assert effect(text) is what


@pytest.mark.parametrize(("text", "letter"), [("overdose", "A"), ("overdose, follow-up", "D"), ("late effect", "S")])
def test_the_encounter_is_the_seventh_character(text: str, letter: str) -> None:
    assert encounter(text) == letter


@pytest.mark.parametrize(("weeks", "trimester"), [(13, 1), (14, 2), (27, 2), (28, 3), (40, 3)])
def test_trimesters_begin_at_14_and_28_weeks(weeks: int, trimester: int) -> None:
    told = gestation(f"pregnant {weeks} weeks")
    assert told is not None
    assert told.trimester == trimester


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Pregnant with asthma exacerbation at 30 weeks. Which dx code first?", ["O99.513", "J45.901", "Z3A.30"]),
        ("Pregnant, UTI at 22 weeks. Diagnosis code?", ["O23.42", "Z3A.22"]),
        (
            "Pregnant at 27 weeks with type 2 diabetes on insulin. dx codes in order?",
            ["O24.112", "E11.9", "Z79.4", "Z3A.27"],
        ),
        ("Pregnant at 7 weeks with iron deficiency anemia. dx codes in order?", ["O99.011", "D50.9", "Z3A.01"]),
        ("Pregnant at 20 weeks, seen for a UTI, pregnancy incidental. dx codes in order?", ["N39.0", "Z33.1"]),
        ("Accidental overdose of oxycodone with respiratory failure. dx order?", ["T40.2X1A", "J96.90"]),
        ("Rash from amoxicillin taken as prescribed, dx order?", ["L27.0", "T36.0X5A"]),
        (
            "Patient skipped insulin because of cost and came in with DKA type 1. dx codes order?",
            ["E10.10", "T38.3X6A", "Z91.120"],
        ),
        ("Epistaxis from warfarin taken as prescribed, dx order?", ["D68.32", "R04.0", "T45.515A"]),
        ("Chemo induced anemia in breast cancer, dx order?", ["D64.81", "T45.1X5A", "C50.919"]),
        ("preeclampsia 34 weeks dx code?", ["O14.93", "Z3A.34"]),
        ("severe preeclampsia at 27 weeks, dx code?", ["O14.12", "Z3A.27"]),
        ("Encounter for immunotherapy for lung cancer right lower lobe, dx order?", ["Z51.12", "C34.31"]),
        ("Lung cancer right upper lobe, dx code?", ["C34.11"]),
        ("Lung cancer left, dx code?", ["C34.92"]),
    ],
)
def test_the_chapter_or_the_drug_orders_the_diagnoses(ask: Ask, text: str, codes: list[str]) -> None:
    assert list(ask(text).answer.diagnoses) == codes


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("Burn second degree forearm and third degree hand, dx order?", "T23.3-", "T22.2-"),
        ("Third degree burn of the back and first degree burn of the hand, dx order?", "T21.3-", "T23.1-"),
    ],
)
def test_the_burn_of_the_highest_degree_stands_first(ask: Ask, text: str, first: str, then: str) -> None:
    said = ask(text).answer.bottom_line
    assert said.index(first) < said.index(then)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Burns of 12% of the body, 4% third degree, dx for the extent T31?", "T31.10"),
        ("Burns of 32% of the body, 12% third degree, dx for the extent T31?", "T31.31"),
        ("Burns of 9% of the body, dx for the extent T31?", "T31.0"),
    ],
)
def test_the_extent_goes_by_tens_of_the_whole_and_of_the_third_degree(ask: Ask, text: str, code: str) -> None:
    assert code in ask(text).answer.bottom_line


def test_a_fracture_under_active_treatment_takes_a_and_a_healing_one_d(ask: Ask) -> None:
    new = ask("Fracture distal radius right, initial ER visit, which 7th character of the dx code?").answer
    healing = ask("Fracture distal radius right, follow-up in cast, which 7th character of the dx code?").answer
    assert "with A (closed)" in new.bottom_line
    assert "with D" in healing.bottom_line

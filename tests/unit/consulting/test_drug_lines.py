"""Units and waste of drugs, which code a drug has on a date, and joint injections."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from caseconsultant.consulting.calculators.drug_units import DrugUnits, drug_units, vials_for
from caseconsultant.consulting.reading.doses import GIVEN, VIAL, WASTE, amounts, container, none_left
from caseconsultant.consulting.reading.joints import joints


@pytest.mark.parametrize(
    ("dose", "unit", "opened", "units"),
    [
        (300, 10, 400, DrugUnits(30, 10)),
        (301, 10, 400, DrugUnits(31, 9)),
        (305, 10, 400, DrugUnits(31, 9)),
        (310, 10, 400, DrugUnits(31, 9)),
        (400, 10, 400, DrugUnits(40, 0)),
        (70, 100, 100, DrugUnits(1, 0)),
        (340, 10, None, DrugUnits(34, 0)),
    ],
)
def test_the_dose_is_rounded_up_and_the_rest_of_the_vials_is_waste(dose, unit, opened, units) -> None:
    assert drug_units(Fraction(dose), Fraction(unit), Fraction(opened) if opened else None) == units


@pytest.mark.parametrize(("dose", "vials"), [(100, 1), (101, 2), (400, 4)])
def test_the_fewest_vials_that_hold_the_dose(dose: int, vials: int) -> None:
    assert vials_for(Fraction(dose), Fraction(100)) == vials


def test_dose_vials_and_waste_are_told_apart() -> None:
    found = amounts("Xolair 375 mg - vials 150 mg x3, waste 75 mg")
    assert [(each.written, each.role, each.count) for each in found] == [
        ("375 mg", None, 1),
        ("150 mg", VIAL, 3),
        ("75 mg", WASTE, 1),
    ]


def test_a_volume_becomes_a_weight_by_its_strength() -> None:
    (found,) = [each for each in amounts("2 mL of Kenalog-40 given") if each.role == GIVEN]
    assert found.total == 80_000


def test_the_words_for_nothing_left() -> None:
    assert none_left("3 single-dose vials, no waste")
    assert none_left("every drop given")
    assert not none_left("rest of the vial thrown away")
    assert container("single-use vial").value == "single"
    assert container("single-dose or multi-dose vial?") is None


def test_both_knees_are_two_and_a_bursa_is_its_joint() -> None:
    assert len(joints("both knees injected")) == 2
    assert {each.joint for each in joints("right shoulder joint and subacromial bursa")} == {"shoulder"}
    assert [each.name for each in joints("great toe MTP")] == ["metatarsophalangeal"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            (
                "Medicare office: infliximab J1745, 340 mg given from four single-dose 100 mg vials, rest discarded. "
                "Units?"
            ),
            {"J1745": 34},
        ),
        (
            (
                "Kenalog 40 mg in each knee, both knees injected, single-dose vials, no waste, 20610-50 and J3301 "
                "units? Medicare office"
            ),
            {"20610": 1, "J3301": 8},
        ),
        ("Botox 100 unit vial, 85 units injected, 15 wasted, J0585, Medicare", {"J0585": 85}),
        ("Ketorolac 31 mg, J1885 units?", {"J1885": 3}),
        ("Ketorolac 30 mg, J1885 units?", {"J1885": 2}),
        ("Orthovisc both knees, J7324 units?", {"J7324": 2}),
        (
            "Knee aspiration and injection of 40 mg Kenalog, right knee, office, Medicare. Codes?",
            {"20610": 1, "J3301": 4},
        ),
        ("Right knee injected under ultrasound, image and report kept, 20611?", {"20611": 1}),
        ("Injected left shoulder and left knee joints, 20610 x2?", {"20610": 2}),
    ],
)
def test_what_was_given_gives_the_lines(ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


def test_jz_is_required_from_july_2023(ask) -> None:
    text = "Medicare, single-dose vial of Kenalog 40 mg, no waste. Is JZ required on J3301?"
    assert ask(text, date(2023, 6, 30)).answer.verdict == "no"
    assert ask(text, date(2023, 7, 1)).answer.verdict == "yes"


def test_a_biosimilar_has_its_own_code(ask) -> None:
    answer = ask("We gave Inflectra 300 mg, 3 single-dose vials, no waste, and billed J1745 x30. Right?").answer
    assert (answer.verdict, answer.codes) == ("no", {"Q5103": 30})


def test_the_code_in_force_on_the_date_is_billed(ask) -> None:
    assert ask("Solu-Medrol 125 mg, J2930 x1, drug line ok?", date(2024, 5, 14)).answer.codes == {"J2919": 25}
    assert ask("Depo-Medrol 80 mg, J1010 x80, drug line ok?", date(2024, 1, 15)).answer.codes == {"J1040": 1}


def test_a_new_drug_without_a_code_is_unlisted(ask) -> None:
    answer = ask("New biosimilar, no J or Q code yet. What do we bill, office and hospital?").answer
    assert {each.code for each in answer.conditional} == {"J3590", "C9399"}


@pytest.mark.parametrize(
    "text", ["Toradol 60 mg IM in the hip, 96372?", "Is the chest x-ray of the left shoulder 73030?"]
)
def test_joints_are_silent_on_other_subjects(ask, text: str) -> None:
    assert not any(code.startswith("206") for code in ask(text).answer.codes)


def test_zoledronic_acid_is_no_chemotherapy(ask) -> None:
    assert ask("Reclast infusion 20 min office Medicare, we bill 96413, ok?").answer.codes == {"96365": 1}


def test_a_number_in_words_is_no_drug(ask) -> None:
    answer = ask("Need HCPCS for a four wheeled walker with seat").answer
    assert not any(line.code.startswith("J") for line in answer.conditional)

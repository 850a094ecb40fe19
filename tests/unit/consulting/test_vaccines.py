"""Giving vaccines: components, routes, ages on both sides of the bound, Medicare's codes and Part D."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting.calculators.immunization import by_components, by_route
from caseconsultant.consulting.reading.vaccines import age, counseled, vaccines
from caseconsultant.domain.answer import Consultation

Ask = Callable[..., Consultation]
CODES = {"first_component": "90460", "further_component": "90461"}
ROUTES = {"injected": {"first": "90471", "further": "90472"}, "oral_or_nasal": {"first": "90473", "further": "90474"}}


@pytest.mark.parametrize(
    ("components", "units"),
    [
        ([1], {"90460": 1}),
        ([3], {"90460": 1, "90461": 2}),
        ([4, 1], {"90460": 2, "90461": 3}),
        ([1, 1, 1], {"90460": 3}),
    ],
)
def test_each_vaccine_has_a_first_component(components: list[int], units: dict[str, int]) -> None:
    assert by_components(components, CODES) == units


@pytest.mark.parametrize(
    ("injected", "oral", "units"),
    [
        (1, 0, {"90471": 1}),
        (3, 0, {"90471": 1, "90472": 2}),
        (1, 1, {"90471": 1, "90474": 1}),
        (0, 1, {"90473": 1}),
        (0, 2, {"90473": 1, "90474": 1}),
    ],
)
def test_the_day_has_one_first_vaccine(injected: int, oral: int, units: dict[str, int]) -> None:
    assert by_route(injected, oral, ROUTES) == units


def test_ages_and_counseling_are_read() -> None:
    assert (age("15 months old"), age("4 yo"), age("age 18"), age("no age")) == (1.25, 4, 18, None)
    assert counseled("doctor counselled") is True
    assert counseled("our MA gave both, no doctor that day") is False
    assert counseled("Kinrix given") is None


def test_a_name_beside_its_code_is_one_vaccine() -> None:
    assert [each.code for each in vaccines("high-dose flu 90662 and Shingrix 90750", ["90662", "90750"])] == [
        "90662",
        "90750",
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "MMRV and HepA 90633, age 18, pediatrician counseled, commercial. Codes?",
            {"90710": 1, "90633": 1, "90460": 2, "90461": 3},
        ),
        (
            "MMRV and HepA 90633, age 19, doctor counseled, commercial. Codes?",
            {"90710": 1, "90633": 1, "90471": 1, "90472": 1},
        ),
        (
            "72-year-old Medicare: high-dose flu 90662 and Prevnar 20. Codes?",
            {"90662": 1, "90677": 1, "G0008": 1, "G0009": 1},
        ),
        ("Medicare patient stepped on a nail, got Tdap. Codes?", {"90715": 1, "90471": 1}),
        ("COVID vaccine 91320 given by MA, Aetna, 40 yo. Codes?", {"91320": 1, "90480": 1}),
    ],
)
def test_the_vaccines_give_the_lines(ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


def test_three_components_are_no_three_vaccines(ask) -> None:
    answer = ask("MMR 90707, 15 months old, doctor counselled, commercial, we bill 90460 x3. Correct?").answer
    assert (answer.verdict, answer.codes) == ("no", {"90707": 1, "90460": 1, "90461": 2})


def test_hepatitis_b_needed_a_risk_before_2025(ask) -> None:
    text = "Medicare patient without any hepatitis B risk, Hep B 90746 with G0010. Is it covered by Part B?"
    assert ask(text, date(2024, 12, 31)).answer.verdict == "no"
    assert ask(text, date(2025, 1, 1)).answer.verdict == "yes"


@pytest.mark.parametrize(
    "text", ["Flu test 87804 with 99213, modifier?", "Patient with hepatitis B, is 80053 covered?"]
)
def test_vaccines_are_silent_on_other_subjects(ask, text: str) -> None:
    assert not {"90471", "90460", "G0008", "G0010"} & set(ask(text).answer.codes)


def test_a_flu_vaccine_no_longer_supplied_is_still_part_b(ask: Ask) -> None:
    answer = ask("99213 with 90686 and G0008, Medicare").answer
    assert answer.codes.keys() >= {"90686", "G0008"}
    assert "Part D" not in answer.bottom_line


def test_of_an_unknown_vaccine_code_no_part_is_claimed(ask: Ask) -> None:
    assert "Part D" not in ask("Medicare, 90599 given today, who pays?").answer.bottom_line


def test_medicares_own_code_says_that_it_is_medicare(ask: Ask) -> None:
    assert "cannot be billed" not in ask("Flu shot 90662 with G0008, which units?").answer.bottom_line

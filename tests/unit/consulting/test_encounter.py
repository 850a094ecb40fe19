"""A day of infusions, pushes and fluids told drug by drug."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.encounter import Given, Method, encounter_codes
from caseconsultant.domain.answer import Consultation, Verdict
from caseconsultant.domain.codes import Setting

Ask = Callable[..., Consultation]
FLUID = Given("fluid", Method.HYDRATION, 120, start=480)
VANCOMYCIN = Given("vancomycin", Method.INFUSION, 95, start=600)


def test_an_office_opens_with_the_main_reason_and_a_hospital_by_rank() -> None:
    push = Given("ondansetron", Method.PUSH)
    fluid = Given("fluid", Method.HYDRATION, 100, main=True)
    office = encounter_codes((fluid, push), Setting.OFFICE)
    hospital = encounter_codes((fluid, push), Setting.OUTPATIENT_HOSPITAL)
    assert office is not None
    assert hospital is not None
    assert ([each.code for each in office.opened], office.counted) == (["96360"], {"96375": 1})
    assert ([each.code for each in hospital.opened], hospital.counted) == (["96361"], {"96374": 1})


@pytest.mark.parametrize(
    ("start", "minutes"),
    [(480, 120), (540, 60), (570, 30), (600, 0)],  # 10:00 to 11:35 the drug runs
)
def test_fluid_counts_only_while_no_drug_runs(start: int, minutes: int) -> None:
    fluid = Given("fluid", Method.HYDRATION, 120, start=start)
    found = encounter_codes((fluid, VANCOMYCIN), Setting.OFFICE)
    assert found is not None
    counted = [each.minutes for each in found.opened if each.code == "96361"]
    assert counted == ([minutes] if minutes and start + 120 <= 600 else counted)
    assert sum(counted) == 120 - max(0, min(start + 120, 695) - max(start, 600))


def test_an_infusion_begun_while_another_runs_is_concurrent() -> None:
    second = Given("magnesium", Method.INFUSION, 60, start=630)
    after = Given("magnesium", Method.INFUSION, 60, start=695)
    concurrent = encounter_codes((VANCOMYCIN, second), Setting.OFFICE)
    sequential = encounter_codes((VANCOMYCIN, after), Setting.OFFICE)
    assert concurrent is not None
    assert sequential is not None
    assert concurrent.counted == {"96368": 1}
    assert [each.code for each in sequential.opened] == ["96365", "96367"]


def test_the_same_drug_pushed_again_is_the_hospitals_alone() -> None:
    push = Given("morphine", Method.PUSH, times=2)
    drip = Given("vancomycin", Method.INFUSION, 60)
    hospital = encounter_codes((drip, push), Setting.OUTPATIENT_HOSPITAL)
    office = encounter_codes((drip, push), Setting.OFFICE)
    assert hospital is not None
    assert office is not None
    assert hospital.counted == {"96375": 1, "96376": 1}
    assert office.counted == {"96375": 1}


IN_THE_OFFICE = (
    "Office, Medicare. Saline 8:00-10:00 by itself for dehydration, then vancomycin 10:00 to 11:35, the main reason. "
    "Zofran IV push once. Which codes?"
)
IN_THE_HOSPITAL = (
    "Hospital outpatient, Medicare: magnesium drip 9:00-12:10, Toradol into the IV at 12:15, Benadryl into the IV at "
    "12:20. Administration codes?"
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (IN_THE_OFFICE, {"96361": 2, "96365": 1, "96366": 1, "96375": 1}),
        (IN_THE_HOSPITAL, {"96365": 1, "96366": 2, "96375": 2}),
    ],
)
def test_a_day_is_coded_drug_by_drug(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


def test_fluid_that_carries_the_drug_is_no_hydration(ask: Ask) -> None:
    answer = ask(
        "Vancomycin in 250 ml saline ran 95 minutes, office, Medicare. 96365, 96366 and 96361 for the saline?"
    ).answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"96365": 1, "96366": 1})
    assert "carries the drug" in answer.bottom_line


def test_a_contractors_list_decides_on_a_complex_biologic(ask: Ask) -> None:
    answer = ask("Infliximab for 2 hours, office, Medicare. Can we bill 96413 and 96415?").answer
    assert answer.verdict is Verdict.DEPENDS
    assert {line.code for line in answer.conditional} == {"96413", "96415"}
    assert any("contractor" in each for each in answer.asks)


def test_an_antibiotic_is_never_billed_as_chemotherapy(ask: Ask) -> None:
    answer = ask("Vancomycin infusion 60 minutes, office, Medicare. 96413?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"96365": 1})

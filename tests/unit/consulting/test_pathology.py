"""What is counted by the specimen: the calculator, the reading, and the answer; levels of specimens named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.specimens import specimen_units
from caseconsultant.consulting.reading.specimens import done, specimens
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("number", "blocks", "units"),
    [(1, 1, {"88331": 1}), (1, 2, {"88331": 1, "88332": 1}), (3, 3, {"88331": 3}), (3, 5, {"88331": 3, "88332": 2})],
)
def test_the_first_block_of_each_specimen_has_its_own_code(number: int, blocks: int, units: dict[str, int]) -> None:
    assert specimen_units(number, blocks, first="88331", further="88332") == units


@pytest.mark.parametrize(
    ("text", "number", "blocks"),
    [
        ("one specimen, three blocks", 1, 3),
        ("2 specimens, the first had 2 blocks and the second had 1 block", 2, 3),
        ("2 specimens, the first had 2 blocks and the second 1", 2, 3),
        ("3 separate specimens, one block each", 3, 3),
        ("2 specimens with 3 blocks each", 2, 6),
        ("specimen a (2 blocks) and specimen b (3 blocks)", 2, 5),
        ("two blocks from the same specimen", 1, 2),
        ("3 specimens with 5 blocks total", 3, 5),
        ("a frozen section", None, None),
    ],
)
def test_specimens_and_blocks_are_read_in_their_numbers(text: str, number: int | None, blocks: int | None) -> None:
    assert specimens(text) == number
    assert done(text, ["block*"], (), number) == blocks


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Frozen section, one specimen, three blocks. How do I code?", {"88331": 1, "88332": 2}),
        ("3 specimens sent for frozen section, one block each. Which codes?", {"88331": 3}),
        ("IHC on two specimens, 3 antibodies on each. Units?", {"88342": 2, "88341": 4}),
        ("IHC stains CK7, CK20 and TTF-1 on one lung biopsy, how many units?", {"88342": 1, "88341": 2}),
        ("PIN4 cocktail on a prostate biopsy, what code?", {"88344": 1}),
        ("Intraoperative frozen section with touch prep on the same specimen", {"88331": 1, "88334": 1}),
        ("Trichrome on 3 blocks of liver. units?", {"88313": 3}),
        ("Gallbladder pathology code?", {"88304": 1}),
        ("Colon polyps in 2 jars. 88305 units?", {"88305": 2}),
        ("Incidental appendix specimen, which path code?", {"88302": 1}),
        ("Appendix specimen, appendicitis, which path code?", {"88304": 1}),
    ],
)
def test_units_follow_specimens_and_what_was_done_to_each(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert dict(ask(text).answer.codes) == codes


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Can we bill 88331 x3 for three separate margins sent for frozen, one block each?", Verdict.YES),
        ("88331 x2 for two blocks from the same specimen?", Verdict.NO),
        ("Can 88342 be billed x3 on the same specimen?", Verdict.NO),
        ("Touch prep on one specimen, two sites during surgery. 88333 x2?", Verdict.NO),
        ("ER, PR, HER2 IHC counted by eye on breast cancer, 88342 x3?", Verdict.NO),
        ("special stain AFB and GMS on one lung biopsy. 88312 x2?", Verdict.YES),
        ("uterus for fibroids, path code 88307?", Verdict.YES),
        ("uterus for prolapse, path code 88307?", Verdict.NO),
    ],
)
def test_units_and_levels_proposed_are_held_against_the_specimens(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


def test_a_pathologist_in_a_hospital_reports_26(ask: Ask) -> None:
    answer = ask("Frozen section on one specimen, 2 blocks, hospital inpatient. Pathologist codes?").answer
    assert answer.earned["88331"] == ("26",)


def test_a_frozen_shoulder_is_no_specimen(ask: Ask) -> None:
    assert "88331" not in ask("Frozen shoulder, manipulation under anesthesia. Which code?").answer.codes


def test_blocks_without_a_number_of_specimens_are_asked(ask: Ask) -> None:
    answer = ask("Frozen section, 3 blocks. How many units?").answer
    assert answer.codes == {}
    assert "How many specimens" in answer.asks[0]

"""Mohs surgery by tumor, stage and block."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.mohs import mohs_units
from caseconsultant.consulting.reading.mohs import mohs
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("stages", "blocks", "units"),
    [
        (1, [5], {"17311": 1}),
        (1, [6], {"17311": 1, "17315": 1}),
        (2, [4, 4], {"17311": 1, "17312": 1}),
        (3, [7, 5, 6], {"17311": 1, "17312": 2, "17315": 3}),
    ],
)
def test_blocks_over_five_are_counted_stage_by_stage(stages: int, blocks: list[int], units: dict[str, int]):
    assert mohs_units("17311", "17312", "17315", stages, blocks, 5) == units


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "Mohs on the nose, 2 stages, first stage 5 blocks, second 6 blocks. Codes?",
            {"17311": 1, "17312": 1, "17315": 1},
        ),
        ("Mohs on the nose, 2 stages, first stage 5 blocks, second 5 blocks. Codes?", {"17311": 1, "17312": 1}),
        ("Mohs, back, one stage, 5 blocks. Codes?", {"17313": 1}),
        ("Mohs, back, one stage, 6 blocks. Codes?", {"17313": 1, "17315": 1}),
        ("Mohs of two sites: nose 3 stages, left forearm 1 stage. Codes?", {"17311": 1, "17312": 2, "17313": 1}),
        ("Mohs of the nose and of the ear, 2 stages each. Codes?", {"17311": 2, "17312": 2}),
        ("Mohs on the thigh, 1 stage, down to the muscle. Codes?", {"17311": 1}),
    ],
)
def test_each_tumor_has_its_own_first_stage(ask: Ask, text: str, codes: dict[str, int]):
    assert ask(text).answer.codes == codes


def test_too_many_stages_are_no():
    told = mohs("Mohs cheek 2 stages 17311 and 17312 x2 ok?")
    assert told is not None
    assert [(each.site, each.stages) for each in told.tumors] == [("cheek", 2)]


@pytest.mark.parametrize(("units", "verdict"), [(1, Verdict.YES), (2, Verdict.NO)])
def test_the_units_written_are_held_against_the_stages(ask: Ask, units: int, verdict: Verdict):
    answer = ask(f"Mohs on the cheek, 2 stages, 17311 x1 and 17312 x{units}, Medicare. Is that right?").answer
    assert answer.verdict is verdict
    assert answer.codes == {"17311": 1, "17312": 1}


def test_an_open_site_is_asked():
    told = mohs("Mohs, 2 stages")
    assert told is not None
    assert told.tumors[0].site is None


def test_blocks_without_their_stage_are_asked(ask: Ask):
    answer = ask("Mohs of the nose, 2 stages, 9 blocks in total. Codes?").answer
    assert any("blocks" in each for each in answer.asks)

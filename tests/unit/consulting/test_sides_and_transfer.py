"""Both sides, transfer of care, and modifiers that pass no pair."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(("day", "required"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_an_informal_transfer_takes_54_since_2025(ask: Ask, day: date, *, required: bool) -> None:
    text = "Surgeon expected a local orthopedist to do the follow-up, nothing in writing. Was 54 mandatory? Medicare"
    answer = ask(text, day).answer
    assert ("was not required" in answer.bottom_line) is not required
    assert (answer.verdict is Verdict.NO) is not required


def test_54_and_55_the_wrong_way_round(ask: Ask) -> None:
    answer = ask("We bill 66984-55 for the surgeon and 66984-54 for the optometrist. Right way round? Medicare").answer
    assert answer.verdict is Verdict.NO
    assert "54 is the surgeon's" in answer.bottom_line


def test_a_splint_alone_is_no_treatment_of_the_fracture(ask: Ask) -> None:
    answer = ask("We only put a splint on the broken wrist in the ED. 25600-54? Medicare").answer
    assert answer.codes == {}
    assert [line.code for line in answer.conditional] == ["25600"]
    assert "follow-up" in answer.asks[0]


@pytest.mark.parametrize(("day", "early"), [(date(2014, 12, 31), True), (date(2015, 1, 1), False)])
def test_the_x_modifiers_began_in_2015(ask: Ask, day: date, *, early: bool) -> None:
    answer = ask("Could XS have been used for two separate sites, Medicare office?", day).answer
    assert ("2015-01-01" in answer.bottom_line) is early


def test_76_passes_no_pair(ask: Ask) -> None:
    answer = ask("20550 with 20610 in the office, Medicare: we add 76 to 20550. Is 76 the right modifier?").answer
    assert answer.verdict is Verdict.NO
    assert "76 is not an NCCI modifier" in answer.bottom_line

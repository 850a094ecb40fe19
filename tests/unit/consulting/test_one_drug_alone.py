"""One drug alone: codes of a second drug are refused, and the minutes are the first drug's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize("codes", ["96365/66/67", "96365, 96366 and 96367"])
def test_a_sequential_infusion_needs_a_second_drug(ask: Ask, codes: str) -> None:
    answer = ask(f"{codes} for one drug, 3 hours, office, Medicare. Right?").answer
    assert answer.verdict is Verdict.NO
    assert answer.codes == {"96365": 1, "96366": 2}
    assert "second drug" in answer.bottom_line


def test_with_a_second_drug_the_sequential_infusion_stands(ask: Ask) -> None:
    answer = ask("96365 and 96367, a second drug ran after the first for 40 minutes, office, Medicare. Right?").answer
    assert answer.codes.get("96367") == 1


def test_a_concurrent_infusion_of_one_drug_alone_is_refused(ask: Ask) -> None:
    assert "96368" not in ask("96365 and 96368 for one drug, 2 hours, office, Medicare?").answer.codes


def test_a_range_of_levels_is_no_claim(ask: Ask) -> None:
    answer = ask("99202-99205, which level for 45 minutes, new patient?").answer
    assert answer.verdict is None
    assert answer.codes == {"99204": 1}

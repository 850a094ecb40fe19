"""Codes of an earlier year that stand in a mail beside the present ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "verdict", "codes"),
    [
        ("we billed G0438 in 2023, is it G0439 now?", Verdict.YES, {"G0439": 1}),
        ("G0439 was billed in 2022 and we want to bill G0438 now, ok?", Verdict.NO, {"G0439": 1}),
        ("Patient had G0402 in 2024. Is it G0438 or G0439 this year?", None, {"G0438": 1}),
        ("AWV last year on 11/20/2025, can we bill G0439 on 11/01/2026?", Verdict.YES, {"G0439": 1}),
        ("AWV on 11/20/2025, can we bill G0439 on 10/31/2026?", Verdict.NO, {}),
        ("Patient had G0402 in March 2025; G0438 on 3/2/2026?", Verdict.YES, {"G0438": 1}),
        ("Patient had G0402 in March 2025; G0438 on 2/27/2026?", Verdict.NO, {}),
        ("Patient had G0438 last year, can we bill G0439 this year?", Verdict.DEPENDS, {}),
    ],
)
def test_a_wellness_visit_goes_by_the_one_before(
    ask: Ask, text: str, verdict: Verdict | None, codes: dict[str, int]
) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert dict(answer.codes) == codes


@pytest.mark.parametrize(
    ("text", "verdict", "codes"),
    [
        ("In 2020 we used 99201, which code now?", None, {"99202": 1}),
        ("G2012 in 2024, what is it in 2026?", None, {"98016": 1}),
        ("CPT 99354 was used in 2022, is it 99417 now?", Verdict.DEPENDS, {}),
        ("Cigna: CPT 99354 was used in 2022, is it 99417 now?", Verdict.YES, {"99417": 1}),
        ("Cigna: CPT 99354 was used in 2022, is it 99215 now?", Verdict.NO, {"99417": 1}),
    ],
)
def test_an_ended_code_of_an_earlier_year_is_answered_with_its_successor(
    ask: Ask, text: str, verdict: Verdict | None, codes: dict[str, int]
) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert dict(answer.codes) == codes


def test_a_code_is_right_in_a_year_before_its_end(ask: Ask) -> None:
    assert ask("CPT 99201 in 2019?").answer.verdict is Verdict.YES
    assert ask("G2012 in 2026?").answer.verdict is not Verdict.YES

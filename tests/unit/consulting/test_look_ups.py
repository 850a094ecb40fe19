"""A code asked for by a few words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HCPCS for wrist cock-up splint prefab", "L3908"),
        ("cpap machine code", "E0601"),
        ("code for a cpap machine", "E0601"),
        ("ferritin level code?", "82728"),
        ("cpt for ferritin level", "82728"),
    ],
)
def test_a_thing_named_with_code_is_looked_up(ask: Ask, text: str, code: str):
    assert f"{code} (" in ask(text).answer.bottom_line


@pytest.mark.parametrize("text", ["our dress code", "code of conduct", "the zip code", "the nebulizer is broken"])
def test_other_codes_are_not_looked_up(ask: Ask, text: str):
    assert ask(text).answer.verdict is Verdict.UNKNOWN


def test_strips_alone_are_no_repair(ask: Ask):
    assert "no repair" in ask("code for steri strips only laceration").answer.bottom_line

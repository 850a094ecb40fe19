"""Modifiers that a sentence says to report."""

from __future__ import annotations

import pytest

from caseconsultant.consulting.named_modifiers import named_in


@pytest.mark.parametrize(
    ("sentence", "modifiers"),
    [
        ("The second operation takes 79: unrelated.", ("79",)),
        ("The diagnostic one with GG and the screening one with 59 or XU.", ("59", "XU")),
        ("Report 22612-62 on both claims.", ("62",)),
        ("The visit takes no 25.", ()),
        ("It is billed without modifier 59.", ()),
        ("99215 with 40 minutes.", ()),
        ("The visit with 24 hours between.", ()),
    ],
)
def test_what_is_named_to_be_reported(sentence: str, modifiers: tuple[str, ...]) -> None:
    assert named_in([sentence]) == modifiers

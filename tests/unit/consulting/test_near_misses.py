"""A mistyped code is told with the codes in force that are near it."""

from __future__ import annotations

from datetime import date

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.near_misses import asked, near_misses

ON = date(2026, 11, 23)


def test_two_signs_that_changed_places_are_found_first(knowledge: Knowledge) -> None:
    assert near_misses("93672", on=ON, knowledge=knowledge)[0] == "96372"


def test_one_sign_that_differs_is_found(knowledge: Knowledge) -> None:
    assert "96372" in near_misses("96382", on=ON, knowledge=knowledge)


def test_a_code_far_from_all_others_has_none(knowledge: Knowledge) -> None:
    assert near_misses("00001", on=ON, knowledge=knowledge) == ()
    assert asked("00001", on=ON, knowledge=knowledge) == ()

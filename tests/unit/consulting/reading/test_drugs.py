"""Drugs by name, their count and dose, and what they tell of the injection."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.drugs import milligrams, pushed
from caseconsultant.domain.question import Circumstance, Question

Read = Callable[..., Question]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("two pushes of Zofran and one of Toradol", {"ondansetron": 2, "ketorolac": 1}),
        ("Zofran 4 mg IV push x2", {"ondansetron": 2}),
        ("Zofran IV push at 10, ondansetron IV push at 11", {"ondansetron": 2}),
        ("Toradol IM injection, Zofran IV push", {"ondansetron": 1}),
        ("96374 only", {}),
    ],
)
def test_pushes_are_counted_by_drug(text: str, times: dict[str, int], read: Read) -> None:
    assert pushed(read(text)) == times


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Hizentra 10 g", 10_000),
        ("10 grams given, 10,000 mg in all", 10_000),
        ("2.5 g", 2500),
        ("305 mg", 305),
        ("10 g from three 4 g vials", 10_000),
        ("gave 8 g, wasted 2 g", 8000),
        ("10 g or 12 g", None),
        ("5 mg/kg", None),
        ("10 minutes", None),
    ],
)
def test_the_one_dose_is_read_in_milligrams(text: str, dose: int | None) -> None:
    assert milligrams(text) == dose


@pytest.mark.parametrize(
    "text",
    [
        "subcutaneous infusion with 96372. It was Toradol IM for pain",
        "96365 and a B12 shot",
        "Zofran and Toradol were given",
    ],
)
def test_a_drug_of_its_own_is_told(text: str, read: Read) -> None:
    assert Circumstance.OTHER_DRUG in read(text).circumstances


@pytest.mark.parametrize("text", ["Zofran infusion 96365 with 96372", "96372 beside 96369", "two pushes of Zofran"])
def test_one_drug_that_was_not_injected_tells_nothing_of_another(text: str, read: Read) -> None:
    assert Circumstance.OTHER_DRUG not in read(text).circumstances


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("two pushes 45 min apart", 45),
        ("repeated after 1 hour", 60),
        ("again after 30 minutes", 30),
        ("for 45 minutes", None),
    ],
)
def test_the_time_between_two_of_the_same_is_read(text: str, minutes: int | None, read: Read) -> None:
    assert read(text).apart == minutes

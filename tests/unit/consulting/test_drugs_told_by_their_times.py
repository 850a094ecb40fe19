"""A drug that runs in by vein, told with its times alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Rituximab from 9:05 to 11:35, office, Medicare. Codes?", {"96413": 1, "96415": 1}),
        ("Rituximab from 9:05 to 11:36, office, Medicare. Codes?", {"96413": 1, "96415": 2}),
        ("Vancomycin 8:00-9:30 and Zosyn 9:40-10:10, office, Medicare. Codes?", {"96365": 1, "96367": 1}),
        ("Vancomycin 8:00-9:31 and Zosyn 9:40-10:10, office, Medicare. Codes?", {"96365": 1, "96366": 1, "96367": 1}),
        ("Venofer 10:00 to 10:16, office, Medicare. Codes?", {"96365": 1}),
        ("Venofer 10:00 to 10:15, office, Medicare. Codes?", {}),
        ("Venofer IM 10:00 to 10:16, office, Medicare. Codes?", {"96372": 1}),
    ],
)
def test_clock_times_of_a_drug_by_vein_are_an_infusion(ask: Ask, text: str, units: dict[str, int]):
    assert {code: count for code, count in ask(text).answer.codes.items() if code.startswith("96")} == units


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("10:00 to 12:10 infliximab, office, Medicare. Codes?", 1),
        ("10:00 to 12:31 infliximab, office, Medicare. Codes?", 2),
        ("Remicade 2 h 30, office, Medicare. Codes please", 1),
        ("Remicade 2 h 40, office, Medicare. Codes please", 2),
    ],
)
def test_a_complex_biologic_by_its_times_is_answered_for_both_families(ask: Ask, text: str, further: int):
    lines = {each.code: each.units for each in ask(text).answer.conditional}
    assert (lines["96413"], lines["96415"]) == (1, further)
    assert (lines["96365"], lines["96366"]) == (1, further)


def test_whether_the_chemotherapy_family_is_allowed_depends_on_the_contractor(ask: Ask):
    answer = ask("Office, Medicare. Entyvio drip, 30 minutes. Which family of codes, is the chemo one allowed?").answer
    assert answer.verdict is Verdict.DEPENDS

"""Devices of the heart: the code by what was changed, and what is said of codes proposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("New dual chamber pacemaker with RA and RV leads. Code?", ["33208"]),
        ("New single chamber pacemaker with an RA lead. Code?", ["33206"]),
        ("New single chamber pacemaker, RV lead. Code?", ["33207"]),
        ("New CRT-P implanted, code?", ["33208", "33225"]),
        ("Dual chamber pacemaker generator change for ERI, old leads tested and kept. Code?", ["33228"]),
        ("single chamber ICD gen change, battery depleted. code?", ["33262"]),
        ("Biventricular ICD generator replacement, code?", ["33264"]),
        ("CRT-D generator change and new LV lead, code?", ["33264", "33225"]),
        ("Replaced the dual chamber pacemaker generator and placed a new RV lead. Code?", ["33207", "33233"]),
        ("Replaced the dual ICD generator and placed a new RV lead. Code?", ["33249", "33241"]),
        (
            "Upgrade from dual chamber pacemaker to biventricular ICD, new RV lead and LV lead",
            ["33249", "33233", "33225"],
        ),
        ("Single chamber pacemaker upgraded to dual chamber, code?", ["33214"]),
        ("Upgrade of dual chamber pacemaker to CRT-P with an LV lead, old leads kept. Code?", ["33229", "33225"]),
        ("Removal of pacemaker generator only, code?", ["33233"]),
        ("pacemaker generator and both leads extracted, code?", ["33233", "33235"]),
        ("New RV lead on the existing ICD generator, code?", ["33216"]),
        ("LV lead placed on the existing pacemaker generator, code?", ["33224"]),
        ("Pacemaker lead repositioned, code?", ["33215"]),
        ("LV lead of a CRT-D repositioned, code?", ["33226"]),
        ("Dual pacemaker generator inserted on existing leads, code?", ["33213"]),
        ("Leadless pacemaker insertion, code?", ["33274"]),
        ("Subcutaneous ICD implant, code?", ["33270"]),
        ("Loop recorder insertion, code?", ["33285"]),
        ("Loop recorder removal only, code?", ["33286"]),
    ],
)
def test_the_code_follows_what_was_changed(ask: Ask, text: str, codes: list[str]) -> None:
    assert list(ask(text).answer.codes) == codes


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Biventricular ICD generator replacement only, is CPT 33264 right?", Verdict.YES),
        ("Dual ICD generator replacement only, is CPT 33264 right?", Verdict.NO),
        ("Insertion of a dual chamber pacemaker, 33208 and 33217?", Verdict.NO),
        ("Old loop recorder removed and a new one put in, can we bill CPT 33285 and CPT 33286?", Verdict.NO),
    ],
)
def test_codes_proposed_are_held_against_what_was_done(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


def test_a_generator_change_without_its_leads_is_asked(ask: Ask) -> None:
    answer = ask("pacemaker generator change, code?").answer
    assert answer.codes == {}
    assert "33228" in answer.bottom_line
    assert answer.asks


def test_a_lead_moved_within_the_global_days_takes_78(ask: Ask) -> None:
    assert ask("Pacemaker lead repositioned 5 days after insertion by the same doctor, code?").answer.earned[
        "33215"
    ] == ("78",)


@pytest.mark.parametrize(
    "text",
    [
        "Which ICD-10 code for status of a pacemaker?",
        "ICD-10 code for new heart failure?",
        "remote pacemaker check, code?",
    ],
)
def test_no_operation_is_read_where_none_is_told(ask: Ask, text: str) -> None:
    assert not any(code.startswith("33") for code in ask(text).answer.codes)

"""Limits the sender was told, primaries of old days, hernias in passing, and the order an office or hospital keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting.reading.intent import asks_yes_or_no
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]
_HOSPITAL = (
    "Hospital outpatient claim, Medicare: 96360 and 96361 x{units}. A consultant says 96361 is capped at {told} a day. "
    "Right?"
)


def test_a_limit_told_is_held_against_the_settings_own_table(ask: Ask):
    answer = ask(_HOSPITAL.format(units=10, told=8)).answer
    assert answer.verdict is Verdict.NO
    assert "not 8; 8 is the practitioner table's" in answer.bottom_line


def test_a_limit_told_as_it_is_in_the_table_is_not_corrected(ask: Ask):
    assert ask(_HOSPITAL.format(units=10, told=24)).answer.verdict is not Verdict.NO


def test_an_mue_of_a_day_before_the_first_table_is_not_told(ask: Ask):
    answer = ask("Which MUE applied to 96375 on a physician claim, DOS 3/14/2018?").answer
    assert "the earliest edition we hold begins" in answer.bottom_line
    assert "96375 6" not in answer.bottom_line


def test_an_mue_of_a_day_in_the_table_is_told(ask: Ask):
    answer = ask("Which MUE applied to 96375 on a physician claim, DOS 8/14/2024?").answer
    assert "earliest edition" not in answer.bottom_line
    assert "96375 6" in answer.bottom_line


@pytest.mark.parametrize(
    ("day", "verdict"), [("3/31/2016", Verdict.YES), ("4/1/2016", Verdict.NO), ("6/1/2026", Verdict.NO)]
)
def test_a_primary_counts_to_its_own_last_day(ask: Ask, day: str, verdict: Verdict):
    text = f"Hospital outpatient claim, DOS {day}: was 96360 an allowed primary for 96376 then?"
    assert ask(text).answer.verdict is verdict


def test_a_primary_of_practitioners_is_none_for_a_hospital(ask: Ask):
    text = "{place}, Medicare, DOS 6/1/2026: is 96360 a valid primary code for 96375?"
    assert ask(text.format(place="Hospital outpatient claim")).answer.verdict is Verdict.NO
    assert ask(text.format(place="Office POS 11")).answer.verdict is Verdict.YES


def test_a_hernia_beside_another_operation_hangs_on_where_it_lay(ask: Ask):
    answer = ask("Umbilical hernia repaired during a lap chole, Medicare. Can we bill 47562 and 49591?").answer
    assert any("incision" in each for each in answer.asks)
    assert "49591" in {each.code for each in answer.conditional}


def test_a_hernia_at_the_port_is_part_of_the_operation(ask: Ask):
    text = "Umbilical hernia closed at the port site of a lap chole, Medicare. Can we bill 47562 and 49591?"
    assert ask(text).answer.verdict is Verdict.NO


def test_an_office_does_not_keep_the_hospitals_order(ask: Ask):
    text = (
        "Office POS 11, Medicare. Rehydration was the main reason: saline 8:30 - 10:10. "
        "At 10:15 Zofran IV push x1. {rest} Codes please."
    )
    compared = ask(text.format(rest="The hospital would put the push first. Same for us?")).answer
    assert compared.verdict is Verdict.NO
    assert compared.codes == {"96360": 1, "96361": 1, "96375": 1}
    assert ask(text.format(rest="")).answer.verdict is None


def test_a_hospital_does_not_keep_an_offices_order(ask: Ask):
    text = (
        "Hospital outpatient claim, Medicare. Saline 8:30 - 10:10 for dehydration. At 10:15 Zofran IV push x1. {rest}"
    )
    compared = ask(text.format(rest="Our physicians put hydration first. Same for us?")).answer
    assert compared.verdict is Verdict.NO
    assert "96374" in compared.codes


def test_a_second_lumen_at_the_same_time_may_earn_the_concurrent_code(ask: Ask):
    text = "PICC with two lumens, one antibiotic through each, {how}: 96365 and 96365-59 (office, Medicare), right?"
    at_once = ask(text.format(how="at the same time")).answer
    assert "96368" in {each.code for each in at_once.conditional}
    in_turn = ask(text.format(how="one after the other")).answer
    assert "96368" not in {each.code for each in in_turn.conditional}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Which family of codes, is the chemo one allowed?", True),
        ("Which family of codes is allowed?", False),
        ("The hospital puts the push first. Same for us?", True),
        ("Same day as the visit. Codes please.", False),
    ],
)
def test_a_second_clause_asks_by_itself(text: str, asked: bool):  # noqa: FBT001 - a table's column
    assert asks_yes_or_no(text) is asked


def test_what_a_denied_line_should_have_been_is_no_yes_or_no(ask: Ask):
    said = "DOS 6/12/2024 20610-RT with Depo-Medrol 40 mg, J1030 x1 denied. Medicare office. "
    assert ask(said + "What should the lines have been?", date(2024, 6, 12)).answer.verdict is None
    assert ask(said + "Is J1030 right?", date(2024, 6, 12)).answer.verdict is Verdict.NO

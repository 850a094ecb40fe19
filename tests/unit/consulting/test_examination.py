"""How the examination scores: what counts as said is what the reader is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseconsultant.consulting.examination import examine
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.spoken import says, spoken
from caseconsultant.domain.answer import Answer, ConditionalLine, Confidence, Finding, Kind, Reference, Verdict
from caseconsultant.domain.question import Topic

TODAY = date(2026, 11, 24)

ANSWER = Answer(
    verdict=Verdict.DEPENDS,
    bottom_line="20610 x1 is right.",
    codes={"20610": 1},
    conditional=(ConditionalLine("99213", 1, ("25",), "the visit went beyond the decision"),),
    modifiers=("25", "50"),
    diagnoses=("M17.11",),
    findings=(
        Finding(
            Topic.NCCI,
            Kind.PAYABLE,
            "99213 is column two, modifier indicator 1, since 2019-07-30.",
            (Reference("ncci-ptp-practitioner", "20610/99213", "2024-06-22"),),
            arithmetic="26 minutes of 30",
        ),
    ),
    asks=("Which knee was it?",),
    changes=("Ultrasound would make it 20611.",),
    edition_gap=("ncci-ptp-practitioner ends 2024-09-30",),
    confidence=Confidence.MEDIUM,
    earned={"20610": ("50",)},
)


@pytest.mark.parametrize(
    "told",
    [
        "20610 x1",
        "20610-50",
        "99213 x1",
        "99213-25",
        "M17.11",
        "beyond the decision",
        "column two",
        "26 minutes",
        "Which knee",
        "20611",
        "since 2019",
    ],
)
def test_what_the_reader_is_told_counts_as_said(told: str):
    assert says(spoken(ANSWER), told)


@pytest.mark.parametrize(
    "untold", ["practitioner", "ncci", "2024-06-22", "2024", "22", "payable", "statement", "depends", "99213-50"]
)
def test_names_of_fields_sources_and_dates_of_editions_do_not_count(untold: str):
    assert not says(spoken(ANSWER), untold)


def test_the_parts_of_an_answer_to_several_questions_count_too():
    whole = Answer(None, "Two answers.", {}, (), (), (), (), (), (), (), Confidence.HIGH, parts=(ANSWER,))
    assert says(spoken(whole), "column two")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the limit is 24 units", "24"),
        ("x24", "24"),
        ("that makes 24.", "24"),
        ("99213-24", "24"),
        ("12.8 units", "12.8"),
        ("since 2024-06-30", "2024"),
        ("since 2024-06-30", "2024-06-30"),
        ("Z86.010-", "z86.010"),
    ],
)
def test_a_figure_is_said_where_it_stands_whole(text: str, wanted: str):
    assert says(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("124 minutes", "24"),
        ("240 minutes", "24"),
        ("0.24 of the fee", "24"),
        ("24.5 units", "24"),
        ("24,500 dollars", "24"),
        ("the year 2024", "24"),
        ("since 2026-09-24", "24"),
        ("Z86.0101", "z86.010"),
    ],
)
def test_a_figure_within_another_one_or_in_a_date_is_not_said(text: str, wanted: str):
    assert not says(text, wanted)


@pytest.mark.parametrize("text", ["indicator 1", "Indicator of 1", "indicator is 1", "indicator: 1"])
@pytest.mark.parametrize("wanted", ["indicator 1", "indicator of 1", "indicator is 1"])
def test_an_indicator_may_be_put_in_any_way(text: str, wanted: str):
    assert says(text, wanted)
    assert not says(text, "indicator 0")


@pytest.mark.parametrize("text", ["MUE 6", "an MUE of 6", "the MUE is 6", "MUE: 6"])
def test_a_limit_may_be_put_in_any_way(text: str):
    assert says(text, "mue 6")
    assert not says(f"{text}0", "mue 6")


def test_a_hyphen_in_a_word_is_a_space():
    assert says("an add-on code", "add on")
    assert says("an add on code", "add-on")
    assert not says("99213-25", "99213 25")


def test_one_of_the_alternatives_is_enough():
    assert says("both ears", "either side | both ears")
    assert not says("both ears", "either side | one ear")


def _missed(knowledge: Knowledge, **case: Any) -> tuple[str, ...]:
    return examine(case, knowledge=knowledge, today=TODAY).missed


VISIT = "99213 and 20610 for M17.11 and E11.9, same visit, Medicare, office. Is 99213 payable?"


def test_diagnoses_are_held_against_the_case_in_their_order(knowledge: Knowledge):
    assert not _missed(knowledge, question=VISIT, diagnoses=["M17.11", "E11.9"])
    assert _missed(knowledge, question=VISIT, diagnoses=["E11.9", "M17.11"]) == (
        "diagnoses M17.11, E11.9, not E11.9, M17.11",
    )
    assert _missed(knowledge, question="95 min critical care", diagnoses=["E11.9"]) == ("diagnoses none, not E11.9",)


def test_a_modifier_has_to_stand_on_its_line_standing_or_conditional(knowledge: Knowledge):
    assert not _missed(knowledge, question=VISIT, modifiers_of={"99213": ["25"]})
    assert _missed(knowledge, question=VISIT, modifiers_of={"20610": ["25"]}) == ("20610-25 is missing",)
    bilateral = "20610 in both knees, Medicare, office: 50?"
    assert not _missed(knowledge, question=bilateral, modifiers_of={"20610": ["50"]})


def test_never_is_held_against_the_lines_too(knowledge: Knowledge):
    assert _missed(knowledge, question=VISIT, never=["99213-25"]) == ("says '99213-25'",)
    assert not _missed(knowledge, question=VISIT, never=["99213-59"])


def test_the_verdict_and_an_unmet_question_back_are_told(knowledge: Knowledge):
    assert _missed(knowledge, question=VISIT, verdict=True, asks=["which zip code"]) == (
        "verdict depends, not yes",
        "does not ask 'which zip code'",
    )


@pytest.mark.parametrize("wanted", ["no | depends", "depends", "depends | unknown"])
def test_a_verdict_may_have_alternatives(knowledge: Knowledge, wanted: str):
    assert not _missed(knowledge, question=VISIT, verdict=wanted)
    assert _missed(knowledge, question=VISIT, verdict="no | unknown") == ("verdict depends, not no | unknown",)

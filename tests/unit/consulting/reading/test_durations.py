"""Lengths of time, each with its arithmetic."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.question import Question

Reader = Callable[..., Question]

LENGTHS = [
    ("3 hours 20 minutes", 200, "3 x 60 + 20 = 200 minutes"),
    ("3h20m", 200, "3 x 60 + 20 = 200 minutes"),
    ("3h20", 200, "3 x 60 + 20 = 200 minutes"),
    ("3 h 20 min", 200, "3 x 60 + 20 = 200 minutes"),
    ("3 hrs and 20 mins", 200, "3 x 60 + 20 = 200 minutes"),
    ("3:20 hours", 200, "3 x 60 + 20 = 200 minutes"),
    ("three hours and twenty minutes", 200, "3 x 60 + 20 = 200 minutes"),
    ("200 minutes", 200, "200 minutes"),
    ("200min", 200, "200 minutes"),
    ("a 200-minute infusion", 200, "200 minutes"),
    ("3.5 hours", 210, "3.5 x 60 = 210 minutes"),
    ("an hour and a half", 90, "1 x 60 + 30 = 90 minutes"),
    ("one and a half hours", 90, "1 x 60 + 30 = 90 minutes"),
    ("2 1/2 hours", 150, "2 x 60 + 30 = 150 minutes"),
    ("one hour", 60, "1 x 60 = 60 minutes"),
    ("half an hour", 30, "half of an hour = 30 minutes"),
    ("10:00-13:20", 200, "10:00 to 13:20 = 200 minutes"),
    ("from 10:00 to 13:20", 200, "10:00 to 13:20 = 200 minutes"),
    ("from 10:00 am to 1:20 pm", 200, "10:00 am to 1:20 pm = 200 minutes"),
    ("10am-1:20pm", 200, "10:00 am to 1:20 pm = 200 minutes"),
    ("10:00-1:20", 200, "10:00 to 1:20 = 200 minutes"),
    ("start 1000 stop 1320", 200, "10:00 to 13:20 = 200 minutes"),
    ("started at 10:00 and ended at 13:20", 200, "10:00 to 13:20 = 200 minutes"),
    ("Start time: 10:00 am, stop time: 1:20 pm", 200, "10:00 am to 1:20 pm = 200 minutes"),
    ("infused from 1000 to 1320", 200, "10:00 to 13:20 = 200 minutes"),
    ("22:30-00:10", 100, "22:30 to 0:10 the next day = 100 minutes"),
    ("11:30 pm to 12:40 am", 70, "11:30 pm to 12:40 am the next day = 70 minutes"),
]


@pytest.mark.parametrize(("text", "minutes", "arithmetic"), LENGTHS)
def test_a_length_of_time_is_read_with_its_arithmetic(
    read: Reader, text: str, minutes: int | None, arithmetic: str
) -> None:
    question = read(text)
    assert [(each.minutes, each.arithmetic) for each in question.durations] == [(minutes, arithmetic)]
    assert question.minutes == minutes


NO_LENGTHS = [
    "q 4 hours",
    "q4h",
    "every 30 minutes",
    "given 30 minutes before the infusion",
    "the push was 40 minutes later",
    "on treatment for 3 years",
    "a 45 year old",
    "within 24 hours",
    "each additional hour",
    "10 mL/hr",
    "observed for 30 minutes",
    "on 10/11/2024",
]


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_an_interval_is_no_length_of_a_service(read: Reader, text: str) -> None:
    assert read(text).durations == ()


def test_a_time_belongs_to_the_code_it_was_written_of(read: Reader) -> None:
    question = read("96365 for 95 min and 96360 for 45 minutes, then 30 minutes of 96367")
    assert [(each.minutes, each.codes) for each in question.durations] == [
        (95, ("96365",)),
        (45, ("96360",)),
        (30, ("96367",)),
    ]
    assert question.minutes is None


def test_a_time_after_units_and_modifiers_still_belongs_to_the_code(read: Reader) -> None:
    (mention,) = read("96372-59 x1 for 10 minutes").durations
    assert mention.codes == ("96372",)


def test_a_date_is_no_clock_time(read: Reader) -> None:
    assert read("DOS 10-11-2024").durations == ()

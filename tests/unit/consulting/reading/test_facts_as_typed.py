"""Times, dates and payers in the forms that coders type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

Reader = Callable[..., Question]

MINUTES = [
    ("10p to 1:30a drip", 210),
    ("8a-12p 96365", 240),
    ("8am-noon infusion", 240),
    ("noon to 1:30 pm infusion", 90),
    ("11pm to midnight infusion", 60),
    ("2215-0145 hydration", 210),
    ("0900-1131 96365", 151),
    ("1300h-1345h", 45),
    ("09:00 - 1131", 151),
    ("from 10 to 11:35", 95),
    ("anesthesia 0730-0915", 105),
    ("1 hr 10", 70),
    ("90' of 96365", 90),
    ("96365-95 min", 95),
    ("2019-2024 hydration rules changed", None),
    ("policy 2019-2024", None),
    ("ext 0142-0199", None),
    ("call 555-0142", None),
    ("96365 to 96366 infusion", None),
    ("a 10 a day habit to 12", None),
]


@pytest.mark.parametrize(("text", "minutes"), MINUTES)
def test_lengths_of_time_are_read_in_every_form(read: Reader, text: str, minutes: int | None) -> None:
    assert read(text).minutes == minutes


def test_each_length_of_time_before_its_code_is_that_codes(read: Reader) -> None:
    question = read("23 min vanc 96365, 12 min zofran 96374")
    assert [(each.minutes, each.codes) for each in question.durations] == [(23, ("96365",)), (12, ("96374",))]


def test_each_length_of_time_after_its_code_is_that_codes(read: Reader) -> None:
    question = read("96365 23 min, 96360 40 min")
    assert [(each.minutes, each.codes) for each in question.durations] == [(23, ("96365",)), (40, ("96360",))]


DATES = [
    ("DOS 3/4/25 96372", date(2025, 3, 4)),
    ("dos 4-Mar-2025", date(2025, 3, 4)),
    ("dos 4-Mar-25", date(2025, 3, 4)),
    ("date of service: 20250304", date(2025, 3, 4)),
    ("DOS 030425", date(2025, 3, 4)),
    ("DOS: 03/04/25-03/06/25", date(2025, 3, 4)),
    ("In March 2025, can we bill 96372", date(2025, 3, 1)),
    ("visit in March 2025", date(2025, 3, 1)),
    ("seen yesterday", date(2026, 11, 22)),
    ("performed last Friday", date(2026, 11, 20)),
    ("diagnosed in March 2025", None),
    ("last seen in March 2025", None),
    ("denied yesterday", None),
    ("DOS 13/45/25", None),
    ("invoice 20250304", None),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_dates_of_service_are_read_in_every_form(read: Reader, text: str, day: date | None) -> None:
    question = read(text)
    assert (question.as_of if question.as_of_stated else None) == day


PAYERS = [
    ("Humana Gold Plus", Payer.MEDICARE_ADVANTAGE),
    ("Aetna MA", Payer.MEDICARE_ADVANTAGE),
    ("MCR adv", Payer.MEDICARE_ADVANTAGE),
    ("dual complete", Payer.MEDICARE_ADVANTAGE),
    ("UHC community plan", Payer.MEDICAID),
    ("BCBS Medicaid", Payer.MEDICAID),
    ("united hc", Payer.COMMERCIAL),
    ("mcare", Payer.MEDICARE),
    ("MCR primary, BCBS secondary", Payer.MEDICARE),
    ("Noridian", Payer.MEDICARE),
    ("Tricare", None),
    ("Boston, MA", None),
    ("BCBS or Medicaid", None),
]


@pytest.mark.parametrize(("text", "payer"), PAYERS)
def test_payers_are_read_by_their_plans(read: Reader, text: str, payer: Payer | None) -> None:
    assert read(f"96372, {text}").payer == payer

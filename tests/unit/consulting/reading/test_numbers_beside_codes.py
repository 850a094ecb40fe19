"""Numbers that look like codes and are none, and codes that stand where such numbers stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import read_question
from caseconsultant.domain.question import Question

_NO_CODES = (
    "Please send the chair to 20610 Cedar Grove Ln, Aurora, CO 80013.",
    "our address is 99214 maple street, suite 300",
    "Dial 888-555-0123 and enter conference id 99215 to join.",
    "The gate code is 29881, ring twice.",
    "Locker 27447 is yours, badge 11042.",
    "Our copier is a Xerox 7855 and the spare a Ricoh 45378.",
    "WBC 11042, platelets 99213, she felt fine.",
    "viral load came back at 64483",
    "Toner order 88305 shipped on Monday.",
    "Help desk ticket number 45380 was closed by Ana.",
    "See page 99397 of the binder.",
    "Invoice 71046 for $2,000.00 is due.",
    "PO 96372 covers the chairs.",
    "Work order #93306 for the broken sink.",
    "We saw 20610 patients last year.",
    "The clinic has about 99213 active patients.",
    "Job posting 99396 closes on Friday.",
    "Text YES to 96413 to confirm the lunch.",
    "model 27130 of the bed is recalled",
    "Serial no. 45385, lot 96365, exp 12/2027.",
    "Parking space 43239 is free.",
    "Tracking 71045, carrier says Thursday.",
    "Flight 96360 was late.",
    "Our group 99291 is with the plan, member 0099213.",
    "Room 11042 is being painted.",
    "Take highway 20550 to exit 96372.",
    "account ending in 99214",
    "The odometer showed 45378 miles.",
    "Zip code 99213, phone 206-555-0177.",
    "Wi-Fi password 96372 for guests.",
    "The budget 71046 was approved.",
    "error code 20611 from the printer",
    "Fax: (503) 555-0142, ext 96372.",
    "claim id 99213 was uploaded",
    "NPI 1234567893, tax id 99-1234567.",
    "BP 120/80, pulse 72, temp 98.6, weight 71046 g.",
    "She was born 04/12/1958 and moved here in 2019.",
    "Receipt 29877 for lunch, $45.10.",
    "Conference code 64493, then the pound key.",
    "Enrolled 11720 members since 2021.",
)
_CODES = (
    ("infusion suite 96413 and 96415, who bills?", {"96413", "96415"}),
    ("emergency room 99284 with 12001, same physician", {"99284", "12001"}),
    ("1 hr 99291 and 31 min 99292?", {"99291", "99292"}),
    ("glucose 82947 and ferritin 82728 denied", {"82947", "82728"}),
    ("Can we bill 99203 new patients with 20610?", {"99203", "20610"}),
    ("claim 99213-25 with 20610-RT denied", {"99213", "20610"}),
    ("Ticket 43239 was about CPT 43235", {"43235"}),
    ("order 71046 read by us, 26?", {"71046"}),
)


@pytest.mark.parametrize("text", _NO_CODES)
def test_a_number_of_a_thing_or_place_is_no_code(text: str, knowledge: Knowledge) -> None:
    assert [each.code for each in read_question(text, knowledge=knowledge, as_of=date(2026, 11, 24)).codes] == []


@pytest.mark.parametrize(("text", "codes"), _CODES)
def test_a_code_beside_such_words_is_still_read(text: str, codes: set[str], knowledge: Knowledge) -> None:
    question = read_question(text, knowledge=knowledge, as_of=date(2026, 11, 24))
    assert {each.code for each in question.codes} == codes


@pytest.mark.parametrize(("number", "codes"), [("31622", ["31622"]), ("31623", [])])
def test_a_code_of_a_published_table_is_known_without_words_of_claims(
    read: Callable[..., Question], number: str, codes: list[str]
) -> None:
    assert [each.code for each in read(f"Bronch with washings, {number}, in the suite.").codes] == codes

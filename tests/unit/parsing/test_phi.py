from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.parsing import redact


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("patient John Smith had 96369", "patient [name] had 96369"),
        ("Patient John A. Smith, 99213-25", "Patient [name], 99213-25"),
        ("pt: Doe, Jane billed 96372-59", "pt: [name] billed 96372-59"),
        ("Patient: SMITH, JOHN", "Patient: [name]"),
        ("Patient Name: Zbigniew Kowalczyk\nage 45", "Patient Name: [name]\nage 45"),
        ("PATIENT JOHN SMITH HAD 99213", "PATIENT [name] HAD 99213"),
        ("patient Kowalczyk was seen", "patient [name] was seen"),
        ("patient john smith had 96369", "patient [name] had 96369"),
        ("pt maria was seen", "pt [name] was seen"),
        ("my patient, Mary O'Brien, had", "my patient, [name], had"),
        ("the patient's name is Jane Doe.", "the patient's name is [name]."),
        ("patient John Smith Medicare 96369", "patient [name] Medicare 96369"),
        ("Mr. Smith and Mrs. Jones got J1569", "Mr. [name] and Mrs. [name] got J1569"),
        ("Jane Doe, DOB 1/2/1960", "[name], DOB [date of birth]"),
        ("Name: Jane Q Public", "Name: [name]"),
        ("DOB: 03/04/1950 DOS 03/04/2024", "DOB: [date of birth] DOS 03/04/2024"),
        ("date of birth is March 4, 1950", "date of birth is [date of birth]"),
        ("born on 1950-03-04", "born on [date of birth]"),
        ("MRN 96372", "MRN [MRN]"),
        ("MRN# AB-123456, chart number 55512", "MRN# [MRN], chart number [MRN]"),
        ("Acct # 00123456 billed 20610-RT", "Acct # [account number] billed 20610-RT"),
        ("MBI 1EG4-TE5-MK73 or 1eg4te5mk73", "MBI [MBI] or [MBI]"),
        ("SSN 123-45-6789 and ssn: 123456789", "SSN [SSN] and ssn: [SSN]"),
        ("call (555) 555-0134 x12 or 555.555.0199", "call [telephone] or [telephone]"),
        ("phone 555-0134", "phone [telephone]"),
        ("write jane.doe+x@mail.example.com.", "write [e-mail]."),
        ("Member ID: W123456789", "Member ID: [policy number]"),
        ("lives at 12 Oak Street, Springfield, IL 62701", "lives at [address]"),
        ("P.O. Box 123", "[address]"),
    ],
)
def test_identifiers_become_tokens(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


KEPT = [
    "Patient Had a Subcutaneous Infusion for 3 Hours 20 Minutes",
    "PATIENT HAD A SUBCUTANEOUS INFUSION 96369",
    "patient had 96369 x1 and 96370 x2 with 96372-59",
    "Patient Medicare Part B",
    "Patient: Medicare, 65 y/o female, N18.30",
    "Patient: Established\nPayer: Aetna",
    "Can Patient Status be Inpatient Only?",
    "patient Hizentra infusion 10 g",
    "PT Gait Training 97116 and PT Evaluation 97161",
    "The patient is Medicare primary, Blue Cross Blue Shield secondary",
    "policy number L33794, article A52509, NCD 110.14",
    "NDC 00074-3799-02, ZIP 62701-1234",
    "S72.001A, E11.9, Z79.4, C50.911, 0SG107J",
    "DOS 01/02/2024-01/05/2024, 10:00-13:20, 200 minutes, $1,234.56",
    "J1569 20 units, 0.5 mg/kg, 1,000 mL, 99213-25, 20610-RT, 0001A, 3074F, G0299",
    "account for 99213 and claim 96372 denied, CO-97",
    "Drug name: Gammagard, Facility Name: Lakeside Infusion",
    "96372 Saw Dr Smith",
    "patient rose from the chair, patient bill 99213, patient frank hematuria",
    "Seen 2 Times By Dr. Smith",
    "Modifier 59 or XU? Critical care 99291 95 min",
    "99213 99214 20610",
    "96369 96370 96371 96372",
]


@pytest.mark.parametrize("text", KEPT)
def test_codes_dates_and_everyday_words_stay(text: str) -> None:
    assert redact(text).text == text


def test_the_senders_names_go_wherever_they_stand_and_are_counted_apart() -> None:
    found = redact("jane doe asked for [name] and DOE", names=("Jane Doe", "Doe", "name"))
    assert found.text == "[sender] asked for [name] and [sender]"
    assert found.counts == {"sender": 2}


def test_kinds_are_counted() -> None:
    assert redact("MRN 12345, MRN 23456, a@example.com").counts == {"MRN": 2, "e-mail": 1}


_PIECES = [
    "patient ", "Patient: ", "Mr. ", "John ", "Smith", "DOE, ", "JANE", "DOB ", "MRN ", "# ", "1/2/1960", "96372",
    "-59", " x2 ",
    "1EG4-TE5-MK73", "123-45-6789", "555-555-0134", "a@example.com",
    ", ", "\n", "name", "[", "]", "[name]", "Member ID ",
    "W1234567",
    "12 Oak St", " is ", "Medicare ",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


@given(st.text())
def test_any_text_can_be_redacted(text: str) -> None:
    once = redact(text).text
    assert redact(once).text == once


_CODES = st.sampled_from(
    ["96369", "96372-59", "99213-25", "J1569", "N18.30", "E11.9", "20610-RT", "G0299", "0001A", "S72.001A"]
)
_GLUE = st.sampled_from(
    [" with ", ", ", " x2 and ", " on 02/01/2024 ", " for 200 minutes, ", " Medicare ", "\n", " patient had "]
)


@given(st.lists(st.tuples(_GLUE, _CODES), min_size=1, max_size=8))
def test_no_code_is_ever_eaten(pairs: list[tuple[str, str]]) -> None:
    text = "".join(glue + code for glue, code in pairs)
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Call 555-0142 about 96369.", "Call [telephone] about 96369."),
        ("Titrated 500-1000 mg, J1559.", "Titrated 500-1000 mg, J1559."),
        ("ZIP 98101-4471 is no telephone.", "ZIP 98101-4471 is no telephone."),
    ],
)
def test_a_local_number_is_a_telephone_and_a_range_of_doses_is_not(text, kept):
    assert redact(text).text == kept

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.parsing import patient_identifiers, redact


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
    "patient Mohs 17311, Patient Swan-Ganz 93503, patient Foley 51702, Patient Baker cyst 27345",
    "Patient Colles left, Patient Parkinson G20.A1, patient Crohn K50.90, Patient Whipple 48150",
    "Patient Modifier 25, Patient Monday 99213, patient March visit, Patient Florida Medicaid",
    "https://www.cms.gov/medicare-coverage-database/view/lcd.aspx?lcdid=35490",
    "The code expired 12/31/2025; auth dates 01/01/2026-06/30/2026",
    "NPI 1234567893, TIN 12-3456789, CLIA 05D2081492, rev code 0636, BP 142/88",
    "Patient Vaginal Delivery was 59409",
]


@pytest.mark.parametrize("text", KEPT)
def test_codes_dates_and_everyday_words_stay(text: str) -> None:
    assert redact(text).text == text


def test_the_senders_names_go_wherever_they_stand_and_are_counted_apart() -> None:
    found = redact("jane doe asked for [name] and DOE", names=("Jane Doe", "Doe", "name"))
    assert found.text == "[sender] asked for [name] and [sender]"
    assert found.counts == {"sender": 2}


@pytest.mark.parametrize("name", ["Ruiz, Dana", "Dana Ruiz", "Dana Ruiz, CPC"])
def test_the_senders_name_is_known_in_each_of_its_forms(name: str) -> None:
    assert redact("Dana Ruiz asks: 96372?", names=(name,)).text == "[sender] asks: 96372?"


@pytest.mark.parametrize("desk", ["Coding", "Billing Department", "Medicare"])
def test_a_desk_that_writes_has_no_name_to_take_out(desk: str) -> None:
    text = "Coding and billing department of Medicare: 96372?"
    assert redact(text, names=(desk,)).text == text


@pytest.mark.parametrize(
    ("text", "of_a_patient"),
    [
        ("Dana Ruiz asks: is 96372 right for 2 units?", False),
        ("Dana Ruiz asks: patient Jane Doe, 96372?", True),
        ("MRN 77812", True),
        ("", False),
    ],
)
def test_the_senders_own_name_is_no_patients_identifier(text: str, of_a_patient) -> None:
    assert patient_identifiers(redact(text, names=("Dana Ruiz",)).counts) is of_a_patient


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("89 y/o and 90 y/o", "89 y/o and [age over 89] y/o"),
        ("a 92-year-old man", "a [age over 89]-year-old man"),
        ("Age: 101, 99310", "Age: [age over 89], 99310"),
        ("ages 90 days and 95 minutes", "ages 90 days and 95 minutes"),
        ("Patient John Smith. Smith was seen by Dr. Smith.", "Patient [name]. [name] was seen by Dr. Smith."),
        ("pt J.S. and pt initials KLM", "pt [name] and pt initials [name]"),
        ("Jane Roe saw Jane Miller, MD, and Dr. Jane Miller", "[name] saw Jane Miller, MD, and Dr. Jane Miller"),
        ("Name|DOB|CPT\nRoe, Jane|1/2/1960|99213", "Name|DOB|CPT\n[name]|[date of birth]|99213"),
        ("Date of death: 3/4/2026, admitted 3/1/2026", "Date of death: [date of death], admitted 3/1/2026"),
        ("Jane Doe, 5/6/1970, DOS 3/4/2026", "[name], [date of birth], DOS 3/4/2026"),
        ("Jane Doe, 3/4/2026, 99213", "[name], 3/4/2026, 99213"),
        ("callback +44 20 7946 0958, Z29.81", "callback [telephone], Z29.81"),
        ("fax 011 44 20 7946 0958", "fax [telephone]"),
        ("https://chart.example.com/patient/77812?x=1 ok", "[web address] ok"),
        ("from 203.0.113.77, section 30.6.1.1", "from [IP address], section 30.6.1.1"),
        ("UDI (01)00844588003288(17)261231(21)1234", "UDI [serial number]"),
        ("Auth # A123456789, case CC-2026-000123", "Auth # [reference number], case CC-2026-000123"),
        ("Claim 2026030488123 and claim 99213-25", "Claim [account number] and claim 99213-25"),
        ("License # A1234567", "License # [license number]"),
    ],
)
def test_the_rest_of_the_eighteen_identifiers(text: str, redacted: str) -> None:
    assert redact(text).text == redacted


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

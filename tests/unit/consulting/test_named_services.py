"""Services named in words whose code is asked: both sides of their branches, and where the subject stays silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Bilateral screening mammogram with tomo, Medicare. Codes?", {"77067": 1, "77063": 1}),
        ("Bilateral screening mammogram, Medicare. Code?", {"77067": 1}),
        ("Diagnostic mammogram left breast with tomosynthesis, Medicare. What codes?", {"77065": 1, "G0279": 1}),
        ("Diagnostic mammogram both breasts, what code?", {"77066": 1}),
        ("What is the CPT code for a 12 lead EKG in the office?", {"93000": 1}),
        ("EKG read in the hospital, what code?", {"93010": 1}),
        ("Venous duplex left leg for DVT, what CPT?", {"93971": 1}),
        ("Venous duplex both legs, what CPT?", {"93970": 1}),
        ("Right upper quadrant ultrasound, which code?", {"76705": 1}),
        ("Complete abdominal ultrasound, which code?", {"76700": 1}),
        ("Biophysical profile without NST code?", {"76819": 1}),
        ("Biophysical profile with NST code?", {"76818": 1}),
        ("Colposcopy with cervical biopsy and ECC, code?", {"57454": 1}),
        ("Colposcopy with cervical biopsy, code?", {"57455": 1}),
        ("IUD insertion, Mirena. What CPT code?", {"58300": 1}),
        ("IUD removal CPT code?", {"58301": 1}),
        ("Tonsillectomy alone, age 11, code?", {"42825": 1}),
        ("Tonsillectomy alone, age 12, code?", {"42826": 1}),
        ("PICC line with ultrasound guidance age 5, code?", {"36573": 1}),
        ("PICC line with ultrasound guidance age 4, code?", {"36572": 1}),
        ("Paracentesis without imaging code?", {"49082": 1}),
        ("Paracentesis with ultrasound guidance code?", {"49083": 1}),
        ("Carpal tunnel injection code?", {"20526": 1}),
        ("EGD with biopsy code?", {"43239": 1}),
        ("Low dose CT for lung cancer screening code?", {"71271": 1}),
        ("PT evaluation moderate complexity code?", {"97162": 1}),
    ],
)
def test_a_service_named_in_words_is_answered_with_its_code(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Diagnostic mammogram, what code?", {"77065", "77066"}),
        ("Paracentesis code?", {"49082", "49083"}),
        ("Laparoscopic hysterectomy code?", {"58570", "58571", "58572", "58573"}),
    ],
)
def test_an_open_branch_gives_conditional_lines_and_one_question(ask: Ask, text: str, codes: set[str]) -> None:
    answer = ask(text).answer
    assert answer.codes == {}
    assert {each.code for each in answer.conditional} == codes
    assert len(answer.asks) == 1


def test_the_practitioner_in_a_hospital_takes_26(ask: Ask) -> None:
    assert "26" in ask("Carotid duplex read in the hospital by our radiologist, what code?").answer.modifiers
    assert "26" not in ask("Carotid duplex in our office, what code?").answer.modifiers


def test_the_side_told_is_the_modifier(ask: Ask) -> None:
    assert ask("Total knee arthroplasty left, code?").answer.modifiers == ("LT",)
    assert ask("Total knee arthroplasty both knees, code?").answer.modifiers == ("50",)


@pytest.mark.parametrize(
    "text",
    [
        "How often does Medicare cover a screening mammogram?",
        "Is 93000 payable with 99213?",
        "Patient had an EKG. Is the visit a level 4?",
        "Which code for total hip arthroplasty anesthesia?",
    ],
)
def test_nothing_is_coded_where_no_code_is_asked(ask: Ask, text: str) -> None:
    assert not {"77067", "93010", "27130"} & set(ask(text).answer.codes)


def test_a_hospitalist_discharges_with_the_hospitals_codes(ask: Ask) -> None:
    text = (
        "Patient transferred from our hospital to SNF the same day. Can our hospitalist bill 99239 and the SNF admit "
        "99306 both? {} min discharge."
    )
    assert "99239" in ask(text.format(35)).answer.bottom_line
    assert "99316" not in ask(text.format(35)).answer.bottom_line
    assert "99316" in ask("SNF discharge day, 35 minutes spent, which code?").answer.bottom_line


def test_days_and_minutes_of_remote_monitoring_each_have_their_code(ask: Ask) -> None:
    told = "RPM: 12 days of BP readings in October, plus {} min of nurse time with one call. Codes?"
    assert ask(told.format(25)).answer.codes == {"99445": 1, "99457": 1}
    assert ask(told.format(19)).answer.codes == {"99445": 1, "99470": 1}
    without = ask("RPM: 12 days of BP readings in October, plus 25 min of nurse time, no call. Codes?").answer
    assert without.codes == {"99445": 1}
    assert [each.code for each in without.conditional] == ["99457"]


def test_a_talk_of_clinicians_is_no_visit_by_phone_and_pictures_read_are_data(ask: Ask) -> None:
    answer = ask("Est patient, chest pain, reviewed EKG and CT angio, cardiology consult by phone, what level?").answer
    assert answer.codes == {}
    assert "audio-only" not in answer.bottom_line
    visit = ask("Phone visit with established patient, Medicare, audio only. How do we bill it?").answer
    assert "93: audio-only" in visit.bottom_line

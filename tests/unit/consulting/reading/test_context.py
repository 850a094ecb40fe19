"""Payer, setting, date of service, services in words, and what is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Circumstance, Intent, Question, Service

Reader = Callable[..., Question]

PAYERS = [
    ("Medicare.", Payer.MEDICARE),
    ("Medicare Advantage plan", Payer.MEDICARE_ADVANTAGE),
    ("Aetna Medicare", Payer.MEDICARE_ADVANTAGE),
    ("a Medicaid patient", Payer.MEDICAID),
    ("her MA plan is Humana", Payer.MEDICARE_ADVANTAGE),
    ("BCBS", Payer.COMMERCIAL),
    ("UHC commercial", Payer.COMMERCIAL),
    ("Noridian", Payer.MEDICARE),
    ("Medicare and BCBS", None),
    ("a payer", None),
    ("non-Medicare patient", Payer.COMMERCIAL),
]


@pytest.mark.parametrize(("text", "payer"), PAYERS)
def test_the_payer_is_read(read: Reader, text: str, payer: Payer | None) -> None:
    assert read(text).payer == payer


SETTINGS = [
    ("in the office", Setting.OFFICE),
    ("POS 11", Setting.OFFICE),
    ("place of service 22", Setting.OUTPATIENT_HOSPITAL),
    ("in a physician practice", Setting.OFFICE),
    ("hospital outpatient", Setting.OUTPATIENT_HOSPITAL),
    ("HOPD", Setting.OUTPATIENT_HOSPITAL),
    ("in our infusion center", None),
    ("hospital outpatient, professional claim", Setting.FACILITY_PROFESSIONAL),
    ("our doctor gave it in the hospital", Setting.FACILITY_PROFESSIONAL),
    ("in an ASC", Setting.ASC),
    ("at home", Setting.HOME),
    ("DME supplier", Setting.DME),
    ("office or hospital outpatient", None),
    ("call our billing office", None),
    ("home office", None),
]


@pytest.mark.parametrize(("text", "setting"), SETTINGS)
def test_the_setting_is_read(read: Reader, text: str, setting: Setting | None) -> None:
    assert read(text).setting == setting


DATES = [
    ("DOS 3/4/2024", date(2024, 3, 4)),
    ("DOS: 03/04/24", date(2024, 3, 4)),
    ("on March 4, 2024", date(2024, 3, 4)),
    ("2024-03-04", date(2024, 3, 4)),
    ("seen 4 March 2024", date(2024, 3, 4)),
    ("DOB 3/4/1950, DOS 3/4/2024", date(2024, 3, 4)),
    ("denied on 5/1/2024; date of service 3/4/2024", date(2024, 3, 4)),
    ("infused on March 4", date(2026, 3, 4)),
]


@pytest.mark.parametrize(("text", "day"), DATES)
def test_the_date_of_service_is_read(read: Reader, text: str, day: date) -> None:
    question = read(text)
    assert (question.as_of, question.as_of_stated) == (day, True)


@pytest.mark.parametrize("text", ["DOS 13/45/2024", "2024-02-30", "no date", "DOB 3/4/1950", "BP 120/80"])
def test_what_is_no_date_of_service_leaves_the_day_of_receipt(read: Reader, text: str) -> None:
    question = read(text)
    assert (question.as_of, question.as_of_stated) == (date(2026, 11, 23), False)


SERVICES = [
    ("patient got 3h20 SC immune globulin", Service.SC_INFUSION, 200),
    ("a subcutaneous immunoglobulin infusion for 3 hours 20 minutes", Service.SC_INFUSION, 200),
    ("Hizentra by pump over 95 minutes", Service.SC_INFUSION, 95),
    ("vancomycin IV infusion ran 95 minutes", Service.IV_INFUSION, 95),
    ("IVPB over 45 min", Service.IV_INFUSION, 45),
    ("normal saline for 2 hours", Service.HYDRATION, 120),
    ("Zofran IV push", Service.IV_PUSH, None),
    ("an IM injection of Toradol", Service.INJECTION, None),
    ("heparin flush", Service.FLUSH, None),
]


@pytest.mark.parametrize(("text", "service", "minutes"), SERVICES)
def test_a_service_is_read_from_words(read: Reader, text: str, service: Service, minutes: int | None) -> None:
    (mention,) = read(text).services
    assert (mention.service, mention.minutes) == (service, minutes)


def test_circumstances_are_read_unless_denied(read: Reader) -> None:
    assert Circumstance.OTHER_DRUG in read("96372 was a different drug").circumstances
    assert Circumstance.OTHER_DRUG not in read("96372 was not a different drug").circumstances
    assert Circumstance.LOCAL_ANAESTHETIC in read("the injection was lidocaine").circumstances


INTENTS = [
    ("Can we bill 96369 and 96372 the same day?", Intent.TOGETHER),
    ("96369 with 96372", Intent.TOGETHER),
    ("Which modifier?", Intent.MODIFIER),
    ("How many units of 96370?", Intent.UNITS),
    ("how do we code it?", Intent.WHICH_CODE),
    ("Is 96370 valid?", Intent.VALIDITY),
    ("96372 was denied CO-97", Intent.DENIAL),
    ("What does 96369 mean?", Intent.MEANING),
    ("what must the nurse document", Intent.DOCUMENTATION),
]


@pytest.mark.parametrize(("text", "intent"), INTENTS)
def test_what_is_asked_is_read(read: Reader, text: str, intent: Intent) -> None:
    assert intent in read(text).intents


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("Can we bill 96369?", True),
        ("Is it ok to bill 96369?", True),
        ("How do we code it?", False),
        ("How many units can we bill?", False),
        ("96369 for 200 minutes", False),
        ("May 96372 be billed too?", True),
    ],
)
def test_a_yes_or_no_question_is_told_from_the_rest(read: Reader, text: str, *, wants: bool) -> None:
    assert read(text).wants_yes_or_no is wants


THE_QUESTION = (
    "Patient had a subcutaneous immunoglobulin infusion for 3 hours 20 minutes in the office. "
    "Can we bill 96369 and 96370 x2 with 96372 the same day? Which modifier? Medicare."
)


def test_the_first_question_is_read_whole(read: Reader) -> None:
    question = read(THE_QUESTION)
    assert [(each.code, each.units) for each in question.codes] == [("96369", None), ("96370", 2), ("96372", None)]
    assert (question.payer, question.setting, question.minutes) == (Payer.MEDICARE, Setting.OFFICE, 200)
    assert question.modifiers == ()
    assert set(question.intents) >= {Intent.TOGETHER, Intent.MODIFIER}

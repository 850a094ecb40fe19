from __future__ import annotations

import pytest
from house import House, mail

from caseconsultant.db.models import CaseStatus, MailKind
from caseconsultant.parsing import parse
from caseconsultant.queue import DRAFT_CASE
from caseconsultant.services import opening


def test_a_question_opens_a_case_with_its_quota_reserved_and_asks_for_a_draft(house: House):
    case_id = house.open(house.arrive(mail()))
    case = house.case(case_id)
    assert (case.status, case.reply_to, case.number) == (
        CaseStatus.RECEIVED,
        "dana@clinic.example.com",
        f"CC-2026-{case_id:06d}",
    )
    assert house.inbound(1).disposition == "question"
    assert house.queue.take(DRAFT_CASE) == [case_id]


def test_opening_twice_makes_one_case(house: House):
    inbound = house.arrive(mail())
    assert house.open(inbound) == house.open(inbound) == 1
    assert len(house.case(1).questions) == 1


def test_the_same_message_id_from_the_same_sender_is_a_second_copy(house: House):
    house.open(house.arrive(mail()))
    second = house.arrive(mail(Received="by another.example.com"))
    assert house.open(second) is None
    row = house.inbound(second)
    assert (row.disposition, row.reason, row.case_id) == ("duplicate", "same Message-ID as inbound 1", 1)


def test_a_forged_copy_that_came_first_does_not_take_the_place_of_the_real_mail(house: House):
    house.open(house.arrive(mail("Forged."), authentication="none"))
    real = house.open(house.arrive(mail()))
    assert house.case(real).status is CaseStatus.RECEIVED


def test_the_same_message_id_from_another_sender_is_another_question(house: House):
    house.open(house.arrive(mail()))
    assert house.open(house.arrive(mail(sender="eve@elsewhere.example.com"))) == 2


def test_a_mail_without_a_message_id_is_not_dropped(house: House):
    assert house.open(house.arrive(mail(message_id=None))) == 1


@pytest.mark.parametrize(
    "how",
    [
        {"raw": mail(Auto_Submitted="auto-replied")},
        {"raw": mail(Precedence="bulk")},
        {"raw": mail(List_Id="<coders.example.com>")},
        {"raw": mail(), "mail_from": ""},
        {"raw": mail(message_id="<cc.0123456789abcdef@desk.example.com>")},
        {"raw": mail(sender="MAILER-DAEMON@relay.example.com")},
    ],
)
def test_a_machine_gets_no_case_and_no_answer(house: House, how):
    raw = how.pop("raw")
    assert house.open(house.arrive(raw, **how)) is None
    assert house.inbound(1).disposition in {"automated", "bounce"}
    assert house.outbox() == []


def test_unverified_mail_is_held_drafted_and_never_charged(house: House):
    case_id = house.asked(authentication="none")
    case = house.case(case_id)
    assert (case.status, case.held_reason, len(case.drafts)) == (CaseStatus.HELD, "unauthenticated", 1)
    assert house.outbox() == []
    assert (
        house.case(house.open(house.arrive(mail(message_id="<two@clinic.example.com>")))).status is CaseStatus.RECEIVED
    )


def test_patient_identifiers_are_not_stored_in_the_clear(house: House):
    text = "Patient John Sample, DOB 01/02/1950, MRN 4471123, 555-0142: 96369 for 200 minutes?"
    case_id = house.open(house.arrive(mail(text, subject="Patient John Sample 96369")))
    case = house.case(case_id)
    for secret in ("Sample", "01/02/1950", "4471123", "555-0142"):
        assert secret not in case.questions[0].text
        assert secret not in case.subject
    assert "96369 for 200 minutes" in case.questions[0].text


def test_what_cannot_be_redacted_is_held_and_nothing_of_it_stored(house: House, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no pattern compiles")

    monkeypatch.setattr(opening, "redact", fail)
    case = house.case(house.open(house.arrive(mail())))
    assert (case.status, case.held_reason) == (CaseStatus.HELD, "redaction_failed")
    assert (case.questions[0].text, case.subject) == ("", "")


def test_over_quota_is_held_and_told_once_a_day(house: House):
    house.asked()
    for number in range(3):
        house.asked(mail(message_id=f"<more{number}@clinic.example.com>"))
    assert [message.kind for message in house.outbox()] == [MailKind.QUOTA_USED]
    house.clock.advance(days=1)
    house.asked(mail(message_id="<tomorrow@clinic.example.com>"))
    assert [message.kind for message in house.outbox()] == [MailKind.QUOTA_USED] * 2


def test_registering_by_mail_takes_up_what_waited(house: House):
    house.asked()
    waiting = house.asked(mail(message_id="<two@clinic.example.com>"))
    assert house.case(waiting).held_reason == "over_quota"
    assert house.open(house.arrive(mail("", subject="REGISTER", message_id="<three@clinic.example.com>"))) is None
    assert house.case(waiting).status is CaseStatus.RECEIVED
    assert house.case(waiting).priority == 1
    assert house.outbox()[-1].kind is MailKind.REGISTERED


def test_a_question_that_waited_longer_than_a_week_is_not_taken_up(house: House):
    house.asked()
    waiting = house.asked(mail(message_id="<two@clinic.example.com>"))
    house.clock.advance(days=7, seconds=1)
    house.open(house.arrive(mail("", subject="REGISTER", message_id="<three@clinic.example.com>")))
    assert house.case(waiting).status is CaseStatus.HELD


def test_an_unverified_register_registers_nobody(house: House):
    house.open(house.arrive(mail("", subject="REGISTER"), authentication="none"))
    assert house.outbox() == []
    assert house.inbound(1).reason == "unauthenticated"


def test_an_empty_mail_is_told_that_nothing_could_be_read(house: House):
    for number in range(2):
        assert house.open(house.arrive(mail("", subject="", message_id=f"<{number}@clinic.example.com>"))) is None
    assert [message.kind for message in house.outbox()] == [MailKind.COULD_NOT_READ]


@pytest.mark.parametrize(
    ("reply_to", "goes_to"),
    [
        ("desk@clinic.example.com", "desk@clinic.example.com"),
        ("desk@billing.clinic.example.com", "desk@billing.clinic.example.com"),
        ("thief@elsewhere.example.net", "dana@clinic.example.com"),
        ("thief@notclinic.example.com", "dana@clinic.example.com"),
    ],
)
def test_replies_go_to_from_or_to_a_reply_to_of_its_own_domain(house: House, reply_to, goes_to):
    assert house.case(house.open(house.arrive(mail(Reply_To=reply_to)))).reply_to == goes_to


def test_a_mail_that_cannot_be_read_three_times_is_set_aside_with_its_error(house: House, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("unexpected")

    inbound = house.arrive(mail())
    monkeypatch.setattr(opening, "parse", fail)
    for _ in range(3):
        assert house.inbound(inbound).disposition is None
        with pytest.raises(RuntimeError):
            house.open(inbound)
    row = house.inbound(inbound)
    assert (row.disposition, row.attempts, row.error) == ("unreadable", 3, "RuntimeError: unexpected")
    monkeypatch.setattr(opening, "parse", parse)
    assert house.open(house.arrive(mail(message_id="<next@clinic.example.com>"))) == 1


def test_attachments_are_listed_without_naming_a_patient(house: House):
    raw = (
        b"From: Dana Coder <dana@clinic.example.com>\r\nMessage-ID: <a@clinic.example.com>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        b"96365 ran 45 minutes?\r\n--b\r\nContent-Type: image/png\r\n"
        b'Content-Disposition: attachment; filename="John_Smith.png"\r\n\r\nxyz\r\n--b--\r\n'
    )
    inbound_id = house.arrive(raw)
    house.open(inbound_id)

    (attached,) = house.inbound(inbound_id).attachments
    assert attached == "image/png, 3 bytes: not read"

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from house import House, mail

from caseconsultant.db.models import MailKind, Sender
from caseconsultant.queue import SEND_OUTBOX
from caseconsultant.services import sweeping


def command(house: House, word: str, *, number: int = 1, sender: str = "Dana Coder <dana@clinic.example.com>", **how):
    raw = mail("", subject=word, sender=sender, message_id=f"<c{number}@clinic.example.com>")
    inbound_id = house.arrive(raw, **how)
    house.open(inbound_id)
    return house.inbound(inbound_id)


def text(house: House, number: int = -1) -> str:
    """The plain text of a mail of ours, its lines joined."""
    raw = house.outbox()[number].raw
    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    return " ".join(body.get_content().split())


def test_quota_tells_what_is_left(house: House):
    row = command(house, "QUOTA")

    assert (row.disposition, row.reason) == ("command", "quota")
    assert "You have 1 of 1 question left." in text(house)
    assert house.outbox()[0].rcpt_to == "dana@clinic.example.com"


def test_quota_tells_how_to_get_more_once_it_is_used(house: House):
    house.asked()
    command(house, "quota")

    assert "You have 0 of 1 question left." in text(house)
    assert "Write REGISTER as the subject" in text(house)


def test_help_names_the_commands_and_what_a_question_needs(house: House):
    command(house, "Help")

    assert all(word in text(house) for word in ("REGISTER:", "STATUS CC-", "STOP:", "the date of service"))


def test_status_tells_where_the_senders_case_stands(house: House):
    case_id = house.asked()
    command(house, f"status {house.case(case_id).number}")

    assert f"{house.case(case_id).number}: a reviewer looks at the draft." in text(house)


def test_status_of_one_case(house: House):
    house.asked()
    other = house.asked(mail("96372?", message_id="<two@clinic.example.com>"))
    command(house, f"STATUS {house.case(other).number}")

    assert "CC-2026-000002: it waits for a person" in text(house)
    assert "CC-2026-000001" not in text(house)


@pytest.mark.parametrize("asked", ["CC-2026-000001", "CC-2026-999999", "CC-1999-000001"])
def test_status_of_anothers_case_is_that_of_none(house: House, asked: str):
    house.asked()
    command(house, f"STATUS {asked}", sender="eve@elsewhere.example.net", mail_from="eve@elsewhere.example.net")

    assert f"We have no question of yours under {asked}." in text(house)


def test_stop_ends_notices_and_a_new_question_turns_them_on(house: House):
    command(house, "STOP")
    assert "We send you no more notices." in text(house)
    command(house, "QUOTA", number=2)
    assert [sent.kind for sent in house.outbox()] == [MailKind.STOPPED]

    house.asked()
    command(house, "QUOTA", number=3)
    assert house.outbox()[-1].kind is MailKind.QUOTA


def test_who_stopped_gets_no_acknowledgement_and_starves_nobody(house: House):
    house.asked()
    with house.database.transaction() as session:
        session.get_one(Sender, 1).stopped_at = house.clock()
    house.clock.advance(hours=3)

    assert sweeping.sweep(database=house.database, post=house.post)["acknowledged"] == 0
    assert house.outbox() == []


def test_an_unauthenticated_command_does_nothing(house: House):
    row = command(house, "STOP", authentication="none")

    assert row.reason == "unauthenticated"
    assert house.outbox() == []
    with house.database.reading() as session:
        assert session.get_one(Sender, 1).stopped_at is None


def test_a_command_read_twice_is_answered_once(house: House):
    inbound_id = house.arrive(mail("", subject="QUOTA"))
    house.open(inbound_id)
    house.open(inbound_id)

    assert len(house.outbox()) == 1


def test_the_breaker_stops_a_robot_that_answers_everything(house: House):
    for number in range(30):
        command(house, "HELP", number=number)
    assert len(house.outbox()) == house.post.settings.automatic_mails_a_day == 10

    house.clock.advance(days=1)
    command(house, "HELP", number=31)
    assert len(house.outbox()) == 11
    assert len(house.queue.take(SEND_OUTBOX)) == 11


def test_one_address_at_the_breaker_stops_no_other(house: House):
    for number in range(12):
        command(house, "HELP", number=number)
    command(house, "HELP", number=99, sender="other@clinic.example.com")

    assert house.outbox()[-1].rcpt_to == "other@clinic.example.com"


def test_a_question_under_the_word_help_is_a_question(house: House):
    assert house.open(house.arrive(mail("Can 96365 and 96372 go together?", subject="Help"))) is not None

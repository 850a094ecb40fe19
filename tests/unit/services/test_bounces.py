from __future__ import annotations

import pytest
from house import House, TakingRelay, mail

from caseconsultant.db.models import OutboxMessage, OutboxState, Sender
from caseconsultant.services import dispatching, reviewing


def report(
    ours: OutboxMessage | None, *, action: str = "failed", status: str = "5.1.1", to: str | None = None
) -> bytes:
    """A delivery report (RFC 3464) as a relay writes it, with our headers returned."""
    about = to or (ours.rcpt_to if ours else "somebody@clinic.example.com")
    message_id = ours.message_id if ours else "other@elsewhere.example.net"
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.example.net",
            "To: consult@desk.example.com",
            "Subject: Undelivered Mail Returned to Sender",
            "Auto-Submitted: auto-replied",
            "MIME-Version: 1.0",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.net",
            "",
            f"Final-Recipient: rfc822; {about}",
            f"Action: {action}",
            f"Status: {status}",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: <{message_id}>",
            "Subject: Re: Infusion",
            "--b--",
            "",
        ]
    ).encode()


@pytest.fixture
def sent(house: House) -> OutboxMessage:
    """An answer that the relay took."""
    case_id = house.asked()
    outbox_id = reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    house.clock.advance(seconds=20)
    dispatching.send_outbox(outbox_id, database=house.database, relay=TakingRelay(), post=house.post)
    return house.outbox()[-1]


def come_back(house: House, raw: bytes, *, rcpt_to: str = "consult@desk.example.com") -> int:
    inbound_id = house.arrive(raw, authentication="unchecked", mail_from="", rcpt_tos=(rcpt_to,))
    house.open(inbound_id)
    return inbound_id


def undeliverable(house: House) -> bool:
    with house.database.reading() as session:
        return session.get_one(Sender, 1).undeliverable_at is not None


def test_our_mail_leaves_with_a_return_path_of_its_own(house: House, sent: OutboxMessage):
    assert sent.mail_from.startswith(f"consult+b{sent.id}-")
    assert b"\r\nReply-To: consult+c" in sent.raw


def test_a_hard_bounce_reaches_its_mail_by_the_return_path(house: House, sent: OutboxMessage):
    inbound_id = come_back(house, report(None, to=sent.rcpt_to), rcpt_to=sent.mail_from)

    (bounced,) = house.outbox()
    assert (bounced.bounce, bounced.state) == ("hard: failed 5.1.1", OutboxState.SENT)
    assert bounced.bounced_at == house.clock()
    assert undeliverable(house)
    assert house.events(sent.case_id)[-1] == "bounced"
    row = house.inbound(inbound_id)
    assert (row.disposition, row.case_id) == ("bounce", sent.case_id)


def test_a_bounce_without_our_return_path_is_known_by_the_message_id(house: House, sent: OutboxMessage):
    come_back(house, report(sent))

    assert house.outbox()[0].bounce == "hard: failed 5.1.1"


@pytest.mark.parametrize(("action", "status"), [("failed", "4.2.2"), ("delayed", "4.4.1")])
def test_a_soft_bounce_is_noted_and_the_sender_can_still_be_reached(house: House, sent: OutboxMessage, action, status):
    come_back(house, report(sent, action=action, status=status))

    assert house.outbox()[0].bounce == f"soft: {action} {status}"
    assert not undeliverable(house)


def test_a_report_of_success_is_no_bounce(house: House, sent: OutboxMessage):
    come_back(house, report(sent, action="delivered", status="2.0.0"))

    assert house.outbox()[0].bounced_at is None


def test_a_forged_return_path_reaches_nothing(house: House, sent: OutboxMessage):
    forged = sent.mail_from.replace(f"+b{sent.id}-", f"+b{sent.id + 1}-")
    come_back(house, report(None), rcpt_to=forged)

    assert house.outbox()[0].bounced_at is None
    assert not undeliverable(house)


def test_a_stranger_bounce_reaches_nothing_and_makes_no_case(house: House, sent: OutboxMessage):
    inbound_id = come_back(house, report(None))

    assert house.inbound(inbound_id).case_id is None
    assert house.outbox()[0].bounced_at is None


def test_what_never_left_cannot_come_back(house: House):
    case_id = house.asked()
    reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    (queued,) = house.outbox()
    come_back(house, report(queued))

    assert house.outbox()[0].bounced_at is None


def test_an_absence_told_to_the_return_path_is_no_bounce(house: House, sent: OutboxMessage):
    absent = mail("I am away until Monday.", subject="Out of office", Auto_Submitted="auto-replied")
    come_back(house, absent, rcpt_to=sent.mail_from)

    assert house.outbox()[0].bounced_at is None
    assert not undeliverable(house)


def test_who_writes_again_can_be_reached_again(house: House, sent: OutboxMessage):
    come_back(house, report(sent))
    assert undeliverable(house)

    house.open(house.arrive(mail("96372?", message_id="<again@clinic.example.com>")))

    assert not undeliverable(house)

from __future__ import annotations

import smtplib

import pytest
from house import mail
from sqlalchemy import func, select

from caseconsultant.db.models import InboundMessage
from caseconsultant.inbound.smtp import untagged


def rows(app) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(InboundMessage))


def deliver(
    client: smtplib.SMTP, raw: bytes, to: str = "consult@desk.example.com", sender: str = "dana@clinic.example.com"
):
    client.mail(sender)
    client.rcpt(to)
    return client.data(raw)


def test_a_mail_is_stored_before_250(client, app):
    code, said = deliver(client, mail())
    assert (code, said.decode()) == (250, "2.0.0 Stored as 1")
    with app.database.reading() as session:
        row = session.get_one(InboundMessage, 1)
        assert (row.authentication, row.client_address, row.helo) == ("trusted", "127.0.0.1", "clinic.example.com")
        assert app.vault.unseal(row.raw, digest=row.digest) == mail()


def test_the_same_bytes_again_are_answered_as_stored_before(client, app):
    deliver(client, mail())
    assert deliver(client, mail())[1] == b"2.0.0 Stored before as 1"
    assert rows(app) == 1


def test_an_unknown_recipient_is_refused_at_rcpt(client):
    client.mail("dana@clinic.example.com")
    assert client.rcpt("somebody@desk.example.com") == (550, b"5.1.1 No such mailbox here")


@pytest.mark.parametrize(
    "to", ["Consult@Desk.example.com", "consult+token@desk.example.com", "coding@desk.example.com"]
)
def test_our_mailboxes_are_known_in_any_case_and_with_a_tag(client, to):
    client.mail("dana@clinic.example.com")
    assert client.rcpt(to)[0] == 250


def test_the_null_sender_is_taken(client, app):
    assert deliver(client, mail(), sender="")[0] == 250
    with app.database.reading() as session:
        assert session.get_one(InboundMessage, 1).mail_from == ""


@pytest.mark.parametrize(("size", "code"), [(9_000, 250), (10_500, 552)])
def test_the_size_limit_is_552(client, app, size, code):
    body = "\r\n".join("x" * 70 for _ in range(size // 72))
    assert deliver(client, mail(body))[0] == code
    assert rows(app) == (code == 250)


def test_a_size_announced_too_large_is_refused_at_mail(client):
    assert client.mail("dana@clinic.example.com", ["SIZE=20000"])[0] == 552


def test_database_trouble_is_451_and_keeps_the_door_open(client, app, monkeypatch):
    broken = app.database
    app.database = None
    assert deliver(client, mail()) == (451, b"4.3.0 Could not be stored just now; try again later")
    app.database = broken
    assert deliver(client, mail())[0] == 250


def test_a_tag_is_taken_off():
    assert untagged("Consult+a+b@Desk.Example.com") == "consult@desk.example.com"

"""A real Postfix in front, on the settings that the operator's guide shows."""

from __future__ import annotations

import os
import smtplib

import postfix
import pytest
from dovecot import free_port
from estate import Estate
from house import mail
from postgres import NOTHING_SKIPS

ROWS = "SELECT count(*) FROM inbound_message"


@pytest.fixture
def house(estate) -> Estate:
    if not postfix.present() and os.environ.get(NOTHING_SKIPS) != "1":
        pytest.skip("needs Postfix, and root to run it: install postfix")
    return estate(lmtp_port=free_port())


def send(front: postfix.Postfix, *raws: bytes, to: str = "consult@desk.example.com") -> None:
    with smtplib.SMTP("127.0.0.1", front.port, timeout=20) as client:
        for raw in raws:
            client.sendmail("dana@clinic.example.com", [to], raw)


def numbered(number: int) -> bytes:
    return mail(f"Question {number}: 96365 ran 45 minutes.", message_id=f"<m{number}@clinic.example.com>")


def test_mail_comes_through_postfix_and_lmtp(house: Estate):
    house.start("smtp")
    with postfix.in_front_of(house.settings.lmtp_port) as front:
        send(front, numbered(1), to="consult+token@desk.example.com")
        house.until(lambda: house.count(ROWS) == 1)

    with house.app.database.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT source, mail_from, rcpt_tos, authentication FROM inbound_message"
        ).one()
    assert row[:2] == ("lmtp", "dana@clinic.example.com")
    assert "consult+token@desk.example.com" in row[2]
    assert row[3] == "unchecked"


def test_a_stranger_is_refused_by_postfix_already(house: Estate):
    house.start("smtp")
    with postfix.in_front_of(house.settings.lmtp_port) as front, pytest.raises(smtplib.SMTPRecipientsRefused):
        send(front, numbered(1), to="nobody@desk.example.com")


def test_a_receiver_killed_again_and_again_loses_and_doubles_nothing(house: Estate):
    house.start("smtp")
    with postfix.in_front_of(house.settings.lmtp_port) as front:
        for first in range(0, 120, 40):
            send(front, *(numbered(number) for number in range(first, first + 40)))
            house.kill("smtp")
            send(front, numbered(1000 + first))  # while nobody is there
            house.start("smtp")
        house.until(lambda: house.count(ROWS) == 123)
        house.until(lambda: front.waiting() == 0)

    assert house.count(ROWS) == house.count("SELECT count(DISTINCT digest) FROM inbound_message")

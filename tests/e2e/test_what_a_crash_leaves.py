"""Whatever is killed or cut off: no mail is lost, none is sent twice."""

from __future__ import annotations

import os
import smtplib
import threading
from pathlib import Path

import dovecot
import pytest
from estate import Estate
from house import mail
from postgres import NOTHING_SKIPS
from redis import Redis

from caseconsultant.settings import ImapMailbox

ALL_BUT_DESK = ("broker", "relay", "smtp", "worker", "beat")
SENT = "SELECT count(*) FROM outbox_message WHERE state = 'sent'"


@pytest.fixture
def house(estate) -> Estate:
    house = estate(auto_approve="all")
    house.register()
    return house


def test_a_worker_killed_while_drafting_loses_nothing(house: Estate):
    house.start("broker", "relay", "smtp", "beat")
    house.ask()
    with house.locked_database():
        house.start("worker")
        house.until(lambda: Redis(unix_socket_path=str(house.settings.broker_socket)).hlen("unacked"))
        house.kill("worker")
    assert house.count("SELECT count(*) FROM draft") == 0
    house.start("worker")
    house.sink.wait(1, seconds=40)
    house.until(lambda: house.count(SENT) == 1)
    assert len(house.sink.messages()) == 1
    assert house.count("SELECT count(*) FROM draft") == 1


def test_a_worker_killed_after_data_leaves_the_answer_uncertain_and_sends_no_second_copy(house: Estate):
    house.sink.open.clear()
    house.start(*ALL_BUT_DESK)
    house.ask()
    assert house.sink.reached.wait(40)
    house.kill("worker")
    house.sink.open.set()
    house.start("worker")
    house.until(lambda: house.count("SELECT count(*) FROM outbox_message WHERE state = 'uncertain'"))
    assert len(house.sink.messages()) == 1


def test_a_worker_killed_while_the_relay_is_away_sends_once_it_is_back(house: Estate):
    house.start("broker", "smtp", "worker", "beat")
    house.ask()
    house.until(lambda: house.count("SELECT count(*) FROM outbox_message WHERE attempts >= 2 AND state = 'queued'"))
    house.kill("worker")
    house.start("relay", "worker")
    house.sink.wait(1, seconds=40)
    house.until(lambda: house.count(SENT) == 1)
    assert len(house.sink.messages()) == 1


def test_flushing_redis_with_work_queued_costs_only_time(house: Estate):
    house.start("broker", "relay", "smtp", "beat")
    for number in range(5):
        house.ask(number)
    broker = Redis(unix_socket_path=str(house.settings.broker_socket))
    house.until(lambda: broker.llen("celery") >= 5)
    broker.flushall()
    house.start("worker")
    house.sink.wait(5, seconds=40)
    house.until(lambda: house.count(SENT) == 5)
    assert len({message["Message-ID"] for message in house.sink.messages()}) == 5
    assert len(house.sink.messages()) == 5


def test_mail_is_taken_while_redis_is_away_and_answered_when_it_is_back(house: Estate):
    house.start("relay", "smtp")
    assert house.ask().startswith("250")
    house.start("broker", "worker", "beat")
    house.sink.wait(1, seconds=40)
    house.until(lambda: house.count(SENT) == 1)
    assert len(house.sink.messages()) == 1


def test_a_relay_that_refuses_for_good_shows_as_failed_and_gives_the_quota_back(house: Estate):
    async def refuse(*_: object) -> str:
        return "554 5.7.1 Not today"

    house.sink.handle_DATA = refuse
    house.start(*ALL_BUT_DESK)
    house.ask()
    house.until(lambda: house.count("SELECT count(*) FROM outbox_message WHERE state = 'failed'"))
    assert house.count("SELECT count(*) FROM quota_entry WHERE kind = 'release'") == 1


def test_a_receiver_killed_before_its_commit_never_said_250_and_a_second_try_is_one_message(house: Estate):
    house.start("smtp")
    idle = _threads(house)
    outcome: list[object] = []

    def try_once() -> None:
        try:
            outcome.append(house.ask())
        except (smtplib.SMTPException, OSError) as error:
            outcome.append(error)

    with house.locked_database():
        client = threading.Thread(target=try_once)
        client.start()
        house.until(lambda: _threads(house) > idle)  # the storing thread is at work, and waits for the lock
        house.kill("smtp")
        client.join()
    assert not isinstance(outcome[0], str)
    assert house.count("SELECT count(*) FROM inbound_message") == 0
    house.start("smtp")
    assert house.ask().startswith("250")
    assert house.count("SELECT count(*) FROM inbound_message") == 1


def test_a_receiver_killed_after_250_has_lost_nothing(house: Estate):
    house.start("smtp")
    assert house.ask().startswith("250")
    house.kill("smtp")
    house.start("broker", "relay", "worker", "beat")
    house.sink.wait(1, seconds=40)
    house.until(lambda: house.count(SENT) == 1)
    assert len(house.sink.messages()) == 1


def test_database_trouble_is_answered_with_451(house: Estate):
    house.start("smtp")
    with house.app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE inbound_message RENAME TO elsewhere")
    assert house.ask().startswith("451 4.3.0")
    with house.app.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO inbound_message")
    assert house.ask().startswith("250")


def test_machines_get_no_answer_and_no_case(house: Estate):
    house.start(*ALL_BUT_DESK)
    house.ask(1, Auto_Submitted="auto-replied")
    house.ask(2, Precedence="bulk")
    house.send(mail(message_id="<3@clinic.example.com>"), sender="")
    house.until(lambda: house.count("SELECT count(*) FROM inbound_message WHERE disposition IS NOT NULL") == 3)
    assert house.count('SELECT count(*) FROM "case"') == 0
    assert house.count("SELECT count(*) FROM outbox_message") == 0


def _threads(house: Estate) -> int:
    process = next(child.process.pid for child in house.children.running if child.name == "smtp")
    return len(list(Path(f"/proc/{process}/task").iterdir()))


def test_a_poller_killed_again_and_again_leaves_each_message_as_one_row(estate):
    if dovecot.binary() is None and os.environ.get(NOTHING_SKIPS) != "1":
        pytest.skip("needs Dovecot: install dovecot-imapd")
    with dovecot.server() as server:
        mailbox = ImapMailbox(
            host="127.0.0.1",
            port=server.port,
            security="none",
            user=dovecot.USER,
            password=dovecot.PASSWORD,
            done_folder="Done",
            poll_seconds=1,
        )
        house = estate(imap={"consult": mailbox}, imap_lease_seconds=3)
        with server.client() as client:
            client.multiappend("INBOX", [mail(message_id=f"<m{number}@clinic.example.com>") for number in range(400)])
        rows = "SELECT count(*) FROM inbound_message"
        for enough in (20, 150, 260):
            house.start("imap")
            house.until(lambda enough=enough: house.count(rows) >= enough)
            house.kill("imap")
        house.start("imap")
        house.until(lambda: house.count(rows) >= 400)
        house.until(lambda: not _inside(server, "INBOX"))

        assert house.count(rows) == house.count("SELECT count(DISTINCT digest) FROM inbound_message") == 400
        assert len(_inside(server, "Done")) >= 400  # a copy before the kill may leave one there twice, never none


def _inside(server: dovecot.Dovecot, folder: str) -> list[int]:
    with server.client() as client:
        client.select_folder(folder)
        return list(client.search(["ALL"]))

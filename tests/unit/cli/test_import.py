from __future__ import annotations

import mailbox
from pathlib import Path

from command import run
from desk import Desk
from house import mail
from sqlalchemy import select

from caseconsultant.db.models import InboundMessage


def numbered(number: int) -> bytes:
    return mail(f"Question {number}?", message_id=f"<m{number}@clinic.example.com>")


def rows(desk: Desk) -> list[tuple[str, str, int]]:
    with desk.database.reading() as session:
        found = session.execute(
            select(InboundMessage.source, InboundMessage.authentication, InboundMessage.size).order_by(
                InboundMessage.id
            )
        )
        return [tuple(row) for row in found]


def test_a_folder_is_taken_in_once(desk: Desk, tmp_path: Path):
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "b.eml").write_bytes(numbered(2))
    (tmp_path / "in" / "deeper" / "a.eml").write_bytes(numbered(1))
    (tmp_path / "in" / "notes.txt").write_text("no mail")

    assert run("inbound", "import", "in").out == "2 mails, 2 of them new\n"
    assert run("inbound", "import", "in").out == "2 mails, 0 of them new\n"
    assert rows(desk) == [("file", "unchecked", len(numbered(1)))] * 2


def test_an_mbox_is_taken_in_mail_by_mail(desk: Desk, tmp_path: Path):
    box = mailbox.mbox(tmp_path / "box")
    for number in range(3):
        box.add(numbered(number))
    box.close()

    ran = run("inbound", "import", "box", "--trusted", "--json")

    assert [(line["inbound_id"], line["new"]) for line in ran.objects] == [(1, True), (2, True), (3, True)]
    assert {row[1] for row in rows(desk)} == {"trusted"}


def test_a_maildir_is_taken_in(desk: Desk, tmp_path: Path):
    box = mailbox.Maildir(tmp_path / "dir")
    box.add(numbered(1))

    assert run("inbound", "import", "dir").out == "1 mail, 1 of them new\n"


def test_one_file_is_a_mail(desk: Desk, tmp_path: Path):
    (tmp_path / "one.eml").write_bytes(numbered(1))

    assert run("inbound", "import", "one.eml").code == 0
    assert len(rows(desk)) == 1


def test_a_mail_over_the_limit_is_noted(desk: Desk, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("CASECONSULTANT_MAX_MESSAGE_BYTES", "1024")
    (tmp_path / "big.eml").write_bytes(mail("x" * 2000))

    assert run("inbound", "import", "big.eml").code == 0
    with desk.database.reading() as session:
        row = session.get_one(InboundMessage, 1)
        assert row.disposition == "unreadable"
        assert "MAX_MESSAGE_BYTES" in row.reason


def test_a_path_without_mail_is_named(desk: Desk, tmp_path: Path):
    (tmp_path / "empty").mkdir()

    assert "there is no .eml file in it" in run("inbound", "import", "empty").err
    assert "no such file or folder" in run("inbound", "import", "nowhere").err

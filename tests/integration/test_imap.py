"""The IMAP door against a real Dovecot: every mail is one row, whatever is cut, restarted, deleted or renumbered."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import cable
import dovecot
import pytest
from dovecot import PASSWORD, USER, Dovecot
from house import SetClock, mail
from imapclient import DELETED, SEEN
from imapclient.exceptions import IMAPClientError
from postgres import NOTHING_SKIPS
from sqlalchemy import func, select

from caseconsultant.app import App
from caseconsultant.db.models import InboundMessage, MailboxPosition
from caseconsultant.domain.errors import OperatorError
from caseconsultant.inbound.imap.catching_up import Reader
from caseconsultant.inbound.imap.folder import Folder
from caseconsultant.inbound.imap.poller import Poller
from caseconsultant.services import leases
from caseconsultant.settings import ImapMailbox, Settings

SECONDS = 30


@dataclass
class SignallingQueue:
    """Remembers ids; a test waits until so many came."""

    ids: list[int] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        with self.changed:
            self.ids.append(record_id)
            self.changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(set(self.ids)) >= count, timeout=SECONDS), self.ids

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Post:
    """A house whose one mailbox is at the server."""

    server: Dovecot
    app: App
    queue: SignallingQueue
    mailbox: ImapMailbox

    def catch_up(self, between: Callable[[], None] = lambda: None) -> int:
        with Folder.open(self.mailbox, None) as folder:
            return Reader("consult", self.mailbox, self.app, between).catch_up(folder)

    def rows(self) -> list[InboundMessage]:
        with self.app.database.reading() as session:
            return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))

    def count(self) -> int:
        with self.app.database.reading() as session:
            return session.scalar(select(func.count()).select_from(InboundMessage)) or 0

    def inside(self, folder: str = "INBOX") -> list[int]:
        with self.server.client() as client:
            client.select_folder(folder)
            return list(client.search(["ALL"]))

    @contextmanager
    def polled(self, **how: Any) -> Iterator[Poller]:
        stop = threading.Event()
        poller = Poller("consult", self.mailbox, self.app, stop, **how)
        thread = threading.Thread(target=poller.run)
        thread.start()
        try:
            yield poller
        finally:
            stop.set()
            thread.join(timeout=SECONDS)
            assert not thread.is_alive()


def numbered(number: int, *, more: str = "") -> bytes:
    return mail(f"Question {number}: 96365 ran 45 minutes. {more}", message_id=f"<m{number}@clinic.example.com>")


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    if dovecot.binary() is None and os.environ.get(NOTHING_SKIPS) != "1":
        pytest.skip("needs Dovecot: install dovecot-imapd")
    with dovecot.server(**getattr(request, "param", {})) as running:
        yield running


@pytest.fixture
def post(server: Dovecot, tmp_path: Path) -> Iterator[Callable[..., Post]]:
    made: list[App] = []

    def make(*, port: int | None = None, max_message_bytes: int = 2**20, **changes: Any) -> Post:
        given = {"host": "127.0.0.1", "port": port or server.port, "security": "none", "user": USER}
        mailbox = ImapMailbox(**{**given, "password": PASSWORD, "poll_seconds": 5, "timeout_seconds": 5, **changes})
        settings = Settings(
            _env_file=None,
            state_dir=tmp_path,
            address="consult@desk.example.com",
            max_message_bytes=max_message_bytes,
            imap={"consult": mailbox},
            imap_lease_seconds=3,
        )
        app, queue = App(settings), SignallingQueue()
        app.__dict__["queue"] = queue
        made.append(app)
        return Post(server, app, queue, mailbox)

    yield make
    for app in made:
        app.database.engine.dispose()


def test_a_mail_is_a_row_and_then_marked_as_seen(post: Callable[..., Post]):
    door = post()
    door.server.deliver(numbered(1))

    assert door.catch_up() == 1

    (row,) = door.rows()
    assert (row.source, row.mailbox, row.authentication, row.mail_from) == ("imap", "consult", "unchecked", None)
    assert door.app.vault.unseal(_raw(door, row.id), digest=row.digest) == numbered(1)
    with door.server.client() as client:
        assert client.get_flags(door.inside())[1] == (SEEN,)
    assert door.queue.ids == [row.id]


def _raw(door: Post, number: int) -> bytes:
    with door.app.database.reading() as session:
        return session.scalars(select(InboundMessage.raw).where(InboundMessage.id == number)).one()


def test_a_mail_that_comes_while_idle_is_read_at_once(post: Callable[..., Post]):
    door = post(poll_seconds=3600)
    with door.polled():
        door.server.deliver(numbered(1))
        door.queue.wait_for(1)
        door.server.deliver(numbered(2))
        door.queue.wait_for(2)

    assert door.count() == 2


@pytest.mark.parametrize("server", [{"capability": "IMAP4rev1 UIDPLUS MOVE"}], indirect=True)
def test_without_idle_the_mailbox_is_polled(post: Callable[..., Post]):
    door = post(poll_seconds=0.2)
    with door.polled():
        door.server.deliver(numbered(1))
        door.queue.wait_for(1)
        door.server.deliver(numbered(2))
        door.queue.wait_for(2)

    assert door.count() == 2


def test_what_is_stored_is_moved_into_the_done_folder(post: Callable[..., Post]):
    door = post(done_folder="Consult/Done")
    door.server.deliver(numbered(1), numbered(2))

    door.catch_up()

    assert door.inside() == []
    assert len(door.inside("Consult/Done")) == 2


@pytest.mark.parametrize("server", [{"capability": "IMAP4rev1 UIDPLUS"}], indirect=True)
def test_without_move_only_our_own_messages_are_expunged(post: Callable[..., Post]):
    door = post(done_folder="Done", first_reading="none")
    door.server.deliver(numbered(1))
    door.catch_up()
    with door.server.client() as client:
        client.add_flags([1], [DELETED])  # somebody else's, who may yet think better of it
    door.server.deliver(numbered(2), numbered(3))

    door.catch_up()

    assert (door.count(), door.inside(), len(door.inside("Done"))) == (2, [1], 2)


def test_a_thousand_waiting_messages_become_a_thousand_rows(post: Callable[..., Post]):
    door = post(done_folder="Done", first_reading="all")
    with door.server.client() as client:
        client.multiappend("INBOX", [numbered(number) for number in range(1000)])

    assert door.catch_up() == 1000

    assert door.count() == 1000
    assert door.inside() == []
    assert door.catch_up() == 0


def test_a_restart_of_the_server_in_the_midst_loses_and_doubles_nothing(post: Callable[..., Post]):
    door = post()
    door.server.deliver(*(numbered(number, more="x" * 200_000) for number in range(60)))
    batches = iter(range(100))

    def restart_once() -> None:
        if next(batches) == 1:
            door.server.crash()

    with pytest.raises(Exception, match=r"(?i)socket|reset|closed|EOF|abort|broken|bye|shut|connection"):
        door.catch_up(restart_once)
    assert 0 < door.count() < 60
    with door.polled():
        door.queue.wait_for(60)

    assert door.count() == 60


def test_a_cut_connection_is_made_again(post: Callable[..., Post], server: Dovecot):
    with cable.cable(server.port) as wire:
        door = post(port=wire.port, poll_seconds=3600)
        with door.polled():
            server.deliver(numbered(1))
            door.queue.wait_for(1)
            wire.cut()
            server.deliver(numbered(2))
            door.queue.wait_for(2)

    assert door.count() == 2


def test_a_link_that_went_deaf_is_found_by_the_probe(post: Callable[..., Post], server: Dovecot):
    with cable.cable(server.port) as wire:
        door = post(port=wire.port, poll_seconds=0.5, timeout_seconds=1)
        with door.polled():
            server.deliver(numbered(1))
            door.queue.wait_for(1)
            wire.deaf.set()
            server.deliver(numbered(2))
            threading.Timer(3, wire.deaf.clear).start()  # later than the probe's time-out
            door.queue.wait_for(2)

    assert door.count() == 2


def test_new_uids_are_read_again_without_a_second_row(post: Callable[..., Post]):
    door = post()
    door.server.deliver(*(numbered(number) for number in range(5)))
    door.catch_up()
    before = _position(door)
    door.server.forget_uids()
    door.server.deliver(numbered(5))

    door.catch_up()

    assert _position(door) != before
    assert door.count() == 6
    assert {row.copies for row in door.rows()} == {1, 2}


def _position(door: Post) -> int:
    with door.app.database.reading() as session:
        return session.get_one(MailboxPosition, ("consult", "INBOX")).uidvalidity


def test_a_mail_deleted_between_search_and_fetch_is_no_trouble(post: Callable[..., Post]):
    door = post(done_folder="Done")
    door.server.deliver(numbered(1))
    door.catch_up()
    door.server.deliver(numbered(2), numbered(3))

    def delete_one() -> None:
        with door.server.client() as client:
            client.delete_messages(client.search(["ALL"])[:1])
            client.expunge()

    door.catch_up(delete_one)

    assert [row.size for row in door.rows()] == [len(numbered(1)), len(numbered(3))]
    assert door.inside() == []


def test_a_mail_over_the_limit_is_noted_once_and_not_fetched(post: Callable[..., Post]):
    door = post(max_message_bytes=10_000, failed_folder="Failed")
    door.server.deliver(numbered(1), numbered(2, more="x" * 20_000), numbered(3))

    door.catch_up()
    with door.server.client() as client:
        client.select_folder("Failed")
        client.move(client.search(["ALL"]), "INBOX")  # a person puts it back
    door.catch_up()

    noted = [row for row in door.rows() if row.disposition]
    assert [(row.disposition, row.size > 20_000) for row in noted] == [("unreadable", True)]
    assert "MAX_MESSAGE_BYTES" in (noted[0].reason or "")
    assert _raw(door, noted[0].id) == b""
    assert door.count() == 3
    assert len(door.inside("Failed")) == 1


def test_a_mail_is_neither_marked_nor_passed_over_while_its_row_is_not_committed(post: Callable[..., Post]):
    door = post(done_folder="Done")
    door.server.deliver(numbered(0))
    door.catch_up()
    door.server.deliver(numbered(1), numbered(2))
    vault, door.app.__dict__["vault"] = door.app.vault, BrokenVault()

    with pytest.raises(RuntimeError, match="disk full"):
        door.catch_up()

    assert len(door.inside()) == 2
    door.app.__dict__["vault"] = vault
    door.catch_up()
    assert (door.count(), door.inside()) == (3, [])


class BrokenVault:
    fingerprint = "0" * 16

    def seal(self, raw: bytes, *, digest: str) -> bytes:
        raise RuntimeError("disk full")


@pytest.mark.parametrize(("first_reading", "taken"), [("unseen", 2), ("all", 3), ("none", 0)])
def test_the_first_reading_takes_what_the_operator_wants(post: Callable[..., Post], first_reading: str, taken: int):
    door = post(first_reading=first_reading)
    door.server.deliver(numbered(1), numbered(2))
    with door.server.client() as client:
        client.append("INBOX", numbered(3), flags=[SEEN])

    door.catch_up()
    assert door.count() == taken

    door.server.deliver(numbered(4))
    door.catch_up()
    assert door.count() == taken + 1


def test_one_poller_at_a_time_and_the_next_takes_over_when_it_dies(post: Callable[..., Post]):
    door = post()
    held = leases.hold(
        "imap:consult", holder="another", seconds=2, database=door.app.database, clock=door.app.clock
    )  # a poller that was killed: it renews nothing
    assert held
    door.server.deliver(numbered(1))

    with door.polled() as poller:
        assert not leases.hold(
            "imap:consult", holder="a third", seconds=2, database=door.app.database, clock=SetClock(door.app.clock())
        )
        door.queue.wait_for(1)
        assert poller.holder != "another"

    assert door.count() == 1
    assert leases.hold("imap:consult", holder="next", seconds=2, database=door.app.database, clock=door.app.clock)


def test_a_server_that_will_not_mark_keeps_no_mail_back(post: Callable[..., Post], monkeypatch: pytest.MonkeyPatch):
    door = post(done_folder="Done")
    door.server.deliver(numbered(1))
    door.catch_up()
    door.server.deliver(numbered(2))

    def refuse(self: Folder, uids: object, *, into: str | None) -> None:
        raise IMAPClientError("[READ-ONLY] the folder is read-only")

    monkeypatch.setattr(Folder, "finish", refuse)
    door.catch_up()
    door.server.deliver(numbered(3))
    door.catch_up()

    assert [row.copies for row in door.rows()] == [1, 1, 1]


def test_a_server_that_will_not_give_one_mail_gives_the_others(
    post: Callable[..., Post], monkeypatch: pytest.MonkeyPatch
):
    door = post(failed_folder="Failed")
    door.server.deliver(numbered(1), numbered(2), numbered(3))
    fetch = Folder.fetch

    def fetch_all_but_the_second(self: Folder, uids: Sequence[int]) -> dict[int, bytes]:
        if 2 in uids:
            raise IMAPClientError("[SERVERBUG] Internal error occurred")
        return fetch(self, uids)

    monkeypatch.setattr(Folder, "fetch", fetch_all_but_the_second)
    door.catch_up()

    assert [(row.disposition, row.size) for row in door.rows()].count((None, len(numbered(1)))) == 2
    (noted,) = [row for row in door.rows() if row.disposition]
    assert "would not give it" in (noted.reason or "")
    assert len(door.inside("Failed")) == 1


def test_a_refused_sign_in_says_who_and_where(post: Callable[..., Post]):
    door = post(password="wrong")

    with pytest.raises(OperatorError, match=r"127\.0\.0\.1 refuses the sign-in of consult"):
        door.catch_up()


def test_a_folder_that_is_not_there_is_named(post: Callable[..., Post]):
    door = post(folder="Nowhere")

    with pytest.raises(OperatorError, match="no folder 'Nowhere'"):
        door.catch_up()


def test_raw_eight_bit_mail_and_nul_bytes_come_through_untouched(post: Callable[..., Post]):
    door = post()
    odd = mail("Ren\u00e9 asks: 96365?").replace("\u00e9".encode(), b"\xe9\xff")
    door.server.deliver(odd)

    door.catch_up()

    (row,) = door.rows()
    assert door.app.vault.unseal(_raw(door, row.id), digest=row.digest) == odd


class TokenInfo(BaseHTTPRequestHandler):
    """What Dovecot asks about a token."""

    def do_POST(self):
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {"active": "true", "username": USER} if "token=good" in asked else {"active": "false"}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def token_server() -> Iterator[Dovecot]:
    if dovecot.binary() is None and os.environ.get(NOTHING_SKIPS) != "1":
        pytest.skip("needs Dovecot: install dovecot-imapd")
    told = ThreadingHTTPServer(("127.0.0.1", 0), TokenInfo)
    threading.Thread(target=told.serve_forever, daemon=True).start()
    with dovecot.server(token_info=f"http://127.0.0.1:{told.server_port}/") as running:
        yield running
    told.shutdown()
    told.server_close()


def test_a_token_signs_in_by_xoauth2_and_an_old_one_is_refused(token_server: Dovecot):
    mailbox = ImapMailbox(
        host="127.0.0.1", port=token_server.port, security="none", user=USER, oauth="google", oauth_client_id="x"
    )

    with Folder.open(mailbox, lambda: "good") as folder:
        assert folder.everything() == []
    with pytest.raises(OperatorError, match="refuses the sign-in"):
        Folder.open(mailbox, lambda: "expired")

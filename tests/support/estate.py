"""The whole house as real processes on free ports: receiver, embedded Redis, worker, beat, desk, and a sink."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import smtplib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import Any, TypeVar

import httpx
from aiosmtpd.controller import Controller
from house import mail
from sqlalchemy import text

from caseconsultant import settings
from caseconsultant.app import App
from caseconsultant.running.broker import broker_command, wait_for_broker
from caseconsultant.running.children import Children, own_command
from caseconsultant.running.sink import Sink, free_port, start_sink
from caseconsultant.services import accounts

PASSWORD = "correct horse battery"
_PATIENCE = 40.0
Found = TypeVar("Found")


class GatedSink(Sink):
    """A sink whose reply to the final dot can be held back: the message is in, the sender does not know yet."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()

    async def handle_DATA(self, server, session, envelope) -> str:
        reply = await super().handle_DATA(server, session, envelope)
        self.reached.set()
        await asyncio.to_thread(self.open.wait)
        return reply


class Estate:
    """Start what a test needs, look at the database, and end it all."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        ports = {"smtp_port": free_port(), "desk_port": free_port(), "relay_port": free_port()}
        given = {
            "state_dir": folder,
            "address": "consult@desk.example.com",
            "relay_host": "127.0.0.1",
            "trusted_networks": (ip_network("127.0.0.0/8"),),
            "undo_seconds": 0,
            "sweep_seconds": 0.5,
            "requeue_after_seconds": 1.5,
            "retry_seconds": 0.5,
            "hand_over_lease_seconds": 2,
            "worker_processes": 1,
            "log_level": "warning",
        }
        self.settings = settings.given(**{**given, **ports, **changes})
        self.app = App(self.settings)
        self.words: list[str] = []
        self.browsers: list[httpx.Client] = []
        self.children = Children(self.settings, lambda name, line: self.words.append(f"{name}: {line}"))
        self.sink = GatedSink()
        self.relay: Controller | None = None
        self.app.database.engine.connect().close()

    def start(self, *names: str) -> None:
        """Start broker, relay or processes by name, and wait for the doors among them."""
        for name in names:
            if name == "broker":
                wait_for_broker(self.settings, self.children.start(name, broker_command(self.settings)).process)
            elif name == "relay":
                self.relay = start_sink(self.sink, self.settings.relay_port)
            else:
                self.children.start(name, own_command(name))
        if "smtp" in names:
            self.until(self._receiver_answers)
        if "web" in names:
            self.until(lambda: _healthy(self.settings.desk))

    def kill(self, name: str) -> None:
        """SIGKILL the process and every process it forked."""
        child = next(child for child in self.children.running if child.name == name)
        for pid in (*_descendants(child.process.pid), child.process.pid):
            os.kill(pid, signal.SIGKILL)
        child.process.wait()
        child.stop()
        self.children.running.remove(child)

    def stop_relay(self) -> None:
        if self.relay:
            self.relay.stop()
            self.relay = None

    def stop(self) -> None:
        self.sink.open.set()
        for browser in self.browsers:
            browser.close()
        self.children.stop()
        self.stop_relay()
        self.app.queue.close()
        self.app.database.engine.dispose()

    def send(self, raw: bytes, *, sender: str = "dana@clinic.example.com") -> str:
        """The receiver's reply to the message."""
        with smtplib.SMTP("127.0.0.1", self.settings.smtp_port, timeout=_PATIENCE) as client:
            client.ehlo("clinic.example.com")
            client.mail(sender)
            client.rcpt(self.settings.address)
            code, said = client.data(raw)
        return f"{code} {said.decode()}"

    def ask(self, number: int = 1, *, sender: str = "dana@clinic.example.com", **headers: str) -> str:
        """Send a question that is its own mail."""
        raw = mail(
            "SC immunoglobulin ran 200 minutes in the office, Medicare. 96369 and 96370 x2?",
            sender=f"Dana <{sender}>",
            message_id=f"<{number}@clinic.example.com>",
            **headers,
        )
        return self.send(raw, sender=sender)

    def register(self, address: str = "dana@clinic.example.com") -> None:
        with self.app.database.transaction() as session:
            sender = accounts.sender_for(session, address, name="Dana", at=self.app.clock())
            accounts.register(sender, at=self.app.clock(), plan=None, settings=self.settings)

    def reviewer(self, email: str) -> httpx.Client:
        """A reviewer, signed in at the desk."""
        with self.app.database.transaction() as session:
            accounts.add_staff(
                session,
                email=email,
                name=email.partition("@")[0],
                credential="CPC",
                password=PASSWORD,
                at=self.app.clock(),
            )
        browser = httpx.Client(base_url=self.settings.desk, follow_redirects=True, timeout=_PATIENCE)
        self.browsers.append(browser)
        csrf = field(browser.get("/sign-in").text, "csrf")
        browser.post("/sign-in", data={"email": email, "password": PASSWORD, "csrf": csrf}).raise_for_status()
        return browser

    def count(self, sql: str) -> int:
        """A number from the database."""
        with self.app.database.reading() as session:
            return session.execute(text(sql)).scalar_one()

    def until(self, look: Callable[[], Found | None], *, seconds: float = _PATIENCE) -> Found:
        """What `look` finds, once it finds something."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(0.02)
        raise AssertionError("not within the time; the processes said:\n" + "\n".join(self.words[-40:]))

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Keep every writer out: a process that wants to record something waits."""
        with self.app.database.engine.connect() as connection, connection.begin():
            yield

    def _receiver_answers(self) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.settings.smtp_port, timeout=1) as client:
                return client.noop()[0] == 250
        except OSError:
            return False


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page).group(1)


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").is_success
    except httpx.TransportError:
        return False


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [*_descendants(int(child)), int(child)]
    return found

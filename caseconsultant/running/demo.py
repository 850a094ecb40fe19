"""`demo`: the main job once, end to end, on loopback: mail in, drafted, reviewed at the desk, mail out."""

from __future__ import annotations

import re
import secrets
import smtplib  # noqa: TID251  the demo plays the sender's mail program
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from email.message import EmailMessage
from email.utils import format_datetime
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar

import httpx

from caseconsultant.app import App
from caseconsultant.domain.errors import OperatorError
from caseconsultant.running.children import Children, Say
from caseconsultant.running.sink import Sink, free_port, start_sink
from caseconsultant.running.supervisor import House
from caseconsultant.services import accounts
from caseconsultant.settings import Settings, given

SENDER = "dana.coder@clinic.example.com"
REVIEWER = "robin.reviewer@example.com"
QUESTION = (
    "Patient had a subcutaneous immunoglobulin infusion for 3 hours 20 minutes in the office. "
    "Can we bill 96369 and 96370 x2 with 96372 the same day? Which modifier? Medicare."
)
_WAIT_SECONDS = 30.0
_PAUSE_SECONDS = 0.03

Found = TypeVar("Found")
Step = Callable[[str], None]
"""Told what has just been done."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a reviewer gets into the demo's desk."""

    url: str
    email: str
    password: str


def demo_settings(state_dir: Path) -> Settings:
    """Loopback, free ports, no undo time; mail from loopback counts as submitted."""
    return given(
        state_dir=state_dir,
        address="consult@caseconsultant.example",
        smtp_port=free_port(),
        desk_port=free_port(),
        relay_host="127.0.0.1",
        relay_port=free_port(),
        trusted_networks=(ip_network("127.0.0.0/8"),),
        undo_seconds=0,
        sweep_seconds=2,
        worker_processes=1,
        log_level="warning",
    )


class Demo:
    """Everything the demo runs, from the broker to the sink."""

    def __init__(self, settings: Settings, *, say: Say) -> None:
        self.settings = settings
        self.app = App(settings)
        self.house = House(Children(settings, say))
        self.sink = Sink()
        self._relay = start_sink(self.sink, settings.relay_port)

    def start(self) -> SignIn:
        """Start every process, register the sender, hire the reviewer, and wait until the doors are open."""
        self.app.database  # noqa: B018  migrated before the processes start, so that none waits for another
        self.house.start()
        sign_in = SignIn(self.settings.desk, REVIEWER, secrets.token_urlsafe(12))
        with self.app.database.transaction() as session:
            now = self.app.clock()
            sender = accounts.sender_for(session, SENDER, name="Dana Coder", at=now)
            accounts.register(sender, at=now, plan=None, settings=self.settings)
            accounts.add_staff(
                session, email=REVIEWER, name="Robin Reviewer", credential="CPC", password=sign_in.password, at=now
            )
        self._until(lambda: _answers(self.settings.smtp_port), "the SMTP receiver")
        self._until(lambda: _healthy(self.settings.desk), "the desk")
        return sign_in

    def ask(self) -> str:
        """Send the question by SMTP; the receiver's reply to it."""
        mail = EmailMessage()
        mail["From"], mail["To"] = f"Dana Coder <{SENDER}>", self.settings.address
        mail["Subject"] = "SC immunoglobulin infusion"
        mail["Date"] = format_datetime(self.app.clock().astimezone(UTC))
        mail["Message-ID"] = f"<{secrets.token_hex(8)}@clinic.example.com>"
        mail.set_content(f"Hello,\n\n{QUESTION}\n\nThank you\n-- \nDana Coder, CPC\n")
        with smtplib.SMTP("127.0.0.1", self.settings.smtp_port) as client:
            client.ehlo("clinic.example.com")
            client.mail(SENDER)
            client.rcpt(self.settings.address)
            code, said = client.data(mail.as_bytes())
        return f"{code} {said.decode()}"

    def review(self, sign_in: SignIn, step: Step) -> None:
        """As a reviewer, over HTTP: sign in, open the draft, approve it."""
        with httpx.Client(base_url=sign_in.url, follow_redirects=True, timeout=_WAIT_SECONDS) as browser:
            form = {"email": sign_in.email, "password": sign_in.password}
            browser.post("/sign-in", data={**form, "csrf": _field(browser.get("/sign-in").text, "csrf")})
            step("Signed in at the desk")
            path = self._until(lambda: _first_case(browser.get("/").text), "a draft in the queue")
            page = browser.get(path).raise_for_status().text
            step("Opened the draft")
            approval = {name: _field(page, name) for name in ("csrf", "version")}
            browser.post(f"{path}/approve", data=approval).raise_for_status()
            step("Approved it")

    def reply(self) -> EmailMessage:
        """The reply as delivered to the sink."""
        self.sink.wait(1, seconds=_WAIT_SECONDS)
        return self.sink.messages()[0]

    def stop(self) -> None:
        """End every process; what they say in parting is not shown."""
        self.house.children.say = lambda _name, _line: None
        self.house.children.stop()
        self._relay.stop()
        self.app.queue.close()
        self.app.database.engine.dispose()

    def _until(self, look: Callable[[], Found | None], what: str) -> Found:
        deadline = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < deadline:
            if found := look():
                return found
            if (child := self.house.children.ended()) is not None:
                raise OperatorError(f"{child.name} ended with exit {child.process.returncode} before {what} was there")
            time.sleep(_PAUSE_SECONDS)
        raise OperatorError(f"{what} was not there within {_WAIT_SECONDS:.0f} s")


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return connection.recv(3) == b"220"
    except OSError:
        return False


def _healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz").is_success
    except httpx.TransportError:
        return False


def _field(page: str, name: str) -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    if found is None:
        raise OperatorError(f"the desk's page has no field {name!r}")
    return found.group(1)


def _first_case(page: str) -> str | None:
    found = re.search(r'href="(/cases/\d+)"', page)
    return found.group(1) if found else None

"""The review desk in one process: fakes at its edges, a real SQLite file, real knowledge, signed-in browsers."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from html import unescape
from types import SimpleNamespace
from typing import Any

from argon2 import PasswordHasher
from house import TAGS, RememberingQueue, SetClock, envelope, mail, nobody_is_known
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import undefer

from caseconsultant.db.models import Case, OutboxMessage, Staff
from caseconsultant.db.session import Database
from caseconsultant.kb.library import Library
from caseconsultant.queue import DRAFT_CASE
from caseconsultant.services import accounts, answering, intake, opening
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.reviewing import Reviewer
from caseconsultant.services.vault import Vault
from caseconsultant.settings import Settings
from caseconsultant.web import make_web

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # newer Starlettes would have another httpx than ours
    from fastapi.testclient import TestClient

PASSWORD = "correct horse battery"
# A cheap hash: the desk verifies it with the parameters that stand in it.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def field(page: str, name: str) -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name} on the page"
    return unescape(found[1])


@dataclass
class Browser:
    """A browser at the desk; `csrf` is what its session's forms carry."""

    client: TestClient
    csrf: str = ""

    def get(self, path: str, **given: Any) -> Response:
        return self.client.get(path, **given)

    def post(self, path: str, **form: str | int) -> Response:
        return self.client.post(path, data={"csrf": self.csrf, **form})

    def sign_in(self, email: str, password: str = PASSWORD) -> Response:
        form = {"email": email, "password": password, "csrf": field(self.get("/sign-in").text, "csrf")}
        answer = self.client.post("/sign-in", data=form)
        if answer.status_code == 303:
            self.csrf = field(self.get("/outbox").text, "csrf")
        return answer


class Desk:
    """The desk and what a test does with it."""

    def __init__(
        self, settings: Settings, database: Database, library: Library, *, clock: SetClock | None = None
    ) -> None:
        self.settings, self.database, self.library = settings, database, library
        self.clock, self.queue, self.vault = clock or SetClock(), RememberingQueue(), Vault(b"k" * 32)
        self.post = PostOffice(settings, self.clock, self.queue, TAGS)
        self.app = SimpleNamespace(
            settings=settings,
            database=database,
            library=library,
            clock=self.clock,
            queue=self.queue,
            vault=self.vault,
            post=self.post,
        )
        self.web = make_web(self.app)
        self._asked = 0

    def stranger(self) -> Browser:
        """A browser that nobody signed in with."""
        client = TestClient(
            self.web, base_url=self.settings.desk, raise_server_exceptions=False, follow_redirects=False
        )
        return Browser(client)

    def staff(self, name: str = "Robin") -> Reviewer:
        """A reviewer, whose address is their name at example.com."""
        with self.database.transaction() as session:
            person = Staff(
                email=f"{name.lower()}@example.com",
                name=name,
                credential="CPC",
                password_hash=_HASH,
                created_at=self.clock(),
            )
            session.add(person)
            session.flush()
            return Reviewer.of(person)

    def reviewer(self, name: str = "Robin") -> Browser:
        """A reviewer's browser, signed in."""
        person, browser = self.staff(name), self.stranger()
        assert browser.sign_in(person.email).status_code == 303
        return browser

    def case(self, *given: str, trusted: bool = True, draft: bool = True, **mail_as: str) -> int:
        """A question mailed in, opened and drafted by the services; its sender has questions to spare."""
        self._asked += 1
        raw = mail(*given, **{"message_id": f"<{self._asked}@clinic.example.com>", **mail_as})
        how = envelope("trusted" if trusted else "none")
        with self.database.transaction() as session:
            sender = accounts.sender_for(session, "dana@clinic.example.com", name="Dana Coder", at=self.clock())
            accounts.register(sender, at=self.clock(), plan=None, settings=self.settings)
        receipt = intake.accept(raw, how, database=self.database, vault=self.vault, clock=self.clock, queue=self.queue)
        case_id = opening.open_case(
            receipt.inbound_id,
            database=self.database,
            vault=self.vault,
            post=self.post,
            authenticate=nobody_is_known,
        )
        assert case_id, "the mail became no case"
        if draft:
            answering.draft_case(case_id, database=self.database, library=self.library, post=self.post)
            self.queue.take(DRAFT_CASE)
        return case_id

    def status(self, case_id: int) -> str:
        with self.database.reading() as session:
            return session.get_one(Case, case_id).status.value

    def outbox(self) -> list[OutboxMessage]:
        """Everything of ours, with its bytes, oldest first."""
        with self.database.reading() as session:
            wanted = select(OutboxMessage).order_by(OutboxMessage.id).options(undefer(OutboxMessage.raw))
            return list(session.scalars(wanted))

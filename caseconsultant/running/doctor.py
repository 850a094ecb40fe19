"""Everything the house needs from outside, tried once: what works, what does not, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from caseconsultant.app import App
from caseconsultant.authentication import alignment
from caseconsultant.authentication.resolver import DnsResolver, DnsTroubleError, Resolver
from caseconsultant.inbound.imap.folder import Folder
from caseconsultant.inbound.imap.tokens import tokens_of
from caseconsultant.kb.status import status
from caseconsultant.services import mailboxes
from caseconsultant.settings import ImapMailbox

_BROKER_SECONDS = 3.0
_NAMED = 4


class State(StrEnum):
    """How a check ended: `missing` is not set up, which costs something but breaks nothing."""

    OK = "ok"
    MISSING = "missing"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried."""

    name: str
    state: State
    words: str


Found = tuple[State, str]


def examine(app: App, *, resolver: Resolver | None = None) -> Iterator[Check]:
    """Each check in turn; none stops the others. Nothing is sent, marked or changed."""
    dns = resolver or DnsResolver(app.settings.dns_timeout_seconds)
    checks: list[tuple[str, Callable[[], Found]]] = [
        ("database", lambda: _database(app)),
        ("key", lambda: (State.OK, f"fingerprint {app.vault.fingerprint}")),
        ("broker", lambda: _broker(app)),
        ("relay", lambda: _relay(app)),
        *((f"mailbox {name}", partial(_mailbox, app, name, box)) for name, box in app.settings.imap.items()),
        ("knowledge", lambda: _knowledge(app)),
        ("our domain", lambda: _domain(app, dns)),
    ]
    for name, check in checks:
        yield _tried(name, check)


def _tried(name: str, check: Callable[[], Found]) -> Check:
    try:
        state, words = check()
    except Exception as error:  # noqa: BLE001  whatever it is, it is what the operator wants to know
        return Check(name, State.TROUBLE, f"{type(error).__name__}: {error}")
    return Check(name, state, words)


def _database(app: App) -> Found:
    with app.database.engine.connect() as connection:
        return State.OK, f"{connection.dialect.name}, migrated, and sealed with a key we have"


def _broker(app: App) -> Found:
    if app.settings.broker_url is None:
        return State.OK, "embedded: `up` starts it"
    app.queue.try_out(seconds=_BROKER_SECONDS)
    return State.OK, "it answers"


def _relay(app: App) -> Found:
    if app.relay is None:
        return State.MISSING, "none is set (CASECONSULTANT_RELAY_HOST): approved answers wait in the outbox"
    app.relay.try_out()
    return State.OK, f"{app.relay.host}:{app.relay.port} greets us and takes the sign-in"


def _mailbox(app: App, name: str, box: ImapMailbox) -> Found:
    with Folder.open(box, tokens_of(box)) as folder:
        waiting = len(folder.unseen())
    with app.database.reading() as session:
        told = mailboxes.health(session, settings=app.settings, at=app.clock())[name]
    state = State.OK if told == "ok" or told.startswith("never read") else State.TROUBLE
    return state, f"{box.user} at {box.host} opens {box.folder}, {waiting} unread; {told}"


def _knowledge(app: App) -> Found:
    today = app.clock().astimezone(app.settings.zone).date()
    store = app.library.current()
    told = status(store, on=today)
    words = f"release {store.release}"
    if told["published"] is None:
        return State.MISSING, f"{words}; no published tables are loaded (`caseconsultant kb load`)"
    past = [str(item["id"]) for item in told["past"]] if isinstance(told["past"], list) else []
    if past:
        named = ", ".join(past[:_NAMED]) + (f" and {len(past) - _NAMED} more" if len(past) > _NAMED else "")
        return State.MISSING, f"{words}; past their end: {named} (`caseconsultant kb status`)"
    return State.OK, words


def _domain(app: App, dns: Resolver) -> Found:
    domain = app.settings.domain
    if "." not in domain:
        return State.MISSING, f"{app.settings.address} is no address that others can write to"
    try:
        spf = any(text.lower().startswith(b"v=spf1") for text in dns(domain, "TXT"))
        policy = alignment.record(domain, resolver=dns).policy
    except DnsTroubleError as error:
        return State.TROUBLE, f"the DNS does not answer: {error}"
    lacks = [name for name, there in (("SPF", spf), ("DMARC", bool(policy))) if not there]
    if lacks:
        return State.MISSING, f"{domain} publishes no {' and no '.join(lacks)} record: replies may land among spam"
    return State.OK, f"{domain} publishes SPF and DMARC (policy {policy})"

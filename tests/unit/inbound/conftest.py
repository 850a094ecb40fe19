"""A receiver on real sockets in a thread, with a queue that only remembers."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from house import RememberingQueue, SetClock

from caseconsultant.db.migrate import upgrade
from caseconsultant.db.session import Database, make_engine
from caseconsultant.inbound.smtp import listening_socket, lmtp_sockets, serve
from caseconsultant.services.vault import Vault
from caseconsultant.settings import Settings


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[Callable[..., SimpleNamespace]]:
    engines = []

    def make(**changes: Any) -> SimpleNamespace:
        given = {
            "state_dir": tmp_path,
            "address": "consult@desk.example.com",
            "aliases": "coding@desk.example.com",
            "max_message_bytes": 10_000,
            "trusted_networks": (ip_network("127.0.0.0/8"),),
        }
        settings = Settings(_env_file=None, **{**given, **changes})
        engine = make_engine(settings.database)
        engines.append(engine)
        upgrade(engine)
        queue = RememberingQueue()
        queue.close = lambda: None  # type: ignore[attr-defined]
        return SimpleNamespace(
            settings=settings, database=Database(engine), vault=Vault(b"k" * 32), clock=SetClock(), queue=queue
        )

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    return make_app()


@dataclass
class Door:
    """A receiver that runs; `close` ends it as SIGTERM would, and waits."""

    app: SimpleNamespace
    port: int
    lmtp_port: int | None
    loop: asyncio.AbstractEventLoop
    stop: asyncio.Event
    thread: threading.Thread
    ended: list[object] = field(default_factory=list)

    def begin_to_close(self) -> None:
        self.loop.call_soon_threadsafe(self.stop.set)

    def close(self) -> None:
        self.begin_to_close()
        self.thread.join(15)
        assert self.ended == [None]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


@pytest.fixture
def open_door(make_app: Callable[..., SimpleNamespace]) -> Iterator[Callable[..., Door]]:
    doors: list[Door] = []

    def open_one(app: SimpleNamespace | None = None, **changes: Any) -> Door:
        app = app or make_app(**changes)
        bound, lmtp = listening_socket("127.0.0.1", 0), lmtp_sockets(app.settings)
        ready, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()
        ended: list[object] = []

        def run() -> None:
            ended.append(loop.run_until_complete(serve(app, bound, ready=ready.set, stop=stop, lmtp=lmtp)))

        thread = threading.Thread(target=run)
        lmtp_port = lmtp[0].getsockname()[1] if app.settings.lmtp_port is not None else None
        door = Door(app, bound.getsockname()[1], lmtp_port, loop, stop, thread, ended)
        thread.start()
        assert ready.wait(10)
        doors.append(door)
        return door

    yield open_one
    for door in doors:
        if door.thread.is_alive():
            door.close()
        door.loop.close()


@pytest.fixture
def client(app: SimpleNamespace, open_door: Callable[..., Door]) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", open_door(app).port, timeout=10) as client:
        client.ehlo("clinic.example.com")
        yield client

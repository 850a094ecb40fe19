"""A house in miniature: a real SQLite file, a clock that is set by hand, a queue that only remembers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from house import TAGS, House, RememberingQueue, SetClock

from caseconsultant.db.migrate import upgrade
from caseconsultant.db.session import Database, make_engine
from caseconsultant.kb.library import Library
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.vault import Vault
from caseconsultant.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None, state_dir=tmp_path, address="consult@desk.example.com", name="Desk", relay_host="127.0.0.1"
    )


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def queue() -> RememberingQueue:
    return RememberingQueue()


@pytest.fixture
def vault() -> Vault:
    return Vault(b"k" * 32)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    engine = make_engine(settings.database)
    upgrade(engine)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def post(settings: Settings, clock: SetClock, queue: RememberingQueue) -> PostOffice:
    return PostOffice(settings, clock, queue, TAGS)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("knowledge")
    return Library(Settings(_env_file=None).knowledge, folder, monotonic=lambda: 0.0)


@pytest.fixture
def house(
    database: Database, vault: Vault, clock: SetClock, queue: RememberingQueue, post: PostOffice, library: Library
) -> House:
    return House(database, vault, clock, queue, post, library)

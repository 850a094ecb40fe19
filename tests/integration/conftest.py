from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import postgres
import pytest
from house import TAGS, House, RememberingQueue, SetClock
from sqlalchemy import URL, Engine

from caseconsultant.db.migrate import upgrade
from caseconsultant.db.session import Database, make_engine
from caseconsultant.kb.library import Library
from caseconsultant.services.posting import PostOffice
from caseconsultant.services.vault import Vault
from caseconsultant.settings import Settings


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated(server: URL) -> Iterator[str]:
    """The name of a migrated database, the template of the others."""
    with postgres.database(server) as url:
        engine = make_engine(url.render_as_string(hide_password=False))
        upgrade(engine)
        engine.dispose()
        yield str(url.database)


@pytest.fixture
def empty_url(server: URL) -> Iterator[str]:
    """A database without tables."""
    with postgres.database(server) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def url(server: URL, migrated: str) -> Iterator[str]:
    """A migrated database."""
    with postgres.database(server, template=migrated) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("knowledge")
    return Library(Settings(_env_file=None).knowledge, folder, monotonic=lambda: 0.0)


@pytest.fixture
def make_house(engine: Engine, library: Library, tmp_path: Path) -> Callable[..., House]:
    """The services on PostgreSQL, on the settings given."""

    def make(**changes: Any) -> House:
        given = {"state_dir": tmp_path, "address": "consult@desk.example.com", "relay_host": "127.0.0.1"}
        settings = Settings(_env_file=None, **{**given, **changes})
        clock, queue = SetClock(), RememberingQueue()
        post = PostOffice(settings, clock, queue, TAGS)
        return House(Database(engine), Vault(b"k" * 32), clock, queue, post, library)

    return make


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house()

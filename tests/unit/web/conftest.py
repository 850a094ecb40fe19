from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Browser, Desk

from caseconsultant.db.migrate import upgrade
from caseconsultant.db.session import Database, make_engine
from caseconsultant.kb.library import Library
from caseconsultant.settings import Settings


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("knowledge")
    return Library(Settings(_env_file=None).knowledge, folder, monotonic=lambda: 0.0)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, migrated once; every test works on a copy."""
    path = tmp_path_factory.mktemp("migrated") / "caseconsultant.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def make_desk(tmp_path: Path, migrated: Path, library: Library) -> Iterator[Callable[..., Desk]]:
    """A desk on the settings given."""
    shutil.copy(migrated, tmp_path / "caseconsultant.db")
    engines = []

    def make(**changes: Any) -> Desk:
        settings = Settings(
            _env_file=None,
            **{"state_dir": tmp_path, "address": "consult@desk.example.com", "relay_host": "127.0.0.1", **changes},
        )
        engines.append(make_engine(settings.database))
        return Desk(settings, Database(engines[-1]), library)

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


@pytest.fixture
def robin(desk: Desk) -> Browser:
    """A signed-in reviewer."""
    return desk.reviewer("Robin")

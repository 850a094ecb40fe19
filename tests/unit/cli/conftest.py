from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk

from caseconsultant.db.migrate import upgrade
from caseconsultant.db.session import Database, make_engine
from caseconsultant.kb.library import Library
from caseconsultant.settings import PREFIX, Settings


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory with knowledge built once."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings(_env_file=None, state_dir=state)
    Library(settings.knowledge, settings.kb_dir, monotonic=lambda: 0.0).current()
    return state


@pytest.fixture(autouse=True)
def state(compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state directory that commands find in their environment; away from any .env file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"{PREFIX}STATE_DIR", str(compiled))
    return compiled


@pytest.fixture
def desk(tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose database and key are those of the commands, and which has a relay to send to."""
    given = {
        "STATE_DIR": str(tmp_path / "var"),
        "ENCRYPTION_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "ADDRESS": "consult@desk.example.com",
        "BROKER_URL": "memory://",
        "PLANS": '{"clinic": {"questions": 20}}',
    }
    for name, value in given.items():
        monkeypatch.setenv(f"{PREFIX}{name}", value)
    settings = Settings(_env_file=None)
    engine = make_engine(settings.database)
    upgrade(engine)
    library = Library(settings.knowledge, compiled / "knowledge", monotonic=lambda: 0.0)
    yield Desk(settings, Database(engine), library)
    engine.dispose()

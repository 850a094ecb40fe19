"""The authored knowledge, compiled once for the tests of the consultant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from caseconsultant.consulting.consultant import consult
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Consultation
from caseconsultant.kb.build import ensure
from caseconsultant.kb.store import open_store

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    store = open_store(ensure(ROOT / "knowledge", tmp_path_factory.mktemp("kb")))
    yield store
    store.close()


@pytest.fixture(scope="session")
def ask(knowledge: Knowledge) -> Callable[..., Consultation]:
    def of(text: str, as_of: date = date(2026, 11, 23)) -> Consultation:
        return consult(text, knowledge=knowledge, as_of=as_of)

    return of

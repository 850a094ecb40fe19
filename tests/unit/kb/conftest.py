from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caseconsultant.kb.build import build
from caseconsultant.kb.store import Store, open_store

CHECKOUT = Path(__file__).resolve().parents[3]

SOURCES = """\
sources:
  - id: manual
    publisher: Somebody
    title: A manual
    licence: public domain
    url: https://example.com/manual
    editions:
      - {name: first, effective_from: 2020-01-01, effective_to: 2021-12-31}
      - {name: second, effective_from: 2022-01-01}
    locators:
      - {group: "XI §", verified: true}
      - {group: "XII §", verified: false}
  - id: pairs
    publisher: Somebody
    title: A table of pairs
    licence: public domain
    url: https://example.com/pairs
    editions:
      - {name: only, effective_from: 2024-07-01, effective_to: 2024-09-30}
    locators:
      - {group: "*", verified: true}
"""

CODES = """\
codes:
  - code: "96369"
    system: CPT
    description: A drug run beneath the skin.
    family: subcutaneous
    role: initial
    unit_rule: One.
    from: 2009-01-01
    to: 2023-12-31
    references:
      - {source: manual, locator: "XI §B"}
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def knowledge_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    (folder / "codes").mkdir(parents=True)
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "codes" / "infusion.yaml").write_text(CODES, encoding="utf-8")
    return folder


@pytest.fixture
def write(knowledge_dir: Path) -> Write:
    def _write(name: str, text: str) -> Path:
        path = knowledge_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def kb_dir(tmp_path: Path) -> Path:
    return tmp_path / "kb"


@pytest.fixture(scope="session")
def authored_dir() -> Path:
    return CHECKOUT / "knowledge"


@pytest.fixture(scope="session")
def store(authored_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(build(authored_dir, tmp_path_factory.mktemp("kb")))

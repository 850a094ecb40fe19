from __future__ import annotations

import os
from pathlib import Path

import pytest

from caseconsultant.kb.build import build
from caseconsultant.kb.packaged import packaged_files
from caseconsultant.kb.published import load
from caseconsultant.kb.store import Store, open_store

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def cms_dir() -> Path:
    named = os.environ.get("CASECONSULTANT_CMS_DIR")  # where a test finds files is no setting of the product
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "cms"
    if not folder.is_dir():
        pytest.skip(f"the published tables are not at {folder}; name their folder in CASECONSULTANT_CMS_DIR")
    return folder


@pytest.fixture(scope="session")
def authored_dir() -> Path:
    return CHECKOUT / "knowledge"


@pytest.fixture(scope="session")
def store(authored_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(build(authored_dir, tmp_path_factory.mktemp("kb")))


@pytest.fixture(scope="session")
def full(cms_dir: Path, authored_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every published file and every packaged one, loaded once."""
    folder = tmp_path_factory.mktemp("full")
    pairs = cms_dir / "ccipra-v302r0.zip"
    named_otherwise = folder / "pairs.bin"  # nothing depends on the name of a zip
    named_otherwise.symlink_to(pairs)
    others = sorted(path for path in cms_dir.iterdir() if path.suffix in {".zip", ".xlsx"} and path != pairs)
    report = load([named_otherwise, *others, *packaged_files()], folder)
    return open_store(build(authored_dir, folder), report.path)

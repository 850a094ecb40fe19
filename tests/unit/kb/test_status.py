from __future__ import annotations

import json

from caseconsultant.kb.status import status
from caseconsultant.kb.store import Store


def test_status_tells_release_editions_and_rows(store: Store) -> None:
    found = json.loads(json.dumps(status(store)))
    assert found["release"] == store.release
    assert found["file"] == f"authored-{store.database.content}.sqlite"
    assert all(count > 0 for count in found["rows"].values())
    pairs = next(source for source in found["sources"] if source["id"] == "ncci-ptp-practitioner")
    assert pairs["editions"] == [{"name": "version 30.2", "from": "2024-07-01", "to": "2024-09-30"}]
    assert (pairs["verified"], pairs["unverified"]) == (["*"], [])
    assert pairs["rows"] > 50


def test_status_tells_what_was_not_verified(store: Store) -> None:
    manual = next(source for source in status(store)["sources"] if source["id"] == "mcpm")  # type: ignore[attr-defined]
    assert "17 §40" in manual["unverified"]

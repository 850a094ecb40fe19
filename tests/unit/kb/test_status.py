from __future__ import annotations

import json
from datetime import date

from caseconsultant.kb.sources import LOADERS
from caseconsultant.kb.status import status
from caseconsultant.kb.store import Store


def test_status_tells_release_editions_and_rows(store: Store) -> None:
    found = json.loads(json.dumps(status(store, on=date(2026, 11, 24))))
    assert found["release"] == store.release
    assert found["file"] == f"authored-{store.database.content}.sqlite"
    assert all(count > 0 for count in found["rows"].values())
    pairs = next(source for source in found["sources"] if source["id"] == "ncci-ptp-practitioner")
    assert pairs["editions"] == [{"name": "version 30.2", "from": "2024-07-01", "to": "2024-09-30"}]
    assert (pairs["verified"], pairs["unverified"]) == (["*"], [])
    assert pairs["rows"] > 50


def test_status_tells_what_was_not_verified(store: Store) -> None:
    manual = next(source for source in status(store, on=date(2026, 11, 24))["sources"] if source["id"] == "mcpm")  # type: ignore[attr-defined]
    assert "17 §40" in manual["unverified"]


def test_status_tells_what_is_not_loaded_and_what_that_costs(store: Store) -> None:
    missing = {each["id"]: each["without"] for each in status(store, on=date(2026, 11, 24))["missing"]}  # type: ignore[attr-defined]
    assert missing["gpci"] == "Only national amounts can be told, none of a locality."
    assert status(store, on=date(2026, 11, 24))["past"] == []


def test_every_table_that_can_be_loaded_is_a_source_that_says_what_its_absence_costs(store: Store) -> None:
    loadable = {source for loader in LOADERS for source in loader.publications}
    costs = {each["id"] for each in status(store, on=date(2026, 11, 24))["sources"] if each["without"]}  # type: ignore[attr-defined]
    assert loadable == costs

"""Each thing that the house needs is tried; what is wrong is told, and stops no other check."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from zone import Zone

from caseconsultant.app import App
from caseconsultant.kb.library import Library
from caseconsultant.running.doctor import Check, State, examine
from caseconsultant.running.sink import Sink, free_port, start_sink
from caseconsultant.settings import ImapMailbox, Settings


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state directory with knowledge built once."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings(_env_file=None, state_dir=state)
    Library(settings.knowledge, settings.kb_dir, monotonic=lambda: 0.0).current().close()
    return state


@pytest.fixture
def checks(tmp_path: Path, compiled: Path) -> Iterator[Any]:
    apps: list[App] = []
    shutil.copytree(compiled / "knowledge", tmp_path / "knowledge")

    def run(zone: Zone | None = None, **changes: Any) -> dict[str, Check]:
        given = {"state_dir": tmp_path, "address": "consult@desk.example.com"}
        apps.append(App(Settings(_env_file=None, **{**given, **changes})))
        return {check.name: check for check in examine(apps[-1], resolver=zone or Zone())}

    yield run
    for app in apps:
        app.database.engine.dispose()


def test_a_new_house_says_what_is_not_set_up_and_is_in_no_trouble(checks):
    found = checks()

    assert [check.state for check in found.values() if check.state is State.TROUBLE] == []
    assert found["database"].state is State.OK
    assert "RELAY_HOST" in found["relay"].words
    assert "no published tables" in found["knowledge"].words


def test_a_relay_that_answers_is_ok_and_one_that_is_away_is_trouble(checks):
    port = free_port()
    assert checks(relay_host="127.0.0.1", relay_port=port)["relay"].state is State.TROUBLE
    running = start_sink(Sink(), port)
    try:
        assert checks(relay_host="127.0.0.1", relay_port=port)["relay"].state is State.OK
    finally:
        running.stop()


def test_a_mailbox_that_cannot_be_opened_is_trouble_and_stops_no_check_behind_it(checks):
    box = ImapMailbox(host="127.0.0.1", port=free_port(), security="none", user="consult", password="secret")
    found = checks(imap={"consult": box})

    assert found["mailbox consult"].state is State.TROUBLE
    assert found["our domain"].state is State.MISSING


@pytest.mark.parametrize(
    ("records", "state", "words"),
    [
        ({}, State.MISSING, "no SPF and no DMARC"),
        ({"desk.example.com": b"v=spf1 -all"}, State.MISSING, "no DMARC"),
        ({"desk.example.com": b"v=spf1 -all", "_dmarc.desk.example.com": b"v=DMARC1; p=reject"}, State.OK, "reject"),
    ],
)
def test_our_own_domain_is_looked_up(checks, records, state, words):
    zone = Zone()
    for name, value in records.items():
        zone.text(name, value)

    found = checks(zone)["our domain"]

    assert (found.state, words in found.words) == (state, True)


def test_a_silent_dns_is_trouble(checks):
    assert checks(Zone(silent={"desk.example.com"}))["our domain"].state is State.TROUBLE


def test_a_broker_that_is_away_is_trouble(checks):
    assert checks(broker_url=f"redis://127.0.0.1:{free_port()}/0")["broker"].state is State.TROUBLE

"""Whether the house stands, and why not."""

from __future__ import annotations

from types import SimpleNamespace

from desk import Desk

from caseconsultant.db.models import Heartbeat
from caseconsultant.db.session import Database, make_engine
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.services.sweeping import HEARTBEAT


def beat(desk: Desk) -> None:
    with desk.database.transaction() as session:
        session.merge(Heartbeat(name=HEARTBEAT, at=desk.clock()))


def test_the_process_answers_whatever_else_is_wrong(desk: Desk):
    desk.app.database = None
    answer = desk.stranger().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_house_that_stands_is_ready(desk: Desk):
    beat(desk)
    answer = desk.stranger().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "sweeper": "ok",
        "inbound_waiting": 0,
        "outbox_trouble": 0,
        "database": "ok",
        "knowledge": desk.library.current().release,
    }


def test_a_sweeper_that_never_showed_itself_is_503(desk: Desk):
    answer = desk.stranger().get("/readyz")
    assert answer.status_code == 503
    assert "no sign of life" in answer.json()["sweeper"]
    assert answer.json()["database"] == "ok"


def test_six_missed_sweeps_are_503(desk: Desk):
    beat(desk)
    desk.clock.advance(seconds=6 * desk.settings.sweep_seconds)
    assert desk.stranger().get("/readyz").status_code == 200
    desk.clock.advance(seconds=1)
    assert desk.stranger().get("/readyz").status_code == 503


def test_a_database_that_does_not_answer_is_503_without_telling_its_address(desk: Desk, tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'secret-place' / 'other.db'}")
    desk.app.database = Database(engine)
    (tmp_path / "secret-place").rmdir()
    answer = desk.stranger().get("/readyz")
    engine.dispose()
    assert answer.status_code == 503
    assert answer.json() == {"database": "OperationalError; the log has the reason"}


def test_knowledge_that_does_not_open_is_503_in_our_own_words(desk: Desk):
    beat(desk)

    def current() -> None:
        raise KnowledgeError("rules/a.yaml:3: no source; add one")

    desk.app.library = SimpleNamespace(current=current, defect=None)
    answer = desk.stranger().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["knowledge"] == "rules/a.yaml:3: no source; add one"


def test_a_defect_beside_knowledge_that_goes_on_answering_is_told(desk: Desk):
    beat(desk)
    release = SimpleNamespace(release="abc")
    desk.app.library = SimpleNamespace(current=lambda: release, defect="rules/a.yaml:3: no source; add one")
    answer = desk.stranger().get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["knowledge_defect"] == "rules/a.yaml:3: no source; add one"

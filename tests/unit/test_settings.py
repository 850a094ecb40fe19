from __future__ import annotations

import pytest
from pydantic import ValidationError

from caseconsultant.settings import child_environment, given, load


def test_settings_come_from_the_environment_and_a_file(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CASECONSULTANT_NAME=From the file\nCASECONSULTANT_SMTP_PORT=2601\n")
    monkeypatch.setenv("CASECONSULTANT_SMTP_PORT", "2602")
    found = load()
    assert (found.name, found.smtp_port) == ("From the file", 2602)


def test_given_settings_know_neither_environment_nor_file(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CASECONSULTANT_DATABASE_URL=sqlite:///the-operators.db\n")
    monkeypatch.setenv("CASECONSULTANT_RELAY_HOST", "mail.example.com")
    found = given(state_dir=tmp_path)
    assert (found.relay_host, found.database) == (None, f"sqlite:///{tmp_path / 'caseconsultant.db'}")


def test_a_child_runs_on_its_parents_settings_and_no_others(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("CASECONSULTANT_RELAY_HOST=mail.example.com\n")
    monkeypatch.setenv("CASECONSULTANT_NAME", "From the environment")
    ours = given(
        state_dir=tmp_path,
        aliases=("a@desk.example.com", "b@desk.example.com"),
        trusted_networks=("127.0.0.0/8", "::1/128"),
        plans={"clinic": {"questions": 20}},
        encryption_key="c2VjcmV0",
        auto_approve="all",
    )
    for name, value in child_environment(ours).items():
        if name.startswith("CASECONSULTANT_"):
            monkeypatch.setenv(name, value)
    monkeypatch.delenv("CASECONSULTANT_NAME")
    theirs = load()
    assert theirs.model_dump() == ours.model_dump()
    assert theirs.relay_host is None
    assert theirs.encryption_key.get_secret_value() == "c2VjcmV0"


def test_a_deep_state_directory_gets_a_short_socket_path(tmp_path):
    assert given(state_dir=tmp_path / "x").broker_socket == tmp_path / "x" / "broker" / "redis.sock"
    deep = given(state_dir=tmp_path / ("d" * 120)).broker_socket
    assert len(str(deep)) < 100
    assert deep != given(state_dir=tmp_path / ("e" * 120)).broker_socket


@pytest.mark.parametrize(
    ("name", "value"), [("time_zone", "Mars/Olympus"), ("smtp_port", 70_000), ("trusted_networks", "10.0.0.0/33")]
)
def test_what_cannot_be_is_refused_by_name(name, value):
    with pytest.raises(ValidationError, match=name):
        given(**{name: value})

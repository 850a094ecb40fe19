"""What is wrong is one line that says where and what to do, and its exit code is the documented one."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from command import run

from caseconsultant.settings import PREFIX

EXPERT = ["ask", "96370?"]
OPERATOR = ["staff", "list"]


@pytest.mark.parametrize("command", [EXPERT, OPERATOR, ["kb", "build"], ["lookup", "96370"], ["check", "96370"]])
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMTP_PORT", "abc", "SMTP_PORT: Input should be a valid integer"),
        ("SMTP_PORT", "65536", "SMTP_PORT: Input should be less than or equal to 65535"),
        ("TIME_ZONE", "Nowhere/City", "TIME_ZONE: there is no time zone 'Nowhere/City'"),
        ("PLANS", "{oops", "PLANS: not JSON"),
        ("PLANS", '{"a": {"questions": -1}}', "PLANS.a.questions: Input should be greater"),
        ("TRUSTED_NETWORKS", "10.0.0.1/8", "TRUSTED_NETWORKS.0"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_the_variable(monkeypatch, tmp_path, command, name, value, said):
    monkeypatch.setenv(PREFIX + name, value)
    monkeypatch.setenv(PREFIX + "STATE_DIR", str(tmp_path))
    ran = run(*command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("caseconsultant: ")
    assert said in ran.err
    assert PREFIX + name in ran.err
    assert ran.err.count("\n") == 1


def test_a_knowledge_folder_that_is_not_there_is_one_line(monkeypatch):
    monkeypatch.setenv(PREFIX + "KNOWLEDGE_DIR", "/nowhere")
    ran = run(*EXPERT)
    assert ran.code == 1
    assert ran.err == "caseconsultant: /nowhere: no such knowledge folder; set CASECONSULTANT_KNOWLEDGE_DIR to one\n"


def test_several_wrong_settings_are_told_at_once(monkeypatch):
    monkeypatch.setenv(PREFIX + "SMTP_PORT", "abc")
    monkeypatch.setenv(PREFIX + "UNDO_SECONDS", "-1")
    ran = run(*EXPERT)
    assert PREFIX + "SMTP_PORT" in ran.err
    assert PREFIX + "UNDO_SECONDS" in ran.err
    assert ran.err.count("\n") == 1


def test_a_secret_that_is_wrong_is_not_shown(monkeypatch):
    monkeypatch.setenv(PREFIX + "ENCRYPTION_KEY", "hunter2hunter2")
    ran = run(*OPERATOR)
    assert ran.code == 1
    assert "CASECONSULTANT_ENCRYPTION_KEY" in ran.err
    assert "hunter2" not in ran.err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("foo://x", "CASECONSULTANT_DATABASE_URL: Can't load plugin"),
        ("no url", "CASECONSULTANT_DATABASE_URL: Could not parse"),
        ("postgresql+psycopg://robin:hunter2@127.0.0.1:1/x", "the database does not serve"),
        ("sqlite:////proc/nowhere/x.db", "/proc/nowhere: No such file or directory"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(monkeypatch, url: str, said: str):
    monkeypatch.setenv(PREFIX + "DATABASE_URL", url)
    ran = run(*OPERATOR)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert "hunter2" not in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("command", [EXPERT, OPERATOR])
def test_a_state_directory_that_cannot_be_made_is_one_line(monkeypatch, command: list[str]):
    monkeypatch.setenv(PREFIX + "STATE_DIR", "/proc/nowhere")
    ran = run(*command)
    assert (ran.code, ran.out) == (1, "")
    assert "/proc/nowhere" in ran.err
    assert ran.err.count("\n") == 1


def test_knowledge_that_is_defective_is_one_line_that_names_the_file(monkeypatch, tmp_path):
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "sources.yaml").write_text("a: [")
    monkeypatch.setenv(PREFIX + "KNOWLEDGE_DIR", str(tmp_path / "knowledge"))
    ran = run(*EXPERT)
    assert (ran.code, ran.out) == (1, "")
    assert "sources.yaml" in ran.err
    assert ran.err.count("\n") == 1


def ran_outside(*words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, as from a shell."""
    return subprocess.run(
        [sys.executable, "-m", "caseconsultant", *words],
        input=stdin,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_from_a_shell_the_streams_and_codes_are_the_same():
    done = ran_outside(
        "ask", "--jsonl", stdin=b'{"id": "\xc3\xa9", "question": "96370?"}\n\xff\n', PYTHONIOENCODING="ascii"
    )
    assert (done.returncode, done.stderr) == (3, b"")
    first, second = done.stdout.splitlines()
    assert first.startswith('{"id": "é"'.encode())
    assert second == b'{"id": null, "error": "not UTF-8 at byte 0"}'


def test_from_a_shell_a_wrong_setting_is_one_line():
    done = ran_outside("ask", "96370?", CASECONSULTANT_SMTP_PORT="abc")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"caseconsultant: CASECONSULTANT_SMTP_PORT: ")
    assert done.stderr.count(b"\n") == 1


HEAVY = (
    "sqlalchemy",
    "celery",
    "kombu",
    "fastapi",
    "starlette",
    "cryptography",
    "alembic",
    "redis",
    "aiosmtpd",
    "rich",
    "yaml",
)


@pytest.mark.parametrize(
    "command", [["ask", "SC infusion of 200 minutes, 96369 and 96370 x2?"], ["ask", "96370?", "--json"]]
)
def test_ask_starts_without_the_heavy_libraries(command: list[str]):
    told = (
        "import sys\n"
        f"sys.argv = ['caseconsultant', *{command!r}]\n"
        "from caseconsultant.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n"
        f"    print(ended.code, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == "0 []\n"
    assert "96370" in done.stdout

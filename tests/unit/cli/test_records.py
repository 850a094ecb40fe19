"""The operator's commands, on a real database."""

from __future__ import annotations

import pytest
from command import run
from desk import Desk

from caseconsultant.cli import app as commands
from caseconsultant.db.models import InboundMessage, OutboxMessage, OutboxState
from caseconsultant.services import audit, reviewing

PASSWORD = b"correct horse battery\n"


def approved(desk: Desk, state: OutboxState) -> int:
    """The outbox id of an approved answer that stands in the state."""
    case = desk.case()
    message = reviewing.approve(case, 1, desk.staff(), database=desk.database, post=desk.post)
    with desk.database.transaction() as session:
        session.get_one(OutboxMessage, message).state = state
    return message


# --- staff


def test_a_reviewer_is_added_and_listed_without_the_password(desk: Desk):
    ran = run(
        "staff",
        "add",
        "Robin@Example.com",
        "--name",
        "Robin",
        "--credential",
        "CPC",
        "--password-stdin",
        stdin=PASSWORD,
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "robin@example.com may sign in at http://127.0.0.1:8025\n"
    assert run("staff", "list", "--json").object == {
        "id": 1,
        "email": "robin@example.com",
        "name": "Robin",
        "credential": "CPC",
        "active": True,
    }
    assert "correct" not in run("staff", "list").out
    assert desk.stranger().sign_in("robin@example.com").status_code == 303


@pytest.mark.parametrize(
    ("address", "password", "said"),
    [
        ("robin@example.com", b"short\n", "too short"),
        ("robin", PASSWORD, "is not an e-mail address"),
        ("robin@example.com", b"", "too short"),
    ],
)
def test_a_reviewer_who_cannot_be_added_is_told_why(desk: Desk, address: str, password: bytes, said: str):
    ran = run("staff", "add", address, "--name", "Robin", "--password-stdin", stdin=password)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_nobody_is_added_twice(desk: Desk):
    run("staff", "add", "robin@example.com", "--name", "Robin", "--password-stdin", stdin=PASSWORD)
    ran = run("staff", "add", "ROBIN@example.com", "--name", "Robin", "--password-stdin", stdin=PASSWORD)
    assert ran.code == 2
    assert "is on the staff already" in ran.err


# --- sender


def test_a_sender_is_registered_told_and_listed(desk: Desk):
    ran = run("sender", "register", "Dana+tag@Clinic.example.com", "--name", "Dana", "--plan", "clinic")
    assert ran.out == "dana@clinic.example.com: 20 of 20 questions left (month)\n"
    (told,) = desk.outbox()
    assert told.kind.value == "registered"
    listed = run("sender", "list", "--json").object
    assert set(listed) == {"id", "address", "name", "plan", "registered_at", "left", "questions"}
    assert (listed["address"], listed["plan"], listed["left"]) == ("dana@clinic.example.com", "clinic", 20)


def test_quietly_registered_is_not_told(desk: Desk):
    assert run("sender", "register", "dana@clinic.example.com", "--quiet").code == 0
    assert not desk.outbox()


def test_a_plan_that_is_not_there_is_told_with_those_that_are(desk: Desk):
    ran = run("sender", "register", "dana@clinic.example.com", "--plan", "gold")
    assert ran.code == 2
    assert ran.err == "caseconsultant: there is no plan 'gold'; CASECONSULTANT_PLANS has: clinic\n"
    assert run("sender", "list").out == ""


# --- case


def test_cases_are_listed_and_narrowed_by_status(desk: Desk):
    desk.case()
    desk.case(trusted=False)
    every = run("case", "list", "--json").objects
    assert [set(each) for each in every] == [
        {"id", "number", "status", "held_reason", "reply_to", "created_at", "due_at"}
    ] * 2
    assert [each["number"] for each in run("case", "list", "--status", "held", "--json").objects] == ["CC-2026-000002"]
    assert "status=in_review" in run("case", "list").out


def test_a_status_that_is_none_is_told_with_those_that_are(desk: Desk):
    ran = run("case", "list", "--status", "open")
    assert ran.code == 2
    assert "use one of: received, drafting" in ran.err


@pytest.mark.parametrize("number", ["1", "CC-2026-000001", "cc-2026-000001"])
def test_a_case_is_shown_with_question_draft_and_history(desk: Desk, number: str):
    desk.case()
    found = run("case", "show", number, "--json").object
    assert found["number"] == "CC-2026-000001"
    assert "96369 ran 200 minutes" in found["questions"][0]
    assert set(found["draft"]) == {"version", "author", "confidence", "knowledge_release", "text"}
    assert [event["event"] for event in found["history"]] == ["received", "drafted"]
    assert found["history_intact"] is True


def test_a_case_in_words_shows_its_texts_as_they_stand(desk: Desk):
    desk.case()
    out = run("case", "show", "1").out
    assert "96369 ran 200 minutes" in out
    assert "\\n" not in out
    assert "{" not in out
    assert "held_reason" not in out
    assert any(line.startswith("  Short answer") for line in out.splitlines())


@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999", "CC-1999-000001", "CC-2026-000007"])
def test_a_case_that_is_not_there_is_one_line(desk: Desk, number: str):
    desk.case()
    ran = run("case", "show", number)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"caseconsultant: there is no case {number}")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("number", ["abc", "", "CC-2026-", "²"])
def test_what_is_no_case_number_is_told_with_one_that_is(desk: Desk, number: str):
    ran = run("case", "show", number)
    assert ran.code == 2
    assert "write CC-2026-000123 or 123" in ran.err


def test_redrafting_is_enqueued(desk: Desk):
    desk.case()
    assert run("case", "redraft", "1").out == "CC-2026-000001 enqueued\n"


# --- outbox


def test_the_outbox_is_listed_narrowed_and_shown(desk: Desk):
    message = approved(desk, OutboxState.UNCERTAIN)
    listed = run("outbox", "list", "--state", "uncertain", "--json").object
    assert set(listed) == {"id", "kind", "state", "rcpt_to", "attempts", "not_before", "sent_at", "last_reply"}
    assert run("outbox", "list", "--state", "failed", "--json").objects == []
    assert run("outbox", "list", "--state", "lost").code == 2
    shown = run("outbox", "show", str(message)).out
    assert "To: dana@clinic.example.com" in shown
    assert f"Message-ID: <{desk.outbox()[0].message_id}>" in shown


@pytest.mark.parametrize(("command", "state"), [("resend", OutboxState.QUEUED), ("mark-sent", OutboxState.SENT)])
def test_an_uncertain_message_is_settled_by_a_person(desk: Desk, command: str, state: OutboxState):
    message = str(approved(desk, OutboxState.UNCERTAIN))
    assert run("outbox", command, message).code == 0
    assert desk.outbox()[0].state is state
    again = run("outbox", command, message)
    assert again.code == 1
    assert "there is nothing to resolve" in again.err


@pytest.mark.parametrize("command", [["show"], ["resend"], ["mark-sent"]])
@pytest.mark.parametrize("number", ["7", "0", "99999999999999999999", "abc"])
def test_an_outbox_message_that_is_not_there_is_wrong_use(desk: Desk, command: list[str], number: str):
    ran = run("outbox", *command, number)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err


# --- inbound


def test_mail_as_it_came_in_is_listed_and_shown_without_its_bytes(desk: Desk):
    desk.case()
    listed = run("inbound", "list", "--json").object
    assert (listed["disposition"], listed["case_id"]) == ("question", 1)
    assert run("inbound", "list", "--undecided").out == ""
    shown = run("inbound", "show", "1", "--json").object
    assert "raw" not in shown
    assert shown["authentication"] == "trusted"
    assert "digest" in run("inbound", "show", "1").out


def test_an_export_is_private_recorded_and_overwrites_nothing(desk: Desk, tmp_path):
    desk.case()
    file = tmp_path / "out.eml"
    ran = run("inbound", "export", "1", str(file))
    assert ran.code == 0
    assert b"96369 ran 200 minutes" in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    again = run("inbound", "export", "1", str(file))
    assert again.code == 2
    assert "File exists" in again.err
    with desk.database.reading() as session:
        assert [event.event for event in audit.history(session, 1)].count("exported") == 1


def test_an_export_to_nowhere_is_one_line_and_not_recorded(desk: Desk, tmp_path):
    desk.case()
    ran = run("inbound", "export", "1", str(tmp_path / "missing" / "out.eml"))
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    with desk.database.reading() as session:
        assert not audit.history(session, None)


def test_mail_sealed_with_another_key_is_one_line_that_says_what_to_restore(desk: Desk, tmp_path, monkeypatch):
    desk.case()
    monkeypatch.setenv("CASECONSULTANT_ENCRYPTION_KEY", "x" * 43 + "=")
    ran = run("inbound", "export", "1", str(tmp_path / "out.eml"))
    assert ran.code == 1
    assert "restore raw-mail.key" in ran.err
    assert ran.err.count("\n") == 1


def test_only_unreadable_mail_is_read_again(desk: Desk):
    desk.case()
    ran = run("inbound", "reread", "1")
    assert ran.code == 2
    assert "was read as question" in ran.err
    with desk.database.transaction() as session:
        row = session.get_one(InboundMessage, 1)
        row.disposition, row.error, row.attempts = "unreadable", "ValueError", 3
    assert run("inbound", "reread", "1").out == "inbound message 1 enqueued\n"
    with desk.database.reading() as session:
        row = session.get_one(InboundMessage, 1)
        assert (row.disposition, row.error, row.attempts) == (None, None, 0)


# --- help


def every_command() -> list[list[str]]:
    """The words of each command and group, as registered."""
    groups = [[group.name or ""] for group in commands.registered_groups]
    inner = [
        [group.name or "", command.name or command.callback.__name__]
        for group in commands.registered_groups
        for command in group.typer_instance.registered_commands
    ]
    outer = [[command.name or command.callback.__name__] for command in commands.registered_commands]
    return [[], *groups, *inner, *outer]


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_explains_itself(words: list[str], monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    for option in ("--help", "-h"):
        ran = run(*words, option)
        assert ran.code == 0
        assert f"Usage: caseconsultant {' '.join(words)}".rstrip() in ran.out
        assert len(ran.out.splitlines()) >= 5


@pytest.mark.parametrize("words", [["nonsense"], ["staff", "nonsense"], ["ask", "a", "b"]])
def test_an_unknown_command_is_wrong_use(words: list[str]):
    assert run(*words).code == 2

"""The queue: what waits, in which order, and not all of it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk import Browser, Desk
from sqlalchemy import event, insert

from caseconsultant.db.models import Case, CaseStatus, OutboxMessage, OutboxState, Question, Sender

POLL = 'hx-get="/?status={}" hx-trigger="every 10s" hx-select="#queue" hx-swap="outerHTML"'


def many(desk: Desk, count: int, status: CaseStatus) -> None:
    """Cases as rows, each due a minute after the one before."""
    now = desk.clock()
    with desk.database.transaction() as session:
        sender = Sender(address="many@clinic.example.com", created_at=now)
        session.add(sender)
        session.flush()
        rows = [
            {
                "id": number,
                "sender_id": sender.id,
                "reply_to": sender.address,
                "subject": "s",
                "status": status,
                "priority": 0,
                "created_at": now,
                "due_at": now + timedelta(minutes=number),
                "draft_attempts": 0,
                "references": [],
            }
            for number in range(1, count + 1)
        ]
        session.execute(insert(Case), rows)
        asked = [
            {
                "case_id": row["id"],
                "text": f"question {row['id']:05}.",
                "redactions": {},
                "as_of": now.date(),
                "created_at": now,
            }
            for row in rows
        ]
        session.execute(insert(Question), asked)


def test_an_empty_queue_says_so(robin: Browser):
    assert "Every question is answered or with its sender" in robin.get("/").text


def test_a_case_waiting_for_review_shows_its_question_codes_and_due_time(desk: Desk, robin: Browser):
    desk.case()
    page = robin.get("/").text
    assert "96369 ran 200 minutes" in page
    assert '<span class="code">96370</span>' in page
    assert "due in 24 h" in page
    desk.clock.advance(hours=11)
    assert 'class="overdue"' not in robin.get("/").text


def test_an_overdue_case_is_marked_and_a_finished_one_is_not(desk: Desk, robin: Browser):
    case = desk.case()
    with desk.database.transaction() as session:
        session.get_one(Case, case).due_at = desk.clock() - timedelta(hours=3)
    assert "due 3 h over" in robin.get("/").text
    robin.post(f"/cases/{case}/close")
    page = robin.get("/?status=closed").text
    assert "96369 ran 200 minutes" in page
    assert "due" not in page


@pytest.mark.parametrize(
    "status", ["in_review", "received", "held", "awaiting_sender", "approved", "sent", "declined", "closed"]
)
def test_polling_keeps_the_tab(robin: Browser, status: str):
    page = robin.get(f"/?status={status}").text
    assert POLL.format(status) in page
    assert f'href="/?status={status}" aria-current="page"' in page
    assert POLL.format(status) in robin.get(f"/?status={status}", headers={"HX-Request": "true"}).text


@pytest.mark.parametrize("status", ["", "nonsense", "drafting", '"><script>'])
def test_an_unknown_tab_is_the_review_tab(robin: Browser, status: str):
    page = robin.get("/", params={"status": status}).text
    assert POLL.format("in_review") in page
    assert "<script>" not in page


@pytest.mark.parametrize("approved", ["abc", "", "-1", "99999999999999999999", "²", "77"])
def test_an_undo_of_nothing_is_no_undo(robin: Browser, approved: str):
    answer = robin.get("/", params={"approved": approved})
    assert answer.status_code == 200
    assert "Undo" not in answer.text


def test_every_status_has_a_tab(desk: Desk, robin: Browser):
    for number, status in enumerate(CaseStatus, start=1):
        with desk.database.transaction() as session:
            now = desk.clock()
            sender = Sender(address=f"{status.value}@clinic.example.com", created_at=now)
            session.add(sender)
            session.flush()
            session.add(
                Case(
                    id=number,
                    sender_id=sender.id,
                    reply_to=sender.address,
                    subject=f"is {status.value}",
                    status=status,
                    created_at=now,
                    due_at=now,
                    references=[],
                )
            )
    for status in CaseStatus:
        tab = "received" if status is CaseStatus.DRAFTING else status.value
        assert f"is {status.value}" in robin.get(f"/?status={tab}").text


def test_a_long_queue_shows_the_first_hundred_due_and_says_how_many_there_are(desk: Desk, robin: Browser):
    many(desk, 250, CaseStatus.IN_REVIEW)
    page = robin.get("/").text
    assert page.count('<li class="case">') == 100
    assert "question 00001." in page
    assert "question 00101." not in page
    assert "The first 100 of 250." in page


def test_what_is_sent_comes_newest_first(desk: Desk, robin: Browser):
    many(desk, 150, CaseStatus.SENT)
    page = robin.get("/?status=sent").text
    assert "question 00150." in page
    assert page.index("question 00150.") < page.index("question 00051.")
    assert "question 00050." not in page


def test_a_large_number_of_cases_costs_neither_statements_nor_rows(desk: Desk, robin: Browser):
    many(desk, 3000, CaseStatus.IN_REVIEW)
    statements: list[str] = []
    loaded: list[object] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    for model in (Case, Question):
        event.listen(model, "load", lambda target, _context: loaded.append(target), propagate=True)
    robin.get("/")
    selects = [statement for statement in statements if statement.lstrip().upper().startswith("SELECT")]
    assert len(selects) <= 9
    assert len(loaded) <= 200


def test_the_queue_does_not_read_the_letters_of_its_drafts(desk: Desk, robin: Browser):
    desk.case()
    statements: list[str] = []
    event.listen(desk.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    robin.get("/")
    drafts = [statement for statement in statements if "FROM draft" in statement]
    assert drafts
    assert not any("draft.html" in statement or "draft.text" in statement for statement in drafts)


def test_delivery_trouble_is_told_on_the_queue(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/approve", version=1)
    assert "could not be delivered" not in robin.get("/").text
    with desk.database.transaction() as session:
        session.get_one(OutboxMessage, desk.outbox()[0].id).state = OutboxState.UNCERTAIN
    assert "1 of our mails could not be delivered for certain" in robin.get("/").text

"""The case page and what a reviewer does on it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from desk import Browser, Desk

from caseconsultant.db.models import Case, InboundMessage, OutboxMessage
from caseconsultant.queue import SEND_OUTBOX
from caseconsultant.services import answering

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def as_mail(message: OutboxMessage) -> EmailMessage:
    return email.message_from_bytes(message.raw, policy=email.policy.default)


def words_of(message: OutboxMessage) -> str:
    return as_mail(message).get_body(("plain",)).get_content()


def test_a_case_page_shows_question_draft_and_sources_side_by_side(desk: Desk, robin: Browser):
    page = robin.get(f"/cases/{desk.case()}").text
    assert "96369 ran 200 minutes" in page
    assert 'name="version" value="1"' in page
    assert "Knowledge release" in page
    assert "edition" in page
    assert "dana@clinic.example.com" in page


def test_opening_a_case_claims_it_and_a_colleague_is_told(desk: Desk, robin: Browser):
    case, kim = desk.case(), desk.reviewer("Kim")
    robin.get(f"/cases/{case}")
    page = kim.get(f"/cases/{case}").text
    assert "Robin is in this case" in page
    assert "Approve and send" not in page
    assert "with Robin" in kim.get("/").text


def test_a_colleague_who_acts_nevertheless_is_refused_and_keeps_what_they_wrote(desk: Desk, robin: Browser):
    case, kim = desk.case(), desk.reviewer("Kim")
    robin.get(f"/cases/{case}")
    answer = kim.post(f"/cases/{case}/amend", version=1, subject="s", text="Kim wrote <this>.")
    assert answer.status_code == 409
    assert "is with Robin until" in answer.text
    assert "Kim wrote &lt;this&gt;." in answer.text


def test_a_claim_lapses(desk: Desk, robin: Browser):
    case, kim = desk.case(), desk.reviewer("Kim")
    robin.get(f"/cases/{case}")
    desk.clock.advance(minutes=16)
    assert "Approve and send" in kim.get(f"/cases/{case}").text


def test_a_case_given_back_is_free_at_once(desk: Desk, robin: Browser):
    case, kim = desk.case(), desk.reviewer("Kim")
    robin.get(f"/cases/{case}")
    assert robin.post(f"/cases/{case}/unclaim").headers["Location"] == "/"
    assert "Approve and send" in kim.get(f"/cases/{case}").text


def test_hostile_words_in_question_subject_and_name_are_escaped_everywhere(desk: Desk, robin: Browser):
    case = desk.case(
        f"96369 ran 200 minutes {HOSTILE}", subject=HOSTILE, sender=f'"{HOSTILE}" <dana@clinic.example.com>'
    )
    for path in ("/", f"/cases/{case}", f"/cases/{case}/preview"):
        page = robin.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "200 minutes" in page
        assert "&lt;script&gt;alert(" in page


def test_hostile_words_that_a_reviewer_types_are_escaped_in_the_reply(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/amend", version=1, subject=HOSTILE, text=f"Dear Dana,\n\n{HOSTILE}")
    robin.post(f"/cases/{case}/approve", version=2)
    html = as_mail(desk.outbox()[0]).get_body(("html",)).get_content()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(" in html
    preview = robin.post(f"/cases/{case}/preview", subject=HOSTILE, text=HOSTILE)
    assert "<script>alert" not in preview.text
    assert "sandbox" in preview.headers["Content-Security-Policy"]


def test_approving_puts_the_reply_into_the_outbox_and_offers_undo(desk: Desk, robin: Browser):
    case = desk.case()
    answer = robin.post(f"/cases/{case}/approve", version=1)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/?approved={case}")
    assert desk.status(case) == "approved"
    page = robin.get(answer.headers["Location"]).text
    assert "is approved and leaves in 15 s" in page
    (message,) = desk.outbox()
    assert message.rcpt_to == "dana@clinic.example.com"
    assert desk.queue.take(SEND_OUTBOX) == [message.id]
    assert "Robin, CPC" in words_of(message)


def test_undo_brings_the_case_back_and_a_second_approval_sends_one_mail(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/approve", version=1)
    assert robin.post(f"/cases/{case}/undo").headers["Location"] == f"/cases/{case}"
    assert desk.status(case) == "in_review"
    assert "Undo" not in robin.get(f"/?approved={case}").text
    robin.post(f"/cases/{case}/approve", version=1)
    assert [message.state.value for message in desk.outbox()] == ["withdrawn", "queued"]


def test_undo_twice_or_too_late_says_so(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/approve", version=1)
    robin.post(f"/cases/{case}/undo")
    answer = robin.post(f"/cases/{case}/undo")
    assert answer.status_code == 409
    assert "nothing left to take back" in answer.text


def test_a_stale_version_is_409_and_the_page_stays_usable_and_loses_no_words(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/amend", version=1, subject="Re: Infusion", text="The first edit.")
    answer = robin.post(f"/cases/{case}/amend", version=1, subject="Re: Infusion", text="The second edit.")
    assert answer.status_code == 409
    assert "has a newer draft than version 1: look at it first" in answer.text
    assert "The second edit." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert robin.post(f"/cases/{case}/approve", version=1).status_code == 409
    assert not desk.outbox()
    assert robin.post(f"/cases/{case}/approve", version=2).status_code == 303


@pytest.mark.parametrize("version", [0, -1, 2, 10**30])
def test_a_version_that_never_was_is_409(desk: Desk, robin: Browser, version: int):
    assert robin.post(f"/cases/{desk.case()}/approve", version=version).status_code == 409


def test_a_draft_that_a_newer_message_overtook_cannot_be_approved(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/approve", version=1)
    ours = desk.outbox()[0].message_id
    joined = desk.case("One more thing: 96372 too?", draft=False, In_Reply_To=f"<{ours}>")
    assert joined == case
    answer = robin.post(f"/cases/{case}/approve", version=1)
    assert answer.status_code == 409
    assert "being drafted anew" in answer.text


def test_an_amended_draft_is_what_is_sent_and_patient_data_is_screened(desk: Desk, robin: Browser):
    case = desk.case()
    typed = "Dear Dana,\r\n\r\nFor your patient John Smith, MRN 12345678, DOB 03/04/1950: bill 96369.\0"
    answer = robin.post(f"/cases/{case}/amend", version=1, subject="Re: Infusion\r\nBcc: a@b.example", text=typed)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{case}")
    page = robin.get(f"/cases/{case}").text
    assert "robin@example.com" in page
    assert "12345678" not in page
    robin.post(f"/cases/{case}/approve", version=2)
    message = as_mail(desk.outbox()[0])
    assert "12345678" not in words_of(desk.outbox()[0])
    assert "bill 96369" in words_of(desk.outbox()[0])
    assert message["Bcc"] is None
    assert "\0" not in page


def test_an_empty_edit_is_422(desk: Desk, robin: Browser):
    answer = robin.post(f"/cases/{desk.case()}/amend", version=1, subject="s", text=" \n")
    assert answer.status_code == 422
    assert "the reply is empty" in answer.text


def test_asking_sends_the_questions_and_the_case_waits(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/ask", version=1, questions="Which drug?\r\n\r\nFor MRN 12345678?", note="Thanks.")
    assert desk.status(case) == "awaiting_sender"
    (message,) = desk.outbox()
    text = words_of(message)
    assert "Which drug?" in text
    assert "12345678" not in text
    assert "Close without a reply" in robin.get(f"/cases/{case}").text


def test_asking_nothing_is_422_and_keeps_the_note(desk: Desk, robin: Browser):
    answer = robin.post(f"/cases/{desk.case()}/ask", version=1, questions="\n \n", note="A long note.")
    assert answer.status_code == 422
    assert "there is nothing to ask" in answer.text
    assert "A long note." in answer.text


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_declining_without_a_reason_is_422(desk: Desk, robin: Browser, reason: str):
    case = desk.case()
    answer = robin.post(f"/cases/{case}/decline", version=1, reason=reason)
    assert answer.status_code == 422
    assert "a reason is missing" in answer.text
    assert desk.status(case) == "in_review"


def test_declining_tells_the_sender_why(desk: Desk, robin: Browser):
    case = desk.case()
    assert robin.post(f"/cases/{case}/decline", version=1, reason="Not ours to say.").status_code == 303
    assert desk.status(case) == "declined"
    assert "Not ours to say." in words_of(desk.outbox()[0])


def test_closing_sends_nothing(desk: Desk, robin: Browser):
    case = desk.case()
    assert robin.post(f"/cases/{case}/close").headers["Location"] == "/"
    assert desk.status(case) == "closed"
    assert not desk.outbox()


def test_a_closed_case_takes_no_further_step(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/close")
    for step in ("approve", "amend", "ask", "decline", "close", "take-up", "undo"):
        answer = robin.post(f"/cases/{case}/{step}", version=1, subject="s", text="t", questions="q", reason="r")
        assert answer.status_code == 409, step
        assert 'role="alert"' in answer.text


def test_a_held_case_is_taken_up_with_its_draft(desk: Desk, robin: Browser):
    case = desk.case(trusted=False)
    page = robin.get(f"/cases/{case}").text
    assert "unauthenticated" in page
    assert "Take it up" in page
    assert "Approve and send" not in page
    robin.post(f"/cases/{case}/take-up")
    assert desk.status(case) == "in_review"
    assert "Approve and send" in robin.get(f"/cases/{case}").text


def test_a_held_case_without_a_draft_can_be_taken_up_or_closed(desk: Desk, robin: Browser):
    case = desk.case(trusted=False, draft=False)
    page = robin.get(f"/cases/{case}").text
    assert "Take it up" in page
    assert "Close without a reply" in page
    robin.post(f"/cases/{case}/take-up")
    assert desk.status(case) == "received"


def test_a_case_that_is_not_held_is_not_taken_up(desk: Desk, robin: Browser):
    answer = robin.post(f"/cases/{desk.case()}/take-up")
    assert answer.status_code == 409
    assert "is in_review, not held" in answer.text


@pytest.mark.parametrize("path", ["/cases/77", "/cases/77/preview"])
def test_an_unknown_case_is_404(robin: Browser, path: str):
    assert robin.get(path).status_code == 404


@pytest.mark.parametrize(
    "step", ["approve", "amend", "ask", "decline", "close", "take-up", "undo", "unclaim", "preview"]
)
@pytest.mark.parametrize("case", ["77", "99999999999999999999", "x", "-1"])
def test_a_step_on_an_unknown_case_is_404(robin: Browser, step: str, case: str):
    answer = robin.post(f"/cases/{case}/{step}", version=1, subject="s", text="t", questions="q", reason="r")
    assert answer.status_code == 404


def test_the_preview_names_the_reviewer_and_quotes_the_question(desk: Desk, robin: Browser):
    page = robin.get(f"/cases/{desk.case()}/preview").text
    assert "Robin" in page
    assert "96369 ran 200 minutes" in page


def test_a_question_that_could_not_be_drafted_is_answered_by_hand(desk: Desk, robin: Browser):
    case = desk.case(draft=False)
    with desk.database.transaction() as session:
        row = session.get_one(Case, case)
        row.draft_attempts, row.error = 2, "ValueError: <b>no</b>"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answering, "_work_out", lambda *_, **__: 1 / 0)
        answering.draft_case(case, database=desk.database, library=desk.library, post=desk.post)
    page = robin.get(f"/cases/{case}").text
    assert "Drafting failed: ZeroDivisionError" in page
    assert "Write the answer by hand" in page
    assert robin.post(f"/cases/{case}/amend", version=1, subject="Re: Infusion", text="By hand.").status_code == 303
    assert robin.post(f"/cases/{case}/approve", version=2).status_code == 303


def test_an_empty_draft_is_not_offered_for_approval(desk: Desk, robin: Browser):
    case = desk.case(draft=False)
    with desk.database.transaction() as session:
        session.get_one(Case, case).draft_attempts = 2
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(answering, "_work_out", lambda *_, **__: 1 / 0)
        answering.draft_case(case, database=desk.database, library=desk.library, post=desk.post)
    page = robin.get(f"/cases/{case}").text
    assert "Approve and send" not in page
    assert "Not a question" in page


def test_the_reviewer_is_the_one_signed_in(desk: Desk, robin: Browser):
    case = desk.case()
    robin.post(f"/cases/{case}/approve", version=1)
    page = robin.get(f"/cases/{case}").text
    assert "approved" in page
    assert "robin@example.com" in page


def test_the_original_is_opened_by_an_action_that_is_recorded(desk: Desk, robin: Browser):
    case = desk.case()

    answer = robin.post(f"/cases/{case}/original/1")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert "From: Dana" in answer.text
    assert "original opened" in robin.get(f"/cases/{case}").text


def test_an_original_of_another_case_is_not_opened(desk: Desk, robin: Browser):
    desk.case()

    assert robin.post("/cases/1/original/2").status_code == 404
    assert robin.post("/cases/2/original/1").status_code == 404


def test_the_page_tells_how_far_the_sender_is_believed_and_what_was_attached(desk: Desk, robin: Browser):
    case = desk.case()
    with desk.database.transaction() as session:
        row = session.get_one(InboundMessage, 1)
        row.authentication, row.authentication_reason = "fail", "nothing speaks for clinic.example.com"
        row.attachments = ["<scan>.png (image/png, 3,400 bytes): not read"]

    page = robin.get(f"/cases/{case}").text

    assert "Sender: fail (nothing speaks for clinic.example.com)" in page
    assert "&lt;scan&gt;.png (image/png, 3,400 bytes): not read" in page

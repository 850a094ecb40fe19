from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy

import pytest
from house import House, mail

from caseconsultant.db.models import CaseStatus, MailKind, OutboxState
from caseconsultant.domain.errors import ClaimedError, ForbiddenStepError, InputError, StaleDraftError
from caseconsultant.services import answering, quotas, reviewing


@pytest.fixture
def desk(house: House) -> dict[str, object]:
    return {"database": house.database, "post": house.post}


def left(house: House, case_id: int) -> int:
    with house.database.reading() as session:
        return quotas.allowance(
            session, house.case(case_id).sender, at=house.clock(), settings=house.post.settings
        ).left


def test_a_draft_shows_its_arithmetic_and_waits_for_review(house: House):
    case = house.case(house.asked())
    assert case.status is CaseStatus.IN_REVIEW
    assert "200 minutes" in case.drafts[0].text
    assert case.drafts[0].knowledge_release == house.library.current().release


def test_drafting_twice_makes_one_draft(house: House):
    case_id = house.asked()
    assert house.draft(case_id) is None
    assert len(house.case(case_id).drafts) == 1


def test_approval_queues_the_reply_under_the_reviewers_name_and_waits_for_undo(house: House, desk):
    case_id = house.asked()
    reviewing.approve(case_id, 1, house.reviewer(), **desk)
    message = house.outbox()[0]
    assert (message.kind, message.state) == (MailKind.ANSWER, OutboxState.QUEUED)
    assert (message.not_before - house.clock()).total_seconds() == 15
    reply = message_from_bytes(message.raw, policy=policy.default)
    assert "Reviewed by Robin, CPC" in " ".join(reply.get_body(("plain",)).get_content().split())
    assert reply["In-Reply-To"] == "<one@clinic.example.com>"
    assert reply["Message-ID"] == f"<{message.message_id}>"
    assert reply["Auto-Submitted"] == "auto-replied"


def test_two_approvals_at_once_queue_one_reply(house: House, desk):
    case_id = house.asked()
    reviewers = [house.reviewer("Robin"), house.reviewer("Kim")]

    def approve(reviewer: reviewing.Reviewer) -> bool:
        try:
            reviewing.approve(case_id, 1, reviewer, **desk)
        except (ClaimedError, ForbiddenStepError):
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(approve, reviewers)) == [False, True]
    assert len(house.outbox()) == 1


def test_a_colleagues_case_is_theirs_until_the_claim_runs_out(house: House, desk):
    case_id = house.asked()
    robin, kim = house.reviewer("Robin"), house.reviewer("Kim")
    reviewing.claim(case_id, robin, **desk)
    with pytest.raises(ClaimedError, match="with Robin until"):
        reviewing.approve(case_id, 1, kim, **desk)
    house.clock.advance(minutes=15)
    reviewing.approve(case_id, 1, kim, **desk)


def test_undo_takes_the_reply_back_and_it_can_be_approved_again(house: House, desk):
    case_id, robin = house.asked(), house.reviewer()
    reviewing.approve(case_id, 1, robin, **desk)
    reviewing.undo(case_id, robin, **desk)
    assert house.case(case_id).status is CaseStatus.IN_REVIEW
    reviewing.approve(case_id, 1, robin, **desk)
    assert [message.state for message in house.outbox()] == [OutboxState.WITHDRAWN, OutboxState.QUEUED]


def test_a_superseded_draft_cannot_be_sent(house: House, desk):
    case_id, robin = house.asked(), house.reviewer()
    assert reviewing.amend(case_id, 1, robin, subject="Re: Infusion", text="Bill 96369.", **desk) == 2
    with pytest.raises(StaleDraftError, match="newer draft than version 1"):
        reviewing.approve(case_id, 1, robin, **desk)
    reviewing.approve(case_id, 2, robin, **desk)
    assert b"Bill 96369." in house.outbox()[0].raw


def test_a_draft_that_a_newer_message_overtook_cannot_be_sent(house: House, desk):
    case_id, robin = house.asked(), house.reviewer()
    reviewing.ask_sender(case_id, 1, robin, questions=["What was injected?"], note=None, **desk)
    house.open(house.arrive(reply_to_us(house, "Toradol was injected.")))
    house.draft(case_id)
    assert house.case(case_id).drafts[-1].version == 2
    house.open(house.arrive(reply_to_us(house, "And it was 4 hours.", number=3)))
    with pytest.raises(StaleDraftError, match="newer message"):
        reviewing.approve(case_id, 2, robin, **desk)
    house.draft(case_id)
    reviewing.approve(case_id, 3, robin, **desk)


def reply_to_us(house: House, text: str, number: int = 2) -> bytes:
    ours = house.outbox()[-1].message_id
    return mail(text, subject="Re: Infusion", message_id=f"<{number}@clinic.example.com>", In_Reply_To=f"<{ours}>")


def test_asking_waits_for_the_sender_whose_answer_is_drafted_with_the_question(house: House, desk):
    case_id = house.asked()
    reviewing.ask_sender(case_id, 1, house.reviewer(), questions=["What was injected?", ""], note="Thanks", **desk)
    assert house.case(case_id).status is CaseStatus.AWAITING_SENDER
    assert house.open(house.arrive(reply_to_us(house, "Toradol was injected for pain."))) == case_id
    assert house.case(case_id).status is CaseStatus.DRAFTING
    house.draft(case_id)
    case = house.case(case_id)
    assert case.status is CaseStatus.IN_REVIEW
    assert "Toradol" in case.drafts[-1].consultation["question"]["text"]
    assert "200 minutes" in case.drafts[-1].text
    assert left(house, case_id) == 0, "the follow-up cost nothing: one question reserved, none left of one"


def test_a_stranger_with_our_message_id_does_not_join_the_case(house: House, desk):
    case_id = house.asked()
    reviewing.ask_sender(case_id, 1, house.reviewer(), questions=["What?"], note=None, **desk)
    ours = house.outbox()[-1].message_id
    raw = mail("Mine?", sender="eve@elsewhere.example.com", message_id="<e@x.example.com>", In_Reply_To=f"<{ours}>")
    assert house.open(house.arrive(raw, mail_from="eve@elsewhere.example.com")) != case_id


def test_an_unverified_follow_up_does_not_join_the_case(house: House, desk):
    case_id = house.asked()
    reviewing.ask_sender(case_id, 1, house.reviewer(), questions=["What?"], note=None, **desk)
    assert house.open(house.arrive(reply_to_us(house, "Forged."), authentication="none")) != case_id


def test_declining_gives_the_question_back_and_says_why(house: House, desk):
    case_id = house.asked()
    assert left(house, case_id) == 0
    reviewing.decline(case_id, 1, house.reviewer(), reason="Dental coding is not ours.", **desk)
    assert house.case(case_id).status is CaseStatus.DECLINED
    assert left(house, case_id) == 1
    assert b"Dental coding is not ours." in house.outbox()[0].raw


def test_closing_writes_to_nobody_and_gives_the_question_back(house: House, desk):
    case_id = house.asked()
    reviewing.close(case_id, house.reviewer(), reason="not a question", **desk)
    assert (house.case(case_id).status, left(house, case_id), house.outbox()) == (CaseStatus.CLOSED, 1, [])


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda house, case, robin, desk: reviewing.decline(case, 1, robin, reason=" ", **desk), "a reason is missing"),
        (
            lambda house, case, robin, desk: reviewing.ask_sender(case, 1, robin, questions=[""], note=None, **desk),
            "nothing to ask",
        ),
        (
            lambda house, case, robin, desk: reviewing.amend(case, 1, robin, subject="x", text=" ", **desk),
            "reply is empty",
        ),
        (lambda house, case, robin, desk: reviewing.approve(99, 1, robin, **desk), "no case 99"),
    ],
)
def test_what_is_missing_is_said(house: House, desk, act, words):
    with pytest.raises(InputError, match=words):
        act(house, house.asked(), house.reviewer(), desk)


def test_what_reviewers_type_is_screened(house: House, desk):
    case_id = house.asked()
    reviewing.amend(
        case_id, 1, house.reviewer(), subject="x", text="Patient John Sample, MRN 4471123: bill 96369.", **desk
    )
    text = house.case(case_id).drafts[-1].text
    assert "4471123" not in text
    assert "Sample" not in text
    assert "bill 96369" in text


def test_a_held_case_is_taken_up_with_its_draft(house: House, desk):
    case_id = house.asked(authentication="none")
    reviewing.take_up_held(case_id, house.reviewer(), **desk)
    assert house.case(case_id).status is CaseStatus.IN_REVIEW
    assert left(house, case_id) == 0
    assert house.events(case_id)[-1] == "released"


def test_what_cannot_be_drafted_three_times_goes_to_review_by_hand(house: House, desk, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a rule is broken")

    monkeypatch.setattr(answering, "consult_following", fail)
    case_id = house.open(house.arrive(mail()))
    for _ in range(2):
        with pytest.raises(RuntimeError):
            house.draft(case_id)
    assert house.draft(case_id) == 1
    case = house.case(case_id)
    assert (case.status, case.drafts[0].text.strip(), case.error) == (
        CaseStatus.IN_REVIEW,
        "",
        "RuntimeError: a rule is broken",
    )

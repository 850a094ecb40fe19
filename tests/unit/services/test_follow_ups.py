from __future__ import annotations

import pytest
from house import TAGS, House, TakingRelay, mail
from sqlalchemy import func, select

from caseconsultant.db.models import CaseStatus, LedgerKind, OutboxState, QuotaEntry
from caseconsultant.services import dispatching, reviewing
from caseconsultant.services.tags import TagKind


@pytest.fixture
def answered(house: House) -> int:
    """A case whose answer the sender has."""
    case_id = house.asked()
    approve(house, case_id, 1)
    return case_id


def approve(house: House, case_id: int, version: int) -> None:
    robin = house.reviewer(f"Robin{version}")
    house.clock.advance(minutes=16)
    outbox_id = reviewing.approve(case_id, version, robin, database=house.database, post=house.post)
    house.clock.advance(seconds=15)
    sent = dispatching.send_outbox(outbox_id, database=house.database, relay=TakingRelay(), post=house.post)
    assert sent is OutboxState.SENT


def follow_up(house: House, text: str = "And if it was 4 hours?", number: int = 2) -> int:
    ours = house.outbox()[-1].message_id
    raw = mail(text, subject="Re: Infusion", message_id=f"<{number}@clinic.example.com>", In_Reply_To=f"<{ours}>")
    case_id = house.open(house.arrive(raw))
    house.draft(case_id)
    return case_id


def reserved(house: House) -> int:
    with house.database.reading() as session:
        kind = QuotaEntry.kind == LedgerKind.RESERVE
        return session.scalar(select(func.count()).select_from(QuotaEntry).where(kind))


def test_the_first_follow_up_joins_its_case_costs_nothing_and_is_reviewed_anew(house: House, answered: int):
    house.clock.advance(days=13)
    assert follow_up(house) == answered
    case = house.case(answered)
    assert (case.status, case.drafts[-1].version, reserved(house)) == (CaseStatus.IN_REVIEW, 2, 1)
    approve(house, answered, 2)
    assert house.case(answered).status is CaseStatus.SENT


def test_a_second_follow_up_is_a_question_of_its_own_that_names_the_earlier_case(house: House, answered: int):
    follow_up(house)
    approve(house, answered, 2)
    house.clock.advance(days=1)
    other = follow_up(house, "And with a second pump?", 3)
    assert other != answered
    case = house.case(other)
    assert (case.earlier_case_id, case.held_reason) == (answered, "over_quota")


@pytest.mark.parametrize(("seconds", "joins"), [(0, True), (1, False)])
def test_a_follow_up_is_free_for_fourteen_days_to_the_second(house: House, answered: int, *, seconds: int, joins: bool):
    sent = house.case(answered).answered_at
    house.clock.now = sent
    house.clock.advance(days=14, seconds=seconds)
    assert (follow_up(house) == answered) is joins


def test_a_follow_up_takes_an_unsent_answer_back(house: House):
    case_id = house.asked()
    reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    assert follow_up(house, "I forgot: it was 4 hours.") == case_id
    case = house.case(case_id)
    assert (case.status, case.drafts[-1].version) == (CaseStatus.IN_REVIEW, 2)
    assert house.outbox()[0].state is OutboxState.WITHDRAWN


def answer_to(
    house: House, case_id: int, *, sender: str = "Dana Coder <dana@clinic.example.com>", number: int = 7
) -> int:
    """A mail to the case's Reply-To from a program that drops In-Reply-To and References."""
    reply_to = TAGS.address(TagKind.CASE, case_id, at=house.clock(), settings=house.post.settings)
    raw = mail("And 96372?", sender=sender, subject="one more", message_id=f"<{number}@clinic.example.com>")
    opened = house.open(house.arrive(raw, rcpt_tos=(reply_to,)))
    assert opened is not None
    return opened


def test_a_reply_without_references_is_known_by_the_tag_in_its_address(house: House, answered: int):
    assert answer_to(house, answered) == answered


def test_the_tag_in_a_header_counts_where_the_envelope_is_gone(house: House, answered: int):
    reply_to = TAGS.address(TagKind.CASE, answered, at=house.clock(), settings=house.post.settings)
    raw = mail("And 96372?", message_id="<8@clinic.example.com>").replace(
        b"consult@desk.example.com", reply_to.encode()
    )

    assert house.open(house.arrive(raw)) == answered


def test_a_strangers_mail_with_the_tag_is_a_new_case_that_mentions_it(house: House, answered: int):
    opened = answer_to(house, answered, sender="eve@elsewhere.example.net")

    assert opened != answered
    assert house.case(opened).earlier_case_id == answered


def test_a_tag_that_has_lapsed_opens_a_new_case(house: House, answered: int):
    reply_to = TAGS.address(TagKind.CASE, answered, at=house.clock(), settings=house.post.settings)
    house.clock.advance(days=181)
    opened = house.open(house.arrive(mail("96372?", message_id="<9@clinic.example.com>"), rcpt_tos=(reply_to,)))

    assert opened not in {answered, None}
    assert house.case(opened).earlier_case_id is None

"""A mail full of identifiers, from the door to the answer: nothing that is stored or logged in the clear holds one."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from house import House, mail
from sqlalchemy import LargeBinary, inspect, select
from structlog.testing import capture_logs

from caseconsultant.db.models import Base, OutboxMessage
from caseconsultant.services import reviewing
from caseconsultant.settings import AutoApprove

SUBJECT = "Re: Featherstone 96369 denied"
TEXT = """Hello,

Patient: Cornelius Featherstone, DOB 04/05/1931, MRN 77812345, MBI 1EG4-TE5-MK73, SSN 219-09-9999.
He is a 95-year-old, lives at 4410 N Lincoln Ave, Chicago, IL 60625, phone (312) 555-0171, c.stone@example.net.
His daughter Wilhelmina Hargrove (312-555-0188) has POA. Claim # 2026030488123, member ID XJH882771234.
96369 ran 200 minutes on 03/04/2026. Can I bill 96370 x2 with 96372-59? Medicare, office.
Featherstone was seen again by Dr. Ellis. Accession S26-10233, serial number PJN123456H.
"""
SECRETS = (
    "Cornelius", "Featherstone", "Wilhelmina", "Hargrove", "04/05/1931", "77812345", "1EG4", "219-09", "95-year",
    "4410", "Lincoln", "60625", "555-0171", "555-0188", "c.stone", "2026030488123", "XJH882771234", "S26-10233",
    "PJN123456H",
)  # fmt: skip


def _stored(house: House) -> str:
    """Every column of every table that is not sealed, and the mails of ours in plain words."""
    with house.database.reading() as session:
        cells = [
            str(value)
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(*(c for c in table.c if not isinstance(c.type, LargeBinary))))
            for value in row
        ]
    return "\n".join([*cells, *map(_read, house.outbox())])


def _read(message: OutboxMessage) -> str:
    sent = message_from_bytes(message.raw, policy=policy.default)
    parts = [str(part.get_content()) for part in sent.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*map(str, sent.values()), *parts])


@pytest.mark.parametrize("subject", [SUBJECT, "Question"])
def test_no_identifier_is_stored_logged_or_sent(house: House, capsys, subject):
    with capture_logs() as logs:
        case_id = house.asked(mail(TEXT, subject=subject))
        reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    everything = "\n".join([_stored(house), str(logs), *capsys.readouterr()]).casefold()
    assert [secret for secret in SECRETS if secret.casefold() in everything] == []


def test_the_coding_facts_of_such_a_mail_stay(house: House):
    text = house.case(house.asked(mail(TEXT, subject=SUBJECT))).questions[0].text
    for fact in ("96369", "200 minutes", "03/04/2026", "96370 x2", "96372-59", "Medicare, office", "Dr. Ellis"):
        assert fact in text


def test_a_reviewers_reason_for_closing_is_recorded_without_the_patient(house: House):
    case_id = house.asked()
    reason = "About patient Cornelius Featherstone, MRN 77812345: not a question."
    reviewing.close(case_id, house.reviewer(), reason=reason, database=house.database, post=house.post)
    assert not {"Featherstone", "77812345"} & set(_stored(house).replace(",", " ").replace(":", " ").split())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, True),
        ("96369 ran 200 minutes. 96370 x2? Medicare, office.", False),
        ("Dana Coder here: 96369 ran 200 minutes. 96370 x2?", False),
    ],
)
def test_only_a_sender_who_told_of_a_patient_is_asked_to_leave_it_out(house: House, text, said):
    case_id = house.asked(mail(text))
    reviewing.approve(case_id, 1, house.reviewer(), database=house.database, post=house.post)
    answer = " ".join(_read(house.outbox()[-1]).split())
    assert ("please leave them out next time" in answer) is said


def test_every_column_is_looked_at(house: House):
    """The test reads the tables that there are: one in another place would be missed."""
    assert set(inspect(house.database.engine).get_table_names()) - {"alembic_version"} == set(Base.metadata.tables)


def test_a_reply_that_leaves_without_review_asks_to_leave_identifiers_out_too(house: House):
    house.post = replace(house.post, settings=house.post.settings.model_copy(update={"auto_approve": AutoApprove.ALL}))

    house.asked(mail("Pt John Smith, MRN 4471234: 96365 ran 45 minutes, Medicare, office. Units?"))

    (sent,) = house.outbox()
    assert "details that identify a patient" in _read(sent)
    assert "4471234" not in _read(sent)

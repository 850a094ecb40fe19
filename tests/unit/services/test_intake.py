from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from house import RememberingQueue, SetClock, envelope, mail
from sqlalchemy import func, select

from caseconsultant.db.models import InboundMessage
from caseconsultant.db.session import Database
from caseconsultant.queue import OPEN_CASE
from caseconsultant.services import intake
from caseconsultant.services.vault import Vault


@pytest.fixture
def accept(database: Database, vault: Vault, clock: SetClock, queue: RememberingQueue):
    def accept(raw: bytes) -> intake.Receipt:
        return intake.accept(raw, envelope(), database=database, vault=vault, clock=clock, queue=queue)

    return accept


def test_the_bytes_are_stored_sealed_and_come_back_unchanged(accept, database: Database, vault: Vault):
    raw = mail("Patient text that must not lie about in the clear")
    receipt = accept(raw)
    with database.reading() as session:
        row = session.get_one(InboundMessage, receipt.inbound_id)
        assert b"clear" not in row.raw
        assert vault.unseal(row.raw, digest=row.digest) == raw
        assert (row.size, row.mail_from, row.client_address) == (len(raw), "dana@clinic.example.com", "127.0.0.1")


def test_the_same_bytes_twice_are_one_message(accept, database: Database):
    first, second = accept(mail()), accept(mail())
    assert (first.inbound_id, first.new, second.new) == (second.inbound_id, True, False)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(InboundMessage)) == 1
        assert session.get_one(InboundMessage, first.inbound_id).copies == 2


def test_the_same_bytes_from_eight_threads_at_once_are_one_message(accept, database: Database):
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(lambda _: accept(mail()), range(8)))
    assert len({receipt.inbound_id for receipt in receipts}) == 1
    assert sum(receipt.new for receipt in receipts) == 1


def test_opening_is_asked_for_after_the_commit(accept, queue: RememberingQueue, database: Database):
    receipt = accept(mail())
    assert queue.take(OPEN_CASE) == [receipt.inbound_id]
    with database.reading() as session:
        assert session.get(InboundMessage, receipt.inbound_id) is not None

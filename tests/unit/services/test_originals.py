"""Raw mail: opened by name, kept for a set time, sealed anew when the key changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from house import House, mail
from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from caseconsultant.db.models import InboundMessage
from caseconsultant.domain.errors import InputError
from caseconsultant.services import intake, originals, sweeping
from caseconsultant.services.vault import Vault, refuse_foreign_key


def open_original(house: House, inbound_id: int = 1, vault: Vault | None = None) -> bytes:
    return originals.open_original(
        inbound_id,
        actor="robin@desk.example.com",
        how="original_opened",
        database=house.database,
        vault=vault or house.vault,
        clock=house.clock,
    )


def kept(house: House) -> list[int]:
    """Sizes of the bytes that are kept."""
    with house.database.reading() as session:
        rows = session.scalars(select(InboundMessage).options(undefer(InboundMessage.raw)).order_by(InboundMessage.id))
        return [len(row.raw) for row in rows]


def test_opening_an_original_is_recorded_on_its_case(house: House):
    case_id = house.asked()

    assert open_original(house) == mail()
    assert house.events(case_id)[-1] == "original_opened"


def test_bytes_are_deleted_once_their_time_is_over_and_the_row_stays(house: House):
    case_id = house.asked()
    house.clock.advance(days=90)
    sweeping.sweep(database=house.database, post=house.post)
    assert kept(house) != [0]

    house.clock.advance(hours=2)
    assert sweeping.sweep(database=house.database, post=house.post)["forgotten"] == 1
    assert kept(house) == [0]
    assert house.inbound(1).case_id == case_id
    with pytest.raises(InputError, match="are not kept"):
        open_original(house)


def test_bytes_that_were_never_read_are_kept_whatever_their_age(house: House):
    house.arrive(mail())
    house.clock.advance(days=400)

    assert sweeping.sweep(database=house.database, post=house.post)["forgotten"] == 0
    assert kept(house) != [0]


def test_the_same_mail_after_its_bytes_are_gone_is_still_the_same_row(house: House):
    house.asked()
    house.clock.advance(days=100)
    sweeping.sweep(database=house.database, post=house.post)

    assert house.arrive(mail()) == 1
    assert house.inbound(1).copies == 2


def test_tidying_happens_once_an_hour(house: House):
    sweeping.sweep(database=house.database, post=house.post)
    house.asked()
    with house.database.transaction() as session:
        session.execute(update(InboundMessage).values(received_at=house.clock().replace(year=2020)))
    house.clock.advance(minutes=59)
    assert sweeping.sweep(database=house.database, post=house.post)["forgotten"] == 0
    house.clock.advance(minutes=1)
    assert sweeping.sweep(database=house.database, post=house.post)["forgotten"] == 1


def test_a_new_key_opens_what_the_former_sealed_until_all_is_sealed_anew(house: House):
    house.asked()
    rotated = Vault(b"n" * 32, former=(house.vault.key,))
    with house.database.reading() as session:
        refuse_foreign_key(session, rotated)
    assert open_original(house, vault=rotated) == mail()

    assert originals.seal_anew(database=house.database, vault=rotated) == 1
    assert originals.seal_anew(database=house.database, vault=rotated) == 0

    alone = replace(rotated, former=())
    with house.database.reading() as session:
        refuse_foreign_key(session, alone)
    assert open_original(house, vault=alone) == mail()


def test_a_mail_that_was_never_taken_in_is_under_no_key(house: House):
    envelope = intake.Envelope(source="imap", mailbox="consult", rcpt_tos=())
    intake.note_unread(
        size=9, reason="too large", mark="m", envelope=envelope, database=house.database, clock=house.clock
    )

    with house.database.reading() as session:
        refuse_foreign_key(session, Vault(b"z" * 32))
    with pytest.raises(InputError, match="are not kept: too large"):
        open_original(house)

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from house import START, House, SetClock

from caseconsultant.services import leases, mailboxes
from caseconsultant.settings import ImapMailbox, Settings

TODAY = date(2026, 11, 23)


def health(house: House, **mailbox: Any) -> str:
    box = ImapMailbox(host="imap.example.com", user="consult", password="secret", **mailbox)
    settings = Settings(_env_file=None, imap={"consult": box})
    with house.database.reading() as session:
        return mailboxes.health(session, settings=settings, at=house.clock())["consult"]


def look(house: House, uid: int = 7) -> None:
    mailboxes.move_to("consult", "INBOX", uidvalidity=1, uid=uid, database=house.database, clock=house.clock)


def test_a_mailbox_that_was_never_read_says_so(house: House):
    assert "never read" in health(house)


def test_a_mailbox_that_was_looked_into_lately_is_well(house: House):
    look(house)
    house.clock.advance(minutes=5)

    assert health(house) == "ok"


def test_a_mailbox_that_nobody_looked_into_for_long_says_since_when(house: House):
    look(house)
    house.clock.advance(minutes=10)

    assert "not read since 2026-11-23 15:00" in health(house)


@pytest.mark.parametrize(
    ("days", "said"), [(15, "ok"), (14, "in 14 days: renew it"), (0, "in 0 days"), (-1, "its secret ended")]
)
def test_health_tells_of_a_secret_before_it_ends(house: House, days: int, said: str):
    look(house)

    assert said in health(house, secret_expires=TODAY + timedelta(days=days))


def test_the_position_remembers_when_the_folder_was_first_read(house: House):
    look(house, 1)
    house.clock.advance(hours=1)
    look(house, 9)

    assert mailboxes.position("consult", "INBOX", database=house.database) == mailboxes.Position(1, 9, START)


def hold(house: House, holder: str, clock: SetClock) -> bool:
    return leases.hold("imap:consult", holder=holder, seconds=60, database=house.database, clock=clock)


def test_a_lease_is_one_holders_until_it_lapses(house: House):
    assert hold(house, "first", house.clock)
    assert not hold(house, "second", house.clock)
    house.clock.advance(seconds=59)
    assert not hold(house, "second", house.clock)
    house.clock.advance(seconds=1)
    assert hold(house, "second", house.clock)
    assert not hold(house, "first", house.clock)


def test_a_lease_that_is_renewed_does_not_lapse(house: House):
    hold(house, "first", house.clock)
    house.clock.advance(seconds=40)
    assert hold(house, "first", house.clock)
    house.clock.advance(seconds=40)
    assert not hold(house, "second", house.clock)


def test_a_lease_given_up_is_free_and_giving_up_anothers_does_nothing(house: House):
    hold(house, "first", house.clock)
    leases.give_up("imap:consult", holder="second", database=house.database)
    assert not hold(house, "second", house.clock)
    leases.give_up("imap:consult", holder="first", database=house.database)
    assert hold(house, "second", house.clock)

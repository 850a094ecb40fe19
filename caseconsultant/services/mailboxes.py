"""How far each IMAP folder was read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseconsultant.db.models import MailboxPosition
from caseconsultant.db.session import Database, insert_for
from caseconsultant.domain.clock import Clock
from caseconsultant.settings import ImapMailbox, Settings

_PATIENCE = timedelta(minutes=6)
"""Longer than the longest wait after trouble, so that one bad minute is no alarm."""
_WARN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Position:
    """Every UID up to `uid` is dealt with, as long as the folder's UIDVALIDITY is this one."""

    uidvalidity: int
    uid: int
    begun_at: datetime


def position(mailbox: str, folder: str, *, database: Database) -> Position | None:
    """Where the last reading ended; None if the folder was never read."""
    with database.reading() as session:
        row = session.get(MailboxPosition, (mailbox, folder))
        return Position(row.uidvalidity, row.uid, row.begun_at) if row else None


def move_to(mailbox: str, folder: str, *, uidvalidity: int, uid: int, database: Database, clock: Clock) -> None:
    """Record that every UID up to `uid` is dealt with, and that the folder was just looked into."""
    now = clock()
    with database.transaction() as session:
        wanted = insert_for(session)(MailboxPosition).values(
            mailbox=mailbox, folder=folder, uidvalidity=uidvalidity, uid=uid, begun_at=now, at=now
        )
        session.execute(
            wanted.on_conflict_do_update(
                index_elements=[MailboxPosition.mailbox, MailboxPosition.folder],
                set_={"uidvalidity": uidvalidity, "uid": uid, "at": now},
            )
        )


def health(session: Session, *, settings: Settings, at: datetime) -> dict[str, str]:
    """A line for each mailbox of the settings: `ok`, or what is wrong with it."""
    today = at.astimezone(settings.zone).date()
    looked = {row.mailbox: row.at for row in session.scalars(select(MailboxPosition))}
    return {
        name: "; ".join(_troubles(mailbox, looked.get(name), at=at, today=today)) or "ok"
        for name, mailbox in settings.imap.items()
    }


def _troubles(mailbox: ImapMailbox, looked: datetime | None, *, at: datetime, today: date) -> Iterator[str]:
    if looked is None:
        yield "never read: is the imap process running? its log says why"
    elif at - looked > _PATIENCE + 3 * timedelta(seconds=mailbox.poll_seconds):
        yield f"not read since {looked:%Y-%m-%d %H:%M} UTC; the log of the imap process says why"
    if mailbox.secret_expires is not None:
        days = (mailbox.secret_expires - today).days
        if days < 0:
            yield f"its secret ended on {mailbox.secret_expires}"
        elif days <= _WARN_DAYS:
            yield f"its secret ends on {mailbox.secret_expires}, in {days} days: renew it"

"""What one process at a time may do: a row in the database says who, and until when unless they renew it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from caseconsultant.db.models import Lease
from caseconsultant.db.session import Database, insert_for
from caseconsultant.domain.clock import Clock


def hold(name: str, *, holder: str, seconds: float, database: Database, clock: Clock) -> bool:
    """Take the lease or renew it; False while another holder's has not lapsed."""
    now = clock()
    until = now + timedelta(seconds=seconds)
    with database.transaction() as session:
        wanted = insert_for(session)(Lease).values(name=name, holder=holder, until=until)
        taken = wanted.on_conflict_do_update(
            index_elements=[Lease.name],
            set_={"holder": holder, "until": until},
            where=(Lease.holder == holder) | (Lease.until <= now),
        ).returning(Lease.holder)
        return session.execute(taken).first() is not None


def give_up(name: str, *, holder: str, database: Database) -> None:
    """Let the next one have it at once; nothing happens if it is not ours any more."""
    with database.transaction() as session:
        session.execute(delete(Lease).where(Lease.name == name, Lease.holder == holder))

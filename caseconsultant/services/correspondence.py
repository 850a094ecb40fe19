"""The breaker on automatic mail: so many notices to one address in a day, and no more, whatever answers them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from caseconsultant.db.models import Correspondence
from caseconsultant.db.session import insert_for
from caseconsultant.settings import Settings


def may_write(session: Session, address: str, *, at: datetime, settings: Settings) -> bool:
    """Count one automatic mail to the address; False once the day's number is reached.

    RFC 3834 section 2: what writes by itself must not be drawn into writing for ever.
    """
    most = settings.automatic_mails_a_day
    if most == 0:
        return False
    day = at.astimezone(settings.zone).date()
    count = insert_for(session)(Correspondence).values(address=address.lower(), day=day, automatic=1)
    counted = count.on_conflict_do_update(
        index_elements=[Correspondence.address, Correspondence.day],
        set_={"automatic": Correspondence.automatic + 1},
        where=Correspondence.automatic < most,
    ).returning(Correspondence.automatic)
    return session.execute(counted).first() is not None


def forget(session: Session, *, before: datetime, settings: Settings) -> None:
    """Drop the counts of days that are over."""
    day = before.astimezone(settings.zone).date()
    session.execute(delete(Correspondence).where(Correspondence.day < day))

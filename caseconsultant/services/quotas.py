"""Each sender's quota: a ledger of reserve, charge and release, counted per bucket (a plan and its period)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseconsultant.db.models import LedgerKind, Organisation, QuotaEntry, Sender
from caseconsultant.settings import Settings

FREE = "free"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many questions the bucket holds and how many are spoken for."""

    bucket: str
    questions: int
    used: int
    period: str

    @property
    def left(self) -> int:
        """Questions that may still be asked; never negative."""
        return max(0, self.questions - self.used)


def lock_sender(session: Session, sender_id: int) -> Sender:
    """The sender's row, locked until the transaction ends: every quota decision starts here."""
    return session.scalars(select(Sender).where(Sender.id == sender_id).with_for_update()).one()


def allowance(session: Session, sender: Sender, *, at: datetime, settings: Settings) -> Allowance:
    """What the sender's plan holds at the instant. Months are those of `settings.time_zone`."""
    name = sender.plan or _organisation_plan(session, sender)
    plan = settings.plans.get(name) if name else None
    if name is None or plan is None:
        extra = settings.registered_questions if sender.registered_at else 0
        return _counted(session, sender, FREE, settings.guest_questions + extra, "lifetime")
    month = f"{at.astimezone(settings.zone):%Y-%m}" if plan.period == "month" else "lifetime"
    return _counted(session, sender, f"{name}:{month}", plan.questions, plan.period)


def reserve(session: Session, sender: Sender, case_id: int, *, at: datetime, settings: Settings) -> bool:
    """Set one question aside for the case; False if the bucket is empty. The sender's row is locked by the caller."""
    room = allowance(session, sender, at=at, settings=settings)
    if not room.left:
        return False
    session.add(QuotaEntry(sender_id=sender.id, case_id=case_id, kind=LedgerKind.RESERVE, bucket=room.bucket, at=at))
    session.flush()  # the next look at the ledger counts it
    return True


def charge(session: Session, case_id: int, *, at: datetime) -> None:
    """Turn the case's reservation into a charge; once, and only if there is a live reservation."""
    _follow_reservation(session, case_id, LedgerKind.CHARGE, at=at)


def release(session: Session, case_id: int, *, at: datetime) -> None:
    """Give the case's question back; once, and never after it was charged."""
    _follow_reservation(session, case_id, LedgerKind.RELEASE, at=at)


def _follow_reservation(session: Session, case_id: int, kind: LedgerKind, *, at: datetime) -> None:
    entries = _kinds(session, case_id)
    if set(entries) != {LedgerKind.RESERVE}:
        return
    first = entries[LedgerKind.RESERVE]
    session.add(QuotaEntry(sender_id=first.sender_id, case_id=case_id, kind=kind, bucket=first.bucket, at=at))
    session.flush()


def _kinds(session: Session, case_id: int) -> dict[LedgerKind, QuotaEntry]:
    return {entry.kind: entry for entry in session.scalars(select(QuotaEntry).where(QuotaEntry.case_id == case_id))}


def _counted(session: Session, sender: Sender, bucket: str, questions: int, period: str) -> Allowance:
    counts = dict(
        session.execute(
            select(QuotaEntry.kind, func.count())
            .where(QuotaEntry.sender_id == sender.id, QuotaEntry.bucket == bucket)
            .group_by(QuotaEntry.kind)
        ).all()
    )
    used = counts.get(LedgerKind.RESERVE, 0) - counts.get(LedgerKind.RELEASE, 0)
    return Allowance(bucket, questions, used, period)


def _organisation_plan(session: Session, sender: Sender) -> str | None:
    if sender.organisation_id is None:
        return None
    organisation = session.get(Organisation, sender.organisation_id)
    return organisation.plan if organisation else None

"""Senders (who ask) and staff (who review): registration, sign-in, sessions."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from caseconsultant.db.models import Sender, Staff, StaffSession
from caseconsultant.db.session import Database, insert_for
from caseconsultant.domain.errors import InputError
from caseconsultant.settings import Settings

_SHORTEST_PASSWORD = 12
_TRIES = 5
_LOCK = timedelta(minutes=15)
_hasher = PasswordHasher()


def canonical_address(address: str) -> str:
    """The address that names the person: lower-case, without a plus-tag."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def valid_address(address: str) -> str:
    """The address, normalised. Raises InputError that says what is wrong with it."""
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise InputError(f"{address!r} is not an e-mail address: {error}") from error


def sender_for(session: Session, address: str, *, name: str | None, at: datetime) -> Sender:
    """The sender behind the address, made on first sight; the row is locked until the transaction ends."""
    canonical = canonical_address(address)
    wanted = select(Sender).where(Sender.address == canonical).with_for_update()
    if found := session.scalars(wanted).one_or_none():
        return found
    made = session.scalars(_insert_once(session, address=canonical, name=name, created_at=at)).one_or_none()
    return made or session.scalars(wanted).one()


def _insert_once(session: Session, **values: object) -> ReturningInsert[Sender]:
    """An insert that returns the new row, or nothing where another worker made it first."""
    insert = insert_for(session)(Sender).values(**values)
    unless_there: ReturningInsert[Sender] = insert.on_conflict_do_nothing(index_elements=[Sender.address]).returning(
        Sender
    )
    return unless_there


def register(sender: Sender, *, at: datetime, plan: str | None, settings: Settings) -> bool:
    """Register the sender, on a plan if one is named; False if nothing changed. Raises InputError for no such plan."""
    if plan is not None and plan not in settings.plans:
        known = ", ".join(sorted(settings.plans)) or "none are set"
        raise InputError(f"there is no plan {plan!r}; CASECONSULTANT_PLANS has: {known}")
    before = (sender.registered_at, sender.plan)
    sender.registered_at = sender.registered_at or at
    sender.plan = plan or sender.plan
    return before != (sender.registered_at, sender.plan)


def add_staff(session: Session, *, email: str, name: str, credential: str, password: str, at: datetime) -> Staff:
    """A reviewer. Raises InputError for a taken address or a short password."""
    address = valid_address(email)
    if len(password) < _SHORTEST_PASSWORD:
        raise InputError(f"the password is too short: use at least {_SHORTEST_PASSWORD} characters")
    if session.scalar(select(Staff.id).where(Staff.email == address)):
        raise InputError(f"{address} is on the staff already")
    person = Staff(email=address, name=name, credential=credential, password_hash=_hasher.hash(password), created_at=at)
    session.add(person)
    session.flush()
    return person


@dataclass(frozen=True, slots=True)
class SignIn:
    """A new session: `token` goes into the cookie and is kept nowhere else."""

    token: str
    csrf: str


def sign_in(email: str, password: str, *, database: Database, at: datetime, settings: Settings) -> SignIn | None:
    """A session for the right password; None otherwise. Five wrong ones lock the account for a quarter of an hour.

    The password is checked outside a transaction: it takes long on purpose.
    """
    address = email.strip().lower()
    with database.reading() as session:
        known = session.scalar(select(Staff.password_hash).where(Staff.email == address))
    matches = _matches(known or _nobodys_hash(), password)
    with database.transaction() as session:
        person = session.scalars(select(Staff).where(Staff.email == address).with_for_update()).one_or_none()
        if person is None or not person.active or (person.locked_until and person.locked_until > at):
            return None
        if not matches or person.password_hash != known:
            _count_failure(person, at)
            return None
        person.failed_sign_ins, person.locked_until = 0, None
        return _open_session(session, person, at=at, settings=settings)


def _open_session(session: Session, person: Staff, *, at: datetime, settings: Settings) -> SignIn:
    session.execute(delete(StaffSession).where(StaffSession.expires_at <= at))
    signed = SignIn(token=secrets.token_urlsafe(32), csrf=secrets.token_urlsafe(32))
    session.add(
        StaffSession(
            token_digest=_digest(signed.token),
            staff_id=person.id,
            csrf=signed.csrf,
            expires_at=at + timedelta(hours=settings.session_hours),
        )
    )
    return signed


def session_for(session: Session, token: str, *, at: datetime) -> StaffSession | None:
    """The live session behind a cookie's token."""
    found = session.scalars(select(StaffSession).where(StaffSession.token_digest == _digest(token))).one_or_none()
    return found if found and found.expires_at > at and found.staff.active else None


def sign_out(session: Session, token: str) -> None:
    """End the session."""
    session.execute(delete(StaffSession).where(StaffSession.token_digest == _digest(token)))


def same_secret(given: str, expected: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode(), expected.encode())


def _count_failure(person: Staff, at: datetime) -> None:
    person.failed_sign_ins += 1
    if person.failed_sign_ins >= _TRIES:
        person.failed_sign_ins, person.locked_until = 0, at + _LOCK


@cache
def _nobodys_hash() -> str:
    """An unknown address costs as much time as a wrong password."""
    return _hasher.hash(secrets.token_hex(16))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

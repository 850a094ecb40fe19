"""Handing one mail to the relay, in two steps, so that the outbox can be marked between them.

RFC 5321: until the reply to the final dot the message is ours; after it, the relay's. Whatever fails before the dot
may be tried again; a reply that never comes after the dot leaves it uncertain.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

from caseconsultant.settings import Settings

_LEADING_DOT = re.compile(rb"(?m)^\.")
_START_MAIL_INPUT = 354
_PERMANENT = 500
_TRANSIENT = 400


class Delivery(StrEnum):
    """What became of the hand-over."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The delivery and the relay's own last words."""

    delivery: Delivery
    reply: str


class HandOverError(Exception):
    """The relay cannot take the mail, before DATA: `outcome` is deferred or refused."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reply)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Relay:
    """Where our mail goes: host, port and how the connection is secured."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None
    timeout: float
    helo: str

    @classmethod
    def of(cls, settings: Settings) -> Relay | None:
        """The relay of the settings; None if none is set."""
        if not settings.relay_host:
            return None
        return cls(
            host=settings.relay_host,
            port=settings.relay_port,
            security=settings.relay_security,
            user=settings.relay_user,
            password=settings.relay_password.get_secret_value() if settings.relay_password else None,
            timeout=settings.relay_timeout_seconds,
            helo=settings.domain if "." in settings.domain else "localhost.localdomain",
        )

    def begin(self, *, mail_from: str, rcpt_to: str) -> HandOver:
        """A connection on which sender and recipient are accepted. Raises HandOverError otherwise."""
        try:
            connection = self._connect()
        except smtplib.SMTPResponseException as error:
            raise HandOverError(_classify(error.smtp_code, error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            where = f"{self.host}:{self.port}"
            raise HandOverError(Outcome(Delivery.DEFERRED, f"relay {where}: {error}")) from error
        hand_over = HandOver(connection)
        try:
            hand_over.address(mail_from, rcpt_to)
        except BaseException:
            hand_over.close()
            raise
        return hand_over

    def try_out(self) -> None:
        """Connect, secure and sign in as for a mail, and leave. Raises HandOverError or what the connection raises."""
        HandOver(self._connect()).close()

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context() if self.security != "none" else None
        connection: smtplib.SMTP
        if self.security == "tls":
            connection = smtplib.SMTP_SSL(self.host, self.port, self.helo, timeout=self.timeout, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, self.helo, timeout=self.timeout)
        try:
            if self.security == "starttls":
                connection.starttls(context=context)
            connection.ehlo_or_helo_if_needed()
            if self.user is not None:
                _sign_in(connection, self.user, self.password or "")
        except BaseException:
            connection.close()
            raise
        return connection


def _sign_in(connection: smtplib.SMTP, user: str, password: str) -> None:
    try:
        connection.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        # The mail is not at fault: it waits until the operator has mended the password.
        said = _words(error.smtp_error)
        raise HandOverError(Outcome(Delivery.DEFERRED, f"relay sign-in as {user}: {error.smtp_code} {said}")) from error


class HandOver:
    """An open transaction with the relay: addressed, not yet handed over."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def address(self, mail_from: str, rcpt_to: str) -> None:
        """MAIL and RCPT. Raises HandOverError unless both are accepted."""
        try:
            for code, said in (self._connection.mail(mail_from), self._connection.rcpt(rcpt_to)):
                if code >= _TRANSIENT:
                    raise HandOverError(_classify(code, said))
        except (OSError, smtplib.SMTPException) as error:
            raise HandOverError(Outcome(Delivery.DEFERRED, f"before DATA: {error}")) from error

    def deliver(self, raw: bytes) -> Outcome:
        """DATA, the message, the final dot, and what the relay said to it. Never raises for the relay's faults."""
        body = _LEADING_DOT.sub(b"..", raw)
        ending = b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            code, said = self._connection.docmd("DATA")
            if code != _START_MAIL_INPUT:
                return _classify(code, said)
            self._connection.send(body + ending)
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Delivery.DEFERRED, f"before the final dot: {error}")
        try:
            return _classify(*self._connection.getreply())
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(Delivery.UNCERTAIN, f"no reply to the final dot: {error}")

    def close(self) -> None:
        """QUIT, politely; a relay that is gone already is no fault."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._connection.quit()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _classify(code: int, said: bytes | str) -> Outcome:
    reply = f"{code} {_words(said)}"
    if code >= _PERMANENT:
        return Outcome(Delivery.REFUSED, reply)
    if code >= _TRANSIENT or code < 0:
        return Outcome(Delivery.DEFERRED, reply)
    return Outcome(Delivery.ACCEPTED, reply)


def _words(said: bytes | str) -> str:
    return " ".join((said.decode("utf-8", "replace") if isinstance(said, bytes) else said).split())

"""What the tests of services and doors share: a clock set by hand, a queue that remembers, and mails."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from caseconsultant.services import intake

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@dataclass
class SetClock:
    """Time stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class RememberingQueue:
    """Remembers what was asked for."""

    sent: list[tuple[str, int]] = field(default_factory=list)

    def send(self, task: str, record_id: int, *, delay: float = 0) -> None:
        self.sent.append((task, record_id))

    def take(self, task: str) -> list[int]:
        """The ids asked of the task since last taken."""
        taken = [record_id for name, record_id in self.sent if name == task]
        self.sent = [(name, record_id) for name, record_id in self.sent if name != task]
        return taken


def mail(
    text: str = "96369 ran 200 minutes. 96370 x2? Medicare, office.",
    *,
    sender: str = "Dana Coder <dana@clinic.example.com>",
    subject: str = "Infusion",
    message_id: str | None = "<one@clinic.example.com>",
    **headers: str,
) -> bytes:
    """A mail as bytes; keyword headers with underscores for hyphens."""
    lines = [f"From: {sender}", "To: consult@desk.example.com", f"Subject: {subject}"]
    if message_id:
        lines.append(f"Message-ID: {message_id}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join([*lines, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "", text]) + "\r\n").encode()


def envelope(authentication: str = "trusted", mail_from: str | None = "dana@clinic.example.com") -> intake.Envelope:
    return intake.Envelope(
        source="smtp",
        mailbox="consult@desk.example.com",
        rcpt_tos=("consult@desk.example.com",),
        mail_from=mail_from,
        client_address="127.0.0.1",
        helo="clinic.example.com",
        authentication=authentication,
    )

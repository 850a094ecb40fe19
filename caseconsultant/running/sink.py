"""A sink that plays the relay: keeps what it is handed, delivers nothing."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from caseconsultant.domain.errors import OperatorError


@dataclass
class Sink:
    """Messages in the order of their arrival, as bytes; `arrived` is notified at each."""

    raw: list[bytes] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Keep the message."""
        del server, session
        with self.arrived:
            self.raw.append(bytes(envelope.original_content or b""))
            self.arrived.notify_all()
        return "250 2.0.0 Kept"

    def messages(self) -> list[EmailMessage]:
        """What arrived so far; no property, because aiosmtpd reads every attribute for each connection."""
        return [message_from_bytes(raw, _class=EmailMessage, policy=policy.default) for raw in list(self.raw)]

    def wait(self, count: int, *, seconds: float) -> None:
        """Return once there are `count` messages. Raises OperatorError if they do not come in time."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: len(self.raw) >= count, timeout=seconds):
                raise OperatorError(f"{len(self.raw)} of {count} mails reached the sink within {seconds:.0f} s")


def start_sink(sink: Sink, port: int) -> Controller:
    """The sink listening on loopback in a thread of its own."""
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


def free_port() -> int:
    """A loopback port that is free now: aiosmtpd, given port 0, dials port 0 to see whether it is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""One SMTP or LMTP session (aiosmtpd), held within limits, and the register of those that are open."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from caseconsultant.inbound import replies
from caseconsultant.settings import Settings

_COMMAND_SECONDS = 300.0  # RFC 5321 4.5.3.2.7
_DATA_SECONDS = 600.0  # RFC 5321 4.5.3.2.6: ten minutes for the final dot
_PROXY_SECONDS = 5.0
_CALLS = {"*": 500, "NOOP": 50, "VRFY": 20, "HELP": 20, "RSET": 200}
_CONNECTIONS_IN_ALL = 500

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Limits:
    """What a session may take up. Clients of the `exempt` networks may connect as often as they like."""

    connections_per_address: int
    errors: int = 10
    session_seconds: float = 3600.0
    exempt: Sequence[Network] = ()
    proxies: Sequence[Network] = ()

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits of the settings."""
        return cls(
            connections_per_address=settings.smtp_connections_per_address,
            exempt=(*settings.trusted_networks, *settings.relay_networks, *settings.smtp_proxy_networks),
            proxies=settings.smtp_proxy_networks,
        )


@dataclass
class Register:
    """The sessions that are open, by client address; it lets them end in peace when the house shuts down."""

    sessions: set[Bounded] = field(default_factory=set)
    addresses: Counter[str] = field(default_factory=Counter)
    closing: bool = False

    def enter(self, session: Bounded, limits: Limits) -> bool:
        """Take the session in; False if its client, or everybody together, has too many."""
        self.sessions.add(session)
        self.addresses[session.client] += 1
        if self.closing or len(self.sessions) > _CONNECTIONS_IN_ALL:
            return False
        exempt = _within(session.client, limits.exempt)
        return exempt or self.addresses[session.client] <= limits.connections_per_address

    def leave(self, session: Bounded) -> None:
        """Forget the session."""
        if session in self.sessions:
            self.sessions.discard(session)
            self.addresses[session.client] -= 1

    async def close(self, *, seconds: float) -> None:
        """End every session: those between mails at once, those in DATA once their mail is answered."""
        self.closing = True
        for session in tuple(self.sessions):
            if not session.in_data:
                session.say_goodbye(replies.SHUTTING_DOWN)
        deadline = asyncio.get_running_loop().time() + seconds
        while self.sessions and asyncio.get_running_loop().time() < deadline:
            await asyncio.wait({session.ended for session in self.sessions}, timeout=seconds)
        for session in tuple(self.sessions):
            session.say_goodbye(replies.SHUTTING_DOWN)


class Bounded(SMTP):
    """aiosmtpd's session with limits on errors, time, connections and command repeats; PROXY from named relays only."""

    line_length_limit = 2**18
    """Longer than RFC 5321's thousand: a mail with a long line is a mail all the same, and must not be refused."""

    def __init__(self, receiver: Any, *, limits: Limits, register: Register, **how: Any) -> None:  # noqa: ANN401
        super().__init__(
            receiver,
            timeout=_COMMAND_SECONDS,
            enable_SMTPUTF8=True,
            command_call_limit=dict(_CALLS),
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            ident="CaseConsultant",
            **how,
        )
        self._limits, self._register = limits, register
        self._errors, self._admitted = 0, True
        self._end: asyncio.TimerHandle | None = None
        self.client = ""
        self.in_data = False
        self.ended: asyncio.Future[None] = self.loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called again once TLS is up; only the first time is an arrival."""
        if not self.client:
            self.client = address_of(transport.get_extra_info("peername")) or "local"
            self._proxy_timeout = _PROXY_SECONDS if _within(self.client, self._limits.proxies) else None
            self._admitted = self._register.enter(self, self._limits)
            self._end = self.loop.call_later(self._limits.session_seconds, self.say_goodbye, replies.TOO_LONG_A_SESSION)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Leave the register, whatever ended the connection."""
        self._register.leave(self)
        if self._end:
            self._end.cancel()
        if not self.ended.done():
            self.ended.set_result(None)
        super().connection_lost(error)

    def say_goodbye(self, reply: str) -> None:
        """The reply, and the connection is closed behind it."""
        if isinstance(self.transport, asyncio.Transport) and not self.transport.is_closing():
            self.transport.write(reply.encode() + b"\r\n")
            self.transport.close()

    async def _handle_client(self) -> None:
        if self._admitted:
            await super()._handle_client()
        else:
            self.say_goodbye(replies.SHUTTING_DOWN if self._register.closing else replies.TOO_MANY_CONNECTIONS)

    async def push(self, status: Any) -> None:  # noqa: ANN401  text or bytes, as aiosmtpd has it
        """Say it; a client that gets too many refusals is sent away."""
        await super().push(status)
        said = status if isinstance(status, str) else status.decode("ascii", "replace")
        self._errors += said.startswith("5")
        if self._errors > self._limits.errors:
            self.say_goodbye(replies.TOO_MANY_ERRORS)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        """Take a mail; a shutdown meanwhile waits for it."""
        self.in_data = True
        self._reset_timeout(_DATA_SECONDS)
        try:
            await super().smtp_DATA(arg)
        finally:
            self.in_data = False
            self._reset_timeout()
        if self._register.closing:
            self.say_goodbye(replies.SHUTTING_DOWN)


class BoundedLmtp(Bounded, LMTP):
    """LMTP (RFC 2033): after the final dot one reply for each recipient, in their order."""

    _answers = 0

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        """Take a mail, and remember how many replies are due for it."""
        self._answers = len(self.envelope.rcpt_tos) if self.envelope else 0
        self._begun = False
        try:
            await super().smtp_DATA(arg)
        finally:
            self._answers = 0

    async def push(self, status: Any) -> None:  # noqa: ANN401
        """Between 354 and the end of DATA, what is said is said to every recipient."""
        if self._answers and self._begun:
            for _ in range(self._answers):
                await super().push(status)
            return
        self._begun = isinstance(status, str) and status.startswith("354")
        await super().push(status)


def address_of(peer: object) -> str | None:
    """The client's address out of a peer name; None for a socket in the file system."""
    return str(peer[0]) if isinstance(peer, tuple) and peer else None


def _within(client: str, networks: Sequence[Network]) -> bool:
    try:
        address: IPv4Address | IPv6Address = ip_address(client.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in network for network in networks)


def tls_context(settings: Settings) -> ssl.SSLContext | None:
    """The context for STARTTLS; None where no certificate is set."""
    if settings.smtp_tls_cert is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.smtp_tls_cert, settings.smtp_tls_key)
    return context

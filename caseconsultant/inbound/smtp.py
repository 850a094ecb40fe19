"""The SMTP and LMTP doors (aiosmtpd): a mail is committed to the database before it is answered with 250."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path

import structlog
from aiosmtpd.proxy_protocol import ProxyData
from aiosmtpd.smtp import SMTP, Envelope, Session

from caseconsultant.app import App
from caseconsultant.domain.authentication import AuthenticationResult
from caseconsultant.domain.errors import OperatorError
from caseconsultant.inbound import replies
from caseconsultant.inbound.sessions import Bounded, BoundedLmtp, Limits, Register, address_of, tls_context
from caseconsultant.services import intake
from caseconsultant.settings import Settings

log = structlog.get_logger()

_MOST_RECIPIENTS = 20
_LAST_SECONDS = 30.0
"""How long a shutdown waits for mails that are being handed in."""
_NULL_SENDER = "<>"
_NOT_OFFERED = ("250-AUTH", "250 HELP")


class Receiver:
    """aiosmtpd's hooks: each returns the reply string. `source` is `smtp` or `lmtp`."""

    def __init__(self, app: App, source: str) -> None:
        self._app, self._source = app, source
        self._storing: set[asyncio.Task[str]] = set()

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """What we offer: nobody signs in here, and commands may be pipelined (RFC 2920)."""
        del server, envelope
        session.host_name = hostname
        offered = [line for line in responses if not line.startswith(_NOT_OFFERED)]
        return [*offered, "250 PIPELINING"]

    async def handle_PROXY(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, proxy_data: ProxyData
    ) -> bool:
        """Whether the named proxy told us who the client is; without that the mail could not be checked."""
        del server, session, envelope
        return proxy_data.valid

    async def handle_exception(self, error: Exception) -> str:
        """Whatever went wrong is ours, and for a while."""
        log.error("smtp_session_failed", error=f"{type(error).__name__}: {error}")
        return replies.TRY_LATER

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str | None, options: list[str]
    ) -> str:
        """Take any sender, the null sender too: bounces must reach us."""
        del server, session
        envelope.mail_from = address or _NULL_SENDER  # aiosmtpd takes an empty one for a missing MAIL
        envelope.mail_options.extend(options)
        return replies.SENDER_OK

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take our own mailboxes, with or without a tag; refuse the rest here, so that we never bounce."""
        del server, session
        if untagged(address) not in self._app.settings.mailboxes:
            return replies.NO_SUCH_MAILBOX
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return replies.TOO_MANY_RECIPIENTS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return replies.RECIPIENT_OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        """Store, then say so. Whatever goes wrong is ours, and for a while: 451, never 5yz."""
        del server
        task = asyncio.ensure_future(asyncio.to_thread(self._accept, session, envelope))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)
        return await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait until what is being stored is stored."""
        if self._storing:
            await asyncio.wait(self._storing)

    def _accept(self, session: Session, envelope: Envelope) -> str:
        app = self._app
        try:
            receipt = intake.accept(
                bytes(envelope.original_content or b""),
                describe(session, envelope, settings=app.settings, source=self._source),
                database=app.database,
                vault=app.vault,
                clock=app.clock,
                queue=app.queue,
            )
        except Exception:
            log.exception("mail_not_stored", client=str(session.peer))
            return replies.TRY_LATER
        log.info("mail_stored", inbound=receipt.inbound_id, new=receipt.new)
        form = replies.ACCEPTED if receipt.new else replies.STORED_BEFORE
        return form.format(inbound_id=receipt.inbound_id)


def untagged(address: str) -> str:
    """The mailbox behind an address with or without a plus-tag, lower-case."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def describe(session: Session, envelope: Envelope, *, settings: Settings, source: str) -> intake.Envelope:
    """The envelope as intake has it. Mail from a trusted network is a submission; other mail is checked when read.

    By LMTP only our own server speaks to us, for anybody: there its address says nothing of the sender.
    """
    client = _client(session)
    networks = settings.trusted_networks if source == "smtp" else ()
    trusted = client is not None and any(ip_address(client) in network for network in networks)
    reason = "submitted from a trusted network" if trusted else "not checked yet"
    return intake.Envelope(
        source=source,
        mailbox=settings.address,
        rcpt_tos=tuple(_clean(address) for address in envelope.rcpt_tos),
        mail_from="" if envelope.mail_from == _NULL_SENDER else _clean(envelope.mail_from or ""),
        client_address=client,
        helo=_clean(session.host_name) if session.host_name else None,
        authentication=AuthenticationResult.TRUSTED if trusted else AuthenticationResult.UNCHECKED,
        authentication_reason=reason,
    )


def _client(session: Session) -> str | None:
    """The client's address: as a named proxy told it, else as the connection has it."""
    proxied = session.proxy_data.src_addr if session.proxy_data else None
    given = str(proxied) if proxied else address_of(session.peer)
    if given is None:
        return None
    address = ip_address(given.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)


def _clean(text: str) -> str:
    """Bytes that were no UTF-8 came through as surrogates, which no database takes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 asks the system for a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    bound.setblocking(False)  # noqa: FBT003  the socket module's own signature
    return bound


def listening_file(path: Path) -> socket.socket:
    """A socket in the file system, for a Postfix on this machine; one that a dead process left is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)
        bound.bind(str(path))
        path.chmod(0o666)  # who may enter is the folder's to say, as Postfix has it
    except OSError as error:
        bound.close()
        raise OperatorError(f"{path}: no socket can be made there: {error.strerror}") from error
    bound.setblocking(False)  # noqa: FBT003
    return bound


async def serve(
    app: App,
    bound: socket.socket,
    *,
    ready: Callable[[], None],
    stop: asyncio.Event,
    lmtp: Sequence[socket.socket] = (),
) -> None:
    """Receive mail until `stop` is set; then take no more, and finish what is in hand."""
    loop = asyncio.get_running_loop()
    register, limits = Register(), Limits.of(app.settings)
    doors = [(Bounded, Receiver(app, "smtp"), bound), *((BoundedLmtp, Receiver(app, "lmtp"), sock) for sock in lmtp)]
    servers = [
        await _open(kind, receiver, sock, limits, register, app.settings, loop) for kind, receiver, sock in doors
    ]
    ready()
    await stop.wait()
    for server in servers:
        server.close()
    await register.close(seconds=_LAST_SECONDS)
    for _, receiver, _ in doors:
        await receiver.finish()
    await asyncio.to_thread(app.queue.close)


async def _open(
    kind: type[Bounded],
    receiver: Receiver,
    bound: socket.socket,
    limits: Limits,
    register: Register,
    settings: Settings,
    loop: asyncio.AbstractEventLoop,
) -> asyncio.AbstractServer:
    secure = tls_context(settings) if kind is Bounded else None

    def session() -> Bounded:
        return kind(
            receiver,
            limits=limits,
            register=register,
            data_size_limit=settings.max_message_bytes,
            hostname=settings.domain,
            tls_context=secure,
            require_starttls=settings.smtp_require_tls,
            loop=loop,
        )

    if bound.family == socket.AF_UNIX:
        return await loop.create_unix_server(session, sock=bound)
    return await loop.create_server(session, sock=bound)


def run(app: App) -> None:
    """The process: serves until SIGTERM or SIGINT."""
    settings = app.settings
    app.database.engine.connect().close()
    bound = listening_socket(settings.smtp_host, settings.smtp_port)
    port = bound.getsockname()[1]
    lmtp = lmtp_sockets(settings)

    async def main() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await serve(app, bound, ready=lambda: log.info("smtp_ready", port=port), stop=stop, lmtp=lmtp)

    asyncio.run(main())


def lmtp_sockets(settings: Settings) -> list[socket.socket]:
    """Where LMTP listens: a port, a socket in the file system, both or neither, as the settings have it."""
    sockets = []
    if settings.lmtp_port is not None:
        sockets.append(listening_socket(settings.lmtp_host, settings.lmtp_port))
    if settings.lmtp_socket is not None:
        sockets.append(listening_file(settings.lmtp_socket))
    return sockets

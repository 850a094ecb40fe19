"""The SMTP door (aiosmtpd): a mail is committed to the database before it is answered with 250."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from ipaddress import ip_address

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from caseconsultant.app import App
from caseconsultant.domain.authentication import AuthenticationResult
from caseconsultant.inbound import replies
from caseconsultant.services import intake
from caseconsultant.settings import Settings

log = structlog.get_logger()

_MOST_RECIPIENTS = 20
_IDLE_SECONDS = 120
_NULL_SENDER = "<>"


class Receiver:
    """aiosmtpd's hooks: each returns the reply string."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._storing: set[asyncio.Task[str]] = set()

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
                describe(session, envelope, settings=app.settings),
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


def describe(session: Session, envelope: Envelope, *, settings: Settings) -> intake.Envelope:
    """The envelope as intake has it. Mail from a trusted network is a submission; other mail is checked when read."""
    client = str(session.peer[0]) if isinstance(session.peer, tuple) else None
    trusted = client is not None and any(ip_address(client) in network for network in settings.trusted_networks)
    reason = "submitted from a trusted network" if trusted else "not checked yet"
    return intake.Envelope(
        source="smtp",
        mailbox=settings.address,
        rcpt_tos=tuple(envelope.rcpt_tos),
        mail_from="" if envelope.mail_from == _NULL_SENDER else envelope.mail_from,
        client_address=client,
        helo=session.host_name or None,
        authentication=AuthenticationResult.TRUSTED if trusted else AuthenticationResult.UNCHECKED,
        authentication_reason=reason,
    )


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


async def serve(app: App, bound: socket.socket, *, ready: Callable[[], None], stop: asyncio.Event) -> None:
    """Receive mail until `stop` is set; then take no more, and finish what is in hand."""
    receiver = Receiver(app)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _protocol(receiver, app.settings, loop), sock=bound)
    ready()
    async with server:
        await stop.wait()
        server.close()
        await receiver.finish()
    await asyncio.to_thread(app.queue.close)


def run(app: App) -> None:
    """The process: serves until SIGTERM or SIGINT."""
    app.database.engine.connect().close()
    bound = listening_socket(app.settings.smtp_host, app.settings.smtp_port)
    port = bound.getsockname()[1]

    async def main() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await serve(app, bound, ready=lambda: log.info("smtp_ready", port=port), stop=stop)

    asyncio.run(main())


def _protocol(receiver: Receiver, settings: Settings, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(
        receiver,
        data_size_limit=settings.max_message_bytes,
        hostname=settings.domain,
        ident="CaseConsultant",
        timeout=_IDLE_SECONDS,
        enable_SMTPUTF8=True,
        loop=loop,
    )

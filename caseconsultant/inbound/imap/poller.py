"""The loop around a mailbox: hold the lease, connect, catch up, wait for news; after trouble, wait longer each time."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import threading
import time
from dataclasses import dataclass, field

import structlog

from caseconsultant.app import App
from caseconsultant.domain.errors import OperatorError
from caseconsultant.inbound.imap.catching_up import Reader
from caseconsultant.inbound.imap.folder import Folder
from caseconsultant.inbound.imap.tokens import Tokens, tokens_of
from caseconsultant.services import leases
from caseconsultant.settings import ImapMailbox

log = structlog.get_logger()

_LONGEST_IDLE_SECONDS = 25 * 60
"""RFC 2177: a server may drop who idles for half an hour."""
_FIRST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 300.0
_RENEWALS_A_LEASE = 3


class LeaseLostError(Exception):
    """Another poller reads the mailbox now."""


@dataclass
class Poller:
    """Reads one mailbox as long as it holds its lease."""

    name: str
    mailbox: ImapMailbox
    app: App
    stop: threading.Event
    tokens: Tokens | None = None
    holder: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}")
    _failures: int = 0
    _renewed: float = 0.0

    def run(self) -> None:
        """Until `stop` is set."""
        while not self.stop.is_set():
            try:
                if self._hold():
                    self._read()
                else:
                    self.stop.wait(self._renew_seconds)
            except LeaseLostError:
                log.info("imap_lease_lost", mailbox=self.name)
            except Exception as error:  # noqa: BLE001  whatever it is: say so, wait, and try again
                self._after_trouble(error)
        leases.give_up(self._lease, holder=self.holder, database=self.app.database)

    @property
    def _lease(self) -> str:
        return f"imap:{self.name}"

    @property
    def _renew_seconds(self) -> float:
        return self.app.settings.imap_lease_seconds / _RENEWALS_A_LEASE

    def _hold(self) -> bool:
        seconds = self.app.settings.imap_lease_seconds
        held = leases.hold(
            self._lease, holder=self.holder, seconds=seconds, database=self.app.database, clock=self.app.clock
        )
        self._renewed = time.monotonic()
        return held

    def _keep(self) -> None:
        """Renew the lease in good time. Raises LeaseLostError where it is another's by now."""
        if time.monotonic() - self._renewed >= self._renew_seconds and not self._hold():
            raise LeaseLostError

    def _read(self) -> None:
        reader = Reader(self.name, self.mailbox, self.app, self._keep)
        wait = min(self.mailbox.poll_seconds, _LONGEST_IDLE_SECONDS)
        with Folder.open(self.mailbox, self.tokens) as folder:
            log.info("imap_connected", mailbox=self.name, idle=folder.idles, uidvalidity=folder.uidvalidity)
            while not self.stop.is_set():
                reader.catch_up(folder)
                self._failures = 0
                folder.wait(wait, stop=self.stop, meanwhile=self._keep)
                folder.probe()

    def _after_trouble(self, error: Exception) -> None:
        self._failures += 1
        wait = min(_FIRST_WAIT_SECONDS * 2 ** (self._failures - 1), _LONGEST_WAIT_SECONDS)
        if isinstance(error, OperatorError):
            wait = _LONGEST_WAIT_SECONDS  # a person has to mend it; asking often gets accounts locked
        log.warning("imap_trouble", mailbox=self.name, error=f"{type(error).__name__}: {error}", again_in=wait)
        self.stop.wait(wait)


def run(app: App) -> None:
    """The process: every mailbox of the settings, a thread each, until SIGTERM or SIGINT. Raises OperatorError."""
    if not app.settings.imap:
        raise OperatorError("no mailbox is set: give CASECONSULTANT_IMAP__NAME__HOST, …__USER and …__PASSWORD")
    app.database.engine.connect().close()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    pollers = [Poller(name, box, app, stop, tokens_of(box)) for name, box in app.settings.imap.items()]
    threads = [threading.Thread(target=poller.run, name=f"imap-{poller.name}") for poller in pollers]
    for thread in threads:
        thread.start()
    log.info("imap_ready", mailboxes=sorted(app.settings.imap))
    for thread in threads:
        thread.join()
    app.queue.close()

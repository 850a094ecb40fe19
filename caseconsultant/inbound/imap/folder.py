"""One folder on one live IMAP connection (IMAPClient): search, fetch, finish, wait."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from imapclient import DELETED, SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from caseconsultant.domain.errors import OperatorError
from caseconsultant.inbound.imap.tokens import Tokens
from caseconsultant.settings import ImapMailbox

_SLICE_SECONDS = 1.0
"""How long a stop may have to wait for an IDLE to notice it."""
_MARK_FIELDS = b"BODY[HEADER.FIELDS (MESSAGE-ID FROM DATE SUBJECT)]"


@dataclass
class Folder:
    """A selected folder. Every method raises OSError or IMAPClientError where the connection or the server fails."""

    client: IMAPClient
    uidvalidity: int
    uidnext: int
    idles: bool

    @classmethod
    def open(cls, mailbox: ImapMailbox, tokens: Tokens | None) -> Folder:
        """Connect, sign in, select. Raises OperatorError where the sign-in or the folder's name is refused."""
        client = _connect(mailbox)
        try:
            _sign_in(client, mailbox, tokens)
            for name in (mailbox.done_folder, mailbox.failed_folder):
                if name:
                    _ensure(client, name)
            return cls._selected(client, mailbox.folder)
        except BaseException:
            client.shutdown()
            raise

    @classmethod
    def _selected(cls, client: IMAPClient, name: str) -> Folder:
        try:
            told = client.select_folder(name)
        except IMAPClientError as error:
            raise OperatorError(f"the server has no folder {name!r} that can be written: {error}") from error
        uidnext = told.get(b"UIDNEXT") or max(client.search(["ALL"]), default=0) + 1
        return cls(client, int(told[b"UIDVALIDITY"]), int(uidnext), client.has_capability("IDLE"))

    def after(self, uid: int) -> list[int]:
        """The UIDs above `uid`, ascending. `n:*` always names the last message too, whatever its UID."""
        return sorted(found for found in self.client.search(["UID", f"{uid + 1}:*"]) if found > uid)

    def unseen(self) -> list[int]:
        """The UIDs that nobody read yet."""
        return sorted(self.client.search(["UNSEEN"]))

    def since(self, begun_at: datetime) -> list[int]:
        """The UIDs of what came in on that day or later."""
        return sorted(self.client.search(["SINCE", begun_at.date()]))

    def everything(self) -> list[int]:
        """Every UID."""
        return sorted(self.client.search(["ALL"]))

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Bytes of each message that is still there."""
        told = self.client.fetch(uids, ["RFC822.SIZE"])
        return {uid: int(item[b"RFC822.SIZE"]) for uid, item in told.items() if b"RFC822.SIZE" in item}

    def fetch(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The bytes of each message that is still there, without marking it as seen."""
        told = self.client.fetch(uids, ["BODY.PEEK[]"])
        return {uid: item[b"BODY[]"] for uid, item in told.items() if item.get(b"BODY[]") is not None}

    def mark_of(self, uid: int) -> str:
        """What names a message that is not fetched: its Message-ID, From, Date and Subject as they stand."""
        told = self.client.fetch([uid], [_MARK_FIELDS.replace(b"BODY[", b"BODY.PEEK[")])
        return repr(told.get(uid, {}).get(_MARK_FIELDS, b""))

    def finish(self, uids: Sequence[int], *, into: str | None) -> None:
        """Move the messages into the folder, or mark them as seen. By UID only: nobody else's mail is expunged."""
        if not uids:
            return
        if into is None:
            self.client.add_flags(uids, [SEEN], silent=True)
        elif self.client.has_capability("MOVE"):
            self.client.add_flags(uids, [SEEN], silent=True)
            self.client.move(uids, into)
        else:
            self._copy_away(uids, into)

    def _copy_away(self, uids: Sequence[int], into: str) -> None:
        self.client.copy(uids, into)
        self.client.add_flags(uids, [SEEN, DELETED], silent=True)
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge(uids)  # RFC 4315; a bare EXPUNGE would take what others marked

    def wait(self, seconds: float, *, stop: threading.Event, meanwhile: Callable[[], None]) -> None:
        """Until there may be news, `seconds` are over, or `stop` is set; `meanwhile` is called about every second.

        With IDLE (RFC 2177) the server tells; the caller looks anyway afterwards, for some IDLEs go deaf.
        """
        if not self.idles:
            _wait_in_slices(seconds, stop.wait, meanwhile)
            return
        self.client.idle()
        try:
            _wait_in_slices(seconds, lambda left: stop.is_set() or _is_news(self.client.idle_check(left)), meanwhile)
        finally:
            self.client.idle_done()

    def probe(self) -> None:
        """A NOOP, within the time-out: the only way to find a link that died without a word."""
        self.client.noop()

    def close(self) -> None:
        """Say goodbye; a server that is gone already is no fault."""
        with contextlib.suppress(OSError, IMAPClientError):
            self.client.logout()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self.close()
        else:
            self.client.shutdown()  # a broken link would make LOGOUT wait for its time-out


def _wait_in_slices(seconds: float, ended: Callable[[float], bool], meanwhile: Callable[[], None]) -> None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if ended(min(left, _SLICE_SECONDS)):
            return
        meanwhile()


def _is_news(responses: Sequence[Any]) -> bool:
    """`* OK Still here` keeps the link open and says nothing; BYE and EXISTS do."""
    return any(not (isinstance(item, tuple) and item and item[0] == b"OK") for item in responses)


def _connect(mailbox: ImapMailbox) -> IMAPClient:
    context = ssl.create_default_context(cafile=mailbox.ca_file) if mailbox.security != "none" else None
    timeout = SocketTimeout(connect=mailbox.timeout_seconds, read=mailbox.timeout_seconds)
    client = IMAPClient(
        mailbox.host,
        port=mailbox.port_in_force,
        ssl=mailbox.security == "tls",
        ssl_context=context if mailbox.security == "tls" else None,
        timeout=timeout,
    )
    if mailbox.security == "starttls":
        try:
            client.starttls(context)
        except BaseException:
            client.shutdown()
            raise
    return client


def _sign_in(client: IMAPClient, mailbox: ImapMailbox, tokens: Tokens | None) -> None:
    try:
        if tokens is not None:
            client.oauth2_login(mailbox.user, tokens())
        elif mailbox.password is not None:
            client.login(mailbox.user, mailbox.password.get_secret_value())
    except IMAPClientError as error:
        raise OperatorError(f"{mailbox.host} refuses the sign-in of {mailbox.user}: {error}") from error


def _ensure(client: IMAPClient, name: str) -> None:
    try:
        if not client.folder_exists(name):
            client.create_folder(name)
    except IMAPClientError as error:
        raise OperatorError(f"the server will not make the folder {name!r}: {error}") from error

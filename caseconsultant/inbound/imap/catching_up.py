"""What waits in a folder becomes rows: fetched in batches, committed, then marked or moved, then the position moves.

A crash between any two of these steps costs a second look at mail that is a row already; intake knows its digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from caseconsultant.app import App
from caseconsultant.domain.authentication import AuthenticationResult
from caseconsultant.inbound.imap.folder import Folder
from caseconsultant.services import intake, mailboxes
from caseconsultant.settings import ImapMailbox

log = structlog.get_logger()

_BATCH_BYTES = 4 * 2**20
_BATCH_MESSAGES = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one mailbox; `name` is the operator's. `between` is called between batches, and may raise to stop."""

    name: str
    mailbox: ImapMailbox
    app: App
    between: Callable[[], None]

    def catch_up(self, folder: Folder) -> int:
        """Take in what waits. Returns how many messages were dealt with."""
        known = mailboxes.position(self.name, self.mailbox.folder, database=self.app.database)
        if known is not None and known.uidvalidity == folder.uidvalidity:
            return self._go_on(folder, known.uid)
        waiting = self._first(folder) if known is None else folder.since(known.begun_at)
        if known is not None:
            log.warning("imap_uidvalidity_changed", mailbox=self.name, reading_again=len(waiting))
        for batch in self._batches(folder, waiting):
            self._take(folder, batch)
        # Only now: until all of it is rows, a restart must begin anew and not at some UID in between.
        self._move_to(folder, folder.uidnext - 1)
        return len(waiting)

    def _go_on(self, folder: Folder, uid: int) -> int:
        waiting = folder.after(uid)
        for batch in self._batches(folder, waiting):
            self._take(folder, batch)
            self._move_to(folder, uid := max(batch))
        self._move_to(folder, max(waiting, default=uid))
        return len(waiting)

    def _first(self, folder: Folder) -> list[int]:
        match self.mailbox.first_reading:
            case "unseen":
                return folder.unseen()
            case "all":
                return folder.everything()
            case _:
                return []

    def _batches(self, folder: Folder, uids: Sequence[int]) -> Iterator[dict[int, int]]:
        """UIDs with their sizes, as many at once as fit into memory easily."""
        for start in range(0, len(uids), _BATCH_MESSAGES):
            batch: dict[int, int] = {}
            for uid, size in sorted(folder.sizes(uids[start : start + _BATCH_MESSAGES]).items()):
                if batch and sum(batch.values()) + size > _BATCH_BYTES:
                    self.between()
                    yield batch
                    batch = {}
                batch[uid] = size
            if batch:
                self.between()
                yield batch

    def _take(self, folder: Folder, batch: dict[int, int]) -> None:
        limit = self.app.settings.max_message_bytes
        fitting = [uid for uid, size in batch.items() if size <= limit]
        stored = [uid for uid, raw in self._fetched(folder, fitting).items() if self._store(raw)]
        refused = [uid for uid in batch if uid not in stored and self._note(folder, uid, batch[uid])]
        self._finish(folder, stored, into=self.mailbox.done_folder)
        self._finish(folder, refused, into=self.mailbox.failed_folder)

    def _finish(self, folder: Folder, uids: Sequence[int], *, into: str | None) -> None:
        """Mark or move. A server that refuses (read-only, no room) keeps nothing back: the position goes on."""
        try:
            folder.finish(uids, into=into)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            log.warning("imap_not_marked", mailbox=self.name, uids=list(uids), error=str(error))

    def _fetched(self, folder: Folder, uids: Sequence[int]) -> dict[int, bytes]:
        """All at once; one by one where the server fails at some message, so that one bad mail stops no other."""
        if not uids:
            return {}
        try:
            return folder.fetch(uids)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            log.warning("imap_fetch_failed", mailbox=self.name, uids=list(uids), error=str(error))
        return {uid: raw for uid in uids for raw in self._fetched_alone(folder, uid)}

    def _fetched_alone(self, folder: Folder, uid: int) -> list[bytes]:
        try:
            return list(folder.fetch([uid]).values())
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return []

    def _store(self, raw: bytes) -> bool:
        app = self.app
        receipt = intake.accept(
            raw, self._envelope(), database=app.database, vault=app.vault, clock=app.clock, queue=app.queue
        )
        log.info("mail_stored", inbound=receipt.inbound_id, new=receipt.new, mailbox=self.name)
        return True

    def _note(self, folder: Folder, uid: int, size: int) -> bool:
        """A row for what was not fetched; none for what somebody deleted in the meantime."""
        if uid not in folder.sizes([uid]):
            return False
        limit = self.app.settings.max_message_bytes
        too_large = f"{size} bytes, more than CASECONSULTANT_MAX_MESSAGE_BYTES ({limit}): left at the server"
        reason = too_large if size > limit else "the server would not give it; it was left there"
        app = self.app
        receipt = intake.note_unread(
            size=size,
            reason=reason,
            mark=f"{size} {folder.mark_of(uid)}",
            envelope=self._envelope(),
            database=app.database,
            clock=app.clock,
        )
        log.warning("mail_not_fetched", inbound=receipt.inbound_id, mailbox=self.name, uid=uid, reason=reason)
        return True

    def _envelope(self) -> intake.Envelope:
        return intake.Envelope(
            source="imap",
            mailbox=self.name,
            rcpt_tos=(self.app.settings.address,),
            authentication=AuthenticationResult.UNCHECKED,
            authentication_reason="not checked yet",
        )

    def _move_to(self, folder: Folder, uid: int) -> None:
        mailboxes.move_to(
            self.name,
            self.mailbox.folder,
            uidvalidity=folder.uidvalidity,
            uid=uid,
            database=self.app.database,
            clock=self.app.clock,
        )

"""Mail out of files: a folder of `.eml` files, a maildir, or an mbox."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caseconsultant.app import App
from caseconsultant.domain.authentication import AuthenticationResult
from caseconsultant.domain.errors import InputError
from caseconsultant.services import intake

_MBOX_START = b"From "


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one mail; `inbound_id` of its row, `new` if it was not there before."""

    where: str
    inbound_id: int
    new: bool


def take_in(path: Path, *, app: App, trusted: bool) -> Iterator[Taken]:
    """Store each mail found there, one transaction each. Raises InputError for a path without mail.

    `trusted`: the operator vouches for the senders; otherwise their cases are held.
    """
    envelope = intake.Envelope(
        source="file",
        mailbox=app.settings.address,
        rcpt_tos=(app.settings.address,),
        authentication=AuthenticationResult.TRUSTED if trusted else AuthenticationResult.UNCHECKED,
        authentication_reason="the operator vouched for it" if trusted else "not checked yet",
    )
    for where, raw in mails(path):
        yield _store(where, raw, envelope, app=app)


def _store(where: str, raw: bytes, envelope: intake.Envelope, *, app: App) -> Taken:
    limit = app.settings.max_message_bytes
    if len(raw) <= limit:
        receipt = intake.accept(raw, envelope, database=app.database, vault=app.vault, clock=app.clock, queue=app.queue)
    else:
        receipt = intake.note_unread(
            size=len(raw),
            reason=f"{len(raw)} bytes, more than CASECONSULTANT_MAX_MESSAGE_BYTES ({limit}): left in {where}",
            mark=where,
            envelope=envelope,
            database=app.database,
            clock=app.clock,
        )
    return Taken(where, receipt.inbound_id, receipt.new)


def mails(path: Path) -> Iterator[tuple[str, bytes]]:
    """Where each mail stands, and its bytes."""
    if path.is_dir():
        return _in_maildir(path) if (path / "cur").is_dir() and (path / "new").is_dir() else _in_folder(path)
    if not path.is_file():
        raise InputError(f"{path}: there is no such file or folder; name a folder of .eml files, a maildir or an mbox")
    with path.open("rb") as file:
        begins_as_mbox = file.read(len(_MBOX_START)) == _MBOX_START
    return _in_mbox(path) if begins_as_mbox else iter([(str(path), path.read_bytes())])


def _in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    found = sorted(file for file in path.rglob("*.eml") if file.is_file())
    if not found:
        raise InputError(f"{path}: there is no .eml file in it")
    for file in found:
        yield str(file), file.read_bytes()


def _in_maildir(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted((*(path / "new").iterdir(), *(path / "cur").iterdir())):
        yield str(file), file.read_bytes()


def _in_mbox(path: Path) -> Iterator[tuple[str, bytes]]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            yield f"{path}, mail {number}", box.get_bytes(key)
    finally:
        box.close()

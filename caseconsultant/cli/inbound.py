"""Commands on mail as it came in: import, list, show, export, reread."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from caseconsultant.cli.in_force import app_in_force
from caseconsultant.cli.records import OPERATOR, Json, Number, OneJson, found
from caseconsultant.cli.showing import row_of, show_one
from caseconsultant.cli.showing import show as show_rows
from caseconsultant.domain.errors import InputError


def add_to(app: typer.Typer) -> None:
    """Register the command group."""
    group = typer.Typer(help="Mail as it came in.", no_args_is_help=True)
    commands: dict[str, Callable[..., None]] = {
        "import": import_,
        "list": list_,
        "show": show,
        "export": export,
        "reread": reread,
        "reseal": reseal,
    }
    for name, function in commands.items():
        group.command(name)(function)
    app.add_typer(group, name="inbound")


def import_(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder of .eml files, a maildir, or an mbox.")],
    trusted: Annotated[
        bool, typer.Option("--trusted", help="Vouch for the senders; else their cases are held.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take mail in from files. What is a row already stays one."""
    from caseconsultant.inbound.files import take_in  # noqa: PLC0415

    count = new = 0
    with app_in_force() as app:
        for taken in take_in(path, app=app, trusted=trusted):
            count, new = count + 1, new + taken.new
            if as_json:
                show_rows([row_of(taken, ("where", "inbound_id", "new"))], as_json=True)
    if not as_json:
        typer.echo(f"{count} mail{'' if count == 1 else 's'}, {new} of them new")


def list_(
    undecided: Annotated[bool, typer.Option("--undecided", help="Only those not yet read.")] = False,
    as_json: Json = False,
) -> None:
    """Mail as it came in, and what it was taken for."""
    from sqlalchemy import select  # noqa: PLC0415

    from caseconsultant.db.models import InboundMessage  # noqa: PLC0415

    wanted = select(InboundMessage).order_by(InboundMessage.id)
    if undecided:
        wanted = wanted.where(InboundMessage.disposition.is_(None))
    with app_in_force() as app, app.database.reading() as session:
        names = (
            "id",
            "received_at",
            "sender_address",
            "authentication",
            "disposition",
            "reason",
            "case_id",
            "attempts",
            "error",
        )
        show_rows((row_of(message, names) for message in session.scalars(wanted)), as_json=as_json)


def show(number: Number, as_json: OneJson = False) -> None:
    """What is known of a message, apart from its bytes."""
    from caseconsultant.db.models import InboundMessage  # noqa: PLC0415

    with app_in_force() as app, app.database.reading() as session:
        row = found(session.get(InboundMessage, number), f"inbound message {number}")
        names = [column.name for column in InboundMessage.__table__.columns if column.name != "raw"]
        show_one(row_of(row, names), as_json=as_json)


def export(
    number: Number, file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; only you can read it.")]
) -> None:
    """Write the message's bytes to a file; recorded in the audit trail, for they may name a patient."""
    from caseconsultant.services import originals  # noqa: PLC0415

    with app_in_force() as app:
        if file.exists():
            raise InputError(f"{file}: File exists; name a new file in a folder of yours")
        raw = originals.open_original(
            number, actor=OPERATOR, how="exported", database=app.database, vault=app.vault, clock=app.clock
        )
    _write_private(file, raw)
    typer.echo(f"{file}: {len(raw)} bytes")


def reseal() -> None:
    """Seal every stored mail with the key in force; then the former keys are needed no more."""
    from caseconsultant.services import originals  # noqa: PLC0415

    with app_in_force() as app:
        count = originals.seal_anew(database=app.database, vault=app.vault)
        typer.echo(f"{count} mail{'' if count == 1 else 's'} sealed anew with key {app.vault.fingerprint}")


def reread(number: Number) -> None:
    """Read a message again that could not be read."""
    from caseconsultant.db.models import InboundMessage  # noqa: PLC0415
    from caseconsultant.domain.message import Disposition  # noqa: PLC0415
    from caseconsultant.queue import OPEN_CASE  # noqa: PLC0415

    with app_in_force() as app:
        with app.database.transaction() as session:
            row = found(session.get(InboundMessage, number), f"inbound message {number}")
            if row.disposition not in {None, Disposition.UNREADABLE}:
                raise InputError(
                    f"inbound message {number} was read as {row.disposition}; only unreadable mail is read again"
                )
            if not row.key_fingerprint:
                raise InputError(f"the bytes of inbound message {number} are not kept: {row.reason}")
            row.disposition, row.reason, row.error, row.attempts = None, None, None, 0
            row.enqueued_at = app.clock()
        app.queue.send(OPEN_CASE, number)
        typer.echo(f"inbound message {number} enqueued")


def _write_private(file: Path, content: bytes) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror}; name a new file in a folder of yours") from error
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)

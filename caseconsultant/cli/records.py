"""The operator's commands: staff, sender, case, outbox."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from caseconsultant.cli.in_force import app_in_force
from caseconsultant.cli.showing import row_of, show, show_one
from caseconsultant.domain.errors import InputError

Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
OneJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
_LARGEST_ID = 2**31 - 1  # PostgreSQL's integer; a larger one is no row of ours on any database
Number = Annotated[int, typer.Argument(min=1, max=_LARGEST_ID, metavar="ID", help="As the list shows it.")]
CaseNumber = Annotated[str, typer.Argument(metavar="NUMBER", help="CC-2026-000123 or 123.")]

OPERATOR = "operator"
"""Who acts on the command line, in the audit trail."""


def add_to(app: typer.Typer) -> None:
    """Register the command groups."""
    groups: dict[str, tuple[str, dict[str, Callable[..., None]]]] = {
        "staff": ("Who reviews.", {"add": staff_add, "list": staff_list}),
        "sender": ("Who asks.", {"register": sender_register, "list": sender_list}),
        "case": ("Questions and where they stand.", {"list": case_list, "show": case_show, "redraft": case_redraft}),
        "outbox": (
            "Mail of ours.",
            {"list": outbox_list, "show": outbox_show, "resend": outbox_resend, "mark-sent": outbox_mark_sent},
        ),
    }
    for name, (words, commands) in groups.items():
        group = typer.Typer(help=words, no_args_is_help=True)
        for command, function in commands.items():
            group.command(command)(function)
        app.add_typer(group, name=name)


def staff_add(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Option("--name", help="As replies name the reviewer.")],
    credential: Annotated[str, typer.Option("--credential", help="Such as CPC, COC, CCS.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add a reviewer; asks for a password unless --password-stdin."""
    from caseconsultant.services import accounts  # noqa: PLC0415  a fast start for the other commands

    password = sys.stdin.readline().rstrip("\n") if password_stdin else _new_password()
    with app_in_force() as app, app.database.transaction() as session:
        person = accounts.add_staff(
            session, email=email, name=name, credential=credential, password=password, at=app.clock()
        )
        typer.echo(f"{person.email} may sign in at {app.settings.desk}")


def staff_list(as_json: Json = False) -> None:
    """Everybody who may sign in."""
    from caseconsultant.db.models import Staff  # noqa: PLC0415

    _list(Staff, ("id", "email", "name", "credential", "active"), as_json=as_json)


def sender_register(
    address: Annotated[str, typer.Argument(help="The sender's address; a plus-tag makes no difference.")],
    name: Annotated[str | None, typer.Option("--name", help="How replies greet them.")] = None,
    plan: Annotated[str | None, typer.Option("--plan", help="A plan of CASECONSULTANT_PLANS.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not write to them.")] = False,
) -> None:
    """Register a sender; what waited for want of quota is taken up."""
    from caseconsultant.services import accounts, admission, quotas  # noqa: PLC0415

    with app_in_force() as app, app.database.transaction() as session:
        sender = accounts.sender_for(session, accounts.valid_address(address), name=name, at=app.clock())
        sender.name = name or sender.name
        to = None if quiet else address
        admission.register(session, sender, to=to, thread=None, plan=plan, post=app.post)
        room = quotas.allowance(session, sender, at=app.clock(), settings=app.settings)
        typer.echo(f"{sender.address}: {room.left} of {room.questions} questions left ({room.period})")


def sender_list(as_json: Json = False) -> None:
    """Everybody who ever asked or was registered, with what is left of their quota."""
    from sqlalchemy import select  # noqa: PLC0415

    from caseconsultant.db.models import Sender  # noqa: PLC0415
    from caseconsultant.services import quotas  # noqa: PLC0415

    with app_in_force() as app, app.database.reading() as session:
        rows = []
        for sender in session.scalars(select(Sender).order_by(Sender.address)):
            room = quotas.allowance(session, sender, at=app.clock(), settings=app.settings)
            row = row_of(sender, ("id", "address", "name", "plan", "registered_at"))
            rows.append({**row, "left": room.left, "questions": room.questions})
        show(rows, as_json=as_json)


def case_list(
    status: Annotated[str | None, typer.Option("--status", help="Only those in this status.")] = None,
    as_json: Json = False,
) -> None:
    """Cases, newest last."""
    from sqlalchemy import select  # noqa: PLC0415

    from caseconsultant.db.models import Case, CaseStatus  # noqa: PLC0415

    wanted = select(Case).order_by(Case.id)
    if status:
        if status not in list(CaseStatus):
            raise InputError(f"there is no status {status!r}; use one of: {', '.join(CaseStatus)}")
        wanted = wanted.where(Case.status == CaseStatus(status))
    with app_in_force() as app, app.database.reading() as session:
        names = ("id", "number", "status", "held_reason", "reply_to", "created_at", "due_at")
        show((row_of(case, names) for case in session.scalars(wanted)), as_json=as_json)


def case_show(number: CaseNumber, as_json: OneJson = False) -> None:
    """A case with its questions, its newest draft and its history."""
    from caseconsultant.services import audit  # noqa: PLC0415

    with app_in_force() as app, app.database.reading() as session:
        case = _case(session, number)
        draft = case.drafts[-1] if case.drafts else None
        shown = {
            **row_of(
                case, ("id", "number", "status", "held_reason", "reply_to", "subject", "error", "created_at", "due_at")
            ),
            "questions": [question.text for question in case.questions],
            "draft": row_of(draft, ("version", "author", "confidence", "knowledge_release", "text")) if draft else None,
            "history": [row_of(entry, ("at", "actor", "event", "detail")) for entry in audit.history(session, case.id)],
            "history_intact": audit.first_broken(session, case.id) is None,
        }
    show_one(shown, as_json=as_json)


def case_redraft(number: CaseNumber) -> None:
    """Enqueue the drafting of a case again (the sweeper does so by itself)."""
    from caseconsultant.queue import DRAFT_CASE  # noqa: PLC0415

    with app_in_force() as app:
        with app.database.reading() as session:
            case = _case(session, number)
        app.queue.send(DRAFT_CASE, case.id)
        typer.echo(f"{case.number} enqueued")


def outbox_list(
    state: Annotated[str | None, typer.Option("--state", help="Only those in this state.")] = None,
    as_json: Json = False,
) -> None:
    """Mail of ours and where it stands."""
    from sqlalchemy import select  # noqa: PLC0415

    from caseconsultant.db.models import OutboxMessage, OutboxState  # noqa: PLC0415

    wanted = select(OutboxMessage).order_by(OutboxMessage.id)
    if state:
        if state not in list(OutboxState):
            raise InputError(f"there is no state {state!r}; use one of: {', '.join(OutboxState)}")
        wanted = wanted.where(OutboxMessage.state == OutboxState(state))
    with app_in_force() as app, app.database.reading() as session:
        names = ("id", "kind", "state", "rcpt_to", "attempts", "not_before", "sent_at", "last_reply")
        show((row_of(message, names) for message in session.scalars(wanted)), as_json=as_json)


def outbox_show(number: Number) -> None:
    """The message as it goes to the relay."""
    from caseconsultant.db.models import OutboxMessage  # noqa: PLC0415

    with app_in_force() as app, app.database.reading() as session:
        typer.echo(found(session.get(OutboxMessage, number), f"outbox message {number}").raw.decode("utf-8", "replace"))


def outbox_resend(number: Number) -> None:
    """Send a failed or uncertain message again, under the same Message-ID."""
    _resolve(number, resend=True)


def outbox_mark_sent(number: Number) -> None:
    """Settle a failed or uncertain message as arrived."""
    _resolve(number, resend=False)


def _new_password() -> str:
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise InputError("the two passwords differ")
    return password


def _resolve(number: int, *, resend: bool) -> None:
    from caseconsultant.services import dispatching  # noqa: PLC0415

    with app_in_force() as app:
        dispatching.resolve(number, resend=resend, actor=OPERATOR, database=app.database, post=app.post)
    typer.echo(f"outbox message {number} {'queued again' if resend else 'marked as sent'}")


def _case(session: Any, number: str) -> Any:  # noqa: ANN401  db's types are imported only when needed
    from caseconsultant.db.models import Case  # noqa: PLC0415

    digits = number.rpartition("-")[2]
    if not digits.isdecimal():
        raise InputError(f"{number!r} is not a case number; write CC-2026-000123 or 123")
    case = found(session.get(Case, int(digits)) if int(digits) <= _LARGEST_ID else None, f"case {number}")
    if "-" in number and case.number != number.upper():
        raise InputError(f"there is no case {number}; {case.number} is the one of that id")
    return case


def found(row: Any, what: str) -> Any:  # noqa: ANN401
    """The row. Raises InputError where there is none."""
    if row is None:
        raise InputError(f"there is no {what}")
    return row


def _list(model: Any, names: Iterable[str], *, as_json: bool) -> None:  # noqa: ANN401
    from sqlalchemy import select  # noqa: PLC0415

    with app_in_force() as app, app.database.reading() as session:
        show((row_of(row, names) for row in session.scalars(select(model).order_by(model.id))), as_json=as_json)

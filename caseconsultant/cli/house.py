"""Commands that run the house: demo, up, and each of its processes."""

from __future__ import annotations

import signal
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseconsultant.cli.in_force import app_in_force

if TYPE_CHECKING:
    from email.message import EmailMessage

    from celery import Celery

    from caseconsultant.running.demo import Demo, SignIn
    from caseconsultant.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (demo, up, smtp, imap, worker, beat, web, doctor):
        app.command()(command)


def demo(keep: Annotated[bool, typer.Option("--keep", help="Leave everything running until Ctrl-C.")] = False) -> None:
    """The main job once, end to end, on loopback; prints the reply.

    Exit 0 only if the reply arrived.
    """
    from caseconsultant.running.demo import Demo, demo_settings  # noqa: PLC0415  a fast start for the other commands

    _quiet_logs()
    with tempfile.TemporaryDirectory(prefix="caseconsultant-demo-") as folder:
        running = Demo(demo_settings(Path(folder)), say=_say_trouble)
        try:
            sign_in = _show(running)
            if keep:
                _linger(running, sign_in)
        finally:
            running.stop()


def up() -> None:
    """Every process of the Procfile, with an embedded Redis where no broker is configured."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from caseconsultant.running import supervisor  # noqa: PLC0415
    from caseconsultant.running.children import Children  # noqa: PLC0415

    with app_in_force(logging=True) as app:
        app.database  # noqa: B018  migrated before the processes start, so that none waits for another
    settings = app.settings
    console = Console(highlight=False)
    console.print(
        f"[bold]Mail in[/]  {settings.smtp_host}:{settings.smtp_port} for {', '.join(sorted(settings.mailboxes))}"
    )
    for name, mailbox in settings.imap.items():
        console.print(f"[bold]Mailbox[/]  {name}: {mailbox.user} at {mailbox.host}:{mailbox.port_in_force}")
    console.print(f"[bold]Desk[/]     {settings.desk}   (first reviewer: caseconsultant staff add)")
    console.print(f"[bold]State[/]    {settings.state_dir.absolute()}")
    for gap in supervisor.unconfigured(settings):
        console.print(f"[yellow]Not configured:[/] {gap}", soft_wrap=True)
    children = Children(
        settings, lambda name, line: console.print(Text.assemble((f"{name:>6} ", "cyan"), line), soft_wrap=True)
    )
    supervisor.run(supervisor.House(children))


def smtp() -> None:
    """Receive mail by SMTP."""
    from caseconsultant.inbound import smtp as door  # noqa: PLC0415

    with app_in_force(logging=True) as app:
        door.run(app)


def imap() -> None:
    """Read the mailboxes of the settings by IMAP."""
    from caseconsultant.inbound.imap import poller  # noqa: PLC0415

    with app_in_force(logging=True) as app:
        poller.run(app)


def worker() -> None:
    """Work off the queue: open cases, draft, send."""
    settings, celery = _celery()
    # Celery warns root because of pickle; ours accepts JSON only.
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")
    celery.Worker(
        loglevel=settings.log_level.upper(),
        concurrency=settings.worker_processes,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    ).start()


def beat() -> None:
    """Start the sweeper at its times."""
    settings, celery = _celery()
    celery.Beat(loglevel=settings.log_level.upper(), quiet=True).run()


def web() -> None:
    """Serve the review desk."""
    import uvicorn  # noqa: PLC0415

    from caseconsultant.web import make_web  # noqa: PLC0415

    with app_in_force(logging=True) as app:
        app.database  # noqa: B018  migrated before the first request
        host, port = app.settings.desk_host, app.settings.desk_port
        uvicorn.run(make_web(app), host=host, port=port, log_level="warning", access_log=False)


def doctor(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a check.")] = False) -> None:
    """Try relay, mailboxes, broker, database, keys, knowledge and our own domain once. Nothing is sent or changed.

    Exit 1 if anything is in trouble; what is merely not set up is told.
    """
    from caseconsultant.cli.lines import print_object  # noqa: PLC0415
    from caseconsultant.running.doctor import State, examine  # noqa: PLC0415

    troubled = False
    with app_in_force() as app:
        for check in examine(app):
            troubled = troubled or check.state is State.TROUBLE
            if as_json:
                print_object({"check": check.name, "state": check.state.value, "words": check.words})
            else:
                typer.echo(f"{check.state.value:8} {check.name}: {check.words}")
    if troubled:
        raise typer.Exit(1)


def _celery() -> tuple[Settings, Celery]:
    with app_in_force(logging=True) as app:
        app.database  # noqa: B018  migrated, and no other key's
    from caseconsultant.workers.celery import celery  # noqa: PLC0415  reads the settings: they are known to be good

    return app.settings, celery


def _quiet_logs() -> None:
    from caseconsultant.logs import set_up  # noqa: PLC0415

    set_up("error")


def _say_trouble(name: str, line: str) -> None:
    """Children of the demo are quiet unless something is wrong."""
    typer.echo(f"{name}: {line}", err=True)


def _show(running: Demo) -> SignIn:
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False)
    step = _timed(console.print)
    with _progress("Starting the receiver, the broker, a worker, the desk and a sink"):
        sign_in = running.start()
    step("Started the receiver, the broker, a worker, the desk and a sink")
    step(f"Mailed the question: {running.ask()}")
    with _progress("Drafting and reviewing"):
        running.review(sign_in, step)
        reply = running.reply()
    step("The reply was delivered")
    console.print(_as_read(reply), markup=False, soft_wrap=True)
    return sign_in


@contextmanager
def _progress(words: str) -> Iterator[None]:
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), transient=True) as progress:
        progress.add_task(words, total=None)
        yield


def _timed(tell: Callable[[str], None]) -> Callable[[str], None]:
    began = time.monotonic()

    def step(words: str) -> None:
        tell(f"[green]{time.monotonic() - began:6.2f} s[/]  {words}")

    return step


def _as_read(reply: EmailMessage) -> str:
    text = reply.get_body(("plain",))
    heads = "\n".join(f"{name}: {reply[name]}" for name in ("From", "To", "Subject", "Auto-Submitted"))
    return f"\n{heads}\n\n{text.get_content() if text else ''}"


def _linger(running: Demo, sign_in: SignIn) -> None:
    settings = running.settings
    typer.echo(f"\nThe desk:  {sign_in.url}   sign in as {sign_in.email} with {sign_in.password}")
    typer.echo(f"Mail in:   {settings.smtp_host}:{settings.smtp_port} for {settings.address}\nCtrl-C ends it.")
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    running.house.watch(stop)

"""Commands of the knowledge base: kb build, load, fetch, status, verify."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseconsultant.cli.in_force import knowledge_in_force, settings_in_force, today_in_force
from caseconsultant.cli.lines import Answered, print_object
from caseconsultant.domain.errors import OperatorError

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from caseconsultant.kb.fetching.fetch import Place
    from caseconsultant.kb.fetching.pages import Offer
    from caseconsultant.kb.published_writer import Report

Json = Annotated[bool, typer.Option("--json", help="One JSON object, as the contract has it.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    knowledge = typer.Typer(help="The knowledge base: build it, load tables, see what it holds.", no_args_is_help=True)
    for command in (build, load, fetch, status, verify):
        knowledge.command()(command)
    app.add_typer(knowledge, name="kb")


def build() -> None:
    """Compile the authored knowledge (it is also built on first use, and again when its files change)."""
    from caseconsultant.kb.build import build as compile_knowledge  # noqa: PLC0415

    settings = settings_in_force()
    typer.echo(compile_knowledge(settings.knowledge, settings.kb_dir))


def load(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Files as published: zip, txt, csv, xlsx, xml.")
    ] = None,
    packaged: Annotated[
        bool, typer.Option("--packaged", help="Also what the installed code set packages carry (extra: codesets).")
    ] = False,
    table: Annotated[str | None, typer.Option("--table", help="The table, where a file does not tell it.")] = None,
    effective: Annotated[
        datetime | None,
        typer.Option("--effective", formats=["%Y-%m-%d"], help="The edition's first day, where no file tells."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Put an edition in the place of one already loaded.")] = False,
    licensed: Annotated[
        bool,
        typer.Option(
            "--accept-ama-license",
            help="Keep the AMA's and ADA's descriptors: you hold a license for them. Without it they are dropped.",
        ),
    ] = False,
) -> None:
    """Load published tables, several editions side by side; running processes take them up within a second."""
    from caseconsultant.kb.published import load as load_tables  # noqa: PLC0415

    first_day = effective.date() if effective else None
    paths = [*(files or []), *(_packaged() if packaged else [])]
    if not paths:
        raise typer.BadParameter("name files as published, or --packaged")
    with _bars() as bars:
        report = load_tables(
            paths,
            settings_in_force().kb_dir,
            table=table,
            effective=first_day,
            again=again,
            licensed=licensed,
            progress=_Shown(bars),
        )
    _print_report(report)


def fetch(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Such as pfs; without one, all that can be.")
    ] = None,
    accept: Annotated[
        bool,
        typer.Option("--accept-licenses", help="You accept the licenses shown, such as the AMA's for CPT numbers."),
    ] = False,
    only_download: Annotated[bool, typer.Option("--only-download", help="Do not load what was downloaded.")] = False,
) -> None:
    """Download the current editions from the publishers' pages, and load them; a cut download goes on where it was."""
    from caseconsultant.kb.fetching.fetch import fetch as bring  # noqa: PLC0415
    from caseconsultant.kb.fetching.fetch import places  # noqa: PLC0415

    folder = settings_in_force().kb_dir / "downloads"
    with knowledge_in_force() as store:
        asked = places(store, sources or ())
    with _bars() as bars:
        paths = bring(asked, folder, accepted=_Licences(accept).accepts, told=_Downloading(bars).told)
    for path in paths:
        typer.echo(f"here     {path}")
    if paths and not only_download:
        load(paths)


def status(as_json: Json = False) -> None:
    """Each source: editions, dates covered, rows; then what is missing or past its end, and what that costs."""
    from caseconsultant.kb.published_layout import published_defect  # noqa: PLC0415
    from caseconsultant.kb.status import status as status_object  # noqa: PLC0415

    with knowledge_in_force() as store:
        found: Answered = status_object(store, on=today_in_force())
    if defect := published_defect(settings_in_force().kb_dir):
        typer.echo(defect, err=True)
    if as_json:
        print_object(found)
        return
    typer.echo(f"release {found['release']}")
    for source in found["sources"]:
        typer.echo(_source_line(source))
    for line in _gaps(found):
        typer.echo(line)


def _gaps(found: Answered) -> Iterator[str]:
    """What is missing, and what that costs; what is past its last edition's end, and what then happens."""
    if found["missing"]:
        yield "\nnot loaded"
    for gap in found["missing"]:
        yield f"  {gap['id']:<28} {gap['without']}"
    if found["past"]:
        yield "\npast its last edition's end: that edition answers, says so, and confidence is at most medium"
    for gap in found["past"]:
        yield f"  {gap['id']:<28} ended {gap['ended']}"


def verify() -> None:
    """Hold every authored pair, unit limit and add-on code against the loaded tables; exit 1 where they disagree."""
    from caseconsultant.kb.verify import verify as compare  # noqa: PLC0415

    with knowledge_in_force() as store:
        found = compare(store)
    for each in found.disagreements:
        typer.echo(each)
    wrong = len(found.disagreements)
    typer.echo(f"{found.checked} facts compared, {found.unchecked} of no loaded table, {wrong or 'no'} disagreements")
    if wrong:
        raise typer.Exit(1)


def _packaged() -> list[Path]:
    from caseconsultant.kb.packaged import REMEDY, missing_packages, packaged_files  # noqa: PLC0415

    if missing := missing_packages():
        typer.echo(f"not installed: {', '.join(missing)}; {REMEDY}", err=True)
    return packaged_files()


class _Licences:
    """Shows each licence once, and asks on a terminal where it was not accepted beforehand."""

    def __init__(self, accept: bool) -> None:  # the option as given
        self._accept = accept
        self._answers: dict[str, bool] = {}

    def accepts(self, place: Place, offer: Offer) -> bool:
        """Whether the licence of the place is accepted; raises OperatorError where nobody can be asked."""
        if place.licence not in self._answers:
            typer.echo(f"{offer.name}: {place.licence}", err=True)
            self._answers[place.licence] = self._accept or self._asked(offer)
        return self._answers[place.licence]

    def _asked(self, offer: Offer) -> bool:
        if not sys.stdin.isatty():
            raise OperatorError(f"{offer.name}: its license is to be accepted; run it again with --accept-licenses")
        return typer.confirm("Do you accept this license?")


class _Downloading:
    """The progress of downloads on a terminal."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def told(self, name: str, here: int, total: int | None) -> None:
        """A bar of its own for each file."""
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total)
        self._bars.update(self._tasks[name], completed=here)


class _Shown:
    """The progress of a load on a terminal."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def begins(self, name: str, size: int) -> None:
        """A bar of its own for each file."""
        self._task = self._bars.add_task(name, total=size)

    def read(self, size: int) -> None:
        """The bar of the file under way."""
        if self._task is not None:
            self._bars.advance(self._task, size)


def _bars() -> Bars:
    from rich.console import Console  # noqa: PLC0415  # a fast start for the other commands
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())


def _print_report(report: Report) -> None:
    for one in report.loaded:
        days = f"{one.effective_from} to {one.effective_to}"
        typer.echo(f"loaded   {one.source}, {one.name}, {days}: {one.rows:,} rows")
    for name in report.already:
        typer.echo(f"already  {name}")
    for name in report.ignored:
        typer.echo(f"left out {name}: no table we know")


def _source_line(source: Answered) -> str:
    """Loaded editions where there are any: they answer before what is authored."""
    loaded = source["loaded"]
    editions = loaded or source["editions"]
    start = editions[0].get("covers_from") or editions[0]["from"] if editions else None
    covers = f"{start} to {editions[-1]['to'] or 'open'}" if editions else "no edition"
    rows = f"{sum(edition['rows'] for edition in loaded):,} loaded" if loaded else source["rows"] or ""
    return f"{source['id']:<30} {covers:<24} {rows:>16}  {source['title']}"

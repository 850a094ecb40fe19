"""Commands that ask the expert: ask, read, lookup, check, kb. Their JSON is the contract that scripts read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.errors import CaseConsultantError, InputError

if TYPE_CHECKING:
    from caseconsultant.domain.answer import Consultation
    from caseconsultant.kb.store import Store

Json = Annotated[bool, typer.Option("--json", help="One JSON object, as the contract has it.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line on standard input, one a line out.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Date of service, YYYY-MM-DD; default today.")
]
PayerOption = Annotated[Payer | None, typer.Option("--payer", help="Whose rules apply.")]
SettingOption = Annotated[Setting | None, typer.Option("--setting", help="Where the service was given, and who bills.")]
Answered = dict[str, Any]

Option = TypeVar("Option", Payer, Setting)
Given = TypeVar("Given")

_SOME_FAILED = 3


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (ask, read, lookup, check):
        app.command()(command)
    knowledge = typer.Typer(help="The knowledge base: build it, see what it holds.", no_args_is_help=True)
    knowledge.command("build")(build)
    knowledge.command("status")(status)
    app.add_typer(knowledge, name="kb")


def ask(
    text: Annotated[str | None, typer.Argument(help="The question, in a coder's own words.")] = None,
    as_of: AsOf = None,
    payer: PayerOption = None,
    setting: SettingOption = None,
    as_json: Json = False,
    jsonl: JsonLines = False,
) -> None:
    """Answer a coding question."""
    with _store() as store:
        if jsonl:
            _serve_lines(lambda line: _ask_line(line, store))
        consultation = _consult(_required(text, "the question"), store, as_of=as_of, payer=payer, setting=setting)
        if as_json:
            from caseconsultant.consulting.contract import consultation_object  # noqa: PLC0415

            _print(consultation_object(consultation, id=None))
        else:
            _print_answer(consultation, store)


def read(
    file: Annotated[Path | None, typer.Argument(help="A mail as a file; - for standard input.")] = None,
    as_json: Json = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A path a line on standard input.")] = False,
) -> None:
    """Read a mail: what it says, apart from quotes and signature, and what it is. Nothing is stored."""
    if jsonl:
        _serve(_lines(), _read_path, key="path")
    answered = _read_path(str(_required(file, "the file")))
    if as_json:
        _print(answered)
        return
    for name in ("from", "subject", "date", "disposition", "automated", "defects"):
        typer.echo(f"{name:<12} {answered[name]}")
    typer.echo(f"\n{answered['text']}")


def lookup(
    code: Annotated[str, typer.Argument(help="A code, such as 96370.")], as_of: AsOf = None, as_json: Json = False
) -> None:
    """Everything the knowledge base holds on a code, on a date."""
    from caseconsultant.kb.lookup import lookup_object  # noqa: PLC0415

    with _store() as store:
        found = lookup_object(code, store=store, on=_date(as_of))
    if as_json:
        _print(found)
        return
    for name, value in found.items():
        if value not in (None, [], {}):
            shown = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            typer.echo(f"{name:<20} {shown}")


def check(
    lines: Annotated[
        list[str] | None, typer.Argument(metavar="LINE...", help="Claim lines such as 96370x3-59.")
    ] = None,
    dx: Annotated[list[str] | None, typer.Option("--dx", help="A diagnosis; may be repeated.")] = None,
    as_of: AsOf = None,
    setting: SettingOption = None,
    payer: PayerOption = None,
    as_json: Json = False,
    jsonl: JsonLines = False,
) -> None:
    """Check claim lines against each other: edits, units, add-ons, modifiers."""
    with _store() as store:
        if jsonl:
            _serve_lines(lambda line: _check_line(line, store))
        answered = _check(
            _required(lines, "the claim lines"), store, dx=dx or [], as_of=as_of, setting=setting, payer=payer
        )
    if as_json:
        _print(answered)
        return
    typer.echo(f"{answered['verdict']}")
    for finding in _all_findings(answered):
        typer.echo(f"- {finding['statement']}")


def build() -> None:
    """Compile the authored knowledge (it is also built on first use, and again when its files change)."""
    from caseconsultant.kb.build import build as compile_knowledge  # noqa: PLC0415
    from caseconsultant.settings import load  # noqa: PLC0415

    settings = load()
    typer.echo(compile_knowledge(settings.knowledge, settings.kb_dir))


def status(as_json: Json = False) -> None:
    """Each source: editions, dates covered, rows."""
    from caseconsultant.kb.status import status as status_object  # noqa: PLC0415

    with _store() as store:
        found = status_object(store)
    if as_json:
        _print(found)
        return
    for source in found["sources"]:
        until = source["to"] or "open"
        typer.echo(
            f"{source['source']:<26} {source['from']} to {until:<10}  {source['rows']:>5} rows  {source['title']}"
        )


@contextmanager
def _store() -> Iterator[Store]:
    from caseconsultant.kb.build import ensure  # noqa: PLC0415  a fast start for the other commands
    from caseconsultant.kb.store import open_store  # noqa: PLC0415
    from caseconsultant.settings import load  # noqa: PLC0415

    settings = load()
    store = open_store(ensure(settings.knowledge, settings.kb_dir))
    try:
        yield store
    finally:
        store.close()


def _consult(
    text: str, store: Store, *, as_of: str | None, payer: Payer | None, setting: Setting | None
) -> Consultation:
    from caseconsultant.consulting.consultant import consult  # noqa: PLC0415

    return consult(text, knowledge=store, as_of=_date(as_of), payer=payer, setting=setting)


def _ask_line(line: Answered, store: Store) -> Answered:
    from caseconsultant.consulting.contract import consultation_object  # noqa: PLC0415

    consultation = _consult(
        _text(line, "question"),
        store,
        as_of=line.get("as_of"),
        payer=_choice(Payer, line.get("payer"), "payer"),
        setting=_choice(Setting, line.get("setting"), "setting"),
    )
    return consultation_object(consultation, id=line.get("id"))


def _check(
    lines: list[str], store: Store, *, dx: list[str], as_of: str | None, setting: Setting | None, payer: Payer | None
) -> Answered:
    from caseconsultant.consulting.claim_check import check as check_claim  # noqa: PLC0415
    from caseconsultant.consulting.claim_check import claim_check_object  # noqa: PLC0415

    found = check_claim(lines, diagnoses=dx, as_of=_date(as_of), setting=setting, payer=payer, knowledge=store)
    return claim_check_object(found, id=None)


def _check_line(line: Answered, store: Store) -> Answered:
    lines = line.get("lines")
    if not isinstance(lines, list) or not all(isinstance(item, str) for item in lines):
        raise InputError('"lines" must be a list of claim lines such as "96370x3-59"')
    answered = _check(
        lines,
        store,
        dx=line.get("dx") or [],
        as_of=line.get("as_of"),
        setting=_choice(Setting, line.get("setting"), "setting"),
        payer=_choice(Payer, line.get("payer"), "payer"),
    )
    return {**answered, "id": line.get("id")}


def _read_path(path: str) -> Answered:
    from caseconsultant.parsing import parse  # noqa: PLC0415
    from caseconsultant.parsing.contract import parsed_object  # noqa: PLC0415

    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    return parsed_object(parse(raw), path=path)


def _serve_lines(answer: Callable[[Answered], Answered]) -> None:
    """JSON objects in, JSON objects out; `id` is handed through, whatever else is wrong with the line."""
    _serve(_lines(), lambda line: answer(_object(line)), key="id")


def _serve(lines: Iterable[str], answer: Callable[[str], Answered], *, key: str) -> None:
    """Answer every line in order; a line that cannot be served gives an error, and the rest goes on."""
    failed = False
    for line in lines:
        try:
            answered = answer(line)
        except Exception as error:  # noqa: BLE001  one bad line must not cost the others
            failed = True
            answered = {key: _name_of(line, key), "error": _words(error)}
        _print(answered)
    raise typer.Exit(_SOME_FAILED if failed else 0)


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()


def _object(line: str) -> Answered:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InputError("a line must be a JSON object")
    return value


def _name_of(line: str, key: str) -> object:
    if key == "path":
        return line
    try:
        return _object(line).get(key)
    except InputError:
        return None


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, CaseConsultantError) else f"{type(error).__name__}: {error}"


def _text(line: Answered, name: str) -> str:
    value = line.get(name)
    if not isinstance(value, str):
        raise InputError(f'"{name}" is missing or not a string')
    return value


def _choice(options: type[Option], value: object, name: str) -> Option | None:
    if value is None:
        return None
    try:
        return options(str(value))
    except ValueError:
        raise InputError(f'"{name}" must be one of: {", ".join(options)}') from None


def _date(value: object) -> date:
    """The date of service asked for; today in our time zone where none is given."""
    if value is None:
        from caseconsultant.clock import utc_now  # noqa: PLC0415
        from caseconsultant.settings import load  # noqa: PLC0415

        return utc_now().astimezone(load().zone).date()
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise InputError(f"{value!r} is not a date; write it as YYYY-MM-DD") from None


def _required(value: Given | None, what: str) -> Given:
    if not value:
        raise InputError(f"{what} is missing; see --help")
    return value


def _print(answered: Answered) -> None:
    print(json.dumps(answered, ensure_ascii=False), flush=True)


def _all_findings(answered: Answered) -> Iterator[Answered]:
    for line in answered["lines"]:
        yield from line["findings"]
    yield from answered["findings"]


def _print_answer(consultation: Consultation, store: Store) -> None:
    from caseconsultant.drafting import compose  # noqa: PLC0415

    typer.echo(compose.answer(consultation, sources=store.source, greeting_name=None).text)

"""Commands that ask the expert: ask, read, lookup, check. Their JSON is the contract that scripts read."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from caseconsultant.cli.in_force import knowledge_in_force, settings_in_force, today_in_force
from caseconsultant.cli.lines import Answered, print_object, serve_objects, serve_paths
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.errors import InputError

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
Option = TypeVar("Option", Payer, Setting)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (ask, read, lookup, check):
        app.command()(command)


def ask(
    text: Annotated[str | None, typer.Argument(help="The question, in a coder's own words.")] = None,
    as_of: AsOf = None,
    payer: PayerOption = None,
    setting: SettingOption = None,
    as_json: Json = False,
    jsonl: JsonLines = False,
) -> None:
    """Answer a coding question. With --jsonl each line is `{"id", "question", "as_of"?, "payer"?, "setting"?}`."""
    _one_or_lines(text, jsonl=jsonl, what="a question in quotes")
    with knowledge_in_force() as store:
        if jsonl:
            serve_objects(lambda line: _ask_line(line, store))
        consultation = _consult(str(text), store, as_of=as_of, payer=payer, setting=setting)
        if as_json:
            from caseconsultant.consulting.contract import consultation_object  # noqa: PLC0415

            print_object(consultation_object(consultation, id=None))
        else:
            _print_answer(consultation, store)


def read(
    file: Annotated[Path | None, typer.Argument(help="A mail as a file; - for standard input.")] = None,
    as_json: Json = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="A path a line on standard input.")] = False,
) -> None:
    """Read a mail: what it says, apart from quotes and signature, and what it is. Nothing is stored."""
    _one_or_lines(file, jsonl=jsonl, what="a file")
    if jsonl:
        serve_paths(lambda path: _read(_bytes_of(path), path))
    answered = _read(sys.stdin.buffer.read() if str(file) == "-" else _bytes_of(str(file)), str(file))
    if as_json:
        print_object(answered)
        return
    for name in ("from", "subject", "date", "disposition", "automated"):
        typer.echo(f"{name:<12} {answered[name] or ''}".rstrip())
    for defect in answered["defects"]:
        typer.echo(f"{'defect':<12} {defect}")
    typer.echo(f"\n{answered['text']}")


def lookup(
    code: Annotated[str, typer.Argument(help="A code, such as 96370.")], as_of: AsOf = None, as_json: Json = False
) -> None:
    """Everything the knowledge base holds on a code, on a date."""
    from caseconsultant.kb.lookup import AMA_NOTICE, lookup_object  # noqa: PLC0415

    with knowledge_in_force() as store:
        shown = settings_in_force().show_ama_descriptors
        found = lookup_object(code, store=store, on=_date(as_of), descriptors=shown)
    if as_json:
        print_object(found)
        return
    for name, value in found.items():
        if value not in (None, [], {}):
            told = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            typer.echo(f"{name:<20} {told}")
    if "American Medical Association" in str(found["description_source"]):
        typer.echo(AMA_NOTICE)


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
    """Check claim lines against each other: edits, units, add-ons, modifiers.

    With --jsonl each line is `{"id", "lines": ["96370x3-59"], "dx"?, "as_of"?, "setting"?, "payer"?}`.
    """
    _one_or_lines(lines, jsonl=jsonl, what="claim lines such as 96370x3-59")
    with knowledge_in_force() as store:
        if jsonl:
            serve_objects(lambda line: _check_line(line, store))
        answered = _check(lines or [], store, dx=dx or [], as_of=as_of, setting=setting, payer=payer)
    if as_json:
        print_object(answered)
        return
    typer.echo(answered["verdict"].replace("_", " "))
    for words in _told(answered):
        typer.echo(f"- {words}")


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
    answered = _check(
        _strings(line, "lines", 'claim lines such as "96370x3-59"'),
        store,
        dx=_strings(line, "dx", "diagnoses") if line.get("dx") is not None else [],
        as_of=line.get("as_of"),
        setting=_choice(Setting, line.get("setting"), "setting"),
        payer=_choice(Payer, line.get("payer"), "payer"),
    )
    return {**answered, "id": line.get("id")}


def _strings(line: Answered, name: str, what: str) -> list[str]:
    value = line.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError(f'"{name}" must be a list of {what}')
    return value


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _read(raw: bytes, path: str) -> Answered:
    from caseconsultant.parsing import parse  # noqa: PLC0415
    from caseconsultant.parsing.contract import parsed_object  # noqa: PLC0415

    return parsed_object(parse(raw), path=path)


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
        return today_in_force()
    try:
        # Python reads more forms of ISO 8601 than people write, weeks among them.
        return date.fromisoformat(value if isinstance(value, str) and _DAY.fullmatch(value) else "")
    except ValueError:
        raise InputError(f"{value!r} is not a date; write it as YYYY-MM-DD") from None


def _one_or_lines(given: object, *, jsonl: bool, what: str) -> None:
    """Wrong use: neither words nor lines to serve, or both."""
    if jsonl and given:
        raise InputError(f"give {what}, or --jsonl with lines on standard input, not both")
    if not jsonl and not given:
        raise InputError(f"give {what}, or --jsonl with lines on standard input; see --help")


def _told(answered: Answered) -> Iterator[str]:
    """A claim check in words: lines that are not valid, pairs, findings."""
    for line in answered["lines"]:
        if line["why"]:
            yield line["why"]
    for pair in answered["pairs"]:
        verdict = pair["verdict"].replace("_", " ")
        yield (
            f"{pair['column_one']}/{pair['column_two']}: NCCI pair, column two {pair['column_two']}, "
            f"modifier indicator {pair['modifier_indicator']}: {verdict} ({pair['edition']})"
        )
    for finding in _all_findings(answered):
        yield finding["statement"]


def _all_findings(answered: Answered) -> Iterator[Answered]:
    for line in answered["lines"]:
        yield from line["findings"]
    yield from answered["findings"]


def _print_answer(consultation: Consultation, store: Store) -> None:
    from caseconsultant.drafting import compose  # noqa: PLC0415

    typer.echo(compose.answer(consultation, sources=store.source, greeting_name=None).text)

"""Records as the operator reads them: a list, or one with all its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import typer

from caseconsultant.cli.lines import print_object

Row = dict[str, Any]

_NOTHING: tuple[object, ...] = (None, "", [], {})


def row_of(record: object, names: Iterable[str]) -> Row:
    """The named fields of a record, instants in words."""
    return {name: _plain(getattr(record, name)) for name in names}


def _plain(value: object) -> object:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def show(rows: Iterable[Row], *, as_json: bool) -> None:
    """A record a line."""
    for row in rows:
        if as_json:
            print_object(row)
        else:
            typer.echo("  ".join(f"{name}={value}" for name, value in row.items() if value not in _NOTHING))


def show_one(row: Row, *, as_json: bool) -> None:
    """A field a line, texts as they stand."""
    if as_json:
        print_object(row)
        return
    for line in _told(row):
        typer.echo(line)


def _told(row: Row, margin: str = "") -> Iterator[str]:
    for name, value in row.items():
        if isinstance(value, dict) and value:
            yield f"{margin}{name}"
            yield from _told(value, f"{margin}  ")
        elif isinstance(value, list) and value:
            yield f"{margin}{name}"
            for item in value:
                yield from _item(item, f"{margin}  ")
        elif value not in _NOTHING:
            yield from _item(f"{name:<18} {value}" if "\n" not in str(value) else f"{name}\n{value}", margin)


def _item(item: object, margin: str) -> Iterator[str]:
    words = (
        "  ".join(_words(part) for part in item.values() if part not in _NOTHING) if isinstance(item, dict) else item
    )
    return (f"{margin}{line}".rstrip() for line in str(words).splitlines())


def _words(value: object) -> str:
    return " ".join(f"{name}={part}" for name, part in value.items()) if isinstance(value, dict) else str(value)

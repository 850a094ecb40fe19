"""JSON in, JSON out: the contract's objects, one a line, in UTF-8 whatever the terminal is set to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import typer

from caseconsultant.domain.errors import CaseConsultantError, InputError

Answered = dict[str, Any]

_SOME_FAILED = 3
_LONGEST_WORDS = 500
_BOM = b"\xef\xbb\xbf"


def print_object(answered: Answered) -> None:
    """One object, one line. Half a surrogate pair, which UTF-8 cannot hold, stays the escape that JSON has for it."""
    line = json.dumps(answered, ensure_ascii=False).encode("utf-8", "backslashreplace")
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def serve_objects(answer: Callable[[Answered], Answered]) -> None:
    """JSON objects in, JSON objects out; `id` is handed through, whatever else is wrong with the line."""
    failed = False
    for line in _lines():
        given: Answered = {}
        try:
            given = _object(line)
            answered = answer(given)
        except Exception as error:  # noqa: BLE001  one bad line must not cost the others
            failed = True
            answered = {"id": given.get("id"), "error": _words(error)}
        print_object(answered)
    raise typer.Exit(_SOME_FAILED if failed else 0)


def serve_paths(answer: Callable[[str], Answered]) -> None:
    """A path a line in, an object a line out."""
    failed = False
    for line in _lines():
        path = line.decode("utf-8", "surrogateescape")
        try:
            answered = answer(path)
        except Exception as error:  # noqa: BLE001  one bad file must not cost the others
            failed = True
            answered = {"path": path, "error": _words(error)}
        print_object(answered)
    raise typer.Exit(_SOME_FAILED if failed else 0)


def _lines() -> Iterator[bytes]:
    """The lines of standard input as bytes: one that is not UTF-8 must not cost the others."""
    for number, line in enumerate(sys.stdin.buffer):
        bare = (line.removeprefix(_BOM) if number == 0 else line).rstrip(b"\r\n")
        if bare.strip():
            yield bare


def _object(line: bytes) -> Answered:
    try:
        value = json.loads(line.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InputError("a line must be a JSON object")
    return value


def _refuse_constant(name: str) -> None:
    raise InputError(f"not JSON: {name} is no value of it")


def _words(error: Exception) -> str:
    words = str(error) if isinstance(error, CaseConsultantError) else f"{type(error).__name__}: {error}"
    return " ".join(words.split())[:_LONGEST_WORDS]

"""The command line in this very process: its exit code, and what it wrote."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest

from caseconsultant.cli import main


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """The JSON objects of the output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> Any:
        """The one JSON object of the output."""
        (found,) = self.objects
        return found


def run(*words: str, stdin: bytes = b"", encoding: str = "utf-8") -> Ran:
    """Run the command as from a shell whose streams have the encoding."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2))
    with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
        patched.setattr("sys.argv", ["caseconsultant", *words])
        patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding=encoding))
        patched.setattr("caseconsultant.logs.set_up", lambda _level: None)  # logging belongs to the whole process
        with pytest.raises(SystemExit) as ended:
            main()
    for stream in (out, err):
        stream.flush()
    code = ended.value.code
    return Ran(
        code if isinstance(code, int) else int(code is not None), *(s.buffer.getvalue().decode() for s in (out, err))
    )

"""Loads published tables into one read-only file named by its content, and swaps a pointer to it.

The file in use is copied, the new editions are added to the copy, and the copy takes its place in one step: an error,
or a process that is killed, leaves the base as it was.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Protocol

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.files import locked, prune, put_in_place, replace, written_apart
from caseconsultant.kb.published_layout import POINTER, create, published_at
from caseconsultant.kb.published_writer import Report, Said, Writer

KEPT = 2
"""The present file, and the one that an answer under way may still have to open."""
_LEFT_BEHIND = ".published-*.part"


class Progress(Protocol):
    """Told how far a load is."""

    def begins(self, name: str, size: int) -> None:
        """A file with so many bytes to read, unpacked."""

    def read(self, size: int) -> None:
        """So many bytes more were read."""


class Unseen:
    """A progress that nobody watches."""

    def begins(self, name: str, size: int) -> None:
        """Nothing."""

    def read(self, size: int) -> None:
        """Nothing."""


def load(
    files: Sequence[Path],
    kb_dir: Path,
    *,
    table: str | None = None,
    effective: date | None = None,
    again: bool = False,
    licensed: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Adds the files' editions to the published tables; loading the same twice changes nothing.

    `table` and `effective` say what a file cannot; `again` puts an edition in the place of one already there;
    `licensed` keeps descriptors that need the AMA's licence. Raises
    KnowledgeError naming file, line and what to do; the tables in use then stay.
    """
    try:
        kb_dir.mkdir(parents=True, exist_ok=True)
        with locked(kb_dir / "published.lock"):
            for part in kb_dir.glob(_LEFT_BEHIND):
                part.unlink(missing_ok=True)
            report = Report(path=published_at(kb_dir))
            _load(files, kb_dir, report, Said(table, effective, again=again, licensed=licensed), progress or Unseen())
            return report
    except (OSError, sqlite3.Error) as error:
        raise KnowledgeError(f"{kb_dir}: cannot load here: {error}; make room or the folder writable") from error


def _load(files: Sequence[Path], kb_dir: Path, report: Report, said: Said, progress: Progress) -> None:
    with written_apart(kb_dir, "published") as part:
        if report.path:
            shutil.copyfile(report.path, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            create(connection, fresh=report.path is None)
            writer = Writer(connection, report, said)
            for file in files:
                writer.take(file, begins=progress.begins, read=progress.read)
            content = writer.finish() if report.loaded else None
        if content is None:
            return
        report.path = kb_dir / f"published-{content}.sqlite"
        put_in_place(part, report.path)
    replace(kb_dir / POINTER, json.dumps({"file": report.path.name}).encode())
    prune(kb_dir, "published-*.sqlite", keep=report.path, others=KEPT - 1)

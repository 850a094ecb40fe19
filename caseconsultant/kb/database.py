"""A compiled file, opened read-only: one connection a process, guarded by a lock, opened again after a fork."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from pathlib import Path
from typing import Protocol

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.layout import LAYOUT

_MAPPED = 1 << 30
Row = tuple[str | int | None, ...]


class Rows(Protocol):
    """Where look-ups get their rows from. `content` is the hash of what the file says."""

    content: str

    def rows(self, sql: str, *values: str | int | None) -> list[Row]:
        """Every row of the query."""

    def close(self) -> None:
        """Lets go of it."""


class Database:
    """Rows by SQL, safe for threads. `content` is the hash of what the file says."""

    def __init__(self, path: Path, *, layout: int = LAYOUT, remedy: str = "run `kb build`") -> None:
        """Raises KnowledgeError where the file is missing, damaged or of another layout, with the remedy."""
        self.path = path
        self._remedy = remedy
        self._lock = threading.Lock()
        self._open()
        try:
            found = {str(key): value for key, value in self.rows("SELECT key, value FROM meta")}
        except sqlite3.DatabaseError as error:
            raise KnowledgeError(f"{path}: not a compiled knowledge file ({error}); {remedy}") from error
        if found.get("layout") != str(layout):
            raise KnowledgeError(f"{path}: built by another version (layout {found.get('layout')}); {remedy}")
        self.content = str(found["content"])

    def rows(self, sql: str, *values: str | int | None) -> list[Row]:
        """Every row of the query."""
        if os.getpid() != self._process:
            # sqlite.org/howtocorrupt 2.6: a connection is never carried across a fork.
            self._lock = threading.Lock()
            self._open()
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Lets go of the file."""
        self._closing()

    def _open(self) -> None:
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            # Pages are read where the system keeps them, once for all processes.
            self._connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        except sqlite3.OperationalError as error:
            raise KnowledgeError(f"{self.path}: cannot be opened ({error}); {self._remedy}") from error
        self._process = os.getpid()
        self._closing = weakref.finalize(self, self._connection.close)

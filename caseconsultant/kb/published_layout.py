"""The published file's tables, and where it is."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

PUBLISHED_LAYOUT = 3
"""Raised by one whenever a table changes; a file of an older layout is loaded again."""
POINTER = "published.json"
_TABLES = (
    "meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "source (id TEXT PRIMARY KEY, publisher TEXT, title TEXT, licence TEXT, url TEXT) WITHOUT ROWID",
    # Days as ISO text; `covers_from` is the first day that the rows speak of.
    (
        "edition (number INTEGER PRIMARY KEY, tbl TEXT, source TEXT, name TEXT, effective_from TEXT, "
        "effective_to TEXT, covers_from TEXT, rows INTEGER)"
    ),
    # One for each member read; `low` and `high` are the keys that it spans, where a table comes in parts.
    (
        "part (edition INTEGER, digest TEXT, low INTEGER, high INTEGER, file TEXT, PRIMARY KEY (edition, digest)) "
        "WITHOUT ROWID"
    ),
    "file (digest TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID",
)


def create(connection: sqlite3.Connection, *, fresh: bool) -> None:
    """Prepare a file that nobody reads yet: fast, in bounded memory, and thrown away if anything fails."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("BEGIN")
    if fresh:
        for table in _TABLES:
            connection.execute(f"CREATE TABLE {table}")
        connection.execute("INSERT INTO meta VALUES ('layout', ?)", (str(PUBLISHED_LAYOUT),))


def published_at(kb_dir: Path) -> Path | None:
    """The file the pointer names, None where nothing was loaded or it is of another layout."""
    try:
        path = kb_dir / str(json.loads((kb_dir / POINTER).read_text(encoding="utf-8"))["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return path if path.is_file() and _layout(path) == str(PUBLISHED_LAYOUT) else None


def published_defect(kb_dir: Path) -> str | None:
    """What to do where tables were loaded and cannot be used, such as by another version; None where all is well."""
    if published_at(kb_dir) or not (kb_dir / POINTER).exists():
        return None
    return (
        f"{kb_dir / POINTER}: the published tables cannot be read by this version; run `kb load` with their files again"
    )


def published_mark(kb_dir: Path) -> str:
    """A cheap mark of the pointer, another one after each load."""
    try:
        stat = (kb_dir / POINTER).stat()
    except OSError:
        return ""
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"


def _layout(path: Path) -> str | None:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return str(connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()[0])
        finally:
            connection.close()
    except (sqlite3.Error, TypeError):
        return None

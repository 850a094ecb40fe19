"""Compiles `knowledge/` into one SQLite file named by the hash of its content, and swaps a pointer to it.

A file is written apart, synced and renamed, so a reader never meets half of one, and a running answer keeps the file it
opened. Building again what has not changed gives the same name.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb import asking, search_index
from caseconsultant.kb.authored import read_authored
from caseconsultant.kb.files import locked, prune, put_in_place, replace, written_apart
from caseconsultant.kb.fingerprint import POINTER, fingerprint, pointed_at
from caseconsultant.kb.layout import LAYOUT, TABLES
from caseconsultant.kb.rows import Rows, compile_rows

KEPT = 3
"""Compiled files that stay: the present one, and those that an answer under way may still have to open."""
_ATTEMPTS = 5


def ensure(knowledge_dir: Path, kb_dir: Path) -> Path:
    """The compiled file of the folder as it stands now; builds it only if a file's name, size or time changed.

    Raises KnowledgeError as `build` does.
    """
    mark = fingerprint(knowledge_dir)
    return pointed_at(kb_dir, mark) or _build_once(knowledge_dir, kb_dir, unless=mark)


def build(knowledge_dir: Path, kb_dir: Path) -> Path:
    """Compiles the folder, whatever the pointer says, and returns the file the pointer now names.

    Raises KnowledgeError naming file, line and what to do; the pointer and the file before it then stay.
    """
    return _build_once(knowledge_dir, kb_dir, unless=None)


def content_hash(rows: Rows) -> str:
    """The hash of what the file says: the same for the same facts, whatever the comments and the order of files."""
    text = json.dumps([LAYOUT, rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _build_once(knowledge_dir: Path, kb_dir: Path, *, unless: str | None) -> Path:
    try:
        kb_dir.mkdir(parents=True, exist_ok=True)
        with locked(kb_dir / "authored.lock"):
            already = pointed_at(kb_dir, unless) if unless else None
            return already or _compile(knowledge_dir, kb_dir)
    except OSError as error:
        raise KnowledgeError(f"{kb_dir}: cannot build here: {error}; make the folder writable") from error


def _compile(knowledge_dir: Path, kb_dir: Path) -> Path:
    for _ in range(_ATTEMPTS):
        mark = fingerprint(knowledge_dir)
        rows = compile_rows(read_authored(knowledge_dir))
        if fingerprint(knowledge_dir) == mark:
            break
    else:
        raise KnowledgeError(f"{knowledge_dir}: files change while they are read; build again when they rest")
    path = kb_dir / f"authored-{content_hash(rows)}.sqlite"
    if not path.is_file():
        _write(rows, path)
    replace(kb_dir / POINTER, json.dumps({"file": path.name, "fingerprint": mark}).encode())
    prune(kb_dir, "authored-*.sqlite", keep=path, others=KEPT - 1)
    return path


def _write(rows: Rows, path: Path) -> None:
    with written_apart(path.parent, "authored") as part:
        with closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _fill(connection, rows, path.stem.removeprefix("authored-"))
        put_in_place(part, path)


def _entries(rows: Rows) -> Iterator[search_index.Entry]:
    """The codes with our own words and synonyms; the newest record of each."""
    newest = {str(code): str(body) for code, _, _, body in sorted(rows["code"], key=lambda row: str(row[1]))}
    for code, text in sorted(newest.items()):
        body = json.loads(text)
        yield search_index.Entry(body["system"], code, True, body["description"], tuple(body["synonyms"]))  # noqa: FBT003


def _fill(connection: sqlite3.Connection, rows: Rows, content: str) -> None:
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("content", content), ("layout", str(LAYOUT))])
    for table, columns in TABLES.items():
        connection.execute(f"CREATE TABLE {table} ({columns}) WITHOUT ROWID")
        if rows[table]:
            marks = ", ".join("?" * len(rows[table][0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])  # noqa: S608  # our own names
    search_index.write(connection, _entries(rows))
    asking.write(connection, [{"id": row[0], **json.loads(str(row[3]))} for row in rows["article"]])
    connection.execute("COMMIT")

"""The words of a compiled file, for the search: one full-text row a code, in stems, and every word as it is spelled."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from caseconsultant.kb.words import stem_text, words_of

CREATE = (
    "CREATE TABLE found (place INTEGER PRIMARY KEY, system TEXT, code TEXT, billable INTEGER, description TEXT)",
    "CREATE VIRTUAL TABLE words USING fts5(description, terms, tokenize = 'unicode61', detail = 'full')",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row')",
    "CREATE TABLE spelled (word TEXT PRIMARY KEY, codes INTEGER) WITHOUT ROWID",
)
DROP = (
    "DROP TABLE IF EXISTS spelled",
    "DROP TABLE IF EXISTS vocabulary",
    "DROP TABLE IF EXISTS words",
    "DROP TABLE IF EXISTS found",
)


class Entry(NamedTuple):
    """A code with its words: what describes it, and what else it is called."""

    system: str
    code: str
    billable: bool
    description: str
    terms: tuple[str, ...]


def write(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Write the index anew."""
    for sql in (*DROP, *CREATE):
        connection.execute(sql)
    spelled: Counter[str] = Counter()
    for place, entry in enumerate(entries, 1):
        spelled.update({word for text in (entry.description, *entry.terms) for word in words_of(text)})
        connection.execute(
            "INSERT INTO found VALUES (?, ?, ?, ?, ?)",
            (place, entry.system, entry.code, int(entry.billable), entry.description),
        )
        connection.execute(
            "INSERT INTO words (rowid, description, terms) VALUES (?, ?, ?)",
            (place, stem_text([entry.description]), stem_text(entry.terms)),
        )
    connection.executemany("INSERT INTO spelled VALUES (?, ?)", spelled.items())
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")

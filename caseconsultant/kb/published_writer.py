"""Adds the editions of published files to a file that nobody reads yet."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb import published_search
from caseconsultant.kb.numbers import day_of, end_of
from caseconsultant.kb.published_layout import PUBLISHED_LAYOUT
from caseconsultant.kb.sources import LOADERS
from caseconsultant.kb.sources.loader import Edition, Extent, Loader, Row
from caseconsultant.kb.sources.member import Member, Read, opened

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """An edition that a load added. Days inclusive."""

    source: str
    name: str
    effective_from: date
    effective_to: date | None
    rows: int


@dataclass(slots=True)
class Report:
    """What a load did."""

    loaded: list[Loaded] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    """Files and editions that were there before."""
    ignored: list[str] = field(default_factory=list)
    """Members of no kind we know, beside others that we do."""
    path: Path | None = None
    """The file in use: before the load, and after it the new one."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the operator says of files that do not say it themselves; `again` replaces an edition already there."""

    table: str | None = None
    effective_from: date | None = None
    again: bool = False
    licensed: bool = False
    """Text of the AMA's and the ADA's is loaded too: the operator has a licence for it."""

    def __post_init__(self) -> None:
        known = sorted({source for loader in LOADERS for source in loader.publications})
        if self.table is not None and self.table not in known:
            raise KnowledgeError(f"no table is called {self.table!r}; there are {', '.join(known)}")


@dataclass(slots=True)
class _Group:
    """The members of one file that make one edition."""

    number: int
    loader: Loader
    edition: Edition
    members: list[Member] = field(default_factory=list)
    extent: Extent = field(default_factory=lambda: Extent(0))
    span: tuple[int, int] | None = None
    """The keys it took in, before it joins other parts."""

    @property
    def name(self) -> str:
        """Of its first member."""
        return self.members[0].name


class Writer:
    """Takes files one after the other, and tells the report of each."""

    def __init__(self, connection: sqlite3.Connection, report: Report, said: Said) -> None:
        self._connection = connection
        self._report = report
        self._said = said
        self._removed = False

    def take(self, path: Path, *, begins: Callable[[str, int], None], read: Read) -> None:
        """Add the file's editions; raises KnowledgeError naming file, line and what to do."""
        digest = _digest(path)
        if not self._said.again and self._rows("SELECT 1 FROM file WHERE digest = ?", digest):
            self._report.already.append(str(path))
            return
        with opened(path) as members:
            groups = self._groups(path, members)
            begins(path.name, sum(member.size for group in groups for member in group.members))
            for group in groups:
                self._fill(group, read)
        self._settle_all(groups)
        self._execute("INSERT OR REPLACE INTO file VALUES (?, ?)", digest, path.name)

    def finish(self) -> str:
        """Close the file; returns the hash of what it holds."""
        told = self._rows(
            "SELECT source, effective_from, digest FROM edition JOIN part ON edition = number "
            "ORDER BY source, effective_from, digest"
        )
        content = hashlib.sha256(json.dumps([PUBLISHED_LAYOUT, told]).encode()).hexdigest()
        self._execute("INSERT OR REPLACE INTO meta VALUES ('content', ?)", content)
        published_search.index(self._connection)
        self._connection.execute("COMMIT")
        if self._removed:
            self._connection.execute("VACUUM")
        return content

    def _groups(self, path: Path, members: list[Member]) -> list[_Group]:
        found: dict[tuple[str, Edition], _Group] = {}
        ignored = []
        for member in members:
            recognised = _recognised(member)
            if recognised is None:
                ignored.append(member.name)
                continue
            loader, edition = recognised
            key = loader.table, edition
            if key not in found:
                found[key] = _Group(self._next_number() + len(found), loader, self._told(edition))
            if not _same_table(found[key], member):
                found[key].members.append(member)
        if not found:
            raise KnowledgeError(
                f"{path}: no table we know, by its headers and layout; see docs/knowledge.md for those"
            )
        self._report.ignored.extend(ignored)
        return list(found.values())

    def _told(self, edition: Edition) -> Edition:
        return replace(
            edition,
            source=edition.source or self._said.table,
            effective_from=self._said.effective_from or edition.effective_from,
        )

    def _next_number(self) -> int:
        return int(str(self._rows("SELECT coalesce(max(number), 0) + 1 FROM edition")[0][0]))

    def _fill(self, group: _Group, read: Read) -> None:
        loader = group.loader
        self._execute(f"CREATE TABLE IF NOT EXISTS {loader.table} (edition INTEGER, {loader.columns}) WITHOUT ROWID")
        for column in loader.indexes:
            name = f"{loader.table}_{column}"
            self._execute(f"CREATE INDEX IF NOT EXISTS {name} ON {loader.table} (edition, {column})")
        columns = len(self._rows(f"PRAGMA table_info({loader.table})"))
        # A record published twice, word for word, is one record: some tables do that.
        sql = f"INSERT OR IGNORE INTO {loader.table} VALUES ({group.number}{', ?' * (columns - 1)})"  # noqa: S608  # our own names
        for member in group.members:
            member.read = read
            self._connection.executemany(sql, self._in_order(group, member))

    def _in_order(self, group: _Group, member: Member) -> Iterator[Row]:
        """The rows of a part, none of them before the end of the part before it."""
        rows = self._shown(group, member)
        first = next(rows, None)
        if first is None:
            raise member.error(None, "the header and no rows; download it again")
        span = self._span(group)
        if span and int(str(first[0])) < span[1]:
            raise member.error(
                None, "begins before the part before it ends: two tables or editions in one zip; load them apart"
            )
        return chain([first], rows)

    def _shown(self, group: _Group, member: Member) -> Iterator[Row]:
        """Its rows, without the text that the operator has no licence for."""
        rows, at = group.loader.rows(member, group.edition), group.loader.licensed
        if at is None or self._said.licensed:
            return rows
        return ((*row[:at], None, *row[at + 1 :]) for row in rows)

    def _span(self, group: _Group) -> tuple[int, int] | None:
        if group.loader.span is None:
            return None
        low, high = self._rows(group.loader.span, group.number)[0]
        return (int(str(low)), int(str(high))) if low is not None else None

    def _settle_all(self, groups: list[_Group]) -> None:
        """Each group's edition; one that names no day is of the day that another of the same zip names."""
        for group in groups:
            group.extent = _extent(self._rows(_extent_of(group.loader), group.number)[0])
            group.edition = group.loader.settle(group.edition, group.extent, group.members[0])
        told = next((group.edition.effective_from for group in groups if group.edition.effective_from), None)
        for group in groups:
            group.edition = replace(group.edition, effective_from=group.edition.effective_from or told)
            self._settle(group)

    def _settle(self, group: _Group) -> None:
        extent, edition = group.extent, group.edition
        group.span = self._span(group)
        source, start = edition.source, edition.effective_from
        if start is None or source is None:
            raise KnowledgeError(
                f"{group.name}: neither its rows nor its name give the edition; say its first day with "
                "--effective YYYY-MM-DD"
            )
        if source not in group.loader.publications:
            raise KnowledgeError(f"{group.name}: its layout is not that of {source}; correct --table")
        before = self._rows("SELECT number FROM edition WHERE source = ? AND effective_from = ?", source, str(start))
        if before and not self._joins(group, int(str(before[0][0])), f"{source}, edition {start}"):
            self._report.already.append(f"{group.name} ({source}, {start})")
            return
        name, end = group.loader.period.name(start), group.loader.period.end(start)
        self._record(
            group, source, (name, str(start), str(end) if end else None, str(extent.first_day or start)), extent.rows
        )
        self._report.loaded.append(Loaded(source, name, start, end, extent.rows))

    def _joins(self, group: _Group, before: int, name: str) -> bool:
        """Whether the group adds to the edition there before; its rows are then one with it.

        Raises KnowledgeError where it says otherwise than the edition.
        """
        digests = {digest for (digest,) in self._rows("SELECT digest FROM part WHERE edition = ?", before)}
        if {member.digest.hexdigest() for member in group.members} <= digests:
            self._remove(group.loader.table, group.number)
            return False
        if self._apart(group, before):
            # Parts that meet at a code may both hold its records.
            sql = f"UPDATE OR REPLACE {group.loader.table} SET edition = ? WHERE edition = ?"  # noqa: S608  # our names
            self._execute(sql, before, group.number)
            group.number, self._removed = before, True
            return True
        if not self._said.again:
            raise KnowledgeError(
                f"{group.name}: {name} is loaded already, with other content; to put this in its place use --again"
            )
        self._remove(group.loader.table, before)
        self._execute("DELETE FROM file")  # the file replaced may come again
        return True

    def _apart(self, group: _Group, before: int) -> bool:
        span = group.span
        parts = self._rows("SELECT low, high FROM part WHERE edition = ?", before)
        return span is not None and all(
            span[1] <= int(str(low)) or int(str(high)) <= span[0] for low, high in parts if low is not None
        )

    def _remove(self, table: str, number: int) -> None:
        self._execute(f"DELETE FROM {table} WHERE edition = ?", number)  # noqa: S608  # our own names
        self._execute("DELETE FROM part WHERE edition = ?", number)
        self._execute("DELETE FROM edition WHERE number = ?", number)
        self._removed = True

    def _record(self, group: _Group, source: str, days: tuple[str, str, str | None, str], rows: int) -> None:
        one = group.loader.publications[source]
        self._execute(
            "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?)",
            one.id,
            one.publisher,
            one.title,
            one.licence,
            one.url,
        )
        table = group.loader.table
        self._execute(
            "INSERT INTO edition VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
            "rows = rows + excluded.rows, covers_from = min(covers_from, excluded.covers_from)",
            *(group.number, table, source, *days, rows),
        )
        low, high = group.span or (None, None)
        for member in group.members:
            self._execute(
                "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?)",
                *(group.number, member.digest.hexdigest(), low, high, member.name.rpartition("/")[2]),
            )

    def _execute(self, sql: str, *values: str | int | None) -> None:
        self._connection.execute(sql, values)

    def _rows(self, sql: str, *values: str | int | None) -> list[Row]:
        return self._connection.execute(sql, values).fetchall()


def _recognised(member: Member) -> tuple[Loader, Edition] | None:
    """The first loader that knows the member; raises the first complaint of one that almost does."""
    complaints = []
    for loader in LOADERS:
        try:
            edition = loader.recognise(member)
        except KnowledgeError as error:
            complaints.append(error)
            continue
        if edition is not None:
            return loader, edition
    if complaints:
        raise complaints[0]
    return None


def _same_table(group: _Group, member: Member) -> bool:
    """Whether the group has the member in another format, as publishers put csv, txt and xlsx in one zip."""
    stem = member.name.rpartition(".")[0]
    return any(each.name.rpartition(".")[0] == stem for each in group.members)


def _extent_of(loader: Loader) -> str:
    return loader.extent or f"SELECT count(*), NULL, NULL, NULL, 0 FROM {loader.table} WHERE edition = ?"  # noqa: S608


def _extent(row: Row) -> Extent:
    rows, first, last_start, last_end, visits = row
    return Extent(
        rows=int(str(rows)),
        first_day=day_of(int(first)) if first else None,
        last_start=day_of(int(last_start)) if last_start else None,
        last_end=end_of(int(last_end)) if last_end else None,
        visits=float(visits or 0),
    )


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror or error}; check the path") from error
    return digest.hexdigest()

"""`kb status`: which publications answer, in which editions, what is missing, and what that costs the answers."""

from __future__ import annotations

from datetime import date

from caseconsultant.kb.database import Row
from caseconsultant.kb.layout import TABLES
from caseconsultant.kb.published_tables import PublishedEdition
from caseconsultant.kb.store import Store

_COUNTED = [table for table in TABLES if table not in {"source", "edition", "locator", "article_code"}]
_DATED_BY_TABLE = ("ptp", "mue", "add_on")


def status(store: Store, *, on: date) -> dict[str, object]:
    """The release, its files, the rows of each kind; every source with its editions; what is missing or past."""
    loaded = store.published.editions.all
    rows = store.database.rows("SELECT id, publisher, title, licence, url, without FROM source ORDER BY id")
    known = {str(row[0]) for row in rows}
    only_loaded = [
        (one.id, one.publisher, one.title, one.licence, one.url, None) for one in store.sources if one.id not in known
    ]
    sources = [
        {**_source(store, row), "loaded": [_loaded(one) for one in reversed(loaded) if one.source == row[0]]}
        for row in (*rows, *only_loaded)
    ]
    return {
        "release": store.release,
        "file": store.database.path.name,
        "published": store.published.path.name if store.published.path else None,
        "rows": {table: _count(store, f"SELECT count(*) FROM {table}") for table in _COUNTED},  # noqa: S608  # our names
        "sources": sources,
        "missing": [_cost(source) for source in sources if source["without"] and not source["loaded"]],
        "past": [{**_cost(source), "ended": ended} for source in sources if (ended := _ended(source, on))],
    }


def _cost(source: dict[str, object]) -> dict[str, object]:
    return {"id": source["id"], "without": source["without"]}


def _ended(source: dict[str, object], on: date) -> str | None:
    """The last day of the last edition loaded, where that day is gone."""
    ends = [edition["to"] for edition in source["loaded"]]  # type: ignore[attr-defined]  # as built above
    if not ends or None in ends:
        return None
    last = max(map(str, ends))
    return last if last < on.isoformat() else None


def _loaded(edition: PublishedEdition) -> dict[str, object]:
    """A published edition: `covers_from` is the first day its rows speak of."""
    return {
        "name": edition.name,
        "from": edition.effective_from.isoformat(),
        "to": edition.effective_to.isoformat() if edition.effective_to else None,
        "covers_from": edition.covers_from.isoformat(),
        "rows": edition.rows,
    }


def _source(store: Store, row: Row) -> dict[str, object]:
    source_id, publisher, title, licence, url, without = row
    groups = store.database.rows("SELECT grp, verified FROM locator WHERE source = ? ORDER BY grp", source_id)
    return {
        "id": source_id,
        "publisher": publisher,
        "title": title,
        "licence": licence,
        "url": url,
        "without": without,
        "editions": _editions(store, source_id),
        "verified": [group for group, verified in groups if verified],
        "unverified": [group for group, verified in groups if not verified],
        "rows": sum(
            _count(store, f"SELECT count(*) FROM {table} WHERE source = ?", source_id)  # noqa: S608  # our own names
            for table in _DATED_BY_TABLE
        ),
    }


def _editions(store: Store, source_id: str | int | None) -> list[dict[str, object]]:
    rows = store.database.rows(
        "SELECT name, effective_from, effective_to FROM edition WHERE source = ? ORDER BY effective_from", source_id
    )
    return [{"name": name, "from": start, "to": end} for name, start, end in rows]


def _count(store: Store, sql: str, *values: str | int | None) -> int:
    return int(store.database.rows(sql, *values)[0][0] or 0)

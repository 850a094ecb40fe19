"""The tables of the compiled file. Days are ISO text, inclusive on both ends; a null end is open."""

from __future__ import annotations

LAYOUT = 14
"""Raised by one whenever a table or a body changes, so that a file of an older layout is built again."""

TABLES: dict[str, str] = {
    "source": "id TEXT PRIMARY KEY, publisher TEXT, title TEXT, licence TEXT, url TEXT, without TEXT, fetch TEXT",
    "edition": "source TEXT, name TEXT, effective_from TEXT, effective_to TEXT, PRIMARY KEY (source, effective_from)",
    "locator": "source TEXT, grp TEXT, verified INTEGER, PRIMARY KEY (source, grp)",
    "code": "code TEXT, effective_from TEXT, effective_to TEXT, body TEXT, PRIMARY KEY (code, effective_from)",
    "modifier": "code TEXT, effective_from TEXT, effective_to TEXT, body TEXT, PRIMARY KEY (code, effective_from)",
    "place": "code TEXT, effective_from TEXT, effective_to TEXT, body TEXT, PRIMARY KEY (code, effective_from)",
    "parameter": "path TEXT, effective_from TEXT, effective_to TEXT, body TEXT, PRIMARY KEY (path, effective_from)",
    "ptp": (
        "source TEXT, low TEXT, high TEXT, effective_from TEXT, effective_to TEXT, column_one TEXT, column_two TEXT, "
        "modifier_indicator INTEGER, edition TEXT, PRIMARY KEY (low, high, source, effective_from)"
    ),
    "mue": (
        "source TEXT, code TEXT, effective_from TEXT, effective_to TEXT, units INTEGER, mai INTEGER, edition TEXT, "
        "PRIMARY KEY (code, source, effective_from)"
    ),
    "add_on": (
        "source TEXT, code TEXT, type INTEGER, facility_only INTEGER, primary_code TEXT, practitioner_only INTEGER, "
        "effective_from TEXT, effective_to TEXT, edition TEXT, PRIMARY KEY (code, primary_code, effective_from)"
    ),
    "article_code": "code TEXT, id TEXT, PRIMARY KEY (code, id)",
    "article": "id TEXT, effective_from TEXT, effective_to TEXT, body TEXT, PRIMARY KEY (id, effective_from)",
}
"""Columns by table, in the order the rows come in."""

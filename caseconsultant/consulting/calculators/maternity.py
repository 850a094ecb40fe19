"""Antepartum care alone, by the number of visits.

Source: CPT guidelines, maternity care. Payers may count otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def antepartum_code(visits: int, rows: Sequence[Mapping[str, object]]) -> str | None:
    """The code of the row that holds the number of visits; words where the row names visits by themselves."""
    for row in rows:
        last = row.get("to_visits")
        if int(str(row["from_visits"])) <= visits and (last is None or visits <= int(str(last))):
            return str(row["codes"])
    return None

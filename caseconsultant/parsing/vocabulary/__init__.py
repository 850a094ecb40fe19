"""The words that mail programs and people write around a message, by language: data, no logic.

Languages are named by their ISO 639-1 code. A table is read as a union: a mail does not say which language its
sender's program speaks. Entries are regular expressions, matched without regard to case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def any_of(table: Mapping[str, Sequence[str]]) -> str:
    """Returns one alternation of every entry, the longest first, so that a short word never hides a longer one."""
    entries = {entry for row in table.values() for entry in row}
    return "|".join(sorted(entries, key=lambda entry: (-len(entry), entry)))

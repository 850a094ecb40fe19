"""ICD-10-CM codes with and without their dot, and the codes that a note names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CATEGORY = 3
_NAMED = re.compile(
    r"(?P<first>[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)"
    r"(?:(?P<open>\.?-(?![A-Z0-9]))|-(?P<last>[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?P<more>\.?-)?)?"
)


def undotted(code: str) -> str:
    """`n18.30` as `N1830`."""
    return code.strip().upper().replace(".", "")


def dotted(code: str) -> str:
    """`N1830` as `N18.30`; a category or a range stays as it is."""
    return f"{code[:CATEGORY]}.{code[CATEGORY:]}" if len(code) > CATEGORY and "-" not in code else code


@dataclass(frozen=True, slots=True)
class Named:
    """Codes that a note names, undotted: everything that begins with `first`, or lies between it and `last`."""

    first: str
    last: str | None = None

    def takes(self, code: str) -> bool:
        """Whether the undotted code is meant. A code named in full also means what is below it."""
        if self.last is None:
            return code.startswith(self.first)
        return self.first <= code[: len(self.first)] and code[: len(self.last)] <= self.last


def named_in(text: str) -> Iterator[Named]:
    """The codes and ranges of a note: `(J45.-)`, `(J40-J4A)`, `(E10.21, E10.22)`."""
    for found in _NAMED.finditer(text):
        last = found["last"]
        yield Named(undotted(found["first"]), undotted(last) if last else None)

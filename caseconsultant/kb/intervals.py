"""Two records of the same thing may never be in force on the same day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from datetime import date

from pydantic import BaseModel

from caseconsultant.kb.authored import Entry
from caseconsultant.kb.documents import Place
from caseconsultant.kb.schema import Dated


class Timeline:
    """The intervals seen so far, by what they are of."""

    def __init__(self) -> None:
        self._seen: defaultdict[Hashable, list[tuple[Dated, str]]] = defaultdict(list)

    def add(self, key: Hashable, interval: Dated, entry: Entry[BaseModel], *place: str | int, name: str) -> None:
        """Takes the interval; raises KnowledgeError, calling it by `name`, where it overlaps one already there."""
        where = _where(entry, place)
        for other, other_where in self._seen[key]:
            if _overlap(interval, other):
                raise entry.error(
                    f"{name}: from {interval.start} it overlaps the record at {other_where}; end one of them earlier",
                    *place,
                )
        self._seen[key].append((interval, where))


def _overlap(one: Dated, other: Dated) -> bool:
    return one.start <= (other.end or date.max) and other.start <= (one.end or date.max)


def _where(entry: Entry[BaseModel], place: Place) -> str:
    return f"{entry.document.name}:{entry.document.line((*entry.place, *place))}"

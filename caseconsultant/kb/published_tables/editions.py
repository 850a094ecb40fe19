"""The editions of a published file, and which of them answers for a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.records import Source
from caseconsultant.kb.database import Rows
from caseconsultant.kb.numbers import code_number, day_number

_BEFORE_CPT = code_number("00100")
"""Below it only laboratory and vaccine codes such as 0001A begin a table of pairs."""
_AFTER_CPT = code_number("G0000")
"""A table of pairs that reaches it was read to its end: HCPCS Level II comes last."""


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """An edition of a source. Days inclusive; `covers_from` is the first day that its rows speak of."""

    number: int
    source: str
    name: str
    effective_from: date
    effective_to: date | None
    """None for a list that stands until it is replaced."""
    covers_from: date
    rows: int
    spans: tuple[tuple[int, int], ...]
    """The keys read, where the table comes in parts."""
    day: str
    """The first day as references write it."""

    def reference(self, locator: str) -> Reference:
        """A pointer to a record of this edition."""
        return Reference(self.source, locator, self.day)

    def gap(self, on: date) -> str | None:
        """What to say of a day past the edition's end, or before its beginning."""
        if self.effective_to and on > self.effective_to:
            return f"{self.source} ends {self.effective_to}"
        return f"{self.source} begins {self.covers_from}" if on < self.covers_from else None

    def asked(self, on: date) -> int:
        """The number of the day, or of the edition's last day if that is earlier."""
        return day_number(min(on, self.effective_to) if self.effective_to else on)

    def read_for(self, key: int) -> bool:
        """Whether the parts of the table that were read take in the key."""
        return any(_within(span, key) for span in self.spans)


class Editions:
    """Every edition of one file, by source, the newest first."""

    def __init__(self, database: Rows) -> None:
        self.all = tuple(_read(database))
        self._by_source: dict[str, list[PublishedEdition]] = {}
        for edition in self.all:
            self._by_source.setdefault(edition.source, []).append(edition)
        self.sources = {source.id: source for source in self._read_sources(database)}

    def of(self, source: str) -> list[PublishedEdition]:
        """The source's editions, the newest first."""
        return self._by_source.get(source, [])

    def on(self, source: str, on: date) -> PublishedEdition | None:
        """The edition of the day, or the last one before it; None where all begin later."""
        return next((one for one in self.of(source) if one.effective_from <= on), None)

    def history_on(self, source: str, on: date) -> PublishedEdition | None:
        """For tables whose rows carry their own days: the newest edition that speaks of the day."""
        return next((one for one in self.of(source) if one.covers_from <= on), None)

    def nearest(self, source: str, on: date) -> PublishedEdition | None:
        """The edition of the day; else a later one of the same calendar year; else the last before; else the first.

        Values are rebased in January, so a later quarter of the same year is nearer than the year before.
        """
        found = self.on(source, on)
        if found and (found.effective_to is None or on <= found.effective_to):
            return found
        same_year = [one for one in self.of(source) if one.effective_from.year == on.year and one.effective_from > on]
        candidates = same_year or ([found] if found else self.of(source))
        return candidates[-1] if candidates else None

    def covers(self, source: str, on: date) -> bool:
        """Whether an edition speaks of the day itself, not only past its end."""
        return any(
            one.covers_from <= on and (not one.effective_to or on <= one.effective_to) for one in self.of(source)
        )

    def end(self, source: str, effective_from: str) -> date | None:
        """The last day of the edition; None where it is open or not loaded."""
        return next((one.effective_to for one in self.of(source) if one.day == effective_from), None)

    def _read_sources(self, database: Rows) -> Iterator[Source]:
        for row in database.rows("SELECT id, publisher, title, licence, url FROM source ORDER BY id"):
            source_id, publisher, title, licence, url = map(str, row)
            newest = self._by_source[source_id][0]
            yield Source(
                id=source_id,
                publisher=publisher,
                title=title,
                edition=newest.day,
                effective_from=newest.effective_from,
                effective_to=newest.effective_to,
                url=url,
                licence=licence,
            )


def _read(database: Rows) -> Iterable[PublishedEdition]:
    spans: dict[object, list[tuple[int, int]]] = {}
    for number, low, high in database.rows("SELECT DISTINCT edition, low, high FROM part"):
        if low is not None and high is not None:
            spans.setdefault(number, []).append((int(low), int(high)))
    for row in database.rows(
        "SELECT number, source, name, effective_from, effective_to, covers_from, rows FROM edition "
        "ORDER BY source, effective_from DESC"
    ):
        number, source, name, start, end, covers, rows = row
        yield PublishedEdition(
            number=int(number or 0),
            source=str(source),
            name=str(name),
            effective_from=date.fromisoformat(str(start)),
            effective_to=date.fromisoformat(str(end)) if end else None,
            covers_from=date.fromisoformat(str(covers)),
            rows=int(rows or 0),
            spans=tuple(spans.get(number, ())),
            day=str(start),
        )


def _within(span: tuple[int, int], key: int) -> bool:
    low, high = span
    return (low <= key or low < _BEFORE_CPT) and (key <= high or high >= _AFTER_CPT)

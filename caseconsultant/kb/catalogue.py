"""The sources of a knowledge folder: every reference is held against them while building."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from pydantic import BaseModel

from caseconsultant.kb.authored import Entry
from caseconsultant.kb.schema import Citation, EditionEntry, SourceEntry

ReferenceRow = tuple[str, str, str]
"""Source, locator, edition."""


class Catalogue:
    """Sources by id."""

    def __init__(self, entries: Iterable[Entry[SourceEntry]]) -> None:
        """Raises KnowledgeError where an id stands twice or editions overlap or stand out of order."""
        self._sources: dict[str, SourceEntry] = {}
        for entry in entries:
            if entry.record.id in self._sources:
                raise entry.error(f"source {entry.record.id!r} is written twice; keep one of them", "id")
            _check_editions(entry)
            self._sources[entry.record.id] = entry.record

    def resolve(self, citations: Iterable[Citation], entry: Entry[BaseModel], *place: str | int) -> list[ReferenceRow]:
        """Each citation with its edition; raises KnowledgeError for a source, edition or locator it lacks."""
        return [self._resolve(one, entry, (*place, index)) for index, one in enumerate(citations)]

    def edition(self, source_id: str, day: date | None, entry: Entry[BaseModel], *place: str | int) -> EditionEntry:
        """The edition that took effect on the day, the newest where no day is given; raises KnowledgeError."""
        source = self._source(source_id, entry, place)
        if not source.editions:
            raise entry.error(f"source {source_id!r} has no edition in sources.yaml; add the one that was read", *place)
        if day is None:
            return source.editions[-1]
        for edition in source.editions:
            if edition.effective_from == day:
                return edition
        known = ", ".join(str(edition.effective_from) for edition in source.editions)
        raise entry.error(f"source {source_id!r} has no edition of {day}; sources.yaml has {known}", *place)

    def _resolve(self, one: Citation, entry: Entry[BaseModel], place: tuple[str | int, ...]) -> ReferenceRow:
        edition = self.edition(one.source, one.edition, entry, *place)
        groups = [group.group for group in self._sources[one.source].locators]
        if not any(group == "*" or one.locator.startswith(group) for group in groups):
            raise entry.error(
                f"locator {one.locator!r} is of no group of source {one.source!r}; add its group to sources.yaml",
                *place,
            )
        return one.source, one.locator, edition.effective_from.isoformat()

    def _source(self, source_id: str, entry: Entry[BaseModel], place: tuple[str | int, ...]) -> SourceEntry:
        if source_id not in self._sources:
            raise entry.error(f"unknown source {source_id!r}; add it to sources.yaml or correct its id", *place)
        return self._sources[source_id]


def _check_editions(entry: Entry[SourceEntry]) -> None:
    editions = entry.record.editions
    for index, (earlier, later) in enumerate(pairwise(editions), start=1):
        if earlier.effective_to is None or later.effective_from <= earlier.effective_to:
            raise entry.error(
                f"edition of {later.effective_from} begins before that of {earlier.effective_from} ends; "
                "stand them in order and close the earlier one",
                "editions",
                index,
            )

"""What a loader is: one kind of published file, and how it tells its edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from caseconsultant.kb.sources.editions import Period, date_in
from caseconsultant.kb.sources.member import Member

Row = tuple[int | str | None, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """A source that a loader can fill, for references where `knowledge/sources.yaml` does not name it."""

    id: str
    title: str
    url: str
    publisher: str = "CMS"
    licence: str = "US government work; CPT numbers are copyright of the American Medical Association"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as far as it is known: None is found out from the rows, or from the name where they are silent."""

    source: str | None = None
    effective_from: date | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """What the rows of an edition told: how many, days from and to, the share of visits in column two of a pair."""

    rows: int
    first_day: date | None = None
    last_start: date | None = None
    last_end: date | None = None
    visits: float = 0.0


def by_name(edition: Edition, extent: Extent, member: Member) -> Edition:  # noqa: ARG001  # a settling like any other
    """The edition by its head, else by the name of the member or its zip."""
    return replace(edition, effective_from=edition.effective_from or date_in(*member.names))


@dataclass(frozen=True, slots=True)
class Loader:
    """One kind of published file.

    `columns` follow `edition INTEGER` in `table`; its primary key begins with `edition`. `extent` selects an `Extent`
    for edition `?` (days as numbers), `span` the lowest and the highest key where a table is published in parts.
    `licensed` is the place in a row of a text that is not ours to show: dropped unless the operator has a licence.
    """

    table: str
    columns: str
    publications: Mapping[str, Publication]
    period: Period
    recognise: Callable[[Member], Edition | None]
    """The edition as far as the head tells it; None where it is another kind of file.

    Raises KnowledgeError where it is this kind in a layout that we do not know.
    """
    rows: Callable[[Member, Edition], Iterator[Row]]
    """The rows after `edition`; raises KnowledgeError naming file and line."""
    settle: Callable[[Edition, Extent, Member], Edition] = by_name
    """The edition after its rows were read; the member is the first of its parts."""
    extent: str | None = None
    span: str | None = None
    licensed: int | None = None
    indexes: tuple[str, ...] = ()
    """Columns that are looked up besides the primary key, after `edition`."""


def published(*publications: Publication) -> dict[str, Publication]:
    """Publications by id."""
    return {each.id: each for each in publications}

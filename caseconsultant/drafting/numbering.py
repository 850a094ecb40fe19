"""Numbers for the publications an answer rests on, letters for the places in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.records import Source

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A numbered publication: publisher, title, edition, and the places used in it, lettered where several."""

    number: int
    publisher: str
    title: str
    places: str
    edition: str
    url: str


@dataclass(slots=True)
class _Publication:
    number: int
    places: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Numbers the publications in the order they are first gathered, and letters the places in each.

    Whether a place needs a letter is known only when all are gathered; `marks` gathers too.
    """

    sources: Callable[[str], Source | None]
    found: dict[tuple[str, str], _Publication] = field(default_factory=dict)

    def gather(self, references: Iterable[Reference]) -> None:
        """Gives the references their numbers."""
        for reference in references:
            self._placed(reference)

    def marks(self, references: Iterable[Reference]) -> str:
        """Returns `[1] [3b]` for the references, and `[8a-d]` for four neighbors."""
        places: dict[int, list[int]] = {}
        for reference in references:
            publication, place = self._placed(reference)
            places.setdefault(publication.number, []).append(place)
        several = {each.number: len(each.places) > 1 for each in self.found.values()}
        return " ".join(
            f"[{number}{_run(sorted(set(places[number]))) if several[number] else ''}]" for number in sorted(places)
        )

    def _placed(self, reference: Reference) -> tuple[_Publication, int]:
        publication = self.found.setdefault((reference.source, reference.edition), _Publication(len(self.found) + 1))
        return publication, publication.places.setdefault(reference.locator, len(publication.places))

    def listed(self) -> tuple[SourceView, ...]:
        """Returns what was marked."""
        return tuple(self._view(*item) for item in self.found.items())

    def _view(self, publication: tuple[str, str], found: _Publication) -> SourceView:
        source = self.sources(publication[0])
        lettered = "; ".join(f"({letter(place)}) {locator}" for locator, place in found.places.items())
        return SourceView(
            number=found.number,
            publisher=source.publisher if source else "",
            title=source.title if source else publication[0],
            places=lettered if len(found.places) > 1 else next(iter(found.places)),
            edition=publication[1],
            url=source.url if source else "",
        )


def _run(places: Sequence[int]) -> str:
    """Returns `a`, `a, c` or `a-d`."""
    neighbors = len(places) > 2 and places[-1] - places[0] == len(places) - 1  # noqa: PLR2004 - two are written out
    return f"{letter(places[0])}-{letter(places[-1])}" if neighbors else ", ".join(map(letter, places))


def letter(place: int) -> str:
    """Returns a for 0, z for 25, aa for 26."""
    return f"{letter(place // 26 - 1) if place >= len(_LETTERS) else ''}{_LETTERS[place % 26]}"

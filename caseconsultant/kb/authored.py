"""The files people write under `knowledge/`, read and held against their schema, each record with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.documents import Document, Place, read_document
from caseconsultant.kb.fingerprint import knowledge_files
from caseconsultant.kb.schema import (
    AddOnFile,
    ArticleEntry,
    CodeEntry,
    CodesFile,
    GuidanceFile,
    ModifierEntry,
    ModifiersFile,
    MueFile,
    ParameterEntry,
    PlaceEntry,
    PlacesFile,
    PtpFile,
    SourceEntry,
    SourcesFile,
)

Rec_co = TypeVar("Rec_co", bound=BaseModel, covariant=True)
Rec = TypeVar("Rec", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Rec_co]):
    """A record and where it stands."""

    record: Rec_co
    document: Document
    place: Place

    def error(self, message: str, *place: str | int) -> KnowledgeError:
        """A KnowledgeError that names file and line; `place` leads on from the record."""
        return self.document.error((*self.place, *place), message)


@dataclass(slots=True)
class Authored:
    """Everything written under one `knowledge/` folder."""

    sources: list[Entry[SourceEntry]] = field(default_factory=list)
    codes: list[Entry[CodeEntry]] = field(default_factory=list)
    modifiers: list[Entry[ModifierEntry]] = field(default_factory=list)
    places: list[Entry[PlaceEntry]] = field(default_factory=list)
    parameters: dict[str, Entry[ParameterEntry]] = field(default_factory=dict)
    ptp: list[Entry[PtpFile]] = field(default_factory=list)
    mue: list[Entry[MueFile]] = field(default_factory=list)
    add_ons: list[Entry[AddOnFile]] = field(default_factory=list)
    articles: list[Entry[ArticleEntry]] = field(default_factory=list)


def read_authored(folder: Path) -> Authored:
    """Every record under the folder; raises KnowledgeError naming file, line and what to do."""
    authored = Authored()
    for path in knowledge_files(folder):
        name = path.relative_to(folder).as_posix()
        _take(authored, read_document(path, f"{folder.name}/{name}"), name)
    return authored


def _take(authored: Authored, document: Document, name: str) -> None:
    kind, _, rest = name.partition("/")
    match kind, rest:
        case "sources.yaml", "":
            authored.sources.extend(_entries(document, "sources", document.validate(SourcesFile).sources))
        case ("modifiers.yaml", "") | ("modifiers", _):
            authored.modifiers.extend(_entries(document, "modifiers", document.validate(ModifiersFile).modifiers))
        case "places_of_service.yaml", "":
            authored.places.extend(_entries(document, "places", document.validate(PlacesFile).places))
        case "codes", _:
            authored.codes.extend(_entries(document, "codes", document.validate(CodesFile).codes))
        case "guidance", _:
            authored.articles.extend(_entries(document, "articles", document.validate(GuidanceFile).articles))
        case "rules", _:
            _take_rules(authored, document, Path(rest).with_suffix("").as_posix().replace("/", "."))
        case "edits", _ if rest.startswith("ptp"):
            authored.ptp.append(Entry(document.validate(PtpFile), document, ()))
        case "edits", _ if rest.startswith("mue"):
            authored.mue.append(Entry(document.validate(MueFile), document, ()))
        case "edits", _ if rest.startswith("add_on"):
            authored.add_ons.append(Entry(document.validate(AddOnFile), document, ()))
        case _:
            raise document.error(
                (), "the file is of no kind we know; move it to codes, modifiers, rules, edits or guidance"
            )


def _entries(document: Document, key: str, records: Iterable[Rec]) -> Iterator[Entry[Rec]]:
    for index, record in enumerate(records):
        yield Entry(record, document, (key, index))


def _take_rules(authored: Authored, document: Document, root: str) -> None:
    for place in _leaves(document, document.content, ()):
        path = ".".join((root, *map(str, place)))
        entry = Entry(document.validate(ParameterEntry, place), document, place)
        if path in authored.parameters:
            raise entry.error(f"rule {path} is written twice; keep one of them")
        authored.parameters[path] = entry


def _leaves(document: Document, value: object, place: Place) -> Iterator[Place]:
    if not isinstance(value, dict):
        raise document.error(place, "a rule is a mapping with `description`, `values` and `references`")
    if "values" in value or "description" in value:
        yield place
        return
    for key, child in value.items():
        yield from _leaves(document, child, (*place, key))

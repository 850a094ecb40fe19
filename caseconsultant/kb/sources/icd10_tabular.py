"""The tabular list of ICD-10-CM (XML): notes at every level, which codes they name, and seventh characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.editions import fiscal_day, year_in
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

SOURCE = "icd-10-cm-tabular"
KINDS = {
    "inclusionTerm": "inclusion_term",
    "includes": "includes",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional_code",
    "codeAlso": "code_also",
    "notes": "note",
    "sevenChrNote": "seventh_character_note",
}
_ROOT = b"<ICD10CM.tabular>"
_VERSION = re.compile(rb"<version>(20\d\d)</version>")
_CHAPTER = re.compile(r"\(([A-Z][0-9A-Z]{2}-[A-Z][0-9A-Z]{2})\)$")
"""A chapter goes by its range of categories, as its sections do."""
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def _recognise(member: Member) -> Edition | None:
    if _ROOT not in member.head:
        return None
    version = _VERSION.search(member.head)
    named = fiscal_day(*member.names)
    told = fiscal_day(version[1].decode()) if version else None
    # The list itself gives the fiscal year; a name may say that it is the one of April.
    agree = (
        named
        and told
        and year_in([str(editions.FISCAL_YEAR.name(named))]) == year_in([editions.FISCAL_YEAR.name(told)])
    )
    return Edition(SOURCE, named if agree else told)


def _rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every year has one layout
    if _DTD.search(member.head):
        raise member.error(None, "declares a document type; the tabular list has none, so it is not read")
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    walk = _Walk()
    try:
        for batch in member.batches():
            parser.feed("\n".join([*batch, ""]))
            for read in parser.read_events():
                event, element = cast("tuple[str, Element]", read)
                yield from walk.take(event, element)
        parser.close()
    except ParseError as error:
        raise member.error(error.position[0], f"not the XML of a tabular list ({error}); download it again") from error


class _Walk:
    """Follows the nesting, so that a note is known by the chapter, section or code it stands under."""

    def __init__(self) -> None:
        self._owners: list[str] = []
        self._places: dict[tuple[str, str], int] = {}

    def take(self, event: str, element: Element) -> Iterator[Row]:
        """The rows of an element that is complete."""
        if event == "start":
            if element.tag in {"chapter", "section", "diag"}:
                self._owners.append(element.get("id", ""))
            return
        text = (element.text or "").strip()
        if element.tag == "name" and self._owners and not self._owners[-1]:
            self._owners[-1] = text
        elif element.tag == "desc" and len(self._owners) == 1 and (found := _CHAPTER.search(text)):
            self._owners[-1] = found[1]
        elif element.tag in KINDS and self._owners:
            yield from self._notes(element)
        elif element.tag == "sevenChrDef" and self._owners:
            yield from self._characters(element)
        elif element.tag in {"chapter", "section", "diag"}:
            self._owners.pop()
            element.clear()

    def _notes(self, element: Element) -> Iterator[Row]:
        kind = KINDS[element.tag]
        for note in element.iter("note"):
            text = " ".join("".join(note.itertext()).split())
            if text:
                yield self._row(kind, None, text)

    def _characters(self, element: Element) -> Iterator[Row]:
        for extension in element.iter("extension"):
            yield self._row("seventh_character", extension.get("char"), " ".join("".join(extension.itertext()).split()))

    def _row(self, kind: str, character: str | None, text: str) -> Row:
        owner = self._owners[-1].replace(".", "")
        place = self._places[owner, kind] = self._places.get((owner, kind), 0) + 1
        return owner, kind, place, character, text


LOADER = Loader(
    table="icd10cm_note",
    columns=(
        "owner TEXT, kind TEXT, place INTEGER, character TEXT, text TEXT, PRIMARY KEY (edition, owner, kind, place)"
    ),
    publications=published(
        Publication(
            SOURCE,
            "ICD-10-CM tabular list",
            "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
            "CDC/NCHS",
            "US government work",
        )
    ),
    period=editions.FISCAL_YEAR,
    recognise=_recognise,
    rows=_rows,
)

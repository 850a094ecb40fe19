"""Medicare coverage: the index of LCDs and articles, and which diagnoses the LCDs behind a code list.

The second file is a derived and partial one (JSON): what is not in it is not thereby covered or not covered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from caseconsultant.kb.numbers import day_number
from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.cells import day_in
from caseconsultant.kb.sources.loader import Edition, Extent, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member
from caseconsultant.kb.sources.sheet import Line, day_text, sheet

SOURCE = "mcd"
LISTS = "lcd-diagnoses"
_PAGE = "https://www.cms.gov/medicare-coverage-database"
_LICENCE = "US government work; CPT numbers are copyright of the American Medical Association"
_HEAD = re.compile(rb'\{\s*"[0-9A-Z]{5}":\s*\{\s*"(covered|notCovered|lcdIds)"')


def _document(line: Line) -> Row:
    return (
        line["id"],
        int(line["version"]),
        line["type"],
        line["title"],
        " ".join(line["contractor"].split()),
        day_text(line["effective"]),
        day_text(line["retired"]),
        line.get("note"),
        line["url"],
        day_number(day_in(line["updated"][:8])),
    )


def _settle(edition: Edition, extent: Extent, member: Member) -> Edition:  # noqa: ARG001  # its rows tell
    """As of the day of its newest change."""
    return replace(edition, effective_from=edition.effective_from or extent.last_start)


DOCUMENTS = replace(
    sheet(
        "coverage_document",
        "id TEXT, version INTEGER, type TEXT, title TEXT, contractor TEXT, effective TEXT, retired TEXT, note TEXT, "
        "url TEXT, updated INTEGER, PRIMARY KEY (edition, id, version, contractor)",
        Publication(SOURCE, "Medicare Coverage Database", _PAGE, "Medicare Administrative Contractors", _LICENCE),
        period=editions.STANDING,
        headings={
            "contractor": "contractor_name_type",
            "id": "document_display_id",
            "type": "document_type",
            "version": "document_version",
            "effective": "effective_date",
            "retired": "retirement_date",
            "title": "title",
            "updated": "updated_on_sort",
            "url": "url",
        },
        optional={"note": "note"},
        row=_document,
    ),
    settle=_settle,
    extent="SELECT count(*), max(updated), max(updated), NULL, 0 FROM coverage_document WHERE edition = ?",
)


def _recognise(member: Member) -> Edition | None:
    return Edition(LISTS) if _HEAD.match(member.head) else None


def _lists(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # one layout
    try:
        found = json.loads("\n".join(line for batch in member.batches() for line in batch))
    except json.JSONDecodeError as error:
        raise member.error(error.lineno, f"not JSON ({error.msg}); download it again") from error
    for code, lists in found.items():
        yield code, "", " ".join(lists["lcdIds"]), None
        for name, covered in (("covered", 1), ("notCovered", 0)):
            for diagnosis in lists[name]:
                yield code, diagnosis.replace(".", ""), None, covered


DIAGNOSES = Loader(
    table="covered_diagnosis",
    columns="code TEXT, diagnosis TEXT, documents TEXT, covered INTEGER, PRIMARY KEY (edition, code, diagnosis)",
    publications=published(
        Publication(
            LISTS, "Diagnoses listed in LCDs (derived, partial)", _PAGE, "Medicare Administrative Contractors", _LICENCE
        )
    ),
    period=editions.STANDING,
    recognise=_recognise,
    rows=_lists,
)

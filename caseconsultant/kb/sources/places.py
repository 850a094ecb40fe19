"""Place-of-service codes: name, description, and whether the facility rate applies."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, sheet

SOURCE = "cms-pos"
_KINDS = {"facility": 1, "non-facility": 0, "": None}


def _row(line: Line) -> Row | None:
    code, kind = line["code"], line["kind"].lower()
    if not code.isdigit():
        return None  # a range that is not assigned
    return code.zfill(2), line["name"], line["description"], _KINDS.get(kind)


LOADER = sheet(
    "place_of_service",
    "code TEXT, name TEXT, description TEXT, facility INTEGER, PRIMARY KEY (edition, code)",
    Publication(
        SOURCE,
        "Place of service code set",
        "https://www.cms.gov/medicare/coding-billing/place-of-service-codes/code-sets",
        licence="US government work",
    ),
    period=editions.STANDING,
    headings={"code": "pos_code", "kind": "pos_type", "name": "pos_name", "description": "pos_description"},
    row=_row,
    dated=Dated.NAME,
)

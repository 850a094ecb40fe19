"""RBCS: CMS's classification of procedure codes, with the days each code was added and ended."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, code_in, day_text, sheet

SOURCE = "rbcs"
_OPEN = "9999-12-31"


def _row(line: Line) -> Row:
    ended = line["ended"]
    return (
        code_in(line["code"]),
        day_text(line["added"]),
        None if ended == _OPEN else day_text(ended),
        line["category"],
        line["subcategory"],
        line["family"],
    )


LOADER = sheet(
    "rbcs",
    "code TEXT, added TEXT, ended TEXT, category TEXT, subcategory TEXT, family TEXT, "
    "PRIMARY KEY (edition, code, added)",
    Publication(
        SOURCE,
        "Restructured BETOS classification (RBCS)",
        "https://data.cms.gov/provider-summary-by-type-of-service/provider-service-classifications/"
        "restructured-betos-classification-system",
    ),
    period=editions.STANDING,
    headings={
        "code": "hcpcs_code",
        "category": "rbcs_category",
        "subcategory": "rbcs_subcategory",
        "family": "rbcs_family",
        "added": "hcpcs_date_added",
        "ended": "hcpcs_date_ended",
    },
    row=_row,
    dated=Dated.NAME,
)

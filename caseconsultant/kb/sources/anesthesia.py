"""Anesthesia conversion factors of each locality, in cents."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, sheet

SOURCE = "anesthesia-cf"
_CONTRACTOR = 5


def _row(line: Line) -> Row | None:
    contractor = line["contractor"]
    if not contractor.isdigit():
        return None
    return contractor.zfill(_CONTRACTOR), line["locality"].zfill(2), line.scaled("factor", 100)


LOADER = sheet(
    "anesthesia_factor",
    "contractor TEXT, locality TEXT, factor INTEGER, PRIMARY KEY (edition, contractor, locality)",
    Publication(
        SOURCE,
        "Anesthesia conversion factors by locality",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/anesthesiologists-center",
        licence="US government work",
    ),
    period=editions.YEAR,
    headings={
        "contractor": "contractor|mac",
        "locality": "locality( number)?",
        "factor": r"national anes cf of [\d.]+|anes_cf|.*anesthesia conversion factor.*",
    },
    row=_row,
    dated=Dated.YEAR,
)

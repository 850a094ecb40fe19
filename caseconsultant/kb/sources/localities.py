"""The counties of each payment locality of the physician fee schedule."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, sheet

SOURCE = "localities"
_CONTRACTOR = 5


def _row(line: Line) -> Row | None:
    contractor = line["contractor"]
    if not contractor.isdigit():
        return None
    return (
        contractor.zfill(_CONTRACTOR),
        line["locality"].zfill(2),
        line["area"],
        line["counties"],
    )


LOADER = sheet(
    "locality",
    "contractor TEXT, locality TEXT, area TEXT, counties TEXT, PRIMARY KEY (edition, contractor, locality, area)",
    Publication(
        SOURCE,
        "Localities of the physician fee schedule",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/locality-key",
        licence="US government work",
    ),
    period=editions.YEAR,
    headings={
        "contractor": "medicare admini?strative contractor|mac",
        "locality": "locality( number)?",
        "state": "state(_name)?",
        "area": "fee[ _]schedule[ _]area",
        "counties": "counties",
    },
    row=_row,
    dated=Dated.YEAR,
)

"""The OPPS cap on the technical part of imaging, by locality, in cents."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, code_in, sheet

SOURCE = "opps-cap"


def _row(line: Line) -> Row:
    return (
        code_in(line["code"]),
        line["modifier"],
        line["contractor"].zfill(5),
        line["locality"].zfill(2),
        line.scaled("facility", 100),
        line.scaled("nonfacility", 100),
    )


LOADER = sheet(
    "opps_cap",
    "code TEXT, modifier TEXT, contractor TEXT, locality TEXT, facility INTEGER, nonfacility INTEGER, "
    "PRIMARY KEY (edition, code, modifier, contractor, locality)",
    Publication(
        SOURCE,
        "OPPS cap amounts",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    ),
    period=editions.QUARTER,
    headings={
        "code": "hcpcs",
        "modifier": "mod",
        "status": "procstat",
        "contractor": "carrier",
        "locality": "locality",
        "facility": "facility price",
        "nonfacility": "non-facili?ty price",
    },
    row=_row,
    dated=Dated.NAME,
)

"""Clinical laboratory fee schedule: amounts in cents, with QW where it has a line of its own."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, code_in, day_text, sheet

SOURCE = "clfs"


def _row(line: Line) -> Row:
    return (
        code_in(line["code"]),
        line["modifier"],
        day_text(line["effective"]),
        line["indicator"],
        line.scaled("rate", 100),
        line.get("descriptor"),
    )


LOADER = sheet(
    "lab_fee",
    "code TEXT, modifier TEXT, effective TEXT, indicator TEXT, rate INTEGER, descriptor TEXT, "
    "PRIMARY KEY (edition, code, modifier)",
    Publication(
        SOURCE,
        "Clinical laboratory fee schedule",
        "https://www.cms.gov/medicare/payment/fee-schedules/clinical-laboratory-fee-schedule-clfs/files",
    ),
    period=editions.QUARTER,
    headings={
        "code": "hcpcs",
        "modifier": "mod",
        "effective": "eff_date",
        "indicator": "indicator",
        "rate": "rate",
    },
    optional={"descriptor": "longdesc"},
    row=_row,
    dated=Dated.NAME,
    licensed=5,
)

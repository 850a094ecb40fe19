"""OPPS Addendum B: status indicator, APC and amounts in cents of each code in a hospital outpatient department."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Line, code_in, sheet

SOURCE = "opps-addendum-b"


def _row(line: Line) -> Row:
    return (
        code_in(line["code"]),
        line["status"],
        line.get("apc"),
        line.scaled("rate", 100),
        line.scaled("copayment", 100),
        line.get("descriptor"),
    )


LOADER = sheet(
    "opps",
    "code TEXT, status TEXT, apc TEXT, rate INTEGER, copayment INTEGER, descriptor TEXT, PRIMARY KEY (edition, code)",
    Publication(
        SOURCE,
        "OPPS Addendum B",
        "https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient-pps/"
        "quarterly-addenda-updates",
    ),
    period=editions.QUARTER,
    headings={
        "code": "hcpcs code",
        "status": "si",
        "apc": "apc",
        "rate": "payment rate",
        "copayment": "minimum unadjusted copayment",
    },
    optional={"descriptor": "short descriptor"},
    row=_row,
    licensed=5,
)

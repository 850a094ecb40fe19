"""Medicare Part B payment limits of drugs (ASP), by the HCPCS code's own dose, in thousandths of a dollar."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Line, code_in, sheet

SOURCE = "asp"


def _row(line: Line) -> Row:
    return (
        code_in(line["code"]),
        line["description"],
        line["dosage"],
        line.scaled("limit", 1000),
        line.scaled("coinsurance", 1000),
        line.get("notes"),
    )


LOADER = sheet(
    "drug_limit",
    "code TEXT, description TEXT, dosage TEXT, payment_limit INTEGER, coinsurance INTEGER, notes TEXT, "
    "PRIMARY KEY (edition, code)",
    Publication(
        SOURCE,
        "Part B drug payment limits (ASP)",
        "https://www.cms.gov/medicare/payment/part-b-drugs/asp-pricing-files",
    ),
    period=editions.QUARTER,
    headings={
        "code": "hcpcs code",
        "description": "short description",
        "dosage": "hcpcs code dosage",
        "limit": "payment limit",
        "coinsurance": "co-?insurance percentage",
    },
    optional={"notes": "notes"},
    row=_row,
)

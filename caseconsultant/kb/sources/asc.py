"""ASC addenda: covered procedures (AA), covered ancillary services (BB) and what is not paid there (EE).

Amounts in cents. The device offsets of addendum FF are not read.
"""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, code_in, sheet

SOURCE = "asc"
_PAGE = (
    "https://www.cms.gov/medicare/payment/prospective-payment-systems/ambulatory-surgical-center-asc/"
    "asc-regulations-and"
)
_COLUMNS = (
    "code TEXT, indicator TEXT, rate INTEGER, multiple_procedure INTEGER, descriptor TEXT, PRIMARY KEY (edition, code)"
)


def _row(line: Line) -> Row:
    multiple = line.get("multiple_procedure")
    return (
        code_in(line["code"]),
        line["indicator"],
        line.scaled("rate", 100),
        int(multiple == "Y") if multiple else None,
        line.get("descriptor"),
    )


def _excluded(line: Line) -> Row | None:
    return (code_in(line["code"]),) if len(line["code"]) == len("00000") else None


_MONTH_YEAR = r"[a-z]+ 20\d\d"
_HEADINGS = {
    "code": "hcpcs code",
    "indicator": f"{_MONTH_YEAR} payment indicator",
    "rate": f"{_MONTH_YEAR} payment rate",
}
PROCEDURES = sheet(
    "asc",
    _COLUMNS,
    Publication(SOURCE, "ASC payment addenda", _PAGE),
    period=editions.QUARTER,
    headings={**_HEADINGS, "multiple_procedure": "subject to multiple procedure discounting"},
    optional={"descriptor": "short descriptor"},
    row=_row,
    licensed=4,
)
ANCILLARIES = sheet(
    "asc_ancillary",
    _COLUMNS,
    Publication("asc-ancillary", "ASC payment addenda, ancillary services", _PAGE),
    period=editions.QUARTER,
    headings={**_HEADINGS, "pass_through": "drug and device pass-through expiration during calendar year"},
    optional={"descriptor": "short descriptor"},
    row=_row,
    ragged=True,
    licensed=4,
)
EXCLUDED = sheet(
    "asc_excluded",
    "code TEXT, PRIMARY KEY (edition, code)",
    Publication("asc-excluded", "ASC payment addenda, procedures excluded", _PAGE),
    period=editions.YEAR,
    headings={"code": "hcpcs code"},
    row=_excluded,
    title="^addendum ee ",
    dated=Dated.YEAR,
)

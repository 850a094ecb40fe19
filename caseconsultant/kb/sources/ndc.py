"""NDC to HCPCS: which code reports a package, and how many billing units it holds (in thousandths)."""

from __future__ import annotations

from caseconsultant.kb.ndc import ndc_digits
from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Line, code_in, sheet

SOURCE = "ndc-hcpcs"


def _kept(ndc: str) -> str:
    """As eleven digits; what the publisher misprinted stays as printed."""
    try:
        return ndc_digits(ndc)
    except ValueError:
        return ndc


def _row(line: Line) -> Row | None:
    ndc = line["ndc"]
    if not ndc or ndc.startswith("NA"):
        return None
    return (
        _kept(ndc),
        code_in(line["code"]),
        line["drug"],
        line["labeler"],
        line["dosage"],
        line.scaled("package_size", 1000),
        line.scaled("package_quantity", 1000),
        line.scaled("units_per_package", 1000),
    )


LOADER = sheet(
    "ndc",
    "ndc TEXT, code TEXT, drug TEXT, labeler TEXT, dosage TEXT, package_size INTEGER, package_quantity INTEGER, "
    "units_per_package INTEGER, PRIMARY KEY (edition, ndc, code)",
    Publication(
        SOURCE,
        "ASP NDC to HCPCS crosswalk",
        "https://www.cms.gov/medicare/payment/part-b-drugs/asp-pricing-files",
    ),
    period=editions.QUARTER,
    headings={
        "code": r"_?20\d\d_code|hcpcs code",
        "ndc": "ndc2?",
        "labeler": "labell?er name",
        "drug": "drug name",
        "dosage": "hcpcs dosage",
        "package_size": "pkg size",
        "package_quantity": "pkg qty",
        "units_per_package": "billunitspkg",
    },
    row=_row,
)

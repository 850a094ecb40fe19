"""ICD-10-CM conversion table: each code with the day it came in, and what was reported for it before."""

from __future__ import annotations

import re
from datetime import date

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, sheet

SOURCE = "icd-10-cm-conversions"
_CODE = re.compile(r"[A-Z][0-9A-Z]{2}(\.[0-9A-Z]{1,4})?")
_OCTOBER = 10
_YEAR = re.compile(r"(20\d\d)(\.0)?")


def _row(line: Line) -> Row | None:
    code = line["code"]
    if not _CODE.fullmatch(code):
        return None  # a note below the table
    return code.replace(".", ""), _effective(line["effective"]), line["previous"]


def _effective(text: str) -> str:
    """A year stands for its October; other days are written out."""
    if found := _YEAR.fullmatch(text):
        return date(int(found[1]), _OCTOBER, 1).isoformat()
    return date.fromisoformat(text.partition(" ")[0]).isoformat()


LOADER = sheet(
    "icd10cm_conversion",
    "code TEXT, effective TEXT, previous TEXT, PRIMARY KEY (edition, code, previous)",
    Publication(
        SOURCE,
        "ICD-10-CM conversion table",
        "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html",
        "CDC/NCHS",
        "US government work",
    ),
    period=editions.FISCAL_YEAR,
    headings={
        "code": "current code assignment",
        "effective": "effective",
        "previous": r"previous code\(s\) assignment",
    },
    row=_row,
    dated=Dated.FISCAL_YEAR,
)

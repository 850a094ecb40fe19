"""ICD-10-CM and ICD-10-PCS order files: every header and billable code of a fiscal year, in fixed columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.editions import fiscal_day
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

DIAGNOSES = "icd-10-cm"
PROCEDURES = "icd-10-pcs"
_PAGE = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"
_LINE = re.compile(r"(?P<order>\d{5}) (?P<code>[0-9A-Z]{3,7}) +(?P<billable>[01]) (?P<short>.{60}) (?P<long>.+)")
_COLUMNS = "code TEXT, billable INTEGER, description TEXT, place INTEGER, PRIMARY KEY (edition, code)"
_PCS_FIRST = "001"
"""The first header of the procedure tables; the diseases begin with A00."""


def _recognise(member: Member, source: str) -> Edition | None:
    first = next((found for line in member.head_lines[:5] if (found := _LINE.fullmatch(line.rstrip()))), None)
    if first is None or (first["code"] == _PCS_FIRST) != (source == PROCEDURES):
        return None
    return Edition(source, fiscal_day(*member.names))


def _rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every year has one layout
    number = 0
    for batch in member.batches():
        for line in batch:
            number += 1
            if not line.strip():
                continue
            found = _LINE.fullmatch(line.rstrip())
            if found is None:
                raise member.error(number, "not a line of an order file: order, code, 0 or 1, short and long title")
            yield found["code"], int(found["billable"]), found["long"], int(found["order"])


def _loader(source: str, table: str, title: str) -> Loader:
    publication = Publication(source, title, _PAGE, "CDC/NCHS and CMS", "US government work")
    return Loader(
        table, _COLUMNS, published(publication), editions.FISCAL_YEAR, partial(_recognise, source=source), _rows
    )


CM = _loader(DIAGNOSES, "icd10cm", "ICD-10-CM order file")
PCS = _loader(PROCEDURES, "icd10pcs", "ICD-10-PCS order file")

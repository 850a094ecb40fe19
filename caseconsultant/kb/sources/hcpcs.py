"""HCPCS Level II: codes and modifiers with their text, from the comma-separated list and from the fixed-width record.

The record also carries days, coverage and pricing; the attributes file carries them for the list. Dental codes (D) are
the American Dental Association's, and their text is dropped like other licensed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member
from caseconsultant.kb.sources.sheet import Dated, Line, day_text, sheet

SOURCE = "hcpcs"
ATTRIBUTES = "hcpcs-attributes"
_PAGE = "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update"
_PUBLICATION = Publication(SOURCE, "HCPCS Level II codes", _PAGE, licence="US government work")
_COLUMNS = (
    "code TEXT, description TEXT, short TEXT, added TEXT, ended TEXT, coverage TEXT, pricing TEXT, replaced_by TEXT, "
    "PRIMARY KEY (edition, code)"
)
_NAME = re.compile(r"[A-Z0-9]{2}|[A-Z]\d{4}")
_RECORD = 320
_MARKED = re.compile(r"(   [0-9A-Z]{2}|[A-Z]\d{4})\d{5}[3478]")
_FIRST = "37"
"""Marks the first line of a code or modifier; 4 and 8 mark those that go on with its text."""


def _listed(line: Line) -> Row:
    code = line["code"]
    if not _NAME.fullmatch(code):
        raise ValueError(f"{code!r} is neither a code nor a modifier")
    return code, _text(code, line["description"]), None, None, None, None, None, None


def _text(code: str, text: str) -> str | None:
    dental = len(code) == len("D0120") and code.startswith("D")
    return None if dental else text


LIST = sheet(
    "hcpcs",
    _COLUMNS,
    _PUBLICATION,
    period=editions.QUARTER,
    headings={"code": "code", "description": "description", "updated": "last_updated"},
    row=_listed,
    dated=Dated.NAME,
)


def _recognise(member: Member) -> Edition | None:
    """Lines of 320 characters with a code, a sequence number and a record mark."""
    records = [line for line in member.head_lines[:60] if _MARKED.match(line) and len(line) == _RECORD]
    if len(records) < 3:  # noqa: PLR2004  # one line may look like a record by chance
        return None
    names = [re.sub("HCPC(?=20)", "", name) for name in member.names]
    return Edition(SOURCE, editions.date_in(*names) or editions.year_in(names))


def _rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every year has one layout
    for _, lines in groupby(_records(member), key=lambda line: line[:5]):
        yield _record(list(lines))


def _records(member: Member) -> Iterator[str]:
    """Lines of codes and modifiers; what follows a first line may be cut behind its text."""
    number = 0
    for batch in member.batches():
        for line in batch:
            number += 1
            if not _MARKED.match(line):
                continue
            if line[10] in _FIRST and len(line) < _RECORD:
                raise member.error(number, f"{len(line)} characters where a record has {_RECORD}; download it again")
            yield line


def _record(lines: list[str]) -> Row:
    first = lines[0]
    code = first[:5].strip()
    text = " ".join(" ".join(line[11:91].split()) for line in lines)
    return (
        code,
        _text(code, text),
        _text(code, first[91:119].strip()),
        day_text(first[268:276]),
        day_text(first[284:292]),
        first[229].strip() or None,
        first[119:121].strip() or None,
        first[204:209].strip() or None,
    )


RECORDS = Loader("hcpcs", _COLUMNS, published(_PUBLICATION), editions.QUARTER, _recognise, _rows)


def _attribute(line: Line) -> Row:
    return (
        line["code"],
        day_text(line["added"]),
        day_text(line["ended"]),
        line.get("coverage"),
        line.get("pricing"),
        line.get("replaced_by"),
    )


ATTRIBUTE_LIST = sheet(
    "hcpcs_attribute",
    "code TEXT, added TEXT, ended TEXT, coverage TEXT, pricing TEXT, replaced_by TEXT, PRIMARY KEY (edition, code)",
    Publication(ATTRIBUTES, "HCPCS Level II attributes", _PAGE, licence="US government work"),
    period=editions.YEAR,
    headings={
        "code": "hcpcs_code",
        "pricing": "price",
        "coverage": "cov",
        "replaced_by": "xref",
        "ended": "date_term",
        "added": "date_added",
    },
    row=_attribute,
    dated=Dated.YEAR,
)

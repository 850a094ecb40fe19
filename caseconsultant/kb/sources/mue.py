"""Medically unlikely edits of three settings: comma-separated text, the table named by its second column.

The file itself does not say which quarter it is of; the publisher's name does (`Eff_07-01-2024`), else the operator.
"""

from __future__ import annotations

from collections.abc import Iterator

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.cells import Codes
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

_PAGE = (
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-medically-unlikely-edits-mues"
)
_PUBLICATIONS = published(
    Publication("mue-practitioner", "MUE table (practitioner)", _PAGE),
    Publication("mue-outpatient", "MUE table (outpatient hospital)", _PAGE),
    Publication("mue-dme", "MUE table (DME supplier)", _PAGE),
)
_TABLES = {
    "Practitioner Services MUE Values": "mue-practitioner",
    "Outpatient Hospital Services MUE Values": "mue-outpatient",
    "DME Supplier Services MUE Values": "mue-dme",
}
_HEADER = ("HCPCS/CPT Code", "MUE Adjudication Indicator", "MUE Rationale")
_WIDTH = 4
_MAI = {"1", "2", "3"}


def recognise(member: Member) -> Edition | None:
    """A table of MUEs by its header line, which names the setting."""
    _, source = _header(member)
    return Edition(source) if source else None


def rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every quarter has one layout
    """Code, units, MAI."""
    header, _ = _header(member)
    codes = Codes()
    seen: set[int] = set()
    for line, cells in member.rows():
        if line <= header or not any(cells):
            continue
        if len(cells) != _WIDTH:
            raise member.error(line, f"{len(cells)} columns where an MUE has {_WIDTH}; download the file again")
        try:
            row = codes[cells[0]], _units(cells[1]), _mai(cells[2])
        except ValueError as error:
            raise member.error(line, f"{error}; download the file again") from error
        if row[0] in seen:
            raise member.error(line, f"{cells[0]} stands twice; download the file again")
        seen.add(row[0])
        yield row


def _header(member: Member) -> tuple[int, str | None]:
    for number, text in enumerate(member.head_lines[:20], 1):
        cells = [cell.strip().strip('"') for cell in text.split(",")]
        if "MUE Values" in text and cells[0] == _HEADER[0]:
            if len(cells) != _WIDTH or cells[1] not in _TABLES or tuple(cells[2:]) != _HEADER[1:]:
                raise member.error(
                    number, f"a table of MUEs in a layout not known: columns {', '.join(cells)}; report it"
                )
            return number, _TABLES[cells[1]]
    return 0, None


def _units(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"{cell!r} is no number of units")
    return int(cell)


def _mai(cell: str) -> int:
    """`3 Date of Service Edit: Clinical` is MAI 3."""
    if cell[:1] not in _MAI:
        raise ValueError(f"{cell!r} is no adjudication indicator: it begins with 1, 2 or 3")
    return int(cell[0])


LOADER = Loader(
    table="mue",
    columns="code INTEGER, units INTEGER, mai INTEGER, PRIMARY KEY (edition, code)",
    publications=_PUBLICATIONS,
    period=editions.QUARTER,
    recognise=recognise,
    rows=rows,
)

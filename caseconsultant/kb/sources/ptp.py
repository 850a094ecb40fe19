"""NCCI procedure-to-procedure edits, practitioner and outpatient hospital: tab-delimited text in one to four parts.

Both tables have the same layout and headers. They are told apart by what they hold: visits stand in column two of
every third pair of the practitioner table, and of every seventh of the hospital's at most. A file of a few rows tells
nothing that way; then its name decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from caseconsultant.kb.numbers import code_number
from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.cells import Codes, Days
from caseconsultant.kb.sources.loader import Edition, Extent, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

PRACTITIONER = "ncci-ptp-practitioner"
OUTPATIENT = "ncci-ptp-outpatient"
_COLUMNS = (
    "one INTEGER, two INTEGER, start INTEGER, until INTEGER, indicator INTEGER, "
    "PRIMARY KEY (edition, one, two, start, until, indicator)"
)
_VISITS = (code_number("99202"), code_number("99499"))
_EXTENT = (
    "SELECT count(*), min(start), max(start), max(until), "  # noqa: S608  # two numbers of our own
    f"coalesce(avg(two BETWEEN {_VISITS[0]} AND {_VISITS[1]}), 0) FROM ptp WHERE edition = ?"
)
_SPAN = "SELECT min(one), max(one) FROM ptp WHERE edition = ?"
_PAGE = (
    "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
    "medicare-ncci-procedure-procedure-ptp-edits"
)
_PUBLICATIONS = published(
    Publication(PRACTITIONER, "NCCI PTP edits (practitioner)", _PAGE),
    Publication(OUTPATIENT, "NCCI PTP edits (outpatient hospital)", _PAGE),
)
_HEADER = ("Column 1", "Column 2", "1996", "Date", "data", "9=not applicable", "PTP Edit Rationale")
_MEASURED = 5000
"""Rows from which the share of visits tells the tables apart: practitioner 28 to 35 percent, hospital 4 to 15."""
_PRACTITIONER_SHARE = 0.2
_INDICATORS = {"0": 0, "1": 1, "9": 9}


def recognise(member: Member) -> Edition | None:
    """A table of pairs by its header line; which of the two, and of what quarter, its rows tell."""
    return Edition() if _header_line(member) else None


def rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every quarter has one layout
    """Column one and two, first day, last day, indicator."""
    header = _header_line(member)
    codes, days, line = Codes(), Days(), 0
    for batch in member.batches():
        first = line + 1
        cells: list[str] = []
        try:
            for line, text in enumerate(batch, first):
                if line <= header or not text or text.isspace():
                    continue
                cells = text.split("\t")
                one, two, _, start, until, indicator, _ = cells
                yield codes[one], codes[two], days[start], days[until], _INDICATORS[indicator]
        except (ValueError, KeyError) as error:
            raise member.error(line, _wrong(cells, error)) from error


def settle(edition: Edition, extent: Extent, member: Member) -> Edition:
    """The table by its share of visits, the quarter by what ended last. Raises KnowledgeError where both are silent."""
    source = edition.source or _table(extent, member.names)
    day = edition.effective_from or editions.newest_quarter(extent.last_end, extent.last_start, member.names)
    if source is None:
        raise member.error(
            None,
            f"{extent.rows:,} rows do not tell the practitioner from the hospital table; "
            f"say which with --table {PRACTITIONER} or --table {OUTPATIENT}",
        )
    return replace(edition, source=source, effective_from=day)


def _table(extent: Extent, names: Sequence[str]) -> str | None:
    if extent.rows >= _MEASURED:
        return PRACTITIONER if extent.visits > _PRACTITIONER_SHARE else OUTPATIENT
    lowered = " ".join(names).lower()
    if "ccioph" in lowered or "hospital" in lowered:
        return OUTPATIENT
    return PRACTITIONER if "ccipra" in lowered or "practitioner" in lowered else None


def _header_line(member: Member) -> int:
    """The number of the header's last line, 0 where it is another kind of file."""
    for number, text in enumerate(member.head_lines[:20], 1):
        cells = tuple(cell.strip() for cell in text.split("\t"))
        if cells[:2] == _HEADER[:2]:
            if cells != _HEADER:
                raise member.error(
                    number, f"a table of PTP edits in a layout not known: columns {', '.join(cells)}; report it"
                )
            return number
    return 0


def _wrong(cells: list[str], error: Exception) -> str:
    if len(cells) != len(_HEADER):
        return f"{len(cells)} columns where a PTP edit has {len(_HEADER)}; download the file again"
    if isinstance(error, KeyError):
        return f"modifier indicator {error} is none of 0, 1 and 9; download the file again"
    return f"{error}; download the file again"


LOADER = Loader(
    table="ptp",
    columns=_COLUMNS,
    publications=_PUBLICATIONS,
    period=editions.VERSION,
    recognise=recognise,
    rows=rows,
    settle=settle,
    extent=_EXTENT,
    span=_SPAN,
)

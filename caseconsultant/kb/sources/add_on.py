"""NCCI add-on code edits: a workbook, one row for an add-on code with a primary; days are YYYYDDD.

Type 1: a fixed list of primaries; 2: the contractor's; 3: a partial list. `CCCCC` stands for the contractor's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from caseconsultant.kb.numbers import OPEN
from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.cells import Codes, Days
from caseconsultant.kb.sources.loader import Edition, Extent, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

SOURCE = "ncci-aoc"
_PUBLICATIONS = published(
    Publication(
        SOURCE,
        "NCCI add-on code edits",
        "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits/"
        "medicare-ncci-add-code-edits",
    )
)
_HEADER = (
    "AOC_Edit_Type",
    "Add-On_Code",
    "AOC_DelDT",
    "Primary_Code",
    "Primary_Code_DelDT",
    "AOC_Edit_EffDT",
    "AOC_Edit_DelDT",
    "Special_Instruction_Notes",
)
_TYPES = {"1": 1, "2": 2, "3": 3}


def recognise(member: Member) -> Edition | None:
    """A workbook by its header line; the sheet's title carries the quarter."""
    for number, cells in member.head_grid:
        if _texts(cells)[:2] == _HEADER[:2]:
            if _texts(cells) != _HEADER:
                raise member.error(number, f"add-on codes in a layout not known: {', '.join(_texts(cells))}")
            return Edition(SOURCE, editions.date_in(*member.sheet_titles))
    return None


def rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every quarter has one layout
    """Add-on code, primary, first day, last day, type, whether for facilities only, for practitioners only."""
    codes, days = Codes(), Days()
    seen: set[tuple[int, int, int]] = set()
    for line, cells in _below_the_header(member):
        try:
            row = _row(cells, codes, days)
        except (ValueError, KeyError) as error:
            raise member.error(line, f"not an add-on code with its primary ({error}); download it again") from error
        if row[:3] in seen:
            raise member.error(line, f"{cells[1]}/{cells[3]} from {cells[5]} stands twice; download it again")
        seen.add(row[:3])
        yield row


def _row(cells: tuple[str, ...], codes: Codes, days: Days) -> tuple[int, int, int, int, int, int, int]:
    if len(cells) != len(_HEADER):
        raise ValueError(f"{len(cells)} columns, not {len(_HEADER)}")
    kind, code, code_end, primary, primary_end, start, end, note = cells
    until = min((each for each in (days[code_end], days[primary_end], days[end]) if each), default=OPEN)
    only = int("facilities only" in note), int("Practitioner Only" in note)
    return codes[code], codes[primary], days[start], until, _TYPES[kind], *only


def settle(edition: Edition, extent: Extent, member: Member) -> Edition:
    """The quarter by the sheet's title, else by what ended last."""
    return replace(
        edition,
        effective_from=edition.effective_from
        or editions.newest_quarter(extent.last_end, extent.last_start, member.names),
    )


def _below_the_header(member: Member) -> Iterator[tuple[int, tuple[str, ...]]]:
    seen = False
    for number, cells in member.grid():
        texts = _texts(cells)
        if seen and any(texts):
            yield number, texts
        seen = seen or texts == _HEADER


def _texts(cells: Sequence[str]) -> tuple[str, ...]:
    """Without the empty cells that a sheet carries beyond its columns."""
    texts = list(cells)
    while len(texts) > len(_HEADER) and not texts[-1]:
        texts.pop()
    return tuple(texts)


LOADER = Loader(
    table="add_on",
    columns=(
        "code INTEGER, primary_code INTEGER, start INTEGER, until INTEGER, type INTEGER, facility_only INTEGER, "
        "practitioner_only INTEGER, PRIMARY KEY (edition, code, primary_code, start)"
    ),
    publications=_PUBLICATIONS,
    period=editions.QUARTER,
    recognise=recognise,
    rows=rows,
    settle=settle,
    extent="SELECT count(*), min(start), max(start), max(until), 0 FROM add_on WHERE edition = ?",
)

"""DMEPOS fee schedule: one amount a state, in cents, urban and rural where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member
from caseconsultant.kb.sources.sheet import scaled

SOURCE = "dmepos"
_STATE = re.compile(r"([A-Z]{2}) \(?(NR|R)\)?")
_FIXED = ("HCPCS", "Mod", "Mod2", "JURIS", "CATG", "Ceiling", "Floor")


def _recognise(member: Member) -> Edition | None:
    found = _header(member)
    if found is None:
        return None
    titles = [" ".join(filter(None, cells)) for line, cells in member.head_grid if line < found[0]]
    return Edition(SOURCE, editions.date_in(*titles, *member.names))


def _rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # the header tells the layout
    found = _header(member)
    if found is None:
        return
    first, cells = found
    columns = [(index, state[1], state[2]) for index, cell in enumerate(cells) if (state := _STATE.fullmatch(cell))]
    for line, row in member.grid():
        if line > first and row[0]:
            try:
                yield from _amounts(row, columns)
            except (ValueError, IndexError) as error:
                raise member.error(line, f"{error}; download the file again") from error


def _amounts(row: list[str], columns: list[tuple[int, str, str]]) -> Iterator[Row]:
    code, modifier, second, jurisdiction, category = row[:5]
    amounts: dict[str, dict[str, int]] = {}
    for index, state, area in columns:
        amounts.setdefault(state, {})[area] = scaled(row[index] or "0", 100)
    for state, by_area in amounts.items():
        urban, rural = by_area.get("NR", 0), by_area.get("R", 0)
        if urban or rural:
            yield code, modifier, second, state, jurisdiction, category, urban or None, rural or None


def _header(member: Member) -> tuple[int, list[str]] | None:
    for line, cells in member.head_grid:
        if tuple(cells[:2]) == _FIXED[:2]:
            if tuple(cells[:7]) != _FIXED:
                raise member.error(line, f"a DMEPOS schedule in a layout not known: {', '.join(cells[:9])}; report it")
            return line, cells
    return None


LOADER = Loader(
    table="dme_fee",
    columns=(
        "code TEXT, modifier TEXT, modifier2 TEXT, state TEXT, jurisdiction TEXT, category TEXT, urban INTEGER, "
        "rural INTEGER, PRIMARY KEY (edition, code, modifier, modifier2, state)"
    ),
    publications=published(
        Publication(
            SOURCE,
            "DMEPOS fee schedule",
            "https://www.cms.gov/medicare/payment/fee-schedules/dmepos/dmepos-fee-schedule",
            licence="US government work",
        )
    ),
    period=editions.QUARTER,
    recognise=_recognise,
    rows=_rows,
)

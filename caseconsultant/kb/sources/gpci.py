"""Geographic practice cost indices of each locality, in thousandths, the work index with its floor."""

from __future__ import annotations

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Publication, Row
from caseconsultant.kb.sources.sheet import Dated, Line, sheet

SOURCE = "gpci"
_CONTRACTOR = 5


def _row(line: Line) -> Row | None:
    contractor = line["contractor"]
    if not contractor.isdigit():
        return None  # a footnote
    return (
        contractor.zfill(_CONTRACTOR),
        line["locality"].zfill(2),
        line["state"],
        line["name"].rstrip("*"),
        *(line.scaled(column, 1000) for column in ("work", "practice_expense", "malpractice")),
    )


LOADER = sheet(
    "gpci",
    "contractor TEXT, locality TEXT, state TEXT, name TEXT, work INTEGER, practice_expense INTEGER, "
    "malpractice INTEGER, PRIMARY KEY (edition, contractor, locality)",
    Publication(
        SOURCE,
        "Geographic practice cost indices",
        "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
        licence="US government work",
    ),
    period=editions.YEAR,
    headings={
        "contractor": r"medicare administrative contractor( \(mac\))?",
        "state": "state",
        "locality": "locality number",
        "name": "locality name",
        "work": r"(20\d\d )?pw gpci( \(with 1\.0 floor\))?",
        "practice_expense": r"(20\d\d )?pe gpci",
        "malpractice": r"(20\d\d )?mp gpci",
    },
    row=_row,
    dated=Dated.YEAR,
)

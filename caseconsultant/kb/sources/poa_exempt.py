"""ICD-10-CM codes exempt from present-on-admission reporting: tab-delimited text."""

from __future__ import annotations

from collections.abc import Iterator

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.editions import fiscal_day, year_in
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

SOURCE = "poa-exempt"
_HEADER = "POAexemptCode"
_ORDER = "Order"


def _recognise(member: Member) -> Edition | None:
    cells = member.head_lines[0].split("\t") if member.head_lines else []
    if len(cells) < 3 or cells[1] != _HEADER or not cells[0].startswith(_ORDER):  # noqa: PLR2004  # order, code, text
        return None
    year = year_in([f"20{cells[0].removeprefix(_ORDER)}"])
    return Edition(SOURCE, fiscal_day(str(year.year)) if year else fiscal_day(*member.names))


def _rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # every year has one layout
    number = 0
    for batch in member.batches():
        for line in batch:
            number += 1
            if number == 1 or not line.strip():
                continue
            cells = line.split("\t")
            if len(cells) != 3:  # noqa: PLR2004  # order, code, text
                raise member.error(number, f"{len(cells)} columns where the list has 3; download the file again")
            yield (cells[1].replace(".", ""),)


LOADER = Loader(
    table="poa_exempt",
    columns="code TEXT, PRIMARY KEY (edition, code)",
    publications=published(
        Publication(
            SOURCE,
            "Codes exempt from present-on-admission reporting",
            "https://www.cms.gov/medicare/coding-billing/icd-10-codes",
            licence="US government work",
        )
    ),
    period=editions.FISCAL_YEAR,
    recognise=_recognise,
    rows=_rows,
)

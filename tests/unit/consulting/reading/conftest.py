"""A knowledge base that knows which codes and places exist: all the reader asks of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from caseconsultant.consulting.reading import read_question
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.published import Validity
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import CodeRecord, Parameter, PlaceOfService, Role

CODES = (
    "96360 96361 96365 96366 96367 96368 96369 96370 96371 96372 96373 96374 96375 96376 96377 96379".split()  # noqa: SIM905
)
PLACES = {"11": "office", "19": "outpatient_hospital", "21": "facility_professional", "22": "outpatient_hospital"}
PUBLISHED = "31622"
"""In a published table alone."""
DRUGS = {"zofran": "ondansetron", "ondansetron": "ondansetron", "toradol": "ketorolac", "b12": "cyanocobalamin"}


class FirstSlice:
    """Codes 96360 to 96379, one code of a published table, four places of service and three drugs."""

    release = "test"

    def code_history(self, code: str) -> Sequence[CodeRecord]:
        if code not in CODES:
            return ()
        return (
            CodeRecord(
                code, CodeSystem.CPT, "a code", "family", Role.SINGLE, "", (), (), date(2009, 1, 1), None, None, ()
            ),
        )

    def validity(self, code: str, *, on: date) -> Validity:
        listed = (Reference("pfs", code, "2026-07-01"),) if code == PUBLISHED else ()
        return Validity(code, CodeSystem.CPT, valid=True if listed else None, references=listed)

    def place_of_service(self, code: str, *, on: date) -> PlaceOfService | None:
        named = PLACES.get(code)
        return PlaceOfService(code, code, code != "11", named, ()) if named else None

    def parameter(self, path: str, *, on: date) -> Parameter:
        return Parameter(path, DRUGS, ())


@pytest.fixture(scope="session")
def read() -> Callable[..., Question]:
    def of(text: str, as_of: date = date(2026, 11, 23)) -> Question:
        return read_question(text, knowledge=FirstSlice(), as_of=as_of)

    return of

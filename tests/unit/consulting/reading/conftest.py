"""A knowledge base that knows which codes and places exist: all the reader asks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from caseconsultant.consulting.reading import read_question
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.published import Invalid, Validity
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import CodeRecord, Parameter, PlaceOfService, Role

CODES = (
    "96360 96361 96365 96366 96367 96368 96369 96370 96371 96372 96373 96374 96375 96376 96377 96379".split()  # noqa: SIM905
)
PLACES = {"11": "office", "19": "outpatient_hospital", "21": "facility_professional", "22": "outpatient_hospital"}
PUBLISHED = "31622"
"""In a published table alone."""
PROCEDURES = frozenset("31622 E0601 E0114 E1031 J1100 L0650 99213 62323 66984".split())  # noqa: SIM905
"""In published tables alone, where they are loaded."""
DIAGNOSES = frozenset("E1031 J1100 E1142 E119 E1165 M5416 I10 N183 Z794 G4733 K5090 A419 R6520 B20 N362".split())  # noqa: SIM905
"""In the table of diagnoses, undotted; the first two look like an equipment's and a drug's code too."""
OPERATIONS = frozenset({"0DTJ4ZZ", "B2111ZZ"})
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


class WithTables(FirstSlice):
    """The same with tables loaded: a code in none of them is known to be none."""

    def validity(self, code: str, *, on: date) -> Validity:
        for system, shape, listed in (
            (CodeSystem.CPT, r"\d{4}[0-9A-Z]|[A-EGHJ-MP-V]\d{4}", PROCEDURES),
            (CodeSystem.ICD10CM, r"[A-Z]\d[0-9A-Z](?:\.?\w{1,4})?", DIAGNOSES),
            (CodeSystem.ICD10PCS, r"[0-9B-DF-HX][0-9A-HJ-NP-Z]{6}", OPERATIONS),
        ):
            if re.fullmatch(shape, code) and code.replace(".", "") in listed:
                return Validity(code, system, valid=True, references=(Reference("table", code, "2026-07-01"),))
        system = CodeSystem.ICD10CM if "." in code or not re.search(r"\d{4}", code) else CodeSystem.CPT
        reference = Reference("table", code, "2026-07-01")
        return Validity(code, system, valid=None, references=(reference,), reason=Invalid.UNKNOWN)


@pytest.fixture(scope="session")
def read_loaded() -> Callable[..., Question]:
    def of(text: str, as_of: date = date(2026, 11, 23)) -> Question:
        return read_question(text, knowledge=WithTables(), as_of=as_of)

    return of


@pytest.fixture(scope="session")
def read() -> Callable[..., Question]:
    def of(text: str, as_of: date = date(2026, 11, 23)) -> Question:
        return read_question(text, knowledge=FirstSlice(), as_of=as_of)

    return of

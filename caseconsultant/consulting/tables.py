"""The published tables that the consultant asks beyond the edits, by subject. `kb.published_tables` keeps them.

Every `on` is the date of service. Past an edition's end the last one answers and the record's `edition_gap` says so;
None and an empty tuple mean 'not in the data', never 'not covered' or 'nothing paid'.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a fast start: an answer that asks no table defines none of these
    from caseconsultant.domain.published import (
        Amount,
        AnesthesiaFactor,
        CoverageDocument,
        Crosswalk,
        Diagnosis,
        DiagnosisConflict,
        DiagnosisCoverage,
        DrugLimit,
        DrugPackage,
        Fee,
        Locality,
        Payment,
        PublishedModifier,
        PublishedPlace,
    )


class FeeSchedule(Protocol):
    """The physician fee schedule."""

    def record(self, code: str, *, on: date, modifier: str = "") -> Fee | None:
        """Relative values and indicators; 26, TC and 53 have lines of their own."""

    def modifiers(self, code: str, *, on: date) -> tuple[str, ...]:
        """The modifiers under which the code has lines of its own."""

    def localities(self, words: str = "", *, on: date) -> tuple[Locality, ...]:
        """The localities that the words fit: a state, a name, a county, contractor and number."""

    def anesthesia_factor(self, locality: Locality, *, on: date) -> AnesthesiaFactor | None:
        """The anesthesia conversion factor of a locality."""

    def payment(
        self, code: str, *, on: date, facility: bool, modifier: str = "", locality: Locality | None = None
    ) -> Payment | None:
        """What is allowed for one unit, in cents, with its arithmetic; national where no locality is given."""


class Schedules(Protocol):
    """Laboratory, OPPS, ASC, DMEPOS, drugs, and the lists of the outpatient code editor. Amounts in cents."""

    def laboratory(self, code: str, *, on: date, modifier: str = "") -> Amount | None:
        """The clinical laboratory fee schedule; QW may have a line of its own."""

    def opps(self, code: str, *, on: date) -> Amount | None:
        """Status indicator, APC and rate."""

    def asc(self, code: str, *, on: date) -> Amount | None:
        """Payment indicator and rate."""

    def asc_excludes(self, code: str, *, on: date) -> bool | None:
        """Whether an ASC is not paid for the procedure at all."""

    def equipment(self, code: str, state: str, *, on: date) -> tuple[Amount, ...]:
        """DMEPOS amounts of a state (two letters), by modifier and area."""

    def drug(self, code: str, *, on: date) -> DrugLimit | None:
        """The payment limit of one unit."""

    def modifier(self, modifier: str, *, on: date) -> PublishedModifier | None:
        """The modifier, if in force on the day."""

    def modifiers_conflict(self, first: str, second: str, *, on: date) -> bool:
        """Whether the two may not stand on one line."""

    def revenue_code(self, code: str, *, on: date) -> Amount | None:
        """A revenue code's status indicator."""

    def place(self, code: str, *, on: date) -> PublishedPlace | None:
        """A place of service."""


class Diagnoses(Protocol):
    """ICD-10-CM; codes with or without their dot."""

    def record(self, code: str, *, on: date) -> Diagnosis | None:
        """Description, whether billable, notes of every level nearest first, HCC, age and sex."""

    def operation(self, code: str, *, on: date) -> str | None:
        """The title of an ICD-10-PCS code."""

    def conflicts(self, first: str, second: str, *, on: date) -> tuple[DiagnosisConflict, ...]:
        """Notes of either code, at any level above it, that name the other: excludes, sequence, code also."""

    def poa_exempt(self, code: str, *, on: date) -> bool | None:
        """Whether the code is exempt from present-on-admission reporting."""


class Crosswalks(Protocol):
    """From one code set to another."""

    def to_icd10(self, code: str, *, on: date) -> tuple[Crosswalk, ...]:
        """ICD-9-CM to ICD-10-CM."""

    def to_icd9(self, code: str, *, on: date) -> tuple[Crosswalk, ...]:
        """ICD-10-CM to ICD-9-CM."""

    def package(self, ndc: str, *, on: date) -> DrugPackage | None:
        """The HCPCS code of a package; raises ValueError where the text is no NDC."""

    def packages(self, code: str, *, on: date) -> tuple[DrugPackage, ...]:
        """The packages of a HCPCS code."""

    def category(self, code: str, *, on: date) -> str | None:
        """The CCSR category."""


class Coverage(Protocol):
    """LCDs, articles and the diagnoses they list; partial, so that absence proves nothing."""

    def document(self, document_id: str, *, on: date) -> CoverageDocument | None:
        """An LCD or article in its newest version."""

    def documents(self, code: str, *, on: date, contractor: str = "") -> tuple[CoverageDocument, ...]:
        """The LCDs behind the lists of a procedure; those of one contractor, by a part of its name."""

    def diagnosis(self, code: str, diagnosis: str, *, on: date) -> DiagnosisCoverage | None:
        """Whether the diagnosis is listed for the procedure."""

    def listed(self, code: str, *, on: date) -> tuple[str, ...]:
        """The diagnoses listed as covered."""

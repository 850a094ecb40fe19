"""What the published tables say: one record each, with its reference and, past an edition's end, its gap.

Money is in whole cents, relative values in hundredths, indices in thousandths, unless said otherwise. Days are
inclusive; an end of None is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem


class Invalid(StrEnum):
    """Why a code cannot be reported on a date."""

    HEADER = "header"
    """A category that is divided further."""
    TERMINATED = "terminated"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    """In no edition of its code set."""


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether a code can be reported on a date; `valid` is None where no table decides it."""

    code: str
    system: CodeSystem
    valid: bool | None
    references: tuple[Reference, ...] = ()
    edition_gap: str | None = None
    reason: Invalid | None = None
    why: str | None = None
    """A clause in words: `a header since 2020-10-01; report N18.30, N18.31 or N18.32`."""
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fee:
    """A line of the physician fee schedule: relative values and the indicators that decide how it is paid."""

    code: str
    modifier: str
    status: str
    work: int
    pe_nonfacility: int
    pe_facility: int
    malpractice: int
    total_nonfacility: int
    total_facility: int
    preoperative: int
    intraoperative: int
    postoperative: int
    pc_tc: str
    global_days: str
    multiple_procedure: str
    bilateral: str
    assistant: str
    co_surgeon: str
    team: str
    endoscopic_base: str | None
    supervision: str | None
    imaging_family: str | None
    never_nonfacility: bool
    """The publisher's NA: rarely or never done outside a facility."""
    never_facility: bool
    conversion_factor: int
    """In ten-thousandths of a dollar."""
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class Locality:
    """A payment locality with its geographic indices."""

    contractor: str
    number: str
    name: str
    state: str
    work: int
    practice_expense: int
    malpractice: int
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class AnesthesiaFactor:
    """What a locality pays for one anesthesia unit, in cents."""

    cents: int
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class Payment:
    """What Medicare allows for one unit, before deductible, coinsurance and sequester; with its arithmetic."""

    code: str
    modifier: str
    cents: int
    facility: bool
    locality: str | None
    """Contractor and number, None for the national amount."""
    arithmetic: str
    capped: bool
    """The OPPS cap is lower than the formula."""
    references: tuple[Reference, ...]
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A code's amount in another schedule: laboratory, OPPS, ASC, DMEPOS. `status` is that schedule's indicator."""

    code: str
    modifier: str
    status: str | None
    cents: int | None
    detail: str | None
    """What else the schedule says: the APC, the state, the area, that multiple procedures are discounted."""
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class DrugLimit:
    """Medicare's payment limit of a drug, for one unit of its HCPCS code, in thousandths of a dollar."""

    code: str
    description: str
    dosage: str
    thousandths: int | None
    notes: str | None
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class DrugPackage:
    """A package by its NDC, and the code that reports it; units in thousandths."""

    ndc: str
    code: str
    drug: str
    labeler: str
    dosage: str
    units_per_package: int | None
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class HcpcsCode:
    """A HCPCS Level II code or modifier with its text."""

    code: str
    description: str | None
    added: date | None
    ended: date | None
    coverage: str | None
    replaced_by: str | None
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class DiagnosisNote:
    """An instruction of the tabular list that holds for a code, from the level it stands at."""

    owner: str
    """The code, category or range whose note it is."""
    kind: str
    """excludes1, excludes2, code_first, use_additional_code, code_also, includes, inclusion_term, note ..."""
    text: str
    character: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code with its notes, nearest first. `code` stands with its dot."""

    code: str
    description: str
    billable: bool
    notes: tuple[DiagnosisNote, ...]
    children: tuple[str, ...]
    """Codes one level below a header."""
    categories: tuple[str, ...]
    """CMS-HCC categories, as `CMS-HCC Model V28: 37`."""
    lowest_age: int | None
    highest_age: int | None
    sex: str | None
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class DiagnosisConflict:
    """A note of `code`, or of what stands above it, that names `other`."""

    code: str
    other: str
    note: DiagnosisNote
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A mapping from one code set to another, with what is loose about it."""

    code: str
    target: str | None
    approximate: bool
    combination: bool
    """The target is one of several that stand together."""
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class CoverageDocument:
    """An LCD or article of a Medicare contractor."""

    id: str
    version: int
    type: str
    title: str
    contractor: str
    effective_from: date | None
    retired: date | None
    url: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class DiagnosisCoverage:
    """Whether the LCDs behind a procedure list a diagnosis; `listed` is None where they name it neither way.

    The list is derived and partial, and being listed is necessary, not sufficient.
    """

    code: str
    diagnosis: str
    listed: bool | None
    documents: tuple[str, ...]
    reference: Reference


@dataclass(frozen=True, slots=True)
class PublishedModifier:
    """A modifier in the outpatient code editor's list."""

    modifier: str
    ncci_associated: bool
    therapy: bool
    effective_from: date | None
    effective_to: date | None
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class PublishedPlace:
    """A place of service as published; `facility` is None where the publisher leaves it open."""

    code: str
    name: str
    facility: bool | None
    reference: Reference


@dataclass(frozen=True, slots=True)
class Hit:
    """A code found by words; `why` says what matched."""

    code: str
    system: CodeSystem
    description: str
    billable: bool
    score: float
    why: str

"""Code systems, payers and settings, and a code as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CodeSystem(StrEnum):
    """The code systems a question can speak of."""

    CPT = "CPT"
    HCPCS = "HCPCS"
    ICD10CM = "ICD-10-CM"
    ICD10PCS = "ICD-10-PCS"


class Payer(StrEnum):
    """Whose rules apply. Absent means: not stated, answer the branches."""

    MEDICARE = "medicare"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICAID = "medicaid"
    COMMERCIAL = "commercial"


class Setting(StrEnum):
    """Where the service was given and who bills for it; decides the PTP and MUE table and the PE column."""

    OFFICE = "office"
    FACILITY_PROFESSIONAL = "facility_professional"
    OUTPATIENT_HOSPITAL = "outpatient_hospital"
    ASC = "asc"
    HOME = "home"
    DME = "dme"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: code points, 0-based, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A procedure code as written in a question or on a claim line. `units` is None where none were written."""

    code: str
    system: CodeSystem
    span: Span
    units: int | None = None
    modifiers: tuple[str, ...] = ()
    absent: bool = False
    """Named as not on the claim (`96370 without 96369`)."""


@dataclass(frozen=True, slots=True)
class DiagnosisMention:
    """An ICD-10-CM code as written, normalised with its dot."""

    code: str
    span: Span

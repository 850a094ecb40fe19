"""What the consultant needs of a knowledge base. `kb.store` keeps it; tests may hand in their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from caseconsultant.consulting.tables import Coverage, Crosswalks, Diagnoses, FeeSchedule, Schedules
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem, Setting
from caseconsultant.domain.records import (
    AddOn,
    CodeRecord,
    Guidance,
    ModifierRecord,
    Mue,
    NoPtpEdit,
    Parameter,
    PlaceOfService,
    PtpEdit,
    Source,
)

if TYPE_CHECKING:  # a fast start, as in `tables`
    from caseconsultant.domain.published import Hit, Validity


class Knowledge(Protocol):
    """Read-only, dated look-ups. Every `on` is the date of service.

    Past an edition's end the last edition answers and the record's `edition_gap` says so. None always means
    'not in the data', never 'no limit' or 'no edit'.
    """

    def __hash__(self) -> int:
        """By identity: what is worked out of one knowledge is not told of another."""

    @property
    def release(self) -> str:
        """The content hash of the knowledge that answers, such as `a1b2c3`."""

    @property
    def fees(self) -> FeeSchedule:
        """The physician fee schedule."""

    @property
    def schedules(self) -> Schedules:
        """The other schedules, and the lists of the outpatient code editor."""

    @property
    def diagnoses(self) -> Diagnoses:
        """ICD-10-CM."""

    @property
    def crosswalks(self) -> Crosswalks:
        """From one code set to another."""

    @property
    def coverage(self) -> Coverage:
        """LCDs and articles."""

    def validity(self, code: str, *, on: date) -> Validity:
        """Whether a code of any system can be reported on the date, and if not, why and what replaced it."""

    def search(self, words: str, *, system: CodeSystem | None = None, on: date, most: int = 10) -> tuple[Hit, ...]:
        """Codes of any system by words, best first; each says why it was found."""

    def source(self, source_id: str) -> Source | None:
        """The publication behind a reference."""

    def code(self, code: str, *, on: date) -> CodeRecord | None:
        """The record in force on the date; None if the code is not in the data or not in force then."""

    def code_history(self, code: str) -> Sequence[CodeRecord]:
        """Every dated record of a code, oldest first."""

    def ptp_edit(self, first: str, second: str, *, setting: Setting, on: date) -> PtpEdit | NoPtpEdit | None:
        """The NCCI record for the pair, whichever way round it is asked."""

    def mue(self, code: str, *, setting: Setting, on: date) -> Mue | None:
        """The medically unlikely edit of the setting's table."""

    def mue_begins(self, *, setting: Setting) -> Reference | None:
        """The first edition loaded of the setting's MUE table: its `edition` is the first day that has limits."""

    def add_on(self, code: str, *, on: date) -> AddOn | None:
        """The add-on record, None where the code is no add-on in the data."""

    def modifier(self, modifier: str, *, on: date) -> ModifierRecord | None:
        """The modifier in force on the date."""

    def place_of_service(self, code: str, *, on: date) -> PlaceOfService | None:
        """The place of service in force on the date."""

    def parameter(self, path: str, *, on: date) -> Parameter:
        """The value of a rule on the date; raises KnowledgeError where none is in force."""

    def parameters(self, under: str, *, on: date) -> Sequence[Parameter]:
        """Every rule in force on the date whose path begins so."""

    def asked(self, text: str, *, codes: Sequence[str], on: date) -> Sequence[tuple[Guidance, float]]:
        """The articles in force whose own question the text asks, best first, each with its score."""

    def guidance(self, *, codes: Sequence[str], topics: Sequence[str], on: date) -> Sequence[Guidance]:
        """Articles in force that speak of any of the codes and topics, best first."""

"""What the knowledge base returns: dated records, each with its references.

All dates are inclusive on both ends; an `effective_to` of None is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseconsultant.domain.answer import Confidence, Reference
from caseconsultant.domain.codes import CodeSystem


class Role(StrEnum):
    """What a code does on a claim. Drug administration has roles of its own, on which its hierarchy rests."""

    INITIAL = "initial"
    ADDITIONAL_HOUR = "additional_hour"
    SEQUENTIAL = "sequential"
    CONCURRENT = "concurrent"
    SETUP = "setup"
    INJECTION = "injection"
    PUSH_INITIAL = "push_initial"
    PUSH_SEQUENTIAL = "push_sequential"
    UNLISTED = "unlisted"
    SINGLE = "single"
    VISIT = "visit"
    """A visit by level or time, one a day."""
    ADD_ON = "add_on"
    """Only beside a primary code."""
    PROCEDURE = "procedure"
    TIMED = "timed"
    """Units by minutes."""
    MONTHLY = "monthly"
    """Once a calendar month or a period of 30 days."""
    TEST = "test"
    PANEL = "panel"
    IMAGING = "imaging"
    ANESTHESIA = "anesthesia"
    """Base and time units."""
    ADMINISTRATION = "administration"
    """Giving a vaccine."""
    PRODUCT = "product"
    """A drug, a vaccine or a tissue product, by its own unit."""
    SUPPLY = "supply"
    """An item: equipment, orthotics, prosthetics, supplies."""


DRUG_ADMINISTRATION = frozenset(
    {
        Role.INITIAL,
        Role.ADDITIONAL_HOUR,
        Role.SEQUENTIAL,
        Role.CONCURRENT,
        Role.SETUP,
        Role.INJECTION,
        Role.PUSH_INITIAL,
        Role.PUSH_SEQUENTIAL,
    }
)
"""The roles of codes that give a drug."""


class CaseFact(StrEnum):
    """A fact of a question on which it can hang whether an article of the guidance speaks to it."""

    SEVERAL_LINES = "several_lines"
    SEVERAL_UNITS = "several_units"
    """An injection on more than one unit, or on two lines."""
    SEVERAL_INITIALS = "several_initials"
    """More than one code that opens an encounter."""
    MINUTES_MISSING = "minutes_missing"
    BELOW_FLOOR = "below_floor"
    """An infusion of the article's codes ran too short to be one."""
    DRUG_GIVEN = "drug_given"
    """An infusion, injection or push of a drug is on the claim, not hydration alone."""
    IMMUNE_GLOBULIN = "immune_globulin"
    """The drug is an immune globulin product, or is run in beneath the skin as they are."""
    PRODUCT_OPEN = "product_open"
    """No drug has a line on the claim yet."""
    WASTE_OPEN = "waste_open"
    """Whether any of the drug was discarded is not told."""
    ALONE = "alone"
    """One line, and no minutes."""
    ONE_DRUG = "one_drug"
    """No other drug is told of."""
    NO_ADMINISTRATION = "no_administration"
    """Only the drug's own line is on the claim."""
    FLUSH = "flush"
    SAME_DRUG = "same_drug"
    SELF_ADMINISTERED = "self_administered"
    TWO_LUMENS = "two_lumens"
    KEEP_OPEN = "keep_open"
    CONCURRENT_FLUID = "concurrent_fluid"
    NO_STOP_TIME = "no_stop_time"
    VACCINE = "vaccine"
    ALLERGEN = "allergen"
    SUPERVISION = "supervision"
    OBSERVATION = "observation"
    AT_HOME = "at_home"
    NOT_AT_HOME = "not_at_home"
    HOSPITAL_CLAIM = "hospital_claim"
    SETTING_OPEN = "setting_open"
    PAYER_OPEN = "payer_open"
    COMMERCIAL_PAYER = "commercial_payer"
    DENIAL_ASKED = "denial_asked"
    DOCUMENTATION_ASKED = "documentation_asked"


@dataclass(frozen=True, slots=True)
class Condition:
    """When an article speaks: all of `codes`, one of `any_code` and all `facts` must be there."""

    codes: tuple[str, ...] = ()
    any_code: tuple[str, ...] = ()
    facts: tuple[CaseFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """How an article rules where certain facts are told: one of each group of `told`, nothing of `unless`."""

    told: tuple[tuple[str, ...], ...]
    """Plain words: `*` any ending, ` + ` a few words between."""
    say: str
    verdict: str | None = None
    """yes, no or depends, where yes or no is asked."""
    unless: tuple[str, ...] = ()
    stands: Mapping[str, int] = field(default_factory=dict)
    """Lines that stand, with their units."""
    refuses: tuple[str, ...] = ()
    """Lines that fall away."""
    modifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The modifiers of the lines that stand."""


@dataclass(frozen=True, slots=True)
class Source:
    """A publication of `knowledge/sources.yaml`."""

    id: str
    publisher: str
    title: str
    edition: str
    effective_from: date
    effective_to: date | None
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A code and what we say of it in our own words."""

    code: str
    system: CodeSystem
    description: str
    family: str
    role: Role
    unit_rule: str
    pitfalls: tuple[str, ...]
    see_also: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    global_days: str | None
    references: tuple[Reference, ...]
    note_must_say: tuple[str, ...] = ()
    """What the note must hold for a line of this code, each a part of one sentence."""
    synonyms: tuple[str, ...] = ()
    """What coders and clinicians call it, for the search."""


@dataclass(frozen=True, slots=True)
class PtpEdit:
    """An NCCI procedure-to-procedure record. Indicator 0 never, 1 with a modifier that is earned, 9 void."""

    column_one: str
    column_two: str
    modifier_indicator: int
    effective_from: date
    effective_to: date | None
    reference: Reference
    edition_gap: str | None
    """A sentence such as `ncci-ptp-practitioner ends 2024-09-30`, where the date asked lies past the edition."""


@dataclass(frozen=True, slots=True)
class NoPtpEdit:
    """The table was read for the pair and holds no edit. Not the same as the pair being absent from our data."""

    first: str
    second: str
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class Mue:
    """A medically unlikely edit: `units` a line (MAI 1) or a day (MAI 2, 3)."""

    code: str
    units: int
    mai: int
    reference: Reference
    edition_gap: str | None


@dataclass(frozen=True, slots=True)
class AddOn:
    """An add-on code with its primaries. Type 1: a fixed list; 2: the contractor's; 3: partial."""

    code: str
    type: int
    primaries: tuple[str, ...]
    reference: Reference
    edition_gap: str | None
    practitioner_only: tuple[str, ...] = ()
    """Those of the primaries that count on a practitioner's claim and not on a hospital's."""
    facility_only: bool = False
    """The add-on code itself is for facilities only."""
    ending: tuple[tuple[str, date], ...] = ()
    """Those of the primaries that count no longer, or will not, each with its last day."""


@dataclass(frozen=True, slots=True)
class ModifierRecord:
    """A modifier: what it is for, the common mistake, whether NCCI takes it as bypass."""

    modifier: str
    use: str
    mistake: str | None
    note_must_say: str | None
    ncci_associated: bool
    payment: str
    references: tuple[Reference, ...]
    with_codes: str | None = None
    """The codes it belongs on, in words."""
    chosen_if: str = ""
    """Completes `XS if ...` where one modifier of several is to be chosen."""


@dataclass(frozen=True, slots=True)
class PlaceOfService:
    """A place-of-service code; `facility` decides the practice-expense column."""

    code: str
    name: str
    facility: bool
    setting: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A rule's number (or text) on a date. `value` is int, float, str or a list or mapping of these."""

    path: str
    value: object
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """A short article: one question, our words, its references."""

    id: str
    question: str
    """The one question it answers."""
    topics: tuple[str, ...]
    codes: tuple[str, ...]
    statement: str
    payer: str | None
    setting: str | None
    asks: tuple[str, ...]
    note_must_say: tuple[str, ...]
    references: tuple[Reference, ...]
    confidence: Confidence = Confidence.MEDIUM
    effective_from: date | None = None
    effective_to: date | None = None
    when: tuple[Condition, ...] = ()
    """One of these must hold for the article to be volunteered; none: it answers only where its question is asked."""
    asks_when: tuple[Condition, ...] = ()
    """One of these must hold for the article to ask; none: whenever it speaks."""
    note_about: str | None = None
    """What the note's demands are about; None: the article's codes that are on the claim."""
    refuses: str | None = None
    """Why the lines fall away where `refuses_when` holds."""
    refuses_when: tuple[Condition, ...] = ()
    only_if: str | None = None
    """On what the lines hang where `only_if_when` holds; completes `only if ...`."""
    only_if_when: tuple[Condition, ...] = ()
    corrects: str | None = None
    """A sentence that answers with no wherever the article speaks."""
    words: tuple[str, ...] = ()
    """What a coder writes who asks this, where no code tells it."""
    lines: tuple[str, ...] = ()
    """The codes that `refuses` and `only_if` are about; none: all of the article's."""
    presumes: tuple[str, ...] = ()
    """Plain words, one of which a mail must say for the article to be told at all; none: nothing is presumed."""
    rulings: tuple[Ruling, ...] = ()
    """The facts that decide, first come first."""

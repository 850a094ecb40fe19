"""A question, read: everything the answer may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseconsultant.domain.codes import CodeMention, DiagnosisMention, Payer, Setting, Span
from caseconsultant.domain.surgery import NO_SURGERY, SurgicalCourse


class Topic(StrEnum):
    """The subjects coders ask about; one module of `consulting.topics` each."""

    DESCRIPTION = "description"
    GUIDELINES = "guidelines"
    MODIFIERS = "modifiers"
    CROSSWALKS = "crosswalks"
    NCCI = "ncci"
    COMPLIANCE = "compliance"
    COVERAGE = "coverage"
    FEES = "fees"


class Intent(StrEnum):
    """What is asked."""

    TOGETHER = "together"
    """Can these be billed together?"""
    MODIFIER = "modifier"
    """Which modifier?"""
    UNITS = "units"
    """How many units?"""
    LEVEL = "level"
    """Which level?"""
    WHICH_CODE = "which_code"
    """Which code for this?"""
    VALIDITY = "validity"
    """Is this code valid?"""
    DIAGNOSIS = "diagnosis"
    """Which diagnosis, in which order, does it support the code?"""
    DENIAL = "denial"
    """Why was it denied, and what to do?"""
    PAYMENT = "payment"
    """How much is paid?"""
    MEANING = "meaning"
    """What does this code mean?"""
    DOCUMENTATION = "documentation"
    """What must be documented?"""


class Service(StrEnum):
    """A service named in words."""

    SC_INFUSION = "sc_infusion"
    IV_INFUSION = "iv_infusion"
    INFUSION = "infusion"
    """An infusion whose route is not said."""
    CHEMO_INFUSION = "chemo_infusion"
    HYDRATION = "hydration"
    IV_PUSH = "iv_push"
    INJECTION = "injection"
    FLUSH = "flush"
    VISIT = "visit"


class Circumstance(StrEnum):
    """What the sender says of how a service was given; decides whether a modifier is earned."""

    LOCAL_ANAESTHETIC = "local_anaesthetic"
    FLUSH = "flush"
    OTHER_DRUG = "other_drug"
    SAME_DRUG = "same_drug"
    ONE_DRUG = "one_drug"
    """One drug is said to be all that was given."""
    OTHER_SITE = "other_site"
    SAME_SITE = "same_site"
    OTHER_ENCOUNTER = "other_encounter"
    NEW_PUMP = "new_pump"
    SELF_ADMINISTERED = "self_administered"
    SEPARATE_VISIT_WORK = "separate_visit_work"
    KEEP_OPEN = "keep_open"
    CONCURRENT_FLUID = "concurrent_fluid"
    """Fluid that ran while a drug ran."""
    NO_STOP_TIME = "no_stop_time"
    VACCINE = "vaccine"
    ALLERGEN = "allergen"
    SUPERVISION = "supervision"
    """Who supervised is in question (incident to, nobody in the office)."""
    TWO_LUMENS = "two_lumens"
    HYALURONIDASE = "hyaluronidase"
    NOTHING_DISCARDED = "nothing_discarded"
    DISCARDED = "discarded"
    OBSERVATION = "observation"
    """Watching the patient after the drug."""


@dataclass(frozen=True, slots=True)
class ServiceMention:
    """A service as named in words; `minutes` is the length of time written of it, None if none is plain."""

    service: Service
    span: Span
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time as written. `minutes` > 0; `codes` are the services it was written of, if that is plain."""

    minutes: int
    span: Span
    arithmetic: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug by its plain name, and how often it was given where a number stands before it."""

    drug: str
    span: Span
    times: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """What was read out of one mail.

    `as_of` is the date of service, or the day of receipt where none was written (`as_of_stated` tells which).
    `minutes` is the one duration that governs the question, None where none or several compete.
    """

    text: str
    as_of: date
    as_of_stated: bool = False
    payer: Payer | None = None
    setting: Setting | None = None
    minutes: int | None = None
    durations: tuple[DurationMention, ...] = ()
    codes: tuple[CodeMention, ...] = ()
    diagnoses: tuple[DiagnosisMention, ...] = ()
    modifiers: tuple[str, ...] = ()
    """Modifiers written apart from any code (`which is right, 59 or XU?`)."""
    topics: tuple[Topic, ...] = ()
    intents: tuple[Intent, ...] = ()
    services: tuple[ServiceMention, ...] = ()
    """Services named in words rather than by code."""
    circumstances: tuple[Circumstance, ...] = ()
    alternatives: tuple[str, ...] = ()
    """Codes between which the sender asks to choose (`96360 or 96361?`)."""
    wants_yes_or_no: bool = False
    """Some sentence asks for yes or no; otherwise an answer may carry no verdict."""
    written: str = ""
    """The text as it came; `text` has each range of minutes as its lower figure."""
    asks_for_a_refusal: bool = False
    """Yes would mean that the service is not billed (`is the denial right?`)."""
    drugs: tuple[DrugMention, ...] = ()
    """Drugs by name, in their order."""
    apart: int | None = None
    """Minutes between two of the same (`45 minutes apart`), None where none were written."""
    milligrams: int | None = None
    """The one dose written in grams or milligrams, None where none or several are."""
    surgery: SurgicalCourse = NO_SURGERY
    """The operation's package, as far as the words tell of one."""

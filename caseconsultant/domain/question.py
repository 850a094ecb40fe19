"""A question, read: everything the answer may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseconsultant.domain.codes import CodeMention, DiagnosisMention, Payer, Setting, Span


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


@dataclass(frozen=True, slots=True)
class DurationMention:
    """A length of time as written. `minutes` > 0; `codes` are the services it was written of, if that is plain."""

    minutes: int
    span: Span
    arithmetic: str
    codes: tuple[str, ...] = ()


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

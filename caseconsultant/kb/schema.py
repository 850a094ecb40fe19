"""What the files under `knowledge/` may hold: every key is named here, and no other is taken.

Imported by the build only; the store answers without pydantic.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from caseconsultant.domain.answer import Confidence
from caseconsultant.domain.codes import CodeSystem, Payer, Setting
from caseconsultant.domain.question import Topic
from caseconsultant.domain.records import CaseFact, Role

Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(strict=True, pattern=r"^(\d{4}[0-9A-Z]|[A-Z]\d{4})$")]
Pair = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9A-Z]{5}/[0-9A-Z]{5}$")]
ModifierCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9A-Z]{2}$")]
PlaceCode = Annotated[str, StringConstraints(strict=True, pattern=r"^\d{2}$")]
SourceId = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Day = Annotated[date, Field(strict=True)]
Number = Annotated[int, Field(strict=True, ge=0)]


class Record(BaseModel):
    """Closed and frozen: an unknown key stops the build."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Record):
    """An interval of days, inclusive on both ends; without `to` it is open."""

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Dated:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"ends on {self.end}, before it starts on {self.start}; mend one of the two days")
        return self


class Citation(Record):
    """A pointer into a source; without `edition` into its newest."""

    source: SourceId
    locator: Text
    edition: Day | None = None


class EditionEntry(Record):
    """An edition of a source, named by the day it took effect."""

    name: Text
    effective_from: Day
    effective_to: Day | None = None


class LocatorGroup(Record):
    """Locators that begin alike; `*` takes every locator of the source."""

    group: Text
    verified: bool


class FetchEntry(Record):
    """Where a source's files are found: a page, and a pattern that the names of its files fit."""

    page: Annotated[str, StringConstraints(strict=True, pattern=r"^https://\S+$")] | None = None
    """None: the source's own address."""
    links: Text
    via: Text | None = None
    """Fits the page of an edition, where the files stand a page further."""

    @model_validator(mode="after")
    def _are_patterns(self) -> FetchEntry:
        for pattern in (self.links, self.via or ""):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a pattern: {error}") from None
        return self


class SourceEntry(Record):
    """A publication."""

    id: SourceId
    publisher: Text
    title: Text
    licence: Text
    url: Annotated[str, StringConstraints(strict=True, pattern=r"^https://\S+$")]
    fetch: FetchEntry | None = None
    without: Text | None = None
    """What answers lose while its table is not loaded: a sentence for operators."""
    editions: tuple[EditionEntry, ...] = ()
    """None where nothing is authored from it and it is only loaded."""
    locators: tuple[LocatorGroup, ...] = Field(min_length=1)


class Cited(Record):
    """A record that names what it rests on."""

    references: tuple[Citation, ...] = Field(min_length=1)


class Fact(Cited, Dated):
    """What holds from a day to a day, and what it rests on."""


class CodeEntry(Fact):
    """A code in our own words."""

    code: Code
    system: CodeSystem
    description: Text
    family: Text
    role: Role
    unit_rule: Text
    pitfalls: tuple[Text, ...] = ()
    see_also: tuple[Code, ...] = ()
    global_days: Literal["000", "010", "090", "MMM", "XXX", "YYY", "ZZZ"] | None = None
    note_must_say: tuple[Text, ...] = ()
    synonyms: tuple[Text, ...] = ()


class ModifierEntry(Fact):
    """A modifier in our own words."""

    modifier: ModifierCode
    use: Text
    mistake: Text | None = None
    note_must_say: Text | None = None
    with_codes: Text | None = None
    ncci_associated: bool
    payment: Text
    chosen_if: Text | None = None


class PlaceEntry(Fact):
    """A place of service. `setting` is the one its professional claims fall under."""

    code: PlaceCode
    name: Text
    facility: bool
    setting: Setting


class DatedValue(Record):
    """A rule's value from a day on, until the next begins; null ends the rule."""

    start: Day = Field(alias="from")
    value: int | float | str | bool | list[object] | dict[str, object] | None
    references: tuple[Citation, ...] = ()


class ParameterEntry(Cited):
    """A rule: what it means, its values by date, oldest first."""

    description: Text
    unit: Text | None = None
    values: tuple[DatedValue, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _values_stand_in_order(self) -> ParameterEntry:
        days = [value.start for value in self.values]
        if days != sorted(set(days)):
            raise ValueError("values must stand in order of their days, each day once")
        return self


class PtpRecord(Dated):
    """`indicator` none: the table was read, and holds no edit for the pair on these days."""

    indicator: Literal[0, 1, 9, "none"]


class PtpEntry(Record):
    """A pair, column one first, with its records in each table."""

    pair: Pair
    tables: dict[SourceId, tuple[PtpRecord, ...]] = Field(min_length=1)


class PtpFile(Record):
    """`edits/ptp.yaml`."""

    checked_against: dict[SourceId, Day]
    pairs: tuple[PtpEntry, ...]


class MueRecord(Dated):
    """Units of a line (MAI 1) or a day (MAI 2, 3)."""

    units: Number
    mai: Literal[1, 2, 3]


class MueEntry(Record):
    """A code with its records in each table."""

    code: Code
    tables: dict[SourceId, tuple[MueRecord, ...]] = Field(min_length=1)


class MueFile(Record):
    """`edits/mue.yaml`."""

    checked_against: dict[SourceId, Day]
    edits: tuple[MueEntry, ...]


class Primary(Dated):
    """A code the add-on may stand beside."""

    code: Code
    practitioner_only: bool = False


class AddOnEntry(Record):
    """An add-on code. Type 1: a fixed list; 2: the contractor's; 3: partial."""

    code: Code
    type: Literal[1, 2, 3]
    facility_only: bool = False
    primaries: tuple[Primary, ...]


class AddOnFile(Record):
    """`edits/add_on.yaml`."""

    checked_against: dict[SourceId, Day] = Field(min_length=1, max_length=1)
    add_ons: tuple[AddOnEntry, ...]


class ConditionEntry(Record):
    """All of `codes`, one of `any_code` and all `facts` must be there; at least one of the three is named."""

    codes: tuple[Code, ...] = ()
    any_code: tuple[Code, ...] = ()
    facts: tuple[CaseFact, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> ConditionEntry:
        if not (self.codes or self.any_code or self.facts):
            raise ValueError("a condition names codes, any_code or facts; leave it out where nothing is needed")
        return self


class RulingEntry(Record):
    """How an article rules where the facts are told: each group of `told` (`a | b`: one of them), nothing of `unless`.

    Words are plain: `*` stands for any ending, ` + ` for a few words between within the sentence.
    """

    told: tuple[Text, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()
    verdict: Literal["yes", "no", "depends"] | None = None
    say: Text
    stands: dict[Code, Annotated[int, Field(strict=True, gt=0)]] = Field(default_factory=dict)
    refuses: tuple[Code, ...] = ()
    modifiers: dict[Code, tuple[ModifierCode, ...]] = Field(default_factory=dict)


class ArticleEntry(Fact):
    """A short article: one question, our words. `families` stands for every code of those families."""

    id: SourceId
    question: Text
    words: tuple[Text, ...] = ()
    presumes: tuple[Text, ...] = ()
    topics: tuple[Topic, ...] = Field(min_length=1)
    families: tuple[Text, ...] = ()
    codes: tuple[Code, ...] = ()
    statement: Text
    payer: Payer | None = None
    setting: Setting | None = None
    asks: tuple[Text, ...] = ()
    note_must_say: tuple[Text, ...] = ()
    confidence: Confidence
    when: tuple[ConditionEntry, ...] = ()
    asks_when: tuple[ConditionEntry, ...] = ()
    note_about: Text | None = None
    refuses: Text | None = None
    refuses_when: tuple[ConditionEntry, ...] = ()
    only_if: Text | None = None
    only_if_when: tuple[ConditionEntry, ...] = ()
    corrects: Text | None = None
    lines: tuple[Code, ...] = ()
    rulings: tuple[RulingEntry, ...] = ()


class SourcesFile(Record):
    """`sources.yaml`."""

    sources: tuple[SourceEntry, ...]


class CodesFile(Record):
    """A file of `codes/`."""

    codes: tuple[CodeEntry, ...]


class ModifiersFile(Record):
    """`modifiers.yaml`."""

    modifiers: tuple[ModifierEntry, ...]


class PlacesFile(Record):
    """`places_of_service.yaml`."""

    places: tuple[PlaceEntry, ...]


class GuidanceFile(Record):
    """A file of `guidance/`."""

    articles: tuple[ArticleEntry, ...]

"""Dated look-ups in the compiled file. Past an edition's end the last one answers, and the record says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem, Setting
from caseconsultant.domain.errors import KnowledgeError
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
from caseconsultant.kb.authored_tables import AuthoredTables
from caseconsultant.kb.database import Database
from caseconsultant.kb.published_tables import ADD_ON, PublishedTables
from caseconsultant.kb.tables import tables_for

if TYPE_CHECKING:
    from caseconsultant.domain.published import Hit, Validity
    from caseconsultant.kb.published_tables.coverage import Coverage
    from caseconsultant.kb.published_tables.crosswalks import Crosswalks
    from caseconsultant.kb.published_tables.diagnoses import Diagnoses
    from caseconsultant.kb.published_tables.fees import Fees
    from caseconsultant.kb.published_tables.schedules import Schedules
    from caseconsultant.kb.search import Replacements

_CACHED = 65_536
_WORD_RULES = ("search.lay_word", "search.abbreviation")
_APART = re.compile(r"[\s,.;:?!()/]+")
_Edited = PtpEdit | NoPtpEdit | Mue | AddOn


def open_store(path: Path, published: Path | None = None) -> Store:
    """A store over compiled files; raises KnowledgeError where one is missing, damaged or of another layout."""
    return Store(Database(path), PublishedTables(published))


class Store:
    """The consultant's `Knowledge` over the authored file and, where one was loaded, the published one.

    Neither changes under it. Published tables are asked first, authored facts where no table covers the question. Safe
    for threads and forks.
    """

    def __init__(self, database: Database, published: PublishedTables | None = None) -> None:
        self.database = database
        self.published = published = published or PublishedTables()
        self._authored = AuthoredTables(database)
        own = {source.id: source for source in self._authored.sources()}
        self._sources = _with_published(own, published)
        self._codes = lru_cache(_CACHED)(self._authored.codes)
        self._pairs = lru_cache(_CACHED)(self._read_pair)
        self._mues = lru_cache(_CACHED)(self._read_mue)
        self._add_ons = lru_cache(_CACHED)(self._read_add_on)
        self._modifiers = lru_cache(_CACHED)(self._authored.modifier)
        self._places = lru_cache(_CACHED)(self._authored.place)
        self._parameters = lru_cache(_CACHED)(self._authored.parameter)
        self._searches = lru_cache(_CACHED)(self._search)
        self._replacements = lru_cache(_CACHED)(self._word_rules)
        self._rules_under = lru_cache(_CACHED)(self._authored.parameters)
        self._weights = lru_cache(_CACHED)(self._weight)
        self._guidance = lru_cache(_CACHED)(self._read_guidance)
        self._articles = lru_cache(_CACHED)(self._authored.articles)

    @property
    def fees(self) -> Fees:
        """The physician fee schedule."""
        return self.published.fees

    @property
    def schedules(self) -> Schedules:
        """The other schedules, and the lists of the outpatient code editor."""
        return self.published.schedules

    @property
    def diagnoses(self) -> Diagnoses:
        """ICD-10-CM and ICD-10-PCS."""
        return self.published.diagnoses

    @property
    def crosswalks(self) -> Crosswalks:
        """From one code set to another."""
        return self.published.crosswalks

    @property
    def coverage(self) -> Coverage:
        """LCDs, articles and the diagnoses they list."""
        return self.published.coverage

    @property
    def release(self) -> str:
        """The first twelve digits of each file's hash, authored before published: `a1b2c3+d4e5f6`."""
        own = self.database.content[:12]
        return f"{own}+{self.published.release}" if self.published.path else own

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source in its newest edition, by id."""
        return tuple(self._sources.values())

    def source(self, source_id: str) -> Source | None:
        """The publication behind a reference, in its newest edition."""
        return self._sources.get(source_id)

    def code(self, code: str, *, on: date) -> CodeRecord | None:
        """The record in force on the date; None if the code is not in the data or not in force then."""
        return next((record for record in self._codes(code) if _holds(record, on)), None)

    def code_history(self, code: str) -> Sequence[CodeRecord]:
        """Every dated record of a code, oldest first."""
        return self._codes(code)

    def every_code(self) -> tuple[CodeRecord, ...]:
        """Every authored record of a code, by code and first day."""
        return self._authored.every_code()

    def every_modifier(self, *, on: date) -> tuple[ModifierRecord, ...]:
        """The authored modifiers in force on the date."""
        return tuple(found for name in self._authored.names("modifier") if (found := self.modifier(name, on=on)))

    def every_place(self, *, on: date) -> tuple[PlaceOfService, ...]:
        """The authored places of service in force on the date."""
        return tuple(found for name in self._authored.names("place") if (found := self.place_of_service(name, on=on)))

    def search(self, words: str, *, system: CodeSystem | None = None, on: date, most: int = 10) -> tuple[Hit, ...]:
        """Codes of any system by words, best first; each says why it was found."""
        return self._searches(words, system, on, most)

    def _search(self, words: str, system: CodeSystem | None, on: date, most: int) -> tuple[Hit, ...]:
        from caseconsultant.kb.search import search  # noqa: PLC0415  # most answers search nothing

        databases = (self.database, self.published.database)
        indexes = [each for each in databases if each.rows("SELECT 1 FROM sqlite_master WHERE name = 'words'")]
        return search(words, indexes=indexes, replacements=self._replacements(on), system=system, most=most)

    def _word_rules(self, on: date) -> Replacements:
        from caseconsultant.kb.search import replacements_of  # noqa: PLC0415

        return replacements_of([found.value for path in _WORD_RULES if (found := self._parameters(path, on))])

    def validity(self, code: str, *, on: date) -> Validity:
        """Whether a code of any system can be reported on the date, and if not, why and what replaced it."""
        from caseconsultant.kb.validity import validity_of  # noqa: PLC0415  # imported when first asked, as the tables are

        return validity_of(code.strip().upper(), self.code_history(code.strip().upper()), self.published, on=on)

    def ptp_edit(self, first: str, second: str, *, setting: Setting, on: date) -> PtpEdit | NoPtpEdit | None:
        """The NCCI record for the pair, whichever way round it is asked; None where the pair is not in the data."""
        return self._pairs(first, second, setting, on)

    def mue(self, code: str, *, setting: Setting, on: date) -> Mue | None:
        """The medically unlikely edit of the setting's table; None where it is not in the data."""
        return self._mues(code, setting, on)

    def mue_begins(self, *, setting: Setting) -> Reference | None:
        """The first edition loaded of the setting's MUE table; None where none is."""
        table = tables_for(setting).mue
        days = [one.day for one in self.published.editions.of(table)] if table else []
        days += [day for source, day in self._authored.ends if source == table]
        return Reference(table, "first edition loaded", min(days)) if table and days else None

    def add_on(self, code: str, *, on: date) -> AddOn | None:
        """The add-on record with the primaries in force on the date, None where the code is no add-on in the data."""
        return self._add_ons(code, on)

    def modifier(self, modifier: str, *, on: date) -> ModifierRecord | None:
        """The modifier in force on the date."""
        return self._modifiers(modifier, on)

    def place_of_service(self, code: str, *, on: date) -> PlaceOfService | None:
        """The place of service in force on the date."""
        return self._places(code, on)

    def parameter(self, path: str, *, on: date) -> Parameter:
        """The value of a rule on the date; raises KnowledgeError where none is in force."""
        found = self._parameters(path, on)
        if found is None:
            raise KnowledgeError(f"rule {path!r} has no value on {on}; add one to knowledge/rules or ask a later date")
        return found

    def parameters(self, under: str, *, on: date) -> Sequence[Parameter]:
        """Every rule in force on the date whose path begins so."""
        return self._rules_under(under, on)

    def guidance(self, *, codes: Sequence[str], topics: Sequence[str], on: date) -> Sequence[Guidance]:
        """Articles in force that speak of any of the codes and topics, best first.

        No topics asks for all of them. The best shares the most codes, then speaks of the fewest others.
        """
        return self._guidance(tuple(codes), tuple(topics), on)

    def asked(self, text: str, *, codes: Sequence[str], on: date) -> Sequence[tuple[Guidance, float]]:
        """The articles in force whose own question the text asks, best first, each with its score."""
        from caseconsultant.kb.asking import ranked  # noqa: PLC0415  # stemming is imported when first asked

        speaking = {code: self._authored.speaking_of(code) for code in codes}
        return [
            (article, score)
            for name, score in ranked(
                f"{text} {self._in_full(text, on)}", index=self.database, weight=self._weights, codes=speaking
            )
            for article in self._articles(name)
            if _holds(article, on)
        ]

    def _in_full(self, text: str, on: date) -> str:
        """What the abbreviations in a text stand for."""
        rule = self._parameters("search.coders_word", on)
        words = cast("dict[str, str]", rule.value) if rule else {}
        lowered = f" {' '.join(_APART.split(text.lower()))} "
        return " ".join(full for short, full in words.items() if f" {short} " in lowered)

    def _weight(self, term: str) -> float:
        from caseconsultant.kb.asking import weight_of  # noqa: PLC0415

        return weight_of(term, self.database)

    def verified(self, reference: Reference) -> bool:
        """Whether the reference's group of locators was compared with the publication itself."""
        return self._authored.verified(reference)

    def edition_end(self, reference: Reference) -> date | None:
        """The last day of the reference's edition, None where it is open."""
        key = reference.source, reference.edition
        ends = self._authored.ends
        return ends[key] if key in ends else self.published.editions.end(*key)

    def authored(self, source: str, subject: str, on: date) -> PtpEdit | NoPtpEdit | Mue | AddOn | None:
        """What is authored of a pair (`96365/36000`) or a code in the source's table, whatever was loaded."""
        if source == ADD_ON:
            return self._authored.add_on(subject, on)
        if "/" not in subject:
            return self._authored.mue(subject, source, on)
        first, second = subject.split("/")
        return self._authored.pair(first, second, source, on)

    def close(self) -> None:
        """Lets go of the files."""
        self.database.close()
        self.published.close()

    def _read_pair(self, first: str, second: str, setting: Setting, on: date) -> PtpEdit | NoPtpEdit | None:
        table = tables_for(setting).ptp
        if table:
            found = self.published.edits.ptp_edit(table, first, second, on)
            if found and not found.edition_gap:
                return found
            authored = self._authored.pair(first, second, table, on)
            return authored if _later(authored, found) else found
        return self._authored.pair(first, second, table, on)

    def _read_mue(self, code: str, setting: Setting, on: date) -> Mue | None:
        table = tables_for(setting).mue
        if table:
            found = self.published.edits.mue(table, code, on)
            if self.published.editions.covers(table, on):
                return found
            authored = self._authored.mue(code, table, on)
            return authored if _later(authored, found) else found
        return self._authored.mue(code, table, on)

    def _read_add_on(self, code: str, on: date) -> AddOn | None:
        found = self.published.edits.add_on(code, on)
        if self.published.editions.covers(ADD_ON, on):
            return found
        authored = self._authored.add_on(code, on)
        return authored if _later(authored, found) else found

    def _read_guidance(self, codes: tuple[str, ...], topics: tuple[str, ...], on: date) -> tuple[Guidance, ...]:
        asked, subjects = frozenset(codes), frozenset(topics)
        about = [one for name in self._speaking_of(codes) for one in self._articles(name)]
        found = [one for one in about if _holds(one, on) and _speaks_of(one, subjects)]
        return tuple(sorted(found, key=lambda one: _distance(one, asked)))

    def _speaking_of(self, codes: tuple[str, ...]) -> list[str]:
        """The articles of any of the codes and those of no code; all of them where no code is given."""
        if not codes:
            return self._authored.every_article()
        return sorted({name for code in ("", *codes) for name in self._authored.speaking_of(code)})


def _with_published(sources: dict[str, Source], published: PublishedTables) -> dict[str, Source]:
    """Sources in the newest edition that is authored or loaded."""
    found = dict(sources)
    for source in published.editions.sources.values():
        own = found.get(source.id)
        if own is None or own.effective_from <= source.effective_from:
            found[source.id] = source
    return dict(sorted(found.items()))


def _later(authored: _Edited | None, published: _Edited | None) -> bool:
    """Past a table's end the last edition answers, be it the one loaded or the one an authored fact was read in."""
    if authored is None or published is None:
        return authored is not None
    return authored.reference.edition > published.reference.edition


def _holds(record: CodeRecord | Guidance, on: date) -> bool:
    start, end = record.effective_from, record.effective_to
    return (start is None or start <= on) and (end is None or on <= end)


def _speaks_of(article: Guidance, topics: frozenset[str]) -> bool:
    return not topics or not topics.isdisjoint(article.topics)


def _distance(article: Guidance, codes: frozenset[str]) -> tuple[int, int, str]:
    shared = len(codes.intersection(article.codes))
    return -shared, len(article.codes), article.id

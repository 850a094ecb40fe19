"""ICD-10-CM and ICD-10-PCS: validity on a date with the reason, notes from every level, conflicts between two codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property, partial

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.published import Diagnosis, DiagnosisConflict, DiagnosisNote, Invalid, Validity
from caseconsultant.kb.database import Row, Rows
from caseconsultant.kb.icd import CATEGORY, dotted, named_in, undotted
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

CODES, TABULAR, CONVERSIONS, PROCEDURES = "icd-10-cm", "icd-10-cm-tabular", "icd-10-cm-conversions", "icd-10-pcs"
_FLAGS, _HCC = "ioce-diagnosis-flags", "hcc"
_OWN_LEVEL = frozenset({"inclusion_term", "seventh_character_note", "seventh_character"})
"""Notes that speak only of the code they stand at, or of the level that adds the character."""
_POINTS_ELSEWHERE = frozenset({"excludes1", "excludes2", "code_first", "use_additional_code", "code_also"})
_NAMED_CHILDREN = 6
_AFTER_EVERY_CODE = "~"
_MOST_DESCENDANTS = 400


class Diagnoses:
    """Codes are asked with or without their dot and answered with it."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def record(self, code: str, *, on: date) -> Diagnosis | None:
        """The code with its notes, nearest first; None where the fiscal year has no such code."""
        wanted = undotted(code)
        edition = self._editions.nearest(CODES, on)
        row = self._row(edition, wanted) if edition else None
        if edition is None or row is None:
            return None
        lowest, highest, sex = self._flags(wanted, on)
        billable = bool(row[0])
        return Diagnosis(
            code=dotted(wanted),
            description=str(row[1]),
            billable=billable,
            notes=tuple(self.notes(wanted, on=on)),
            children=() if billable else self._children(wanted, edition),
            categories=self._categories(wanted, on),
            lowest_age=lowest,
            highest_age=highest,
            sex=sex,
            reference=edition.reference(dotted(wanted)),
            edition_gap=edition.gap(on),
        )

    def validity(self, code: str, *, on: date) -> Validity:
        """Whether the code is a leaf in force on the date; past the last fiscal year that one answers, with its gap.

        Source: ICD-10-CM Official Guidelines I.A.2-3, I.B.2, IV.F.
        """
        wanted = undotted(code)
        edition = self._editions.nearest(CODES, on)
        if edition is None:
            return Validity(dotted(wanted), CodeSystem.ICD10CM, valid=None)
        row = self._row(edition, wanted)
        if row is None:
            return self._absent(wanted, edition, on)
        told = partial(_told, wanted, edition, on)
        came = self._came(wanted, on)
        if came and came > on:
            return told(valid=False, reason=Invalid.NOT_YET, why=f"not yet in effect: valid from {came}")
        return told(valid=True) if row[0] else self._header(wanted, edition, on)

    def procedure(self, code: str, *, on: date) -> Validity:
        """The same for an ICD-10-PCS code."""
        edition = self._editions.nearest(PROCEDURES, on)
        if edition is None:
            return Validity(code, CodeSystem.ICD10PCS, valid=None)
        rows = self._database.rows("SELECT billable FROM icd10pcs WHERE edition = ? AND code = ?", edition.number, code)
        told = partial(
            Validity,
            code,
            CodeSystem.ICD10PCS,
            references=(edition.reference(code),),
            edition_gap=edition.gap(on),
        )
        if not rows:
            return told(valid=False, reason=Invalid.UNKNOWN, why=f"not in {edition.name} of ICD-10-PCS")
        if not rows[0][0]:
            return told(
                valid=False, reason=Invalid.HEADER, why="the header of a table; all seven characters are needed"
            )
        return told(valid=True)

    def operation(self, code: str, *, on: date) -> str | None:
        """The title of an ICD-10-PCS code; None where the fiscal year does not have it."""
        edition = self._editions.nearest(PROCEDURES, on)
        sql = "SELECT description FROM icd10pcs WHERE edition = ? AND code = ? AND description IS NOT NULL"
        rows = self._database.rows(sql, edition.number, code) if edition else []
        return str(rows[0][0]) if rows else None

    def notes(self, code: str, *, on: date) -> Iterator[DiagnosisNote]:
        """Every note that holds for the code, from the code itself up to its chapter."""
        edition = self._editions.nearest(TABULAR, on)
        if edition is None:
            return
        wanted = undotted(code)
        sql = "SELECT kind, text, character FROM icd10cm_note WHERE edition = ? AND owner = ? ORDER BY kind, place"
        for owner in self._owners(wanted):
            for kind, text, character in self._database.rows(sql, edition.number, owner):
                if owner == wanted or str(kind) not in _OWN_LEVEL or _adds_character(str(kind), owner, wanted):
                    yield DiagnosisNote(dotted(owner), str(kind), str(text), str(character) if character else None)

    def conflicts(self, first: str, second: str, *, on: date) -> tuple[DiagnosisConflict, ...]:
        """The notes of either code, at any level above it, that name the other: excludes, sequence, code also."""
        found = []
        edition = self._editions.nearest(TABULAR, on)
        if edition is None:
            return ()
        for code, other in ((first, second), (second, first)):
            for note in self.notes(code, on=on):
                if note.kind in _POINTS_ELSEWHERE and any(each.takes(undotted(other)) for each in named_in(note.text)):
                    reference = edition.reference(note.owner)
                    found.append(
                        DiagnosisConflict(
                            dotted(undotted(code)), dotted(undotted(other)), note, reference, edition.gap(on)
                        )
                    )
        return tuple(found)

    def poa_exempt(self, code: str, *, on: date) -> bool | None:
        """Whether the code is exempt from present-on-admission reporting; None where no list is loaded."""
        edition = self._editions.nearest("poa-exempt", on)
        if edition is None:
            return None
        rows = self._database.rows(
            "SELECT 1 FROM poa_exempt WHERE edition = ? AND code = ?", edition.number, undotted(code)
        )
        return bool(rows)

    def _header(self, wanted: str, edition: PublishedEdition, on: date) -> Validity:
        children = self._children(wanted, edition)
        split = self._replacements(wanted, on)
        since = max((day for _, day in split), default=None)
        told = partial(_told, wanted, edition, on, more=self._conversion_reference(wanted, on) if split else ())
        if since and since > on:
            return told(valid=True)
        why = f"a header{f' since {since}' if since else ''}; report {_either(children)}"
        return told(valid=False, reason=Invalid.HEADER, why=why, replaced_by=children)

    def _absent(self, wanted: str, edition: PublishedEdition, on: date) -> Validity:
        """Not in the fiscal year's file: replaced, or never there."""
        replacements = self._replacements(wanted, on)
        gone = [day for _, day in replacements if day <= on]
        told = partial(_told, wanted, edition, on, more=self._conversion_reference(wanted, on) if replacements else ())
        if replacements and not gone:
            return told(valid=True)
        if gone:
            codes = tuple(dotted(code) for code, _ in replacements)
            why = f"terminated: replaced on {min(gone)}; report {_either(codes)}"
            return told(valid=False, reason=Invalid.TERMINATED, why=why, replaced_by=codes)
        gap = edition.gap(on)
        why = f"not in {edition.name} of ICD-10-CM{', the last one loaded' if gap else ''}"
        return told(valid=None if gap else False, reason=Invalid.UNKNOWN, why=why)

    def _row(self, edition: PublishedEdition, code: str) -> Row | None:
        sql = "SELECT billable, description FROM icd10cm WHERE edition = ? AND code = ?"
        rows = self._database.rows(sql, edition.number, code)
        return rows[0] if rows else None

    def _children(self, code: str, edition: PublishedEdition) -> tuple[str, ...]:
        """The codes one level below, with their dots."""
        sql = "SELECT code FROM icd10cm WHERE edition = ?1 AND code > ?2 AND code < ?3 ORDER BY code LIMIT ?4"
        keys = edition.number, code, code + _AFTER_EVERY_CODE, _MOST_DESCENDANTS
        below = [str(row[0]) for row in self._database.rows(sql, *keys)]
        nearest: list[str] = []
        for each in below:  # in order, so that a header stands before what is below it
            if not (nearest and each.startswith(nearest[-1])):
                nearest.append(each)
        return tuple(dotted(each) for each in nearest)

    def _came(self, code: str, on: date) -> date | None:
        """The day the conversion table has for the code; None where it has none: the code came with the code set."""
        edition = self._editions.nearest(CONVERSIONS, on)
        if edition is None:
            return None
        rows = self._database.rows(
            "SELECT max(effective) FROM icd10cm_conversion WHERE edition = ? AND code = ?", edition.number, code
        )
        return date.fromisoformat(str(rows[0][0])) if rows and rows[0][0] else None

    def _replacements(self, code: str, on: date) -> list[tuple[str, date]]:
        """What came in for the code, with the day each came."""
        edition = self._editions.nearest(CONVERSIONS, on)
        if edition is None:
            return []
        sql = (
            "SELECT code, effective, previous FROM icd10cm_conversion "
            "WHERE edition = ? AND previous LIKE ? ORDER BY code"
        )
        wanted = dotted(code)
        rows = self._database.rows(sql, edition.number, f"%{wanted}%")
        return [(str(each), date.fromisoformat(str(day))) for each, day, cell in rows if wanted in _listed(str(cell))]

    def _conversion_reference(self, code: str, on: date) -> tuple[Reference, ...]:
        edition = self._editions.nearest(CONVERSIONS, on)
        return (edition.reference(dotted(code)),) if edition else ()

    def _owners(self, code: str) -> Iterator[str]:
        """The code, what it begins with, and the sections and chapter that its category lies in, smallest first."""
        yield from (code[:length] for length in range(len(code), CATEGORY - 1, -1))
        category = code[:CATEGORY]
        yield from (owner for owner, first, last in self._ranges if first <= category <= last)

    @cached_property
    def _ranges(self) -> list[tuple[str, str, str]]:
        """Sections and chapters with notes: few hundred, from the smallest to the largest."""
        rows = self._database.rows("SELECT DISTINCT owner FROM icd10cm_note WHERE owner LIKE '%-%'")
        found = [(str(owner), first, last) for (owner,) in rows for first, _, last in [str(owner).partition("-")]]
        return sorted(found, key=lambda each: (each[2] > each[1], int(each[2], 36) - int(each[1], 36)))

    def _categories(self, code: str, on: date) -> tuple[str, ...]:
        edition = self._editions.nearest(_HCC, on)
        if edition is None:
            return ()
        sql = "SELECT model, category FROM hcc WHERE edition = ? AND code = ? ORDER BY model, category"
        return tuple(f"{model}: {category}" for model, category in self._database.rows(sql, edition.number, code))

    def _flags(self, code: str, on: date) -> tuple[int | None, int | None, str | None]:
        """Lowest and highest age and the sex of a code that has them."""
        edition = self._editions.nearest(_FLAGS, on)
        if edition is None:
            return None, None, None
        sql = (
            "SELECT lowest_age, highest_age, sex FROM diagnosis_flag WHERE edition = ?1 AND code = ?2 "
            "AND effective <= ?3 AND (until IS NULL OR until >= ?3)"
        )
        rows = self._database.rows(sql, edition.number, code, min(on, edition.effective_to or on).isoformat())
        if not rows:
            return None, None, None
        lowest, highest, sex = rows[0]
        limited = (int(lowest or 0), int(highest or 0)) != (0, _EVERY_AGE)
        ages = (int(lowest or 0), int(highest or 0)) if limited else (None, None)
        return *ages, _SEXES.get(str(sex))


_EVERY_AGE = 124
_SEXES = {"1": "male", "2": "female"}


def _adds_character(kind: str, owner: str, code: str) -> bool:
    """Seventh characters are written at a category or subcategory for the codes below it that lack one."""
    return kind != "inclusion_term" and code.startswith(owner)


def _listed(previous: str) -> set[str]:
    """The codes of a cell such as `C50.919, C50.929` or `C56.1 and C56.2`."""
    return {part.strip() for part in previous.replace(" and ", ",").replace(";", ",").split(",")}


def _either(codes: tuple[str, ...]) -> str:
    if len(codes) > _NAMED_CHILDREN:
        return f"one of {codes[0]} to {codes[-1]}"
    return " or ".join(filter(None, (", ".join(codes[:-1]), codes[-1]))) if codes else "a code below it"


def _told(
    code: str,
    edition: PublishedEdition,
    on: date,
    *,
    valid: bool | None,
    reason: Invalid | None = None,
    why: str | None = None,
    replaced_by: tuple[str, ...] = (),
    more: tuple[Reference, ...] = (),
) -> Validity:
    return Validity(
        dotted(code),
        CodeSystem.ICD10CM,
        valid,
        references=(edition.reference(dotted(code)), *more),
        edition_gap=edition.gap(on),
        reason=reason,
        why=why,
        replaced_by=replaced_by,
    )

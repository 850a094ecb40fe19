"""CPT and HCPCS Level II: whether a code can be reported on a date, by every table that lists codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.published import HcpcsCode, Invalid, Validity
from caseconsultant.kb.database import Rows
from caseconsultant.kb.published_tables.editions import Editions, PublishedEdition

HCPCS, ATTRIBUTES, RBCS = "hcpcs", "hcpcs-attributes", "rbcs"
_LISTS = (("pfs", "fee"), ("opps-addendum-b", "opps"), ("clfs", "lab_fee"), ("asp", "drug_limit"), ("asc", "asc"))
"""Tables that list codes, the fullest first."""


@dataclass(frozen=True, slots=True)
class _Days:
    """What the classification and the attributes know of a code's first and last day."""

    added: date | None = None
    ended: date | None = None
    replaced_by: str | None = None
    reference: Reference | None = None


class CodeSets:
    """Validity of procedure codes, and the text of HCPCS Level II."""

    def __init__(self, database: Rows, editions: Editions) -> None:
        self._database = database
        self._editions = editions

    def hcpcs(self, code: str, *, on: date) -> HcpcsCode | None:
        """The code or modifier in the edition of the day, with its text."""
        edition = self._editions.nearest(HCPCS, on)
        if edition is None:
            return None
        sql = "SELECT description, added, ended, coverage, replaced_by FROM hcpcs WHERE edition = ? AND code = ?"
        rows = self._database.rows(sql, edition.number, code)
        if not rows:
            return None
        description, added, ended, coverage, replaced = rows[0]
        return HcpcsCode(
            code=code,
            description=str(description) if description else None,
            added=_day(added),
            ended=_day(ended),
            coverage=str(coverage) if coverage else None,
            replaced_by=str(replaced) if replaced else None,
            reference=edition.reference(code),
            edition_gap=edition.gap(on),
        )

    def descriptor(self, code: str, *, on: date) -> tuple[str, Reference] | None:
        """The AMA's descriptor, where the operator loaded the tables with a licence for it."""
        for source, table in (("clfs", "lab_fee"), ("pfs", "fee"), ("opps-addendum-b", "opps"), ("asc", "asc")):
            edition = self._editions.nearest(source, on)
            if edition is None:
                continue
            sql = f"SELECT descriptor FROM {table} WHERE edition = ? AND code = ? AND descriptor IS NOT NULL"  # noqa: S608
            rows = self._database.rows(sql, edition.number, code)
            if rows:
                return str(rows[0][0]), edition.reference(code)
        return None

    def validity(self, code: str, *, on: date) -> Validity | None:
        """Whether the code can be reported on the day; None where no table of codes is loaded."""
        system = CodeSystem.HCPCS if code[:1].isalpha() else CodeSystem.CPT
        days = self._days(code, on)
        reference = (days.reference,) if days.reference else ()
        if days.added and days.added > on:
            why = f"not yet in effect: valid from {days.added}"
            return Validity(code, system, valid=False, reason=Invalid.NOT_YET, why=why, references=reference)
        if days.ended and days.ended < on:
            return self._terminated(code, system, days)
        listed = list(self._listed(code, system, on))
        if not listed:
            return None
        return _by_lists(code, system, listed, on, self._elsewhere(code, system))

    def _terminated(self, code: str, system: CodeSystem, days: _Days) -> Validity:
        why = f"terminated: last valid on {days.ended}" + (f"; see {days.replaced_by}" if days.replaced_by else "")
        return Validity(
            code,
            system,
            valid=False,
            reason=Invalid.TERMINATED,
            why=why,
            replaced_by=(days.replaced_by,) if days.replaced_by else (),
            references=(days.reference,) if days.reference else (),
        )

    def _listed(self, code: str, system: CodeSystem, on: date) -> Iterator[tuple[PublishedEdition, bool]]:
        """Each table's edition for the day, and whether the code is in it."""
        for source, table in _tables(system):
            edition = self._editions.nearest(source, on)
            if edition:
                yield edition, self._has(table, edition, code)

    def _elsewhere(self, code: str, system: CodeSystem) -> list[PublishedEdition]:
        """Every edition that lists the code, whatever its days, oldest first."""
        tables = _tables(system)
        found = [
            edition
            for source, table in tables
            for edition in self._editions.of(source)
            if self._has(table, edition, code)
        ]
        return sorted(found, key=lambda edition: edition.effective_from)

    def _has(self, table: str, edition: PublishedEdition, code: str) -> bool:
        sql = f"SELECT 1 FROM {table} WHERE edition = ? AND code = ? LIMIT 1"  # noqa: S608  # our own names
        return bool(self._database.rows(sql, edition.number, code))

    def _days(self, code: str, on: date) -> _Days:
        """By the newest list that knows the code's days."""
        for source, sql in (
            (RBCS, "SELECT added, ended, NULL FROM rbcs WHERE edition = ? AND code = ? ORDER BY added DESC"),
            (ATTRIBUTES, "SELECT added, ended, replaced_by FROM hcpcs_attribute WHERE edition = ? AND code = ?"),
            (HCPCS, "SELECT added, ended, replaced_by FROM hcpcs WHERE edition = ? AND code = ? AND added IS NOT NULL"),
        ):
            edition = self._editions.nearest(source, on)
            rows = self._database.rows(sql, edition.number, code) if edition else []
            if edition and rows:
                added, ended, replaced = rows[0]
                return _Days(_day(added), _day(ended), str(replaced) if replaced else None, edition.reference(code))
        return _Days()


def _tables(system: CodeSystem) -> tuple[tuple[str, str], ...]:
    """Source and table of the lists that may hold a code of the system."""
    return ((HCPCS, "hcpcs"), *_LISTS) if system is CodeSystem.HCPCS else _LISTS


def _by_lists(
    code: str,
    system: CodeSystem,
    listed: list[tuple[PublishedEdition, bool]],
    on: date,
    elsewhere: list[PublishedEdition],
) -> Validity:
    having = sorted((edition for edition, has in listed if has), key=lambda edition: edition.gap(on) is not None)
    if having:
        best = having[0]
        return Validity(code, system, valid=True, references=(best.reference(code),), edition_gap=best.gap(on))
    in_force = next((edition for edition, _ in listed if edition.gap(on) is None), None)
    newest = in_force or listed[0][0]
    told = partial(Validity, code, system, edition_gap=newest.gap(on))
    if later := [edition for edition in elsewhere if edition.effective_from > on]:
        why = f"not yet in effect: first listed in {later[0].source} from {later[0].effective_from}"
        return told(valid=False, reason=Invalid.NOT_YET, why=why, references=(later[0].reference(code),))
    if elsewhere:
        last = elsewhere[-1]
        why = f"terminated: last listed in {last.source} of {last.effective_from}, no longer in that of {newest.day}"
        references = last.reference(code), newest.reference(code)
        return told(valid=False, reason=Invalid.TERMINATED, why=why, references=references)
    sources = dict.fromkeys(edition.source for edition, _ in listed)
    why = f"in no edition of {', '.join(sources)} loaded"
    known = False if in_force else None
    return told(valid=known, reason=Invalid.UNKNOWN, why=why, references=(newest.reference(code),))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None

"""Claim lines checked against each other: validity, PTP edits in both orders, MUE, add-on primaries, modifiers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import cast

from caseconsultant.consulting.claim_lines import claim_line
from caseconsultant.consulting.contract import Object, finding_object
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Branch, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import CodeMention, Payer, Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Topic
from caseconsultant.domain.records import AddOn, Mue, PtpEdit

_EITHER_COLUMN_SINCE = date(2019, 7, 1)
"""From this day 59 and the X modifiers may stand on either code (CR 11168, MLN1783722)."""
_DISTINCT = frozenset({"59", "XE", "XS", "XP", "XU"})
_VISIT_ONLY = frozenset({"24", "25", "27", "57"})


class PairVerdict(StrEnum):
    """What an edit does to two lines."""

    MODIFIER_NEEDED = "modifier_needed"
    CONFLICT = "conflict"
    BYPASSED = "bypassed"


class ClaimVerdict(StrEnum):
    """The gravest of what was found."""

    CLEAN = "clean"
    MODIFIER_NEEDED = "modifier_needed"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line; `valid` is None where the code is not in the data, `why` says why it is not true."""

    line: CodeMention
    valid: bool | None
    why: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CheckedPair:
    """An edit in force between two lines."""

    edit: PtpEdit
    verdict: PairVerdict


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim, checked. `findings` are those that belong to no single line."""

    verdict: ClaimVerdict
    lines: tuple[CheckedLine, ...]
    pairs: tuple[CheckedPair, ...]
    diagnoses: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    lines: tuple[CodeMention, ...]
    as_of: date
    setting: Setting
    branch: Branch
    knowledge: Knowledge


def check(
    lines: Sequence[str],
    *,
    diagnoses: Sequence[str],
    as_of: date,
    setting: Setting | None,
    payer: Payer | None,
    knowledge: Knowledge,
) -> ClaimCheck:
    """The claim's lines checked on the date of service. No setting: the office, and the practitioner tables.

    Raises InputError for a line that cannot be read.
    """
    where = setting or Setting.OFFICE
    claim = _Claim(tuple(claim_line(line) for line in lines), as_of, where, Branch(payer, where), knowledge)
    checked = tuple(_line(line, claim) for line in claim.lines)
    pairs = tuple(_pairs(claim))
    general = tuple(_not_loaded(claim))
    return ClaimCheck(_verdict(checked, pairs, general), checked, pairs, tuple(diagnoses), general)


def claim_check_object(checked: ClaimCheck, *, id: str | None) -> Object:  # noqa: A002 - the contract's own key
    """The check as JSON-ready objects."""
    return {
        "id": id,
        "verdict": checked.verdict.value,
        "lines": [_line_object(line) for line in checked.lines],
        "pairs": [_pair_object(pair) for pair in checked.pairs],
        "diagnoses": list(checked.diagnoses),
        "findings": [finding_object(finding) for finding in checked.findings],
    }


# --- Lines ---------------------------------------------------------------------------------------------------------


def _line(line: CodeMention, claim: _Claim) -> CheckedLine:
    valid, why = _validity(line.code, claim)
    findings = (*_unlikely(line, claim), *_add_on(line, claim), *_modifiers(line, claim), *_reported_by(line, claim))
    return CheckedLine(line, valid, why, findings)


def _validity(code: str, claim: _Claim) -> tuple[bool | None, str | None]:
    if claim.knowledge.code(code, on=claim.as_of):
        return True, None
    history = claim.knowledge.code_history(code)
    if not history:
        return None, f"{code} is not in the loaded knowledge"
    return False, f"{code} is in force from {history[0].effective_from} to {history[-1].effective_to}"


def _unlikely(line: CodeMention, claim: _Claim) -> Iterator[Finding]:
    edit = claim.knowledge.mue(line.code, setting=claim.setting, on=claim.as_of)
    if edit is None:
        return
    units = (line.units or 1) if edit.mai == 1 else _units_of_day(line.code, claim)
    if units > edit.units:
        yield _over(line.code, units, edit, claim)


def _units_of_day(code: str, claim: _Claim) -> int:
    return sum(each.units or 1 for each in claim.lines if each.code == code)


def _over(code: str, units: int, edit: Mue, claim: _Claim) -> Finding:
    per = "line" if edit.mai == 1 else "day"
    statement = f"{code}: {units} units a {per} are over the MUE of {edit.units} (MAI {edit.mai})."
    return _finding(Kind.PAYABLE, statement, (edit.reference,), Verdict.NO, claim)


def _add_on(line: CodeMention, claim: _Claim) -> Iterator[Finding]:
    record = claim.knowledge.add_on(line.code, on=claim.as_of)
    if record and not _primaries(record, claim):
        statement = f"{line.code} is an add-on code and no primary stands beside it: {', '.join(record.primaries)}."
        yield _finding(Kind.CODABLE, statement, (record.reference,), Verdict.NO, claim)


def _primaries(record: AddOn, claim: _Claim) -> set[str]:
    """The primaries on the claim that count in its setting."""
    present = {each.code for each in claim.lines} & set(record.primaries)
    return present - set(record.practitioner_only) if claim.setting is Setting.OUTPATIENT_HOSPITAL else present


def _reported_by(line: CodeMention, claim: _Claim) -> Iterator[Finding]:
    """What the hospital reports and the practitioner in it does not, and the other way round."""
    name = "codes_not_reported_by_practitioner" if claim.setting is Setting.FACILITY_PROFESSIONAL else "only_codes"
    if claim.setting is Setting.OUTPATIENT_HOSPITAL:
        return
    try:
        rule = claim.knowledge.parameter(f"drug_administration.facility.{name}", on=claim.as_of)
    except KnowledgeError:
        return
    if line.code in cast("Sequence[str]", rule.value):
        statement = f"{line.code}: the facility reports it, the practitioner does not."
        yield _finding(Kind.PAYABLE, statement, rule.references, Verdict.NO, claim)


def _modifiers(line: CodeMention, claim: _Claim) -> Iterator[Finding]:
    for modifier in line.modifiers:
        if claim.knowledge.modifier(modifier, on=claim.as_of) is None:
            statement = f"{line.code}: modifier {modifier} is not in the loaded knowledge."
            yield _finding(Kind.INFO, statement, (), Verdict.UNKNOWN, claim)
    if "59" in line.modifiers and _DISTINCT.intersection(line.modifiers) - {"59"}:
        statement = f"{line.code}: 59 and an X modifier never stand on one line."
        found = claim.knowledge.modifier("59", on=claim.as_of)
        yield _finding(Kind.PAYABLE, statement, found.references if found else (), Verdict.NO, claim)


def _finding(kind: Kind, statement: str, references: tuple[Reference, ...], verdict: Verdict, claim: _Claim) -> Finding:
    return Finding(Topic.NCCI, kind, statement, references, verdict, branch=claim.branch)


# --- Pairs ---------------------------------------------------------------------------------------------------------


def _of_pairs(claim: _Claim) -> Iterator[tuple[str, str]]:
    yield from combinations(dict.fromkeys(each.code for each in claim.lines), 2)


def _pairs(claim: _Claim) -> Iterator[CheckedPair]:
    for first, second in _of_pairs(claim):
        edit = claim.knowledge.ptp_edit(first, second, setting=claim.setting, on=claim.as_of)
        if isinstance(edit, PtpEdit) and edit.modifier_indicator in {0, 1}:
            yield CheckedPair(edit, _pair_verdict(edit, claim))


def _pair_verdict(edit: PtpEdit, claim: _Claim) -> PairVerdict:
    if edit.modifier_indicator == 0:
        return PairVerdict.CONFLICT
    passed = all(
        _passes(first, second, claim)
        for first in claim.lines
        for second in claim.lines
        if first.code == edit.column_one and second.code == edit.column_two
    )
    return PairVerdict.BYPASSED if passed else PairVerdict.MODIFIER_NEEDED


def _passes(first: CodeMention, second: CodeMention, claim: _Claim) -> bool:
    """Whether a modifier that passes the edit stands on the right code of the two."""
    either = claim.as_of >= _EITHER_COLUMN_SINCE
    return any(_counts(each, second, claim) for each in second.modifiers) or any(
        _counts(each, first, claim) and (either or each not in _DISTINCT) for each in first.modifiers
    )


def _counts(modifier: str, line: CodeMention, claim: _Claim) -> bool:
    record = claim.knowledge.modifier(modifier, on=claim.as_of)
    described = claim.knowledge.code(line.code, on=claim.as_of)
    visit = line.code.startswith("99") if described is None else described.family == "office_visit"
    return record is not None and record.ncci_associated and (modifier not in _VISIT_ONLY or visit)


def _not_loaded(claim: _Claim) -> Iterator[Finding]:
    """A pair that is not in the data is not a pair without an edit."""
    for first, second in _of_pairs(claim):
        if claim.knowledge.ptp_edit(first, second, setting=claim.setting, on=claim.as_of) is None:
            statement = f"The loaded tables say nothing of {first} with {second}: look the pair up."
            yield _finding(Kind.INFO, statement, (), Verdict.UNKNOWN, claim)


# --- Verdict -------------------------------------------------------------------------------------------------------


def _verdict(lines: Sequence[CheckedLine], pairs: Sequence[CheckedPair], general: Sequence[Finding]) -> ClaimVerdict:
    verdicts = {finding.verdict for line in lines for finding in line.findings} | {each.verdict for each in general}
    of_pairs = {pair.verdict for pair in pairs}
    if PairVerdict.CONFLICT in of_pairs or Verdict.NO in verdicts or any(line.valid is False for line in lines):
        return ClaimVerdict.CONFLICT
    if PairVerdict.MODIFIER_NEEDED in of_pairs:
        return ClaimVerdict.MODIFIER_NEEDED
    unknown = not lines or Verdict.UNKNOWN in verdicts or any(line.valid is None for line in lines)
    return ClaimVerdict.UNKNOWN if unknown else ClaimVerdict.CLEAN


# --- As objects ----------------------------------------------------------------------------------------------------


def _line_object(checked: CheckedLine) -> Object:
    return {
        "code": checked.line.code,
        "units": checked.line.units or 1,
        "modifiers": list(checked.line.modifiers),
        "valid": checked.valid,
        "why": checked.why,
        "findings": [finding_object(finding) for finding in checked.findings],
    }


def _pair_object(pair: CheckedPair) -> Object:
    edit = pair.edit
    return {
        "column_one": edit.column_one,
        "column_two": edit.column_two,
        "modifier_indicator": edit.modifier_indicator,
        "effective_from": edit.effective_from.isoformat(),
        "effective_to": edit.effective_to.isoformat() if edit.effective_to else None,
        "verdict": pair.verdict.value,
        "edition": f"{edit.reference.source} {edit.reference.edition}",
        "edition_gap": edit.edition_gap is not None,
    }

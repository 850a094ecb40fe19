"""`lookup CODE`: everything the knowledge says of one code on one date, in the form of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem, Setting
from caseconsultant.domain.records import AddOn, CodeRecord, Mue
from caseconsultant.kb.store import Store

_SHAPES: Mapping[CodeSystem, re.Pattern[str]] = {
    CodeSystem.CPT: re.compile(r"\d{4}[0-9A-Z]"),
    CodeSystem.HCPCS: re.compile(r"[A-EGHJ-MP-V]\d{4}"),
    CodeSystem.ICD10CM: re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"),
    CodeSystem.ICD10PCS: re.compile(r"[0-9B-DF-HJ-NP-Z]{7}"),
}
_MUE_SETTINGS = {"practitioner": Setting.OFFICE, "outpatient_hospital": Setting.OUTPATIENT_HOSPITAL}


def lookup_object(code: str, *, store: Store, on: date) -> dict[str, object]:
    """The contract's `lookup --json` object; every key is there, a missing value is None, a missing list empty.

    `valid` is true or false where the data decide it, and None for a code of a known form that is not in the data.
    """
    wanted = code.strip().upper()
    history = store.code_history(wanted)
    record = store.code(wanted, on=on)
    told_of = record or _nearest(history, on)
    mues = [(name, mue) for name, mue in _mues(wanted, store, on)] if record else []
    add_on = store.add_on(wanted, on=on) if record else None
    references = _references(told_of, [mue for _, mue in mues], add_on)
    valid, why = _validity(wanted, record, history, on)
    system = told_of.system if told_of else system_of(wanted)
    return {
        "code": wanted,
        "system": str(system) if system else None,
        "as_of": on.isoformat(),
        "valid": valid,
        "why": why,
        "description": told_of.description if told_of else None,
        "description_source": "our own words" if told_of else None,
        "family": told_of.family if told_of else None,
        "role": str(told_of.role) if told_of else None,
        "replaced_by": [],
        "fee_schedule": None,
        "mue": [_mue_object(name, mue) for name, mue in mues],
        "add_on": _add_on_object(add_on) if add_on else None,
        "global_days": told_of.global_days if told_of else None,
        "modifiers": [],
        "icd": None,
        "hcc": [],
        "references": [_reference_object(reference) for reference in references],
        "editions": _editions(references, store),
    }


def system_of(code: str) -> CodeSystem | None:
    """The first code system whose codes look like this; None where none does."""
    return next((system for system, shape in _SHAPES.items() if shape.fullmatch(code)), None)


def _validity(
    code: str, record: CodeRecord | None, history: Iterable[CodeRecord], on: date
) -> tuple[bool | None, str | None]:
    if record:
        return True, None
    dated = list(history)
    if dated:
        return False, _why_not(dated, on)
    if system_of(code) is None:
        return False, f"{code} has not the form of a code of any system"
    return None, f"{code} is not in the data loaded"


def _why_not(history: list[CodeRecord], on: date) -> str:
    later = [record.effective_from for record in history if record.effective_from > on]
    if len(later) == len(history):
        return f"not yet in effect: valid from {min(later)}"
    ended = max(record.effective_to for record in history if record.effective_to and record.effective_to < on)
    again = f", and valid again from {min(later)}" if later else ""
    return f"terminated: last valid on {ended}{again}"


def _nearest(history: Iterable[CodeRecord], on: date) -> CodeRecord | None:
    """The record that was in force last, else the one that comes first."""
    return min(history, key=lambda record: _days_apart(record, on), default=None)


def _days_apart(record: CodeRecord, on: date) -> timedelta:
    return record.effective_from - on if record.effective_from > on else on - (record.effective_to or on)


def _mues(code: str, store: Store, on: date) -> Iterable[tuple[str, Mue]]:
    for name, setting in _MUE_SETTINGS.items():
        mue = store.mue(code, setting=setting, on=on)
        if mue:
            yield name, mue


def _references(record: CodeRecord | None, mues: Iterable[Mue], add_on: AddOn | None) -> list[Reference]:
    found = [*(record.references if record else ()), *(mue.reference for mue in mues)]
    if add_on:
        found.append(add_on.reference)
    return list(dict.fromkeys(found))


def _editions(references: Iterable[Reference], store: Store) -> list[dict[str, object]]:
    by_edition = {(reference.source, reference.edition): store.edition_end(reference) for reference in references}
    return [
        {"source": source, "from": edition, "to": end.isoformat() if end else None}
        for (source, edition), end in sorted(by_edition.items())
    ]


def _mue_object(table: str, mue: Mue) -> dict[str, object]:
    return {
        "table": table,
        "units": mue.units,
        "mai": mue.mai,
        "edition": mue.reference.edition,
        "edition_gap": mue.edition_gap,
    }


def _add_on_object(add_on: AddOn) -> dict[str, object]:
    return {
        "type": add_on.type,
        "primaries": list(add_on.primaries),
        "practitioner_only": list(add_on.practitioner_only),
        "facility_only": add_on.facility_only,
        "edition": add_on.reference.edition,
        "edition_gap": add_on.edition_gap,
    }


def _reference_object(reference: Reference) -> dict[str, object]:
    return {"source": reference.source, "locator": reference.locator, "edition": reference.edition}

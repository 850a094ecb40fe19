"""`lookup CODE`: everything the knowledge says of one code on one date, in the form of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeSystem, Setting
from caseconsultant.domain.published import Diagnosis, Fee, HcpcsCode, Validity
from caseconsultant.domain.records import AddOn, CodeRecord, Mue
from caseconsultant.kb.store import Store
from caseconsultant.kb.validity import systems_of

_MUE_SETTINGS = {
    "practitioner": Setting.OFFICE,
    "outpatient_hospital": Setting.OUTPATIENT_HOSPITAL,
    "dme": Setting.DME,
}
_LEFT_OUT = ("code", "reference")
_OWN_WORDS = "our own words"
AMA_NOTICE = (
    "CPT codes and descriptors are copyright of the American Medical Association, shown under the operator's license. "
    "CPT is a registered trademark of the American Medical Association."
)


def lookup_object(code: str, *, store: Store, on: date, descriptors: bool = False) -> dict[str, object]:
    """The contract's `lookup --json` object; every key is there, a missing value is None, a missing list empty.

    `valid` is true or false where the data decide it, and None for a code of a known form that is not in the data.
    `descriptors`: the AMA's are shown where they were loaded with a licence.
    """
    wanted = code.strip().upper()
    history = store.code_history(wanted)
    record = store.code(wanted, on=on)
    told_of = record or _nearest(history, on)
    validity = store.validity(wanted, on=on)
    procedure = validity.system in {CodeSystem.CPT, CodeSystem.HCPCS} and bool(told_of or validity.references)
    mues = list(_mues(wanted, store, on)) if procedure and validity.valid else []
    add_on = store.add_on(wanted, on=on) if procedure and validity.valid else None
    fee = store.fees.record(wanted, on=on) if procedure else None
    diagnosis = store.diagnoses.record(wanted, on=on) if validity.system is CodeSystem.ICD10CM else None
    text = store.published.codes.hcpcs(wanted, on=on) if validity.system is CodeSystem.HCPCS else None
    licensed = store.published.codes.descriptor(wanted, on=on) if descriptors and procedure else None
    told = [each for each in (add_on, fee, diagnosis, text) if each]
    references = _references(
        [
            *(told_of.references if told_of else ()),
            *(mue.reference for _, mue in mues),
            *(each.reference for each in told),
        ],
        validity,
        [licensed[1]] if licensed else [],
    )
    description, source = _description(told_of, diagnosis, text, licensed)
    known = bool(validity.references or told_of)
    return {
        "code": wanted,
        "system": str(validity.system) if known or systems_of(wanted) else None,
        "as_of": on.isoformat(),
        "valid": validity.valid,
        "why": validity.why,
        "description": description,
        "description_source": source,
        "family": told_of.family if told_of else None,
        "role": str(told_of.role) if told_of else None,
        "replaced_by": list(validity.replaced_by),
        "fee_schedule": _fee_object(fee) if fee else None,
        "mue": [_mue_object(name, mue) for name, mue in mues],
        "add_on": _add_on_object(add_on) if add_on else None,
        "global_days": fee.global_days if fee else told_of.global_days if told_of else None,
        "modifiers": list(store.fees.modifiers(wanted, on=on)) if procedure else [],
        "icd": _icd_object(diagnosis) if diagnosis else None,
        "hcc": list(diagnosis.categories) if diagnosis else [],
        "references": [_reference_object(reference) for reference in references],
        "editions": _editions(references, store),
    }


def _nearest(history: Iterable[CodeRecord], on: date) -> CodeRecord | None:
    """The record that was in force last, else the one that comes first."""
    return min(history, key=lambda record: _days_apart(record, on), default=None)


def _days_apart(record: CodeRecord, on: date) -> timedelta:
    return record.effective_from - on if record.effective_from > on else on - (record.effective_to or on)


def _description(
    record: CodeRecord | None,
    diagnosis: Diagnosis | None,
    text: HcpcsCode | None,
    licensed: tuple[str, Reference] | None,
) -> tuple[str | None, str | None]:
    """The text, and whose it is: a licensed descriptor, our own words, or the published public text."""
    if licensed:
        return licensed[0], f"{licensed[1].source}, copyright American Medical Association"
    if record:
        return record.description, _OWN_WORDS
    if diagnosis:
        return diagnosis.description, diagnosis.reference.source
    return (text.description, text.reference.source) if text and text.description else (None, None)


def _mues(code: str, store: Store, on: date) -> Iterable[tuple[str, Mue]]:
    for name, setting in _MUE_SETTINGS.items():
        mue = store.mue(code, setting=setting, on=on)
        if mue:
            yield name, mue


def _references(told: Iterable[Reference], validity: Validity, more: Iterable[Reference]) -> list[Reference]:
    return list(dict.fromkeys((*told, *validity.references, *more)))


def _editions(references: Iterable[Reference], store: Store) -> list[dict[str, object]]:
    by_edition = {(reference.source, reference.edition): store.edition_end(reference) for reference in references}
    return [
        {"source": source, "from": edition, "to": end.isoformat() if end else None}
        for (source, edition), end in sorted(by_edition.items())
    ]


def _fee_object(fee: Fee) -> dict[str, object]:
    """Relative values as decimals, the conversion factor in dollars, indicators as published."""
    found = {name: value for name, value in asdict(fee).items() if name not in _LEFT_OUT}
    for name in ("work", "pe_nonfacility", "pe_facility", "malpractice", "total_nonfacility", "total_facility"):
        found[name] = found[name] / 100
    for name in ("preoperative", "intraoperative", "postoperative"):
        found[name] = found[name] / 100
    found["conversion_factor"] = fee.conversion_factor / 10_000
    found["edition"] = fee.reference.edition
    return found


def _icd_object(diagnosis: Diagnosis) -> dict[str, object]:
    """Notes by kind, each with the level it stands at."""
    notes: dict[str, list[dict[str, object]]] = {}
    for note in diagnosis.notes:
        shown = {"at": note.owner, "text": note.text}
        notes.setdefault(note.kind, []).append(
            {**shown, "character": note.character} if note.character else dict(shown)
        )
    return {
        "billable": diagnosis.billable,
        "notes": notes,
        "children": list(diagnosis.children),
        "ages": [diagnosis.lowest_age, diagnosis.highest_age] if diagnosis.highest_age is not None else None,
        "sex": diagnosis.sex,
    }


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

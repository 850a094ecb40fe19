"""Whether a code can be reported on a date: by the published tables, else by what is authored."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.published import Invalid, Validity
from caseconsultant.domain.records import CodeRecord
from caseconsultant.kb.published_tables import PublishedTables

_SHAPES: Mapping[CodeSystem, re.Pattern[str]] = {
    CodeSystem.CPT: re.compile(r"\d{4}[0-9A-Z]"),
    CodeSystem.HCPCS: re.compile(r"[A-EGHJ-MP-V]\d{4}"),
    CodeSystem.ICD10CM: re.compile(r"[A-Z][0-9A-Z]{2}(\.?[0-9A-Z]{1,4})?"),
    CodeSystem.ICD10PCS: re.compile(r"[0-9B-DF-HX][0-9A-HJ-NP-Z]{6}"),
}


def systems_of(code: str) -> list[CodeSystem]:
    """The code systems whose codes look like this, the likeliest first."""
    return [system for system, shape in _SHAPES.items() if shape.fullmatch(code)]


def validity_of(code: str, history: Sequence[CodeRecord], tables: PublishedTables, *, on: date) -> Validity:
    """The first code system that knows the code decides; `valid` is None where no table or record does.

    A published table in force overrules what is authored; past its end an authored last day is believed.
    """
    told = [found for system in systems_of(code) if (found := _in_system(code, system, history, tables, on))]
    known = [each for each in told if each.reason is not Invalid.UNKNOWN and each.valid is not None]
    if known or told:
        return (known or told)[0]
    systems = systems_of(code)
    why = f"{code} is not in the data loaded" if systems else f"{code} has not the form of a code of any system"
    system = systems[0] if systems else CodeSystem.CPT
    return Validity(code, system, valid=None if systems else False, reason=Invalid.UNKNOWN, why=why)


def _in_system(
    code: str, system: CodeSystem, history: Sequence[CodeRecord], tables: PublishedTables, on: date
) -> Validity | None:
    match system:
        case CodeSystem.ICD10CM:
            return _loaded(tables.diagnoses.validity(code, on=on))
        case CodeSystem.ICD10PCS:
            return _loaded(tables.diagnoses.procedure(code, on=on))
        case _:
            return _procedure(code, [each for each in history if each.system is system], tables, on)


def _loaded(found: Validity) -> Validity | None:
    return found if found.references else None


def _procedure(code: str, history: Sequence[CodeRecord], tables: PublishedTables, on: date) -> Validity | None:
    published = tables.codes.validity(code, on=on)
    authored = authored_validity(code, history, on) if history else None
    if published is None or authored is None:
        return published or authored
    decided = published.valid is not None and not published.edition_gap
    ended = authored.reason is Invalid.TERMINATED
    return authored if not decided and (ended or published.valid is None) else published


def authored_validity(code: str, history: Sequence[CodeRecord], on: date) -> Validity:
    """By the days of the authored records alone."""
    told = partial(Validity, code, history[0].system, references=history[-1].references[:1])
    if any(each.effective_from <= on and (each.effective_to is None or on <= each.effective_to) for each in history):
        return told(valid=True)
    later = [each.effective_from for each in history if each.effective_from > on]
    if len(later) == len(history):
        return told(valid=False, reason=Invalid.NOT_YET, why=f"not yet in effect: valid from {min(later)}")
    ended = max(each.effective_to for each in history if each.effective_to and each.effective_to < on)
    again = f", and valid again from {min(later)}" if later else ""
    return told(valid=False, reason=Invalid.TERMINATED, why=f"terminated: last valid on {ended}{again}")

"""From the rows of the compiled file to the shared records."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from caseconsultant.domain.answer import Confidence, Reference
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.records import (
    AddOn,
    CaseFact,
    CodeRecord,
    Condition,
    Guidance,
    ModifierRecord,
    Mue,
    NoPtpEdit,
    Parameter,
    PlaceOfService,
    PtpEdit,
    Role,
    Ruling,
    Source,
)
from caseconsultant.kb.database import Row

_Made = TypeVar("_Made")
Make = Callable[[Row], _Made]


def day(text: str | int | None) -> date | None:
    """The day an ISO text names; None for an open end."""
    return date.fromisoformat(str(text)) if text is not None else None


def source(row: Row) -> Source:
    """Id, publisher, title, edition's name, its days, address, licence."""
    source_id, publisher, title, _name, start, end, url, licence = row
    return Source(
        id=str(source_id),
        publisher=str(publisher),
        title=str(title),
        edition=str(start),
        effective_from=_start(start),
        effective_to=day(end),
        url=str(url),
        licence=str(licence),
    )


def code(row: Row) -> CodeRecord:
    """A row of `code`."""
    name, start, end, body = _dated(row)
    return CodeRecord(
        code=name,
        system=CodeSystem(body["system"]),
        description=body["description"],
        family=body["family"],
        role=Role(body["role"]),
        unit_rule=body["unit_rule"],
        pitfalls=tuple(body["pitfalls"]),
        see_also=tuple(body["see_also"]),
        effective_from=start,
        effective_to=end,
        global_days=body["global_days"],
        references=_references(body),
        note_must_say=tuple(body["note_must_say"]),
        synonyms=tuple(body["synonyms"]),
    )


def modifier(row: Row) -> ModifierRecord:
    """A row of `modifier`."""
    _name, _start_day, _end, body = _dated(row)
    return ModifierRecord(
        modifier=body["modifier"],
        use=body["use"],
        mistake=body["mistake"],
        note_must_say=body["note_must_say"],
        ncci_associated=body["ncci_associated"],
        payment=body["payment"],
        references=_references(body),
        with_codes=body["with_codes"],
        chosen_if=body["chosen_if"] or "",
    )


def place(row: Row) -> PlaceOfService:
    """A row of `place`."""
    name, _start_day, _end, body = _dated(row)
    return PlaceOfService(
        code=name,
        name=body["name"],
        facility=body["facility"],
        setting=body["setting"],
        references=_references(body),
    )


def parameter(row: Row) -> Parameter:
    """A row of `parameter`."""
    path, _start_day, _end, body = _dated(row)
    return Parameter(path=path, value=body["value"], references=_references(body))


def guidance(row: Row) -> Guidance:
    """A row of `article`."""
    name, start, end, body = _dated(row)
    return Guidance(
        id=name,
        question=body["question"],
        words=tuple(body["words"]),
        topics=tuple(body["topics"]),
        codes=tuple(body["codes"]),
        statement=body["statement"],
        payer=body["payer"],
        setting=body["setting"],
        asks=tuple(body["asks"]),
        note_must_say=tuple(body["note_must_say"]),
        references=_references(body),
        confidence=Confidence(body["confidence"]),
        effective_from=start,
        effective_to=end,
        when=_conditions(body["when"]),
        asks_when=_conditions(body["asks_when"]),
        note_about=body["note_about"],
        refuses=body["refuses"],
        refuses_when=_conditions(body["refuses_when"]),
        only_if=body["only_if"],
        only_if_when=_conditions(body["only_if_when"]),
        corrects=body["corrects"],
        lines=tuple(body["lines"]),
        rulings=tuple(map(_ruling, body["rulings"])),
        presumes=tuple(word for group in body["presumes"] for word in _alternatives(group)),
    )


def _ruling(written: dict[str, Any]) -> Ruling:
    return Ruling(
        told=tuple(tuple(_alternatives(group)) for group in written["told"]),
        say=written["say"],
        verdict=written["verdict"],
        unless=tuple(word for group in written["unless"] for word in _alternatives(group)),
        stands=written["stands"],
        refuses=tuple(written["refuses"]),
        modifiers={code: tuple(each) for code, each in written["modifiers"].items()},
    )


def _alternatives(group: str) -> list[str]:
    return [each.strip().lower() for each in group.split("|") if each.strip()]


def _conditions(written: Sequence[dict[str, Any]]) -> tuple[Condition, ...]:
    return tuple(
        Condition(tuple(each["codes"]), tuple(each["any_code"]), tuple(CaseFact(fact) for fact in each["facts"]))
        for each in written
    )


def ptp(row: Row, *, gap: str | None) -> PtpEdit | NoPtpEdit:
    """Source, edition, days, columns, indicator; no indicator: the table holds no edit."""
    table, edition, start, end, column_one, column_two, indicator = row
    reference = Reference(str(table), f"{column_one}/{column_two}", str(edition))
    if indicator is None:
        return NoPtpEdit(first=str(column_one), second=str(column_two), reference=reference, edition_gap=gap)
    return PtpEdit(
        column_one=str(column_one),
        column_two=str(column_two),
        modifier_indicator=int(indicator),
        effective_from=_start(start),
        effective_to=day(end),
        reference=reference,
        edition_gap=gap,
    )


def mue(row: Row, *, gap: str | None) -> Mue:
    """Source, edition, days, code, units, MAI."""
    table, edition, _start_day, _end, name, units, mai = row
    reference = Reference(str(table), str(name), str(edition))
    return Mue(code=str(name), units=_number(units), mai=_number(mai), reference=reference, edition_gap=gap)


def add_on(rows: Sequence[Row], *, gap: str | None) -> AddOn:
    """One row a primary: source, edition, days, code, type, facility only, primary, practitioner only."""
    table, edition, _first, _last, name, kind, facility_only, _primary, _practitioner = rows[0]
    return AddOn(
        code=str(name),
        type=_number(kind),
        primaries=tuple(str(row[7]) for row in rows),
        reference=Reference(str(table), str(name), str(edition)),
        edition_gap=gap,
        practitioner_only=tuple(str(row[7]) for row in rows if row[8]),
        facility_only=bool(facility_only),
        ending=tuple((str(row[7]), last) for row in rows if (last := day(row[3]))),
    )


def _dated(row: Row) -> tuple[str, date, date | None, dict[str, Any]]:
    name, start, end, body = row
    return str(name), _start(start), day(end), json.loads(str(body))


def _references(body: dict[str, Any]) -> tuple[Reference, ...]:
    return tuple(Reference(*reference) for reference in body["references"])


def _start(text: str | int | None) -> date:
    return date.fromisoformat(str(text))


def _number(value: str | int | None) -> int:
    return int(value or 0)

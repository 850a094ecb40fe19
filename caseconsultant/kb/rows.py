"""From authored records to the rows of the compiled file; what one file cannot check alone is checked here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pydantic import BaseModel

from caseconsultant.kb.authored import Authored, Entry
from caseconsultant.kb.catalogue import Catalogue, ReferenceRow
from caseconsultant.kb.intervals import Timeline
from caseconsultant.kb.schema import (
    AddOnEntry,
    AddOnFile,
    ArticleEntry,
    Dated,
    DatedValue,
    Fact,
    MueFile,
    ParameterEntry,
    PtpFile,
    SourceEntry,
)

Row = tuple[str | int | None, ...]
Rows = dict[str, list[Row]]
"""Rows by table, in the order of `layout.TABLES`, sorted."""


def compile_rows(authored: Authored) -> Rows:
    """Every row of the compiled file; raises KnowledgeError naming file, line and what to do."""
    catalogue = Catalogue(authored.sources)
    timeline = Timeline()
    rows = _source_rows(authored.sources)
    rows["code"] = list(_fact_rows("code", "code", authored.codes, catalogue, timeline))
    rows["modifier"] = list(_fact_rows("modifier", "modifier", authored.modifiers, catalogue, timeline))
    rows["place"] = list(_fact_rows("place", "code", authored.places, catalogue, timeline))
    rows["parameter"] = list(_parameter_rows(authored.parameters, catalogue))
    rows["ptp"] = [row for entry in authored.ptp for row in _ptp_rows(entry, catalogue, timeline)]
    rows["mue"] = [row for entry in authored.mue for row in _mue_rows(entry, catalogue, timeline)]
    rows["add_on"] = [row for entry in authored.add_ons for row in _add_on_rows(entry, catalogue, timeline)]
    rows["article"] = list(_article_rows(authored, catalogue, timeline))
    rows["article_code"] = sorted({pair for row in rows["article"] for pair in _codes_of_article(row)})
    return {table: sorted(found, key=repr) for table, found in rows.items()}


def _source_rows(entries: Iterable[Entry[SourceEntry]]) -> Rows:
    rows: Rows = {"source": [], "edition": [], "locator": []}
    for source in (entry.record for entry in entries):
        fetch = _json(source.fetch.model_dump()) if source.fetch else None
        rows["source"].append(
            (source.id, source.publisher, source.title, source.licence, source.url, source.without, fetch)
        )
        rows["edition"].extend(
            (source.id, one.name, one.effective_from.isoformat(), _iso(one.effective_to)) for one in source.editions
        )
        rows["locator"].extend((source.id, one.group, int(one.verified)) for one in source.locators)
    return rows


def _fact_rows(
    kind: str, key: str, entries: Iterable[Entry[Fact]], catalogue: Catalogue, timeline: Timeline
) -> Iterator[Row]:
    """Codes, modifiers and places: what `key` names, its days, and a body as JSON."""
    for entry in entries:
        body = entry.record.model_dump(mode="json", exclude={"start", "end", "references"})
        name = str(body[key])
        timeline.add((kind, name), entry.record, entry, key, name=name)
        body["references"] = catalogue.resolve(entry.record.references, entry, "references")
        yield name, *_days(entry.record), _json(body)


def _parameter_rows(parameters: dict[str, Entry[ParameterEntry]], catalogue: Catalogue) -> Iterator[Row]:
    for path, entry in sorted(parameters.items()):
        general = catalogue.resolve(entry.record.references, entry, "references")
        values = entry.record.values
        for index, value in enumerate(values):
            own = catalogue.resolve(value.references, entry, "values", index, "references")
            if value.value is not None:
                body = _json({"value": value.value, "references": [*own, *general]})
                yield path, value.start.isoformat(), _iso(_day_before_next(values, index)), body


def _day_before_next(values: tuple[DatedValue, ...], index: int) -> date | None:
    return values[index + 1].start - timedelta(days=1) if index + 1 < len(values) else None


def _ptp_rows(entry: Entry[PtpFile], catalogue: Catalogue, timeline: Timeline) -> Iterator[Row]:
    checked = entry.record.checked_against
    for index, pair in enumerate(entry.record.pairs):
        column_one, column_two = pair.pair.split("/")
        low, high = sorted((column_one, column_two))
        for table, records in pair.tables.items():
            place = ("pairs", index, "tables", table)
            edition = _edition(table, checked, catalogue, entry, place)
            for record_index, record in enumerate(records):
                timeline.add(("ptp", table, low, high), record, entry, *place, record_index, name=pair.pair)
                indicator = None if record.indicator == "none" else record.indicator
                yield table, low, high, *_days(record), column_one, column_two, indicator, edition


def _mue_rows(entry: Entry[MueFile], catalogue: Catalogue, timeline: Timeline) -> Iterator[Row]:
    for index, edit in enumerate(entry.record.edits):
        for table, records in edit.tables.items():
            place = ("edits", index, "tables", table)
            edition = _edition(table, entry.record.checked_against, catalogue, entry, place)
            for record_index, record in enumerate(records):
                timeline.add(("mue", table, edit.code), record, entry, *place, record_index, name=edit.code)
                yield table, edit.code, *_days(record), record.units, record.mai, edition


def _add_on_rows(entry: Entry[AddOnFile], catalogue: Catalogue, timeline: Timeline) -> Iterator[Row]:
    ((table, _),) = entry.record.checked_against.items()
    edition = _edition(table, entry.record.checked_against, catalogue, entry, ("checked_against",))
    seen: set[str] = set()
    for index, add_on in enumerate(entry.record.add_ons):
        if add_on.code in seen:
            raise entry.error(f"add-on code {add_on.code} is written twice; keep one of them", "add_ons", index, "code")
        seen.add(add_on.code)
        for primary_index, primary in enumerate(add_on.primaries):
            place = ("add_ons", index, "primaries", primary_index)
            name = f"{add_on.code}/{primary.code}"
            timeline.add(("add_on", name), primary, entry, *place, name=name)
            yield *_add_on_key(table, add_on), primary.code, int(primary.practitioner_only), *_days(primary), edition


def _add_on_key(table: str, add_on: AddOnEntry) -> Row:
    return table, add_on.code, add_on.type, int(add_on.facility_only)


def _article_rows(authored: Authored, catalogue: Catalogue, timeline: Timeline) -> Iterator[Row]:
    families: dict[str, set[str]] = {}
    for code in (entry.record for entry in authored.codes):
        families.setdefault(code.family, set()).add(code.code)
    for entry in authored.articles:
        article = entry.record
        timeline.add(("article", article.id), article, entry, "id", name=article.id)
        body = article.model_dump(mode="json", exclude={"id", "start", "end", "families", "references"})
        body["codes"] = sorted({*article.codes, *_codes_of_families(entry, families)})
        body["references"] = catalogue.resolve(article.references, entry, "references")
        yield article.id, *_days(article), _json(body)


def _codes_of_article(row: Row) -> Iterator[Row]:
    """Each code it speaks of; an empty one where it speaks of none."""
    for code in json.loads(str(row[3]))["codes"] or [""]:
        yield code, row[0]


def _codes_of_families(entry: Entry[ArticleEntry], families: dict[str, set[str]]) -> Iterator[str]:
    for index, family in enumerate(entry.record.families):
        if family not in families:
            raise entry.error(f"no code is of family {family!r}; correct the name", "families", index)
        yield from families[family]


def _edition(
    table: str, checked: dict[str, date], catalogue: Catalogue, entry: Entry[BaseModel], place: tuple[str | int, ...]
) -> str:
    if table not in checked:
        raise entry.error(f"table {table!r} is not under `checked_against`; name the edition it was read in", *place)
    return catalogue.edition(table, checked[table], entry, "checked_against", table).effective_from.isoformat()


def _days(interval: Dated) -> tuple[str, str | None]:
    return interval.start.isoformat(), _iso(interval.end)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


__all__ = ["ReferenceRow", "Row", "Rows", "compile_rows"]

"""Every authored fact of a table is compared with the table itself, where the published files are at hand."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from caseconsultant.kb.store import Store

Record = tuple[date, date | None, str]
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def ptp_records(path: Path, pairs: Collection[frozenset[str]]) -> dict[tuple[str, str], list[Record]]:
    """The records of the pairs by column one and two: first day, last day, indicator; void ones (9) left out."""
    wanted = {tuple(order) for pair in pairs for order in (sorted(pair), sorted(pair, reverse=True))}
    first = {one.encode() for one, _ in wanted}
    found: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for line in _lines(path):
        if line[:5] in first:
            one, two, _, start, end, indicator, *_ = line.decode("ascii", "replace").rstrip().split("\t")
            if (one, two) in wanted and indicator != "9":
                found[one, two].append((_compact(start), None if end == "*" else _compact(end), indicator))
    return found


def mue_values(path: Path, member: str) -> dict[str, tuple[int, int]]:
    """Units and MAI by code."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if member in name)
        rows = list(csv.reader(io.StringIO(archive.read(name).decode("cp1252"))))
    return {row[0]: (int(row[1]), int(row[2][0])) for row in rows if len(row) > 2 and row[1].isdigit()}


def csv_rows(path: Path, member: str, encoding: str = "utf-8-sig") -> Iterator[list[str]]:
    """The rows of a member whose name contains the text."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if member in name)
        yield from csv.reader(io.StringIO(archive.read(name).decode(encoding)))


def add_on_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of the add-on workbook by column letter."""
    with zipfile.ZipFile(path) as archive:
        strings = [
            "".join(text.text or "" for text in item.iter(f"{_SHEET}t")) for item in _root(archive, "sharedStrings")
        ]
        for row in _root(archive, "worksheets/sheet1").iter(f"{_SHEET}row"):
            yield dict(_cells(row, strings))


def julian(text: str) -> date:
    """The day of YYYYDDD."""
    return date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)


def _cells(row: ET.Element, strings: list[str]) -> Iterator[tuple[str, str]]:
    for cell in row.iter(f"{_SHEET}c"):
        value = cell.findtext(f"{_SHEET}v")
        if value is not None:
            column = re.sub(r"\d", "", cell.get("r", ""))
            yield column, strings[int(value)] if cell.get("t") == "s" else value


def _root(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(f"xl/{part}.xml"))  # noqa: S314  # a CMS workbook


def _lines(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                yield from member


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    return start <= (other_end or date.max) and other_start <= (end or date.max)


@pytest.mark.parametrize(
    ("table", "file", "last"),
    [
        ("ncci-ptp-practitioner", "ccipra-v302r0.zip", date(2024, 9, 30)),
        ("ncci-ptp-outpatient", "ccioph-v321r0.zip", date(2026, 6, 30)),
    ],
)
def test_every_pair_stands_as_in_the_published_table(
    store: Store, cms_dir: Path, table: str, file: str, last: date
) -> None:
    rows = store.database.rows(
        "SELECT column_one, column_two, effective_from, effective_to, modifier_indicator FROM ptp WHERE source = ?",
        table,
    )
    records = ptp_records(cms_dir / file, {frozenset((row[0], row[1])) for row in rows})
    wrong = []
    for one, two, start_text, end_text, indicator in rows:
        start, end = date.fromisoformat(start_text), date.fromisoformat(end_text) if end_text else last
        both = [record for order in ((one, two), (two, one)) for record in records.get(order, [])]
        during = [record for record in both if overlap(start, end, record[0], record[1])]
        covering = [r for r in records.get((one, two), []) if r[0] <= start and (r[1] is None or end <= r[1])]
        if (during != []) if indicator is None else (len(during) != 1 or [r[2] for r in covering] != [str(indicator)]):
            wrong.append((one, two, start, end, indicator, both))
        if end_text is None and any(record[1] is not None for record in covering):
            wrong.append((one, two, "open here, ended there", covering))
    assert len(rows) > 50
    assert wrong == []


@pytest.mark.parametrize(
    ("table", "member"),
    [("mue-practitioner", "PractitionerServices"), ("mue-outpatient", "OutpatientHospitalServices")],
)
def test_every_unit_limit_stands_as_in_the_published_table(
    store: Store, cms_dir: Path, table: str, member: str
) -> None:
    values = mue_values(cms_dir / "mue-2024q3.zip", member)
    rows = store.database.rows("SELECT code, units, mai FROM mue WHERE source = ?", table)
    assert len(rows) > 30
    assert {code: (units, mai) for code, units, mai in rows} == {code: values[code] for code, _, _ in rows}


def test_every_add_on_code_stands_as_in_the_published_file(store: Store, cms_dir: Path) -> None:
    rows = store.database.rows(
        "SELECT code, primary_code, type, practitioner_only, facility_only, effective_from, effective_to FROM add_on"
    )
    codes = {row[0] for row in rows}
    expected = {
        (
            row["B"],
            row["D"],
            int(row["A"]),
            int("Practitioner Only" in row.get("H", "")),
            int("facilities only" in row.get("H", "")),
            julian(row["F"]).isoformat(),
            julian(row["G"]).isoformat() if row.get("G") else None,
        )
        for row in add_on_rows(cms_dir / "AOC_V2026Q2-MCR.xlsx")
        if row.get("B") in codes
    }
    assert set(rows) == expected


def test_every_place_of_service_is_facility_or_not_as_published(store: Store, cms_dir: Path) -> None:
    kinds = {row[0]: row[1] for row in csv_rows(cms_dir / "reference_2024q3.zip", "pos_codes")}
    for place in store.every_place(on=date(2024, 7, 1)):
        assert place.facility is (kinds[place.code] == "Facility"), place


def test_every_modifier_is_ncci_associated_as_in_the_code_editor(store: Store, cms_dir: Path) -> None:
    flags = {row[0]: row[4] for row in csv_rows(cms_dir / "ioce_v27.1_tables.zip", "modifiers.csv")}
    for modifier in store.every_modifier(on=date(2026, 4, 1)):
        if modifier.modifier in flags:
            assert modifier.ncci_associated is (flags[modifier.modifier] == "1"), modifier


def test_global_days_stand_as_in_the_fee_schedule(store: Store, cms_dir: Path) -> None:
    days = {row[0]: row[14] for row in csv_rows(cms_dir / "rvu26c.zip", "PPRRVU", "cp1252") if len(row) > 14}
    for (code,) in store.database.rows("SELECT code FROM code"):
        record = store.code(str(code), on=date(2026, 7, 1))
        if record is not None and record.code in days and record.global_days is not None:
            assert record.global_days == days[record.code], record.code


def test_product_codes_and_their_first_days_stand_as_in_hcpcs(store: Store, cms_dir: Path) -> None:
    rows = {row[0]: row for row in csv_rows(cms_dir / "hcpcs_2025q4.zip", "hcpc_short")}
    added = {row[0]: row[16] for row in csv_rows(cms_dir / "hcpcs_2025q4.zip", "attributes")}
    milligrams = store.parameter("drug_administration.products.unit_milligrams", on=date(2025, 10, 1)).value
    names = store.parameter("drug_administration.products.code_by_name", on=date(2025, 10, 1)).value
    assert isinstance(milligrams, dict)
    assert isinstance(names, dict)
    for code, unit in milligrams.items():
        assert f"{unit} mg" in rows[code][1], code
        assert store.code_history(code)[0].effective_from.isoformat() == added[code], code
    for name, code in names.items():
        assert name in rows[code][1].lower(), name


def test_the_packaging_of_hospital_lines_stands_as_in_addendum_b(store: Store, cms_dir: Path) -> None:
    status = {row[0]: row[2] for row in csv_rows(cms_dir / "opps_addendum_b_2025q4.zip", "", "cp1252") if row}
    value = store.parameter("drug_administration.facility.opps_status", on=date(2025, 10, 1)).value
    assert isinstance(value, dict)
    assert value == {code: status[code] for code in value}

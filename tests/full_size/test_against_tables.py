"""Random lines of the published tables, checked by the product and by a reader written apart from it: all equal."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from caseconsultant.consulting.claim_check import check
from caseconsultant.domain.codes import Setting
from caseconsultant.kb.store import Store

EVERY = 1_500
FIRST = 1_000
Record = tuple[str, str, int, date, date | None]
TABLES = [
    ("ccipra-v302r0.zip", Setting.OFFICE, date(2024, 9, 30)),
    ("ccioph-v321r0.zip", Setting.OUTPATIENT_HOSPITAL, date(2026, 6, 30)),
]


def lines_of(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as member:
                for line in member:
                    yield line.decode("ascii", "replace").rstrip("\r\n")


def record_of(line: str) -> Record | None:
    cells = line.split("\t")
    if len(cells) < 6 or not cells[3].isdigit() or not cells[5][:1].isdigit():
        return None
    return cells[0], cells[1], int(cells[5][:1]), day_of(cells[3]), None if cells[4] == "*" else day_of(cells[4])


def day_of(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def sampled(path: Path) -> dict[frozenset[str], list[Record]]:
    """Every so many lines a pair, with all its records in either order."""
    wanted = {
        frozenset(record[:2])
        for number, line in enumerate(lines_of(path))
        if number % EVERY == 0 and (record := record_of(line))
    }
    found: defaultdict[frozenset[str], list[Record]] = defaultdict(list)
    for line in lines_of(path):
        if frozenset((line[:5], line[6:11])) in wanted and (record := record_of(line)):
            found[frozenset(record[:2])].append(record)
    return found


def days_around(records: list[Record], last: date) -> list[date]:
    """The days on both sides of every beginning and end, none after the edition."""
    edges = [day for record in records for day in (record[3], record[4] or last) if day is not None]
    around = {edge + timedelta(days=by) for edge in edges for by in (-1, 0, 1)}
    return sorted(day for day in around if date(1997, 1, 1) < day <= last)


@pytest.mark.parametrize(("file", "setting", "last"), TABLES)
def test_pairs_of_a_claim_stand_as_published(
    full: Store, cms_dir: Path, file: str, setting: Setting, last: date
) -> None:
    checked = 0
    for pair, records in sorted(sampled(cms_dir / file).items(), key=lambda each: sorted(each[0]))[:FIRST]:
        for day in days_around(records, last):
            expected = {
                (one, two, indicator)
                for one, two, indicator, start, end in records
                if start <= day and (end is None or day <= end) and indicator in {0, 1}
            }
            found = check(sorted(pair), diagnoses=(), as_of=day, setting=setting, payer=None, knowledge=full).pairs
            told = {(each.edit.column_one, each.edit.column_two, each.edit.modifier_indicator) for each in found}
            assert told == expected, (sorted(pair), day)
            checked += 1
    assert checked > 2 * FIRST


@pytest.mark.parametrize(
    ("member", "setting"), [("Practitioner", Setting.OFFICE), ("OutpatientHospital", Setting.OUTPATIENT_HOSPITAL)]
)
def test_units_over_the_limit_are_told_and_units_at_it_are_not(
    full: Store, cms_dir: Path, member: str, setting: Setting
) -> None:
    with zipfile.ZipFile(cms_dir / "mue-2024q3.zip") as archive:
        name = next(name for name in archive.namelist() if member in name)
        rows = [row for row in csv.reader(io.StringIO(archive.read(name).decode("cp1252"))) if len(row) > 2]
    limits = [(row[0], int(row[1])) for row in rows if row[1].isdigit() and 0 < int(row[1]) < 1_000]
    for code, limit in random.Random(96370).sample(limits, FIRST):  # noqa: S311  # the same in every run
        for units, over in ((limit, False), (limit + 1, True)):
            claim = check(
                [f"{code}x{units}"],
                diagnoses=(),
                as_of=date(2024, 8, 1),
                setting=setting,
                payer=None,
                knowledge=full,
            )
            told = any("MUE" in finding.statement for finding in claim.lines[0].findings)
            assert told is over, (code, units)


def add_on_rows(path: Path) -> list[tuple[str, str, str, date, date | None]]:
    """Type, add-on code, primary, first and last day of every row, read by nothing of the product's."""
    found = []
    sheet = load_workbook(io.BytesIO(path.read_bytes())).worksheets[0]
    for cells in sheet.iter_rows(min_row=3, max_col=7, values_only=True):
        kind, code, code_end, primary, primary_end, start, end = (str(each or "").strip() for each in cells)
        if kind in {"1", "2", "3"} and start.isdigit():
            ends = [ordinal(each) for each in (code_end, primary_end, end) if each.isdigit()]
            found.append((kind, code, primary, ordinal(start), min(ends) if ends else None))
    return found


def ordinal(text: str) -> date:
    return date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)


def test_add_on_codes_have_the_primaries_published_on_each_side_of_their_days(full: Store, cms_dir: Path) -> None:
    by_code: defaultdict[str, list[tuple[str, str, str, date, date | None]]] = defaultdict(list)
    for row in add_on_rows(cms_dir / "AOC_V2026Q2-MCR.xlsx"):
        by_code[row[1]].append(row)
    checked = 0
    for code in random.Random(96370).sample(sorted(by_code), 300):  # noqa: S311  # the same in every run
        edges = {day for row in by_code[code] for day in (row[3], row[4]) if day}
        days = {edge + timedelta(days=by) for edge in edges for by in (-1, 0, 1)} | {date(2026, 5, 1)}
        for day in sorted(day for day in days if date(2013, 1, 1) < day < date(2026, 7, 1)):
            told = {
                primary
                for _, _, primary, start, end in by_code[code]
                if primary[:1].isalnum() and primary != "CCCCC" and start <= day and (end is None or day <= end)
            }
            found = full.add_on(code, on=day)
            assert set(found.primaries if found else ()) == told, (code, day)
            checked += 1
    assert checked > FIRST


def test_an_add_on_code_is_missed_its_primary_and_with_it_is_not(full: Store, cms_dir: Path) -> None:
    day = date(2026, 5, 1)
    fixed = [
        (code, primary)
        for kind, code, primary, start, end in add_on_rows(cms_dir / "AOC_V2026Q2-MCR.xlsx")
        if kind == "1" and primary != "CCCCC" and start <= day and (end is None or day <= end)
    ]
    for code, primary in random.Random(99292).sample(fixed, 500):  # noqa: S311
        for lines, missed in (([code], True), ([code, primary], False)):
            claim = check(lines, diagnoses=(), as_of=day, setting=Setting.OFFICE, payer=None, knowledge=full)
            said = [each.statement for line in claim.lines for each in line.findings]
            said += [each.statement for each in claim.findings]
            without = f"{code} is an add-on code and no primary stands beside it"
            assert any(each.startswith(without) for each in said) is missed, (lines, said)


def test_amounts_are_the_formula_to_the_cent(full: Store, cms_dir: Path) -> None:
    with zipfile.ZipFile(cms_dir / "rvu26c.zip") as archive:
        name = next(name for name in archive.namelist() if "PPRRVU" in name and "non" in name.lower())
        rows = [row for row in csv.reader(io.StringIO(archive.read(name).decode("cp1252"))) if len(row) == 32]
    priced = [row for row in rows if row[3] in {"A", "R", "T"} and not row[1] and row[25].replace(".", "").isdigit()]
    compared = 0
    for row in random.Random(20610).sample(priced, FIRST):  # noqa: S311
        paid = full.fees.payment(row[0], on=date(2026, 8, 1), facility=True)
        if paid is None or paid.capped:
            continue
        whole = sum(Decimal(row[at]) for at in (5, 8, 10))
        cents = (whole * Decimal(row[25]) * 100).quantize(Decimal(1), ROUND_HALF_UP)
        assert abs(paid.cents - int(cents)) <= 1, row[0]
        compared += 1
    assert compared > FIRST // 2

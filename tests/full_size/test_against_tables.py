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

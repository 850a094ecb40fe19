"""The published tables at full size, loaded once a session; skipped where their folder is absent."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from caseconsultant.domain.codes import Setting
from caseconsultant.domain.records import NoPtpEdit, PtpEdit
from caseconsultant.kb.icd import dotted
from caseconsultant.kb.sources import LOADERS
from caseconsultant.kb.store import Store
from caseconsultant.kb.verify import verify

IN_2024 = date(2024, 8, 1)
IN_2026 = date(2026, 8, 1)
ROWS = {
    # One of the 2,546,017 records stands twice, word for word.
    ("ncci-ptp-practitioner", "2024-07-01", "2024-09-30"): 2_546_016,
    ("ncci-ptp-outpatient", "2026-04-01", "2026-06-30"): 1_594_456,
    ("mue-practitioner", "2024-07-01", "2024-09-30"): 14_677,
    ("mue-outpatient", "2024-07-01", "2024-09-30"): 14_628,
    ("mue-dme", "2024-07-01", "2024-09-30"): 2_928,
    ("ncci-aoc", "2026-04-01", "2026-06-30"): 9_000,
    ("pfs", "2026-07-01", "2026-09-30"): 19_356,
    ("pfs", "2025-10-01", "2025-12-31"): 19_090,
    ("hcpcs", "2025-10-01", "2025-12-31"): 8_846,
    ("icd-10-cm", "2025-10-01", "2026-09-30"): 98_186,
    ("icd-10-cm-tabular", "2026-04-01", "2026-09-30"): 26_952,
    ("icd-10-pcs", "2025-10-01", "2026-09-30"): 80_029,
    ("mcd", "2025-08-08", "None"): 3_133,
    ("ioce-modifiers", "2026-04-01", "2026-06-30"): 457,
}


def test_every_row_is_loaded_under_its_edition(full: Store) -> None:
    loaded = {
        (one.source, str(one.effective_from), str(one.effective_to)): one.rows for one in full.published.editions.all
    }
    assert ROWS.items() <= loaded.items()
    assert {one.source for one in full.published.editions.all} == {
        source for loader in LOADERS for source in loader.publications
    } - {"pfs-qualifying-apm"}


@pytest.mark.parametrize(
    ("column_one", "column_two", "indicator"), [("96365", "36000", 1), ("80053", "80048", 0), ("96369", "96372", 1)]
)
def test_pairs_stand_as_published_in_either_order(
    full: Store, column_one: str, column_two: str, indicator: int
) -> None:
    for pair in ((column_one, column_two), (column_two, column_one)):
        found = full.ptp_edit(*pair, setting=Setting.OFFICE, on=IN_2024)
        assert isinstance(found, PtpEdit)
        assert (found.column_one, found.column_two, found.modifier_indicator) == (column_one, column_two, indicator)
        assert found.edition_gap is None


def test_a_pair_that_no_table_names_was_read_and_has_no_edit(full: Store) -> None:
    found = full.ptp_edit("99213", "J1100", setting=Setting.OFFICE, on=IN_2024)
    assert isinstance(found, NoPtpEdit)


def test_units_and_primaries_stand_as_published(full: Store) -> None:
    mue = full.mue("96370", setting=Setting.OFFICE, on=IN_2024)
    assert (mue.units, mue.mai) == (3, 3)
    add_on = full.add_on("96370", on=date(2026, 4, 1))
    assert (add_on.type, add_on.primaries) == (1, ("96369",))


def test_no_authored_fact_disagrees_with_the_tables(full: Store) -> None:
    found = verify(full)
    assert [str(one) for one in found.disagreements] == []
    assert (found.checked > 2_500, found.unchecked < 100) == (True, True)


def rows_of(path: Path, member: str, encoding: str = "cp1252") -> list[list[str]]:
    """The rows of a member, read by nothing of the product's."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if member in name)
        return list(csv.reader(io.StringIO(archive.read(name).decode(encoding))))


def test_relative_values_and_indicators_stand_as_published(full: Store, cms_dir: Path) -> None:
    rows = [row for row in rows_of(cms_dir / "rvu26c.zip", "PPRRVU") if len(row) == 32 and len(row[0]) == 5]
    for row in random.Random(99213).sample(rows[1:], 400):  # noqa: S311  # the same in every run
        fee = full.fees.record(row[0], on=IN_2026, modifier=row[1])
        assert fee is not None
        assert (fee.status, fee.global_days, fee.multiple_procedure, fee.bilateral) == (
            row[3],
            row[14],
            row[18],
            row[19],
        )
        told = [
            fee.work,
            fee.pe_nonfacility,
            fee.pe_facility,
            fee.malpractice,
            fee.total_nonfacility,
            fee.total_facility,
        ]
        assert [f"{value / 100:.2f}" for value in told] == [row[5], row[6], row[8], row[10], row[11], row[12]]


@pytest.mark.parametrize(("facility", "cents"), [("office", 9519), ("facility", 5745)])
def test_the_national_amount_of_99213_in_2026(full: Store, facility: str, cents: int) -> None:
    paid = full.fees.payment("99213", on=IN_2026, facility=facility == "facility")
    assert paid is not None
    assert paid.cents == cents


def test_diagnoses_are_valid_as_the_order_file_flags_them(full: Store, cms_dir: Path) -> None:
    with zipfile.ZipFile(cms_dir / "cms_2026_dx.zip") as archive:
        lines = archive.read("icd10cm_order_2026.txt").decode("ascii").splitlines()
    for line in random.Random(10).sample(lines, 2_000):  # noqa: S311  # the same in every run
        found = full.validity(dotted(line[6:13].strip()), on=date(2026, 1, 15))
        assert found.valid is (line[14] == "1"), line


@pytest.mark.parametrize(
    ("code", "replaced_by"),
    [
        ("N18.3", ("N18.30", "N18.31", "N18.32")),
        ("M54.5", ("M54.50", "M54.51", "M54.59")),
        ("E11.329", ("E11.3291", "E11.3292", "E11.3293", "E11.3299")),
    ],
)
def test_codes_divided_since_are_headers_that_name_their_parts(
    full: Store, code: str, replaced_by: tuple[str, ...]
) -> None:
    found = full.validity(code, on=date(2026, 11, 24))
    assert (found.valid, found.replaced_by) == (False, replaced_by)
    assert "header since" in str(found.why)
    assert found.edition_gap == "icd-10-cm ends 2026-09-30"


def test_copd_and_asthma_may_stand_together(full: Store) -> None:
    kinds = {(each.note.owner, each.note.kind) for each in full.diagnoses.conflicts("J44.1", "J45.909", on=IN_2026)}
    assert ("J44", "code_also") in kinds
    assert not any(kind == "excludes1" for _, kind in kinds)


@pytest.mark.parametrize(
    ("code", "valid"), [("99213", True), ("G2211", True), ("J1559", True), ("12345", False), ("99441", False)]
)
def test_procedure_codes_in_force(full: Store, code: str, valid: str) -> None:
    assert full.validity(code, on=date(2026, 8, 1)).valid is valid


def test_a_drug_a_test_and_a_device_have_their_amounts(full: Store) -> None:
    drug = full.schedules.drug("J1559", on=date(2026, 2, 1))
    laboratory = full.schedules.laboratory("85025", on=date(2026, 5, 1))
    device = full.schedules.equipment("E0601", "AL", on=date(2026, 2, 1))
    assert drug is not None
    assert laboratory is not None
    assert (drug.thousandths, laboratory.cents, [each.cents for each in device]) == (14_543, 777, [5194, 9702])


def test_a_load_stays_within_256_megabytes(cms_dir: Path, tmp_path: Path) -> None:
    script = (
        "import re, sys; from pathlib import Path; from caseconsultant.kb.published import load; "
        "load([Path(sys.argv[1])], Path(sys.argv[2])); "
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    command = [sys.executable, "-c", script, str(cms_dir / "ccioph-v321r0.zip"), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 256 * 1024

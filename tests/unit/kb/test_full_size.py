"""The published tables at full size, loaded once a session; skipped where their folder is absent."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from caseconsultant.domain.codes import Setting
from caseconsultant.domain.records import NoPtpEdit, PtpEdit
from caseconsultant.kb.build import build
from caseconsultant.kb.published import load
from caseconsultant.kb.store import Store, open_store
from caseconsultant.kb.verify import verify

FILES = ("ccipra-v302r0.zip", "ccioph-v321r0.zip", "mue-2024q3.zip", "AOC_V2026Q2-MCR.xlsx")
IN_2024 = date(2024, 8, 1)


@pytest.fixture(scope="session")
def full(cms_dir: Path, authored_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("full")
    named_otherwise = folder / "pairs.bin"  # nothing depends on the name of a zip
    named_otherwise.symlink_to(cms_dir / FILES[0])
    report = load([named_otherwise, *(cms_dir / name for name in FILES[1:])], folder)
    return open_store(build(authored_dir, folder), report.path)


def test_every_row_is_loaded_under_its_edition(full: Store) -> None:
    assert {
        (one.source, str(one.effective_from), str(one.effective_to), one.rows) for one in full.published.editions.all
    } == {
        # One of the 2,546,017 records stands twice, word for word.
        ("ncci-ptp-practitioner", "2024-07-01", "2024-09-30", 2_546_016),
        ("ncci-ptp-outpatient", "2026-04-01", "2026-06-30", 1_594_456),
        ("mue-practitioner", "2024-07-01", "2024-09-30", 14_677),
        ("mue-outpatient", "2024-07-01", "2024-09-30", 14_628),
        ("mue-dme", "2024-07-01", "2024-09-30", 2_928),
        ("ncci-aoc", "2026-04-01", "2026-06-30", 9_000),
    }


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
    assert found.checked > 300


def test_a_load_stays_within_256_megabytes(cms_dir: Path, tmp_path: Path) -> None:
    script = (
        "import re, sys; from pathlib import Path; from caseconsultant.kb.published import load; "
        "load([Path(sys.argv[1])], Path(sys.argv[2])); "
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    command = [sys.executable, "-c", script, str(cms_dir / FILES[1]), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(ran.stdout) < 256 * 1024

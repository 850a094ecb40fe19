"""kb load, status and verify as commands; build and status stand in test_expert.py too."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from command import run
from published_files import mue_text, ptp_text

from caseconsultant.settings import PREFIX

ROWS = [("96370", 3, 3)]


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state directory whose knowledge no other test sees."""
    monkeypatch.setenv(f"{PREFIX}STATE_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture
def units(tmp_path: Path) -> Path:
    path = tmp_path / "units_Eff_07-01-2024.csv"
    path.write_text(mue_text("mue-dme", ROWS), encoding="utf-8", newline="")
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.txt"
    path.write_text(ptp_text(), encoding="utf-8", newline="")
    return path


def test_a_load_says_what_it_did_and_says_so_again(units: Path):
    ran = run("kb", "load", str(units))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "loaded   mue-dme, third quarter 2024, 2024-07-01 to 2024-09-30: 1 rows\n"
    assert run("kb", "load", str(units)).out == f"already  {units}\n"


def test_what_a_file_does_not_tell_can_be_said(pairs: Path):
    ran = run("kb", "load", str(pairs), "--table", "ncci-ptp-outpatient", "--effective", "2025-01-01")
    assert ran.out == "loaded   ncci-ptp-outpatient, version 31.0, 2025-01-01 to 2025-03-31: 6 rows\n"


def test_a_file_that_cannot_be_loaded_costs_one_line(pairs: Path):
    ran = run("kb", "load", str(pairs))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"caseconsultant: {pairs}: 6 rows do not tell")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("words", [[], ["--effective", "July", "x"]])
def test_wrong_use_is_two(words: list[str]):
    assert run("kb", "load", *words).code == 2


def test_status_shows_editions_loaded_and_the_release_names_both_files(units: Path):
    before = run("kb", "status", "--json").object["release"]
    run("kb", "load", str(units))
    ran = run("kb", "status")
    release = run("kb", "status", "--json").object["release"]
    assert release.startswith(f"{before}+")
    assert f"release {release}" in ran.out
    (line,) = [line for line in ran.out.splitlines() if line.startswith("mue-dme")]
    assert line.split()[1:6] == ["2024-07-01", "to", "2024-09-30", "1", "loaded"]


def test_status_tells_of_tables_that_cannot_be_read(units: Path, own_state: Path):
    run("kb", "load", str(units))
    for path in (own_state / "knowledge").glob("published-*.sqlite"):
        path.write_bytes(b"spoilt")
    ran = run("kb", "status")
    assert ran.code == 0
    assert "the published tables cannot be read by this version; run `kb load`" in ran.err
    (line,) = [line for line in ran.out.splitlines() if line.startswith("mue-dme")]
    assert "no edition" in line


def test_verify_lists_both_sides_and_ends_with_one(tmp_path: Path):
    path = tmp_path / "units_Eff_07-01-2024.csv"
    path.write_text(mue_text("mue-practitioner", [("96370", 9, 3)]), encoding="utf-8", newline="")
    run("kb", "load", str(path))
    ran = run("kb", "verify")
    assert ran.code == 1
    assert "mue-practitioner 96370 on 2024-07-01: knowledge says 3 units, MAI 3; table says 9 units, MAI 3" in ran.out


def test_verify_ends_with_none_where_nothing_disagrees(units: Path):
    run("kb", "load", str(units))
    ran = run("kb", "verify")
    assert ran.code == 0
    assert ran.out.endswith("no disagreements\n")


def test_verify_before_a_load_says_what_to_do():
    ran = run("kb", "verify")
    assert ran.code == 1
    assert ran.err == (
        "caseconsultant: no published tables are loaded to verify against; run `kb load` with their files\n"
    )


def test_fetch_of_a_source_that_cannot_be_says_which_can():
    ran = run("kb", "fetch", "cpt")
    assert ran.code == 1
    assert "'cpt' cannot be fetched; these can: " in ran.err
    assert "pfs" in ran.err


def test_load_without_a_file_is_wrong_use():
    assert run("kb", "load").code == 2


def test_packaged_code_sets_are_loaded_without_importing_them():
    ran = run("kb", "load", "--packaged")
    assert ran.code == 0
    loaded = {line.split()[1].rstrip(",") for line in ran.out.splitlines() if line.startswith("loaded")}
    assert loaded == {"icd-10-cm-tabular", "gem-9-to-10", "gem-10-to-9", "ccsr", "hcc", "hcc-labels"}
    assert "simple_icd_10_cm" not in sys.modules

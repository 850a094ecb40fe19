from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from published_files import PAIRS, Pair, aoc_bytes, mue_text, ptp_text, zipped

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.records import NoPtpEdit, PtpEdit
from caseconsultant.kb.published import KEPT, Unseen, load
from caseconsultant.kb.published_layout import POINTER, published_at
from caseconsultant.kb.published_tables import PublishedTables

PTP = "ncci-ptp-practitioner"
EACH_MUE = [("96370", 3, 3), ("96372", 4, 1)]
KILLED = """
import os, signal, sys
from pathlib import Path
from caseconsultant.kb.published import Unseen, load

class Killing(Unseen):
    def read(self, size):
        os.kill(os.getpid(), signal.SIGKILL)

load([Path(sys.argv[1])], Path(sys.argv[2]), progress=Killing())
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.fixture
def ptp(tmp_path: Path) -> Path:
    return zipped(tmp_path / "ccipra-v302r0.zip", {"ccipra-v302r0-f1.txt": ptp_text()})


@pytest.fixture
def mue(tmp_path: Path) -> Path:
    return zipped(tmp_path / "mue-2024q3.zip", {"a.csv": mue_text("mue-practitioner", EACH_MUE)})


def tables(kb_dir: Path) -> PublishedTables:
    path = published_at(kb_dir)
    assert path is not None
    return PublishedTables(path)


def state(kb_dir: Path) -> tuple[bytes, list[str]]:
    return (kb_dir / POINTER).read_bytes(), sorted(path.name for path in kb_dir.iterdir())


def test_a_load_tells_source_edition_and_rows(ptp: Path, mue: Path, kb_dir: Path) -> None:
    report = load([ptp, mue], kb_dir)
    assert [(one.source, one.name, one.effective_from, one.effective_to, one.rows) for one in report.loaded] == [
        (PTP, "version 30.2", date(2024, 7, 1), date(2024, 9, 30), len(PAIRS)),
        ("mue-practitioner", "third quarter 2024", date(2024, 7, 1), date(2024, 9, 30), 2),
    ]
    assert report.path == published_at(kb_dir)
    assert report.path is not None
    assert report.path.name == f"published-{tables(kb_dir).database.content}.sqlite"


@pytest.mark.parametrize("table", ["mue-practitioner", "mue-outpatient", "mue-dme"])
def test_a_unit_table_is_known_by_its_header_and_not_by_its_name(tmp_path: Path, kb_dir: Path, table: str) -> None:
    path = written(tmp_path / "ccipra Eff_07-01-2024.txt", "\ufeff" + mue_text(table, EACH_MUE))
    assert [one.source for one in load([path], kb_dir).loaded] == [table]


def test_pairs_are_told_apart_by_the_share_of_visits_whatever_the_name(tmp_path: Path, kb_dir: Path) -> None:
    hospital = written(tmp_path / "ccipra.txt", ptp_text(many_pairs(visits=10)))
    practitioner = written(tmp_path / "ccioph.txt", ptp_text(many_pairs(visits=30)))
    loaded = load([hospital, practitioner], kb_dir).loaded
    assert [(one.source, one.effective_from) for one in loaded] == [
        ("ncci-ptp-outpatient", date(2024, 7, 1)),
        (PTP, date(2024, 7, 1)),
    ]


def many_pairs(*, visits: int) -> list[Pair]:
    """5000 pairs; of each hundred in column two so many are visits."""
    columns = [(one, 99300 + two if two < visits else 20000 + two) for one in range(10000, 10050) for two in range(100)]
    return sorted((f"{one:05}", f"{two:05}", "20190701", "20240630", "1") for one, two in columns)


def test_few_pairs_of_no_name_ask_which_table_they_are(tmp_path: Path, kb_dir: Path) -> None:
    path = written(tmp_path / "pairs.txt", ptp_text())
    with pytest.raises(KnowledgeError, match=r"pairs\.txt: 6 rows do not tell .* --table ncci-ptp-practitioner or"):
        load([path], kb_dir)
    assert [one.source for one in load([path], kb_dir, table="ncci-ptp-outpatient").loaded] == ["ncci-ptp-outpatient"]


def test_units_of_no_date_ask_for_it(tmp_path: Path, kb_dir: Path) -> None:
    path = written(tmp_path / "units.csv", mue_text("mue-dme", EACH_MUE))
    with pytest.raises(KnowledgeError, match=r"units\.csv: neither its rows nor its name .* --effective YYYY-MM-DD"):
        load([path], kb_dir)
    (one,) = load([path], kb_dir, effective=date(2025, 1, 1)).loaded
    assert (one.effective_from, one.effective_to) == (date(2025, 1, 1), date(2025, 3, 31))


def test_an_unknown_table_is_refused(ptp: Path, kb_dir: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"no table is called 'pairs'; there are .*, mue-dme, "):
        load([ptp], kb_dir, table="pairs")


def test_loading_the_same_again_changes_nothing(ptp: Path, mue: Path, kb_dir: Path, tmp_path: Path) -> None:
    load([ptp, mue], kb_dir)
    before = state(kb_dir)
    assert load([mue, ptp], kb_dir).already == [str(mue), str(ptp)]
    unpacked = written(tmp_path / "ccipra-v302r0-f1.txt", ptp_text())
    report = load([unpacked], kb_dir)
    assert (report.loaded, len(report.already)) == ([], 1)
    assert state(kb_dir) == before


def test_the_file_is_named_by_what_it_holds_whatever_the_order(ptp: Path, mue: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    load([ptp, mue], one)
    load([mue], other)
    load([ptp], other)
    assert published_at(one).name == published_at(other).name


def test_editions_live_side_by_side(kb_dir: Path, mue: Path, tmp_path: Path) -> None:
    later = zipped(tmp_path / "mue-2025q1.zip", {"a.csv": mue_text("mue-practitioner", [("96370", 5, 2)])})
    load([mue], kb_dir)
    load([later], kb_dir)
    found = tables(kb_dir)
    asked = (date(2024, 6, 30), date(2024, 7, 1), date(2024, 9, 30), date(2024, 10, 1), date(2024, 12, 31))
    said = [found.edits.mue("mue-practitioner", "96370", on) for on in (*asked, date(2025, 1, 1), date(2026, 1, 1))]
    assert [(one.units, one.edition_gap) if one else None for one in said] == [
        None,
        (3, None),
        (3, None),
        (3, "mue-practitioner ends 2024-09-30"),
        (3, "mue-practitioner ends 2024-09-30"),
        (5, None),
        (5, "mue-practitioner ends 2025-03-31"),
    ]


def test_a_second_edition_of_the_same_quarter_is_refused_unless_it_is_to_take_its_place(
    kb_dir: Path, mue: Path, tmp_path: Path
) -> None:
    load([mue], kb_dir)
    before = state(kb_dir)
    other = written(tmp_path / "other_Eff_07-01-2024.csv", mue_text("mue-practitioner", [("96370", 9, 3)]))
    with pytest.raises(
        KnowledgeError, match=r"other_Eff_07-01-2024\.csv: mue-practitioner, edition 2024-07-01 is loaded"
    ):
        load([other], kb_dir)
    assert state(kb_dir) == before
    load([other], kb_dir, again=True)
    found = tables(kb_dir)
    assert found.edits.mue("mue-practitioner", "96370", date(2024, 7, 1)).units == 9
    assert found.edits.mue("mue-practitioner", "96372", date(2024, 7, 1)) is None
    load([mue], kb_dir, again=True)
    assert tables(kb_dir).edits.mue("mue-practitioner", "96370", date(2024, 7, 1)).units == 3


def test_parts_of_a_table_may_come_one_by_one(kb_dir: Path, tmp_path: Path) -> None:
    first = written(tmp_path / "ccipra-v302r0-f1.txt", ptp_text(PAIRS[:4]))
    second = written(tmp_path / "ccipra-v302r0-f2.txt", ptp_text(PAIRS[2:]))
    load([first], kb_dir)
    on = date(2024, 8, 1)
    assert tables(kb_dir).edits.ptp_edit(PTP, "G0463", "99211", on) is None
    load([second], kb_dir)
    found = tables(kb_dir)
    assert [edition.rows for edition in found.editions.all] == [len(PAIRS) + 2]
    assert isinstance(found.edits.ptp_edit(PTP, "G0463", "99211", on), PtpEdit)
    assert isinstance(found.edits.ptp_edit(PTP, "96365", "36000", on), PtpEdit)


def test_a_part_that_is_not_loaded_is_never_answered_with_no_edit(kb_dir: Path, tmp_path: Path) -> None:
    first = written(tmp_path / "ccipra-v302r0-f1.txt", ptp_text(PAIRS[:2]))
    third = written(tmp_path / "ccipra-v302r0-f3.txt", ptp_text(PAIRS[5:]))
    load([first, third], kb_dir)
    found, on = tables(kb_dir), date(2024, 8, 1)
    assert found.edits.ptp_edit(PTP, "45378", "45385", on) is None
    assert isinstance(found.edits.ptp_edit(PTP, "00100", "10021", on), NoPtpEdit)
    assert isinstance(found.edits.ptp_edit(PTP, "Q0138", "V2020", on), NoPtpEdit)


def test_two_tables_in_one_zip_that_cannot_be_told_apart_are_refused(kb_dir: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "both.zip", {"ccioph.txt": ptp_text(), "ccipra.txt": ptp_text()})
    with pytest.raises(KnowledgeError, match=r"both\.zip/ccipra\.txt: begins before the part before it ends: .* apart"):
        load([path], kb_dir)


def test_the_progress_of_each_file_comes_to_its_end(kb_dir: Path, ptp: Path, tmp_path: Path) -> None:
    class Watching(Unseen):
        """Keeps what it was told."""

        def __init__(self) -> None:
            self.files: list[list[object]] = []

        def begins(self, name: str, size: int) -> None:
            self.files.append([name, size, 0])

        def read(self, size: int) -> None:
            self.files[-1][2] += size

    watching = Watching()
    book = tmp_path / "book.xlsx"
    book.write_bytes(aoc_bytes([("1", "96370", None, "96369", None, "2013091", None, None)]))
    load([ptp, book], kb_dir, progress=watching)
    assert [name for name, _, _ in watching.files] == [ptp.name, "book.xlsx"]
    assert [read for _, _, read in watching.files] == [size for _, size, _ in watching.files]


# --- Bad input: one line that names file and line, and the base in use stays


def ptp_with(row: str) -> str:
    return ptp_text(PAIRS[:2]) + row


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (ptp_with("96365\t36000\t\t20190701\t*\r\n"), r"\.txt:8: 5 columns where a PTP edit has 7; download"),
        (ptp_with("96365\t36000\t\t20190701\t*\t1\tx\ty\r\n"), r"\.txt:8: 8 columns where a PTP edit has 7; download"),
        (ptp_with("96365\t36000\t\t20190732\t*\t1\tx\r\n"), r"\.txt:8: .*day.*; download"),
        (ptp_with("9636\t36000\t\t20190701\t*\t1\tx\r\n"), r"\.txt:8: '9636' is no code"),
        (ptp_with("96365\t36000\t\t20190701\t*\t3\tx\r\n"), r"\.txt:8: modifier indicator '3' is none of 0, 1 and 9"),
        (ptp_text([]), r"\.txt: the header and no rows; download"),
        (ptp_text().replace("\tPTP Edit Rationale", ""), r"\.txt:5: a table of PTP edits in a layout not known"),
        (mue_text("mue-dme", []) + "96370,3,3 Line\r\n", r"\.txt:3: 3 columns where an MUE has 4; download"),
        (mue_text("mue-dme", []) + "96370,x,3 Line,y\r\n", r"\.txt:3: 'x' is no number of units"),
        (mue_text("mue-dme", []) + "96370,3,4 Line,y\r\n", r"\.txt:3: '4 Line' is no adjudication indicator"),
        (mue_text("mue-dme", [("96370", 1, 1)] * 2), r"\.txt:4: 96370 stands twice"),
        (mue_text("mue-dme", []).replace("DME Supplier", "Dental"), r"\.txt:2: a table of MUEs in a layout not known"),
        ("just words\r\n", r"\.txt: no table we know"),
        ("", r"\.txt: no table we know"),
        ("\0\1\2", r"\.txt: no table we know"),
    ],
)
def test_a_bad_file_costs_one_line_and_nothing_else(
    kb_dir: Path, mue: Path, ptp: Path, tmp_path: Path, content: str, says: str
) -> None:
    load([mue], kb_dir)
    before = state(kb_dir)
    bad = written(tmp_path / "ccipra_Eff_07-01-2023.txt", content)
    with pytest.raises(KnowledgeError, match=says) as refused:
        load([ptp, bad], kb_dir)
    assert "\n" not in str(refused.value)
    assert state(kb_dir) == before
    assert tables(kb_dir).edits.mue("mue-practitioner", "96370", date(2024, 7, 1)) is not None


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_truncated_zip_leaves_the_base_as_it_was(kb_dir: Path, mue: Path, ptp: Path, kept: float) -> None:
    load([mue], kb_dir)
    before = state(kb_dir)
    ptp.write_bytes(ptp.read_bytes()[: int(ptp.stat().st_size * kept)])
    with pytest.raises(KnowledgeError, match=r"cut short .*; download it again"):
        load([ptp], kb_dir)
    assert state(kb_dir) == before


def test_a_load_that_is_killed_leaves_the_base_and_the_next_one_sweeps_up(kb_dir: Path, mue: Path, ptp: Path) -> None:
    load([mue], kb_dir)
    before = state(kb_dir)
    ran = subprocess.run([sys.executable, "-c", KILLED, str(ptp), str(kb_dir)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert (kb_dir / POINTER).read_bytes() == before[0]
    assert list(kb_dir.glob(".published-*.part"))
    assert tables(kb_dir).edits.mue("mue-practitioner", "96370", date(2024, 7, 1)) is not None
    load([ptp], kb_dir)
    assert not list(kb_dir.glob(".published-*.part"))
    assert {edition.source for edition in tables(kb_dir).editions.all} == {"mue-practitioner", PTP}


def test_a_base_in_use_answers_on_while_another_takes_its_place(
    kb_dir: Path, mue: Path, ptp: Path, tmp_path: Path
) -> None:
    load([mue], kb_dir)
    before = tables(kb_dir)
    load([ptp], kb_dir)
    load([written(tmp_path / "x_Eff_07-01-2025.csv", mue_text("mue-dme", EACH_MUE))], kb_dir)
    assert before.edits.mue("mue-practitioner", "96370", date(2024, 7, 1)) is not None
    assert len(list(kb_dir.glob("published-*.sqlite"))) == KEPT


def test_a_file_of_another_layout_is_not_used_and_may_be_loaded_again(kb_dir: Path, mue: Path) -> None:
    path = load([mue], kb_dir).path
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'layout'")
    connection.close()
    assert published_at(kb_dir) is None
    assert load([mue], kb_dir).loaded
    assert tables(kb_dir).editions.all


@pytest.mark.parametrize("spoil", ["", "{", "[]", json.dumps({"file": "gone.sqlite"})])
def test_a_spoilt_pointer_is_as_if_nothing_was_loaded(kb_dir: Path, mue: Path, spoil: str) -> None:
    load([mue], kb_dir)
    (kb_dir / POINTER).write_text(spoil)
    assert published_at(kb_dir) is None


def test_other_files_of_a_zip_are_left_out_and_named(kb_dir: Path, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"x": "y"}).read_bytes()
    members = {"README.txt": "words", "inner.zip": inner, "deep/er/a.csv": mue_text("mue-dme", EACH_MUE)}
    report = load([zipped(tmp_path / "mue-2024q3.zip", members)], kb_dir)
    assert [one.source for one in report.loaded] == ["mue-dme"]
    assert [name.rpartition("/")[2] for name in report.ignored] == ["README.txt", "inner.zip"]

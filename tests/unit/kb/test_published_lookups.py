"""Look-ups in loaded tables: add-on codes, and pairs on their dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from published_files import PAIRS, aoc_bytes, ptp_text, zipped

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.records import NoPtpEdit, PtpEdit
from caseconsultant.kb.published import load
from caseconsultant.kb.published_layout import published_at
from caseconsultant.kb.published_tables import PublishedTables

PTP = "ncci-ptp-practitioner"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.fixture
def ptp(tmp_path: Path) -> Path:
    return zipped(tmp_path / "ccipra-v302r0.zip", {"ccipra-v302r0-f1.txt": ptp_text()})


def tables(kb_dir: Path) -> PublishedTables:
    path = published_at(kb_dir)
    assert path is not None
    return PublishedTables(path)


# --- Add-on codes


def aoc(tmp_path: Path, *rows: tuple[str | None, ...], title: str = "AOC_V2026Q2") -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(aoc_bytes(rows, title=title))
    return path


def test_add_on_codes_come_with_the_primaries_in_force(kb_dir: Path, tmp_path: Path) -> None:
    path = aoc(
        tmp_path,
        ("1", "96370", None, "96369", None, "2013091", None, None),
        ("1", "96366", None, "96360", None, "2014001", "2025365", "96360 (Practitioner Only)"),
        ("1", "96366", None, "96365", None, "2014001", None, None),
        ("2", "0054T", None, "CCCCC", None, "2013091", None, "Contractor Defined Primary Codes"),
        ("3", "96376", "2026090", "96374", None, "2013091", None, "96376 may be reported by facilities only"),
    )
    (one,) = load([path], kb_dir).loaded
    assert (one.source, one.effective_from, one.rows) == ("ncci-aoc", date(2026, 4, 1), 5)
    found, on = tables(kb_dir), date(2026, 4, 1)
    assert (found.edits.add_on("96370", on).type, found.edits.add_on("96370", on).primaries) == (1, ("96369",))
    assert found.edits.add_on("96366", date(2025, 12, 31)).practitioner_only == ("96360",)
    assert found.edits.add_on("96366", date(2026, 1, 1)).primaries == ("96365",)
    assert (found.edits.add_on("0054T", on).type, found.edits.add_on("0054T", on).primaries) == (2, ())
    assert found.edits.add_on("96376", date(2026, 3, 31)).facility_only is True
    assert found.edits.add_on("96376", date(2026, 4, 1)) is None
    assert found.edits.add_on("96369", on) is None
    assert found.edits.add_on("96370", date(2013, 3, 31)) is None
    assert found.edits.add_on("96370", date(2026, 7, 1)).edition_gap == "ncci-aoc ends 2026-06-30"


def test_a_workbook_without_a_quarter_in_its_title_has_that_of_its_rows(kb_dir: Path, tmp_path: Path) -> None:
    path = aoc(tmp_path, ("1", "96370", None, "96369", None, "2013091", "2025365", None), title="Sheet1")
    assert [one.effective_from for one in load([path], kb_dir).loaded] == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("1", "96370", None, "9636", None, "2013091", None, None), r"book\.xlsx:3: .*'9636' is no code"),
        (("1", "96370", None, "96369", None, "2013366", None, None), r"book\.xlsx:3: .*'2013366' is no day"),
        (("4", "96370", None, "96369", None, "2013091", None, None), r"book\.xlsx:3: not an add-on code"),
        (("1", "96370", None, "96369", None, "2013091", None, None, "more"), r"book\.xlsx:3: .*9 columns, not 8"),
    ],
)
def test_a_bad_row_of_a_workbook_is_named(kb_dir: Path, tmp_path: Path, row: tuple[str | None, ...], says: str) -> None:
    with pytest.raises(KnowledgeError, match=says):
        load([aoc(tmp_path, row)], kb_dir)


def test_a_spoilt_workbook_costs_one_line(kb_dir: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "book.xlsx", {"[Content_Types].xml": "<x", "xl/workbook.xml": "<y"})
    with pytest.raises(KnowledgeError, match=r"book\.xlsx: a workbook that cannot be read") as refused:
        load([path], kb_dir)
    assert "\n" not in str(refused.value)


# --- Pairs on their dates


@pytest.mark.parametrize(
    ("on", "indicator", "gap"),
    [
        (date(2018, 12, 31), None, None),
        (date(2019, 7, 1), 1, None),
        (date(2024, 6, 30), 1, None),
        (date(2024, 7, 1), 0, None),
        (date(2024, 9, 30), 0, None),
        (date(2024, 10, 1), 0, f"{PTP} ends 2024-09-30"),
    ],
)
@pytest.mark.parametrize("order", [("96365", "36000"), ("36000", "96365")])
def test_the_record_in_force_on_the_date_answers_in_either_order(
    kb_dir: Path, ptp: Path, order: tuple[str, str], on: date, indicator: int | None, gap: str | None
) -> None:
    load([ptp], kb_dir)
    found = tables(kb_dir).edits.ptp_edit(PTP, *order, on)
    if indicator is None:
        assert found is None
        return
    assert isinstance(found, PtpEdit)
    assert (found.column_one, found.column_two) == ("96365", "36000")
    assert (found.modifier_indicator, found.edition_gap) == (indicator, gap)
    assert found.reference.edition == "2024-07-01"


@pytest.mark.parametrize("pair", [("96365", "36410"), ("96365", "96372"), ("96372", "20610")])
def test_a_void_record_and_a_pair_without_one_are_no_edit_the_table_was_read(
    kb_dir: Path, ptp: Path, pair: tuple[str, str]
) -> None:
    load([ptp], kb_dir)
    found = tables(kb_dir).edits.ptp_edit(PTP, *pair, date(2024, 7, 1))
    assert isinstance(found, NoPtpEdit)
    assert (found.first, found.second, found.edition_gap) == (*pair, None)


def test_records_in_opposite_orders_give_one_answer_however_asked(kb_dir: Path, tmp_path: Path) -> None:
    both = [
        ("10021", "10004", "20190701", "*", "1"),
        ("10004", "10021", "20190701", "*", "0"),
        ("10005", "10021", "20190701", "20240630", "1"),
    ]
    load([written(tmp_path / "ccipra-v302r0.txt", ptp_text(sorted(both)))], kb_dir)
    found = tables(kb_dir)
    one, other = (
        found.edits.ptp_edit(PTP, *pair, date(2024, 7, 1)) for pair in (("10021", "10004"), ("10004", "10021"))
    )
    assert one == other
    assert isinstance(one, PtpEdit)
    assert one.modifier_indicator == 0


def test_a_table_that_is_not_loaded_and_what_is_no_code_say_nothing(kb_dir: Path, ptp: Path) -> None:
    load([ptp], kb_dir)
    found, on = tables(kb_dir), date(2024, 7, 1)
    assert found.edits.ptp_edit("ncci-ptp-outpatient", "96365", "36000", on) is None
    assert found.edits.ptp_edit(PTP, "96365", "x", on) is None
    assert found.edits.mue("mue-dme", "96365", on) is None
    assert found.edits.add_on("96370", on) is None


def test_a_record_published_twice_is_one(kb_dir: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "ccipra-v302r0.txt", ptp_text([PAIRS[1], PAIRS[1]]))
    assert load([path], kb_dir).loaded[0].rows == 1

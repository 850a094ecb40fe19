from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import published_sheets as sheets
import pytest
from published_files import zipped

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.published import load
from caseconsultant.kb.published_layout import published_at

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def told(path: Path, kb_dir: Path, **said: object) -> list[tuple[str, str, str | None, int]]:
    report = load([path], kb_dir, **said)  # type: ignore[arg-type]  # handed through
    return [
        (one.source, str(one.effective_from), str(one.effective_to) if one.effective_to else None, one.rows)
        for one in report.loaded
    ]


@pytest.mark.parametrize(
    ("name", "content", "source", "first", "last", "rows"),
    [
        ("a.csv", sheets.fee_text(), "pfs", "2026-07-01", "2026-09-30", 3),
        ("PPRRVU2026_Jul_QPP.csv", sheets.fee_text(), "pfs-qualifying-apm", "2026-07-01", "2026-09-30", 3),
        ("PPRRVU2026_Jul_nonQPP.csv", sheets.fee_text(), "pfs", "2026-07-01", "2026-09-30", 3),
        ("a.csv", sheets.GPCI, "gpci", "2026-01-01", "2026-12-31", 2),
        ("a.csv", sheets.LOCALITIES, "localities", "2026-01-01", "2026-12-31", 2),
        ("ANES2026.csv", sheets.ANESTHESIA, "anesthesia-cf", "2026-01-01", "2026-12-31", 1),
        ("OPPSCAP_rvu26c.csv", sheets.OPPS_CAP, "opps-cap", "2026-07-01", "2026-09-30", 1),
        ("PUF_CLFS_CY2026_Q2V1.csv", sheets.CLFS, "clfs", "2026-04-01", "2026-06-30", 2),
        ("October 2025 Addendum B.csv", sheets.OPPS.encode("cp1252"), "opps-addendum-b", "2025-10-01", "2025-12-31", 2),
        ("a.csv", "\ufeff" + sheets.ASC_AA, "asc", "2026-07-01", "2026-09-30", 1),
        ("a.csv", sheets.ASC_BB, "asc-ancillary", "2026-07-01", "2026-09-30", 2),
        ("a.csv", sheets.ASC_EE, "asc-excluded", "2026-01-01", "2026-12-31", 1),
        ("a.csv", sheets.ASP, "asp", "2026-01-01", "2026-03-31", 2),
        ("a.csv", sheets.NDC, "ndc-hcpcs", "2026-01-01", "2026-03-31", 2),
        ("hcpcs_2025q4.csv", sheets.HCPCS_LIST, "hcpcs", "2025-10-01", "2025-12-31", 3),
        ("HCPC2020_ANWEB.txt", sheets.HCPCS_RECORDS, "hcpcs", "2020-01-01", "2020-03-31", 3),
        ("attributes_2024.csv", sheets.HCPCS_ATTRIBUTES, "hcpcs-attributes", "2024-01-01", "2024-12-31", 2),
        ("icd10cm_order_2026.txt", sheets.ORDER_CM, "icd-10-cm", "2025-10-01", "2026-09-30", 9),
        ("icd10cm-order-April-2026.txt", sheets.ORDER_CM, "icd-10-cm", "2026-04-01", "2026-09-30", 9),
        ("icd10pcs_order_2026.txt", sheets.ORDER_PCS, "icd-10-pcs", "2025-10-01", "2026-09-30", 2),
        ("a.txt", sheets.POA, "poa-exempt", "2025-10-01", "2026-09-30", 1),
        ("a.xml", sheets.TABULAR, "icd-10-cm-tabular", "2025-10-01", "2026-09-30", 9),
        ("icd10c-tabular-April-1-2026.xml", sheets.TABULAR, "icd-10-cm-tabular", "2026-04-01", "2026-09-30", 9),
        ("icd10c-tabular-April-1-2024.xml", sheets.TABULAR, "icd-10-cm-tabular", "2025-10-01", "2026-09-30", 9),
        ("a.csv", sheets.GEM_TO_10, "gem-9-to-10", "2017-10-01", None, 2),
        ("a.csv", sheets.GEM_TO_9, "gem-10-to-9", "2017-10-01", None, 1),
        ("a.json", sheets.CCSR, "ccsr", "2022-10-01", None, 2),
        ("ra_dx_to_cc_2026.csv", sheets.HCC, "hcc", "2026-01-01", "2026-12-31", 1),
        ("ra_labels_2026.csv", sheets.HCC_LABELS, "hcc-labels", "2026-01-01", "2026-12-31", 1),
        ("a.csv", sheets.DOCUMENTS, "mcd", "2025-08-06", None, 2),
        ("ioce_v27.1.csv", sheets.MODIFIERS, "ioce-modifiers", "2026-04-01", "2026-06-30", 2),
        ("ioce_v27.1.csv", sheets.MODIFIER_CONFLICTS, "ioce-modifier-conflicts", "2026-04-01", "2026-06-30", 1),
        ("ioce_v27.1.csv", sheets.REVENUE, "ioce-revenue-codes", "2026-04-01", "2026-06-30", 1),
        ("ioce_v27.1.csv", sheets.FLAGS, "ioce-diagnosis-flags", "2026-04-01", "2026-06-30", 3),
        ("pos_2024q3.csv", sheets.PLACES, "cms-pos", "2024-07-01", None, 3),
        ("rbcs_2024q3.csv", sheets.RBCS, "rbcs", "2024-07-01", None, 2),
        ("FY2026.xlsx", sheets.workbook(sheets.CONVERSIONS), "icd-10-cm-conversions", "2025-10-01", "2026-09-30", 3),
        ("a.xlsx", sheets.workbook(sheets.DMEPOS), "dmepos", "2026-01-01", "2026-03-31", 3),
    ],
)
def test_a_published_file_is_known_by_its_content(
    write: Write, kb_dir: Path, name: str, content: str | bytes, source: str, first: str, last: str | None, rows: int
) -> None:
    assert told(write(name, content), kb_dir) == [(source, first, last, rows)]


def test_a_sheet_is_read_from_a_workbook_as_from_text(write: Write, kb_dir: Path) -> None:
    cells = [line.split(",") for line in sheets.fee_text().splitlines()]
    assert told(write("a.xlsx", sheets.workbook(cells)), kb_dir) == [("pfs", "2026-07-01", "2026-09-30", 3)]


def test_a_table_in_two_formats_of_one_zip_is_read_once(tmp_path: Path, kb_dir: Path) -> None:
    cells = [line.split(",") for line in sheets.fee_text().splitlines()]
    members = {"PPRRVU.csv": sheets.fee_text(), "PPRRVU.xlsx": sheets.workbook(cells), "readme.pdf": b"%PDF-1.4"}
    report = load([zipped(tmp_path / "rvu26c.zip", members)], kb_dir)
    assert [one.rows for one in report.loaded] == [3]
    assert report.ignored == [f"{tmp_path / 'rvu26c.zip'}/readme.pdf"]


def test_what_names_no_day_is_of_the_day_of_its_zip(tmp_path: Path, kb_dir: Path) -> None:
    path = zipped(tmp_path / "mcd.zip", {"documents.csv": sheets.DOCUMENTS, "lists.json": sheets.LISTS})
    assert [each[:2] for each in told(path, kb_dir)] == [("mcd", "2025-08-06"), ("lcd-diagnoses", "2025-08-06")]


def test_a_list_by_itself_asks_for_its_day(write: Write, kb_dir: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"lists\.json: neither its rows nor its name give .* --effective"):
        load([write("lists.json", sheets.LISTS)], kb_dir)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.csv",
            sheets.fee_text([sheets.FEES[0], "33333,,x,A,,1.00"]),
            r"a\.csv:9: 6 columns where the headings have \d+",
        ),
        ("a.csv", sheets.fee_text(["3333,,x,A" + ",1" * 28]), r"a\.csv:8: '3333' is no code"),
        ("a.csv", sheets.fee_text([sheets.FEES[0].replace("2.00", "two")]), r"a\.csv:8: 'two' is no number"),
        ("a.csv", sheets.fee_text().replace("GLOB", "GLOBE"), r"a\.csv:7: looks like a table of fee, but lacks global"),
        ("a.csv", sheets.GPCI.replace("MP GPCI", "MALP"), r"looks like a table of gpci, but lacks malpractice"),
        ("a.csv", sheets.FEE_2026, r"the header and no rows"),
        (
            "icd10cm_order_2026.txt",
            sheets.ORDER_CM + "\r\n00010 K81 maybe",
            r"order_2026\.txt:10: not a line of an order",
        ),
        ("a.xml", sheets.TABULAR.replace("</ICD10CM.tabular>", "<diag>"), r"not the XML of a tabular list"),
        (
            "a.xml",
            sheets.TABULAR.replace("<ICD10CM.tabular>", '<!DOCTYPE x [<!ENTITY a "b">]><ICD10CM.tabular>'),
            r"declares a document type",
        ),
        ("a.json", sheets.CCSR.replace("}", ""), r"a\.json:\d+: not JSON"),
        ("a.csv", sheets.GEM_TO_10.replace("10000", "1000"), r"'1000' are not five flags"),
        ("FY2026.xlsx", sheets.workbook((*sheets.CONVERSIONS, ("K81", "soon", "K80"))), r"FY2026\.xlsx:6: "),
        ("a.txt", sheets.POA + "x\ty\r\n", r"a\.txt:3: 2 columns where the list has 3"),
        ("a.csv", "x,y\n1,2\n", r"a\.csv: no table we know"),
        ("a.xlsx", b"PK\x03\x04 and no more", r"a zip that is damaged or cut short"),
        (
            "HCPC2020.txt",
            sheets.HCPCS_RECORDS + sheets.hcpcs_record("J0010", "3", "A", "B")[:200],
            r"200 characters where a",
        ),
    ],
)
def test_a_spoilt_file_is_told_with_its_line_and_loses_nothing(
    write: Write, kb_dir: Path, name: str, content: str | bytes, said: str
) -> None:
    load([write("good_2024q3.csv", sheets.RBCS)], kb_dir)
    before = published_at(kb_dir)
    with pytest.raises(KnowledgeError, match=said):
        load([write(name, content)], kb_dir)
    assert published_at(kb_dir) == before


def test_another_years_layout_is_read_by_its_headings(write: Write, kb_dir: Path) -> None:
    lines = [line.split(",") for line in sheets.fee_text().splitlines()]
    without_pricing = "\r\n".join(",".join(line[:23] + line[24:]) for line in lines)
    assert told(write("a.csv", without_pricing), kb_dir) == [("pfs", "2026-07-01", "2026-09-30", 3)]

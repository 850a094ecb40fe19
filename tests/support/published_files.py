"""Small invented files in the layouts that CMS publishes. Codes are numbers; nothing here is an extract."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

PTP_HEADER = (
    "The publisher's notice.\r\n"
    "\t\t* = in\t\tDeletion\tModifier\t\r\n"
    "\t\texistence\t\tDate\t0=not allowed\t\r\n"
    "\t\tprior to\tEffective\t*=no\t1=allowed\t\r\n"
    "Column 1\tColumn 2\t1996\tDate\tdata\t9=not applicable\tPTP Edit Rationale\r\n"
)
MUE_NOTICE = "The publisher's notice.\r\n"
MUE_VALUES = {
    "mue-practitioner": "Practitioner Services MUE Values",
    "mue-outpatient": "Outpatient Hospital Services MUE Values",
    "mue-dme": "DME Supplier Services MUE Values",
}
AOC_HEADER = (
    "AOC_Edit_Type",
    "Add-On_Code",
    "AOC_DelDT",
    "Primary_Code",
    "Primary_Code_DelDT",
    "AOC_Edit_EffDT",
    "AOC_Edit_DelDT",
    "Special_Instruction_Notes",
)
Pair = tuple[str, str, str, str, str]
"""Column one, column two, first day, last day or *, indicator."""
PAIRS: tuple[Pair, ...] = (
    ("0001A", "0591T", "20220101", "20231231", "1"),
    ("10021", "10004", "20190101", "*", "0"),
    ("96365", "36000", "20190701", "20240630", "1"),
    ("96365", "36000", "20240701", "*", "0"),
    ("96365", "36410", "20190701", "20190701", "9"),
    ("G0463", "99211", "20190701", "*", "1"),
)


def ptp_text(pairs: Iterable[Pair] = PAIRS) -> str:
    """A part of a PTP table."""
    rows = (f"{one}\t{two}\t\t{start}\t{end}\t{indicator}\tInvented\r\n" for one, two, start, end, indicator in pairs)
    return PTP_HEADER + "".join(rows)


def mue_text(table: str, rows: Iterable[tuple[str, int, int]]) -> str:
    """An MUE table of a setting: code, units, MAI."""
    header = f"HCPCS/CPT Code,{MUE_VALUES[table]},MUE Adjudication Indicator,MUE Rationale\r\n"
    body = (f"{code},{units},{mai} Date of Service Edit: Invented,Invented\r\n" for code, units, mai in rows)
    return MUE_NOTICE + header + "".join(body)


def aoc_bytes(rows: Iterable[tuple[str | None, ...]], *, title: str = "AOC_V2026Q2") -> bytes:
    """A workbook of add-on codes: type, code, its end, primary, its end, first day, last day, note."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    sheet.append(["A notice"])
    sheet.append(list(AOC_HEADER))
    for row in rows:
        sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip of the members, packed as published ones are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path

"""The text of .docx and .xlsx files (ECMA-376: XML parts in a zip), read without any office library.

Only the parts that hold text are unpacked, each within limits of size and ratio; XML that brings a document type is
refused, since office programs write none and entity bombs need one.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped] # lxml brings no types

from caseconsultant.parsing.attached_limits import MAX_CELLS, MAX_ELEMENTS, MAX_RATIO, MAX_UNPACKED, Unread

_DOCUMENT, _WORKBOOK, _STRINGS = "word/document.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_MAX_PARTS = 2_000
_MAX_SHEETS = 10
_ENCRYPTED = 0x1


def text_of(raw: bytes) -> tuple[str, str | None]:
    """Returns the text, and a note where not all of it was read; raises `Unread` with the reason."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return _of_package(package)
    except zipfile.BadZipFile:
        raise Unread("broken: no zip file") from None


def _of_package(package: zipfile.ZipFile) -> tuple[str, str | None]:
    parts = package.infolist()
    if len(parts) > _MAX_PARTS:
        raise Unread(f"{len(parts)} parts, more than {_MAX_PARTS}")
    names = {part.filename: part for part in parts}
    if _DOCUMENT in names:
        return _document(_root(package, names[_DOCUMENT]))
    if _WORKBOOK in names:
        return _workbook(package, names)
    raise Unread("neither a Word nor an Excel file")


def _root(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Any:  # noqa: ANN401 - lxml's elements
    raw = _unpacked(package, part)
    if b"<!DOCTYPE" in raw.replace(b"\0", b""):
        raise Unread("XML with a document type, not read")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=True
    )
    root = etree.fromstring(raw, parser)
    if root is None:
        raise Unread("broken: no XML")
    return root


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.flag_bits & _ENCRYPTED:
        raise Unread("encrypted")
    if part.file_size > MAX_UNPACKED:
        raise Unread(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB")
    if part.file_size > MAX_RATIO * max(part.compress_size, 500):
        raise Unread(f"unpacks to more than {MAX_RATIO} times its size")
    with package.open(part) as content:
        raw = content.read(MAX_UNPACKED + 1)
    if len(raw) > MAX_UNPACKED:  # the size written in the zip may be a lie
        raise Unread(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB")
    return raw


def _local(element: Any) -> str:  # noqa: ANN401 - lxml's elements
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


_BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tr": "\n"}


def _document(root: Any) -> tuple[str, str | None]:  # noqa: ANN401 - lxml's elements
    """Paragraphs as lines; the cells of a table's row on one line."""
    said: list[str] = []
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if number > MAX_ELEMENTS * 2:
            return "".join(said), f"cut after {MAX_ELEMENTS} elements"
        said += _of_word(event, element, said)
    return "".join(said), None


def _of_word(event: str, element: Any, said: list[str]) -> Iterator[str]:  # noqa: ANN401 - lxml's elements
    name = _local(element)
    if event == "start":
        if name == "t":
            yield element.text or ""
        elif name in {"br", "cr", "tab"}:
            yield _BREAKS[name]
    elif name in {"p", "tr"}:
        yield _BREAKS[name]
    elif name == "tc" and said:
        said[-1] = said[-1].rstrip("\n")
        yield "\t"


def _workbook(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> tuple[str, str | None]:
    strings = _strings(_root(package, names[_STRINGS])) if _STRINGS in names else []
    sheets = sorted((int(match[1]), name) for name in names if (match := _SHEET.fullmatch(name)))
    lines: list[str] = []
    left = MAX_CELLS
    for _, name in sheets[:_MAX_SHEETS]:
        for row in _rows(_root(package, names[name]), strings):
            lines.append("\t".join(row).rstrip())
            left -= len(row)
            if left < 0:
                return "\n".join(lines), f"cut after {MAX_CELLS} cells"
        lines.append("")
    return "\n".join(lines), None


def _strings(root: Any) -> list[str]:  # noqa: ANN401 - lxml's elements
    return ["".join(part.text or "" for part in item.iter("{*}t")) for item in root.iter("{*}si")]


def _rows(root: Any, strings: list[str]) -> Iterator[list[str]]:  # noqa: ANN401 - lxml's elements
    for row in root.iter("{*}row"):
        yield [_cell(cell, strings) for cell in row.iter("{*}c")]


def _cell(cell: Any, strings: list[str]) -> str:  # noqa: ANN401 - lxml's elements
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter("{*}t"))
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return str(value)

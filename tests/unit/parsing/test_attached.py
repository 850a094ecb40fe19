from __future__ import annotations

import time
import zlib

import pytest

from caseconsultant.parsing.attached import told

HEAD = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
)


def _pdf(drawing: bytes) -> bytes:
    packed = zlib.compress(drawing, 9)
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return HEAD + stream + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def test_a_page_with_a_text_layer_is_read() -> None:
    assert (
        told("note.pdf", "application/pdf", _pdf(b"BT /F1 9 Tf (10:00 to 13:20) Tj ET"), None).text == "10:00 to 13:20"
    )


@pytest.mark.parametrize("drawing", [b"0 0 m " * 30_000_000, b"BT /F1 9 Tf " + b"(a) Tj " * 200_000 + b"ET"])
def test_a_page_that_unpacks_to_millions_of_steps_is_left_and_noted(drawing: bytes) -> None:
    raw = _pdf(drawing)
    began = time.process_time()
    found = told("note.pdf", "application/pdf", raw, None)
    assert time.process_time() - began < 1
    assert found.text is None
    assert found.defect is not None
    assert found.defect.startswith("note.pdf: ")


@pytest.mark.parametrize(("size", "read"), [(5_000_000, True), (5_000_001, False)])
def test_files_of_more_than_five_megabytes_are_not_read(size: int, read: bool) -> None:  # noqa: FBT001 - a case
    found = told("note.txt", "text/plain", b"96372\n".ljust(size, b" "), None)
    assert (found.text == "96372") is read
    assert (found.defect is None) is read


def test_a_name_that_promises_text_does_not_make_bytes_text() -> None:
    assert told("note.txt", "text/plain", bytes(range(1, 32)) * 20, None).text is None
    assert told("run.exe", "application/octet-stream", b"MZ words and words", None).text is None

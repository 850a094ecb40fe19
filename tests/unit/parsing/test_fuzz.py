from __future__ import annotations

import io
import time
import zipfile

import pytest
from fuzz import failure, mutants
from hypothesis import given, settings
from hypothesis import strategies as st

from caseconsultant.parsing import parse

HEAD = b"From: a@example.com\nSubject: 96372?\n"


@pytest.mark.parametrize("seed", range(4))
def test_a_spoilt_mail_is_read_without_the_catch_all_and_within_a_second(seed: int) -> None:
    failed = {number: wrong for number, raw in enumerate(mutants(150, seed)) if (wrong := failure(raw)[0])}
    assert failed == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(list(mutants(60, 99))), min_size=2, max_size=3), st.integers(0, 500))
def test_spoilt_mails_joined_at_any_place_are_read(raws: list[bytes], at: int) -> None:
    assert failure(b"".join(raw[at:] for raw in raws))[0] is None


def _within_a_second(raw: bytes) -> None:
    began = time.process_time()
    parse(raw)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "body",
    [
        b"<p>96372 <b>x</b></p>" * 500_000,
        b"<div style='border-left:1px solid'>" * 200_000,
        b"<blockquote type=cite>a</blockquote>" * 200_000,
        b"<" * 5_000_000,
        b"<a <a" * 1_000_000,
        b"<table><tr><td>x" * 300_000,
        b"<script>" * 600_000,
        b"<style>a" * 600_000,
        b"<!--" * 1_000_000,
        b"&amp;&#60;" * 1_000_000,
    ],
    ids=range(10),
)
def test_ten_megabytes_of_html_take_less_than_a_second(body: bytes) -> None:
    _within_a_second(HEAD + b"Content-Type: text/html\n\n" + body)


@pytest.mark.parametrize(
    "line",
    [
        b"On Mon, Mar 4, 2024 at 8:00 AM Dana <dana@example.com> wrote:\n",
        b"On and on and on and on and on and on and on and on and on and on\n",
        b"On Monday, 4 March 2024 08:00 the surgeon of the clinic thought and wrote\n",
        b"> On Mon, Mar 4, 2024 at 8:00 AM Dana <dana@example.com> wrote:\n",
        b"From: a@example.com\nTo: b@example.com\n",
        b"From: a\n\n",
        b"a@b <a@b> (a@b) a@b:\n",
        b"-----Original Message-----\n",
        b"____________________\n",
        b"Thanks,\n",
        b"-- \n",
        b"Sent from my phone and my phone and my phone and my phone\n",
        b"This message is for you and this message is for me\n\n",
        b"a" * 999 + b"\n",
        b" " * 70 + b"\n",
        b"begin 644 a\n",
        b"confidentiality confidential this email this message information in this\n",
    ],
    ids=range(17),
)
def test_a_text_of_one_line_over_and_over_takes_less_than_a_second(line: bytes) -> None:
    _within_a_second(HEAD + b"\n" + line * (2_000_000 // len(line)))


@pytest.mark.parametrize(
    "character", [b"a", b"-", b"_", b" ", b">", b"@", b":", b"\t", b"*", b"=", b".", b"<", b"(", b"\xe2\x80\xaa"]
)
def test_a_line_of_megabytes_takes_less_than_a_second(character: bytes) -> None:
    _within_a_second(HEAD + b"\n" + character * 3_000_000 + b":\n")
    _within_a_second(HEAD + b"X-Long: " + character * 1_000_000 + b"\n\nx\n")
    _within_a_second(b"From: " + character * 300_000 + b"\nSubject: " + character * 300_000 + b"\n\nx\n")


def test_a_thousand_parts_are_read() -> None:
    parts = b"".join(b"--b\nContent-Type: text/plain\n\npart %d\n" % number for number in range(1000))
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n"
    _within_a_second(raw)
    assert parse(raw).text.endswith("part 999")


def test_a_thousand_attachments_are_listed_and_a_few_read() -> None:
    one = b"--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\ntext\n"
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + one * 1000 + b"--b--\n"
    _within_a_second(raw)
    assert sum(item.read for item in parse(raw).attachments) == 8


def _attached(content: bytes, name: str) -> bytes:
    head = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream; name="
        + name.encode()
    )
    return HEAD + head + b"\nContent-Transfer-Encoding: 8bit\n\n" + content + b"\n--b--\n"


def test_a_document_of_a_million_elements_is_cut() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        package.writestr("word/document.xml", b"<d>" + b"<p><t>a</t></p>" * 250_000 + b"</d>")
    mail_part = packed.getvalue().replace(b"\n", b" ")
    _within_a_second(_attached(mail_part, "a.docx"))

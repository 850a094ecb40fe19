from __future__ import annotations

import pytest

from caseconsultant.parsing import parse
from caseconsultant.parsing.flowed import unflow
from caseconsultant.parsing.html import strip_tags, to_text


def _text(content_type: str, body: bytes, *more: str) -> str:
    head = "\n".join(["From: a@example.com", "Subject: x", f"Content-Type: {content_type}", *more])
    return parse(head.encode() + b"\n\n" + body).text


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("utf-8", "caf\u00e9".encode(), "caf\u00e9"),
        ("us-ascii", "caf\u00e9".encode(), "caf\u00e9"),
        ("iso-8859-1", b"it\x92s", "it\u2019s"),
        ("no-such-charset", b"caf\xe9", "caf\u00e9"),
        ("utf-8", b"caf\xe9", "caf\u00e9"),
        ("iso-2022-jp", "\u65e5\u672c".encode("iso-2022-jp"), "\u65e5\u672c"),
        ("gb2312", "\u4e2d".encode("gb18030"), "\u4e2d"),
        ("unicode_escape", b"a\\d b", "a\\d b"),
    ],
)
def test_charsets_are_read_whatever_they_claim(charset: str, raw: bytes, text: str) -> None:
    assert _text(f"text/plain; charset={charset}", raw) == text


def test_broken_base64_gives_what_it_holds() -> None:
    assert "96372" in _text("text/plain", b"SXMgOTYzNzIgdmFsaWQ/!", "Content-Transfer-Encoding: base64")


def test_html_declared_as_plain_text_is_read_as_html() -> None:
    assert _text("text/plain", b"<html><body><p>96372 &amp; 96369?</p></body></html>") == "96372 & 96369?"


def test_a_text_part_that_only_says_it_is_none_gives_way_to_the_html() -> None:
    body = (
        b"--b\nContent-Type: text/plain\n\nYour mail client does not support HTML messages.\n"
        b"--b\nContent-Type: text/html\n\n<p>96372?</p>\n--b--\n"
    )
    assert _text("multipart/alternative; boundary=b", body) == "96372?"


def test_text_around_an_attachment_is_joined() -> None:
    body = (
        b"--b\nContent-Type: text/plain\n\n96372\n--b\nContent-Type: image/png\n"
        b"Content-Disposition: inline; filename=a.png\n\nx\n"
        b"--b\nContent-Type: text/plain\n\nwith 96369?\n--b--\n"
    )
    assert _text("multipart/mixed; boundary=b", body) == "96372\nwith 96369?"


def test_flowed_lines_are_joined_and_quotes_kept_apart() -> None:
    assert unflow("one \ntwo\n> three \n> four\n-- \nname", delete_space=False) == "one two\n> three four\n-- \nname"
    assert unflow("one \ntwo", delete_space=True) == "onetwo"


def test_deep_html_is_stripped_and_noted() -> None:
    text, defect = to_text("<div>" * 300 + "96372?" + "</div>" * 300)
    assert text.strip() == "96372?"
    assert defect == "HTML nested deeper than 200: tags stripped"


def test_huge_html_is_cut_and_noted() -> None:
    _, defect = to_text("<p>a</p>" * 60_000)
    assert defect == "HTML cut at 400000 characters"


def test_hidden_html_is_not_read() -> None:
    assert to_text('<body><div style="display:none">hidden</div><p>96372?</p></body>')[0] == "96372?"


def test_a_blockquote_that_only_indents_is_the_senders() -> None:
    indented = '<div>Codes:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0">96372</blockquote>'
    assert "> " not in to_text(indented)[0]
    assert "> 96372" in to_text("<div>Codes:</div><blockquote type=cite>96372</blockquote>")[0]


def test_a_mark_of_ours_written_into_a_mail_means_nothing() -> None:
    assert _text("text/plain; charset=utf-8", "a\n\uf8f1\nb".encode()) == "a\n\nb"


def test_tags_are_stripped_without_structure() -> None:
    assert strip_tags("<style>x</style>a<br>b &lt;c&gt;").strip() == "a\nb <c>"


@pytest.mark.parametrize(
    "older",
    [
        '<div data-signatureblock="true">Dana</div><div style="border-top-style:solid"><b>From:</b> C<br>Sent: M</div>',
        '<hr id="x"><b>From: </b>c@example.org<br><b>To: </b>d<br><b>Sent: </b>Monday<br><b>Subject: </b>x<br>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> C<br><b>Subject:</b> x</p></div>',
        '<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Monday C wrote:</div></div>',
        '<blockquote type="cite">When?</blockquote>',
        '<div class="yahoo_quoted">When?</div>',
    ],
)
def test_older_html_is_known_by_its_structure(older: str) -> None:
    assert _text("text/html", f"<div>At 10:00.</div>{older}".encode()) == "At 10:00."


def test_html_forwarded_with_nothing_above_is_the_question() -> None:
    head = "---------- Forwarded message ---------<br>From: L &lt;l@example.com&gt;<br>Subject: x<br>To: d<br>"
    html = f'<body><div class="gmail_quote"><div class="gmail_attr">{head}</div><p>Is 96372 valid?</p></div></body>'
    assert _text("text/html", html.encode()) == "Is 96372 valid?"


def test_a_table_keeps_its_rows() -> None:
    assert to_text("<table><tr><td>96369</td><td>x1</td></tr><tr><td>96370</td><td>x2</td></tr></table>")[0] == (
        "96369  x1\n96370  x2"
    )

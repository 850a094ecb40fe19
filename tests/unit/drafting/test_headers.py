from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.domain.errors import InputError
from caseconsultant.domain.message import Reply
from caseconsultant.drafting.headers import bounded, mime_message, subject_reply
from caseconsultant.parsing import parse

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def _raw(
    *, subject: str = "Re: 96372", text: str = "hello\n", html: str = "<p>hello</p>\n", name: str = "Case Consultant",
    to: str = "dana@example.com", in_reply_to: str | None = "q1@example.com", references: tuple[str, ...] = (),
    message_id: str = "cc.1@example.org", reply_to: str | None = None,
) -> bytes:  # fmt: skip
    return mime_message(
        Reply(subject, text, html), from_name=name, from_address="consult@example.org", to=to, message_id=message_id,
        date=NOW, in_reply_to=in_reply_to, references=references, reply_to=reply_to,
    )  # fmt: skip


def _read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_headers_keep_machines_quiet_and_threads_together() -> None:
    message = _read(_raw(references=("q0@example.com",), reply_to="desk@example.org"))
    assert message["Message-ID"] == "<cc.1@example.org>"
    assert message["In-Reply-To"] == "<q1@example.com>"
    assert message["References"] == "<q0@example.com> <q1@example.com>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["X-CaseConsultant"] == "1"
    assert message["Reply-To"] == "desk@example.org"
    assert message["Date"].datetime == NOW


def test_both_bodies_arrive_as_written() -> None:
    text = "R\u00fcckfrage \u2013 96372\nFrom here\n.\ntrailing \n" + "x" * 300 + "\n"
    message = _read(_raw(text=text, html="<p>\u00e9</p>\n"))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == text
    assert html.get_content().strip() == "<p>\u00e9</p>"
    assert message.get_content_type() == "multipart/alternative"


def test_the_bytes_are_seven_bit_with_crlf_and_short_lines() -> None:
    raw = _raw(subject="\u00e9" * 300, text="\u00fc" * 400, html="a" * 5000, name="R\u00fcbsam " * 20,
               references=tuple(f"{n}{'x' * 200}@example.com" for n in range(30)))  # fmt: skip
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 260


def test_the_same_reply_gives_the_same_bytes() -> None:
    assert _raw() == _raw()
    assert _raw() != _raw(message_id="cc.2@example.org")


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: spy@example.net", "x\nBcc: spy@example.net", "x\r\n\r\nbody", "x\x00\u2028Bcc: y"]
)
def test_no_header_can_be_slipped_in(evil: str) -> None:
    message = _read(_raw(subject=evil, name=evil, references=(evil, "ok@example.com"), in_reply_to=evil))
    assert message["Bcc"] is None
    assert message["References"] == "<ok@example.com>"
    assert message["In-Reply-To"] is None


@pytest.mark.parametrize(
    "to",
    ["", "dana", "a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com", "Dana <a@example.com>",
     "a b@example.com", "<a@example.com>", "j\u00f6rg@example.com", "a@-"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(to: str) -> None:
    with pytest.raises(InputError, match="no address"):
        _raw(to=to)


def test_an_international_domain_is_written_in_ascii() -> None:
    assert _read(_raw(to="dana@b\u00fccher.example"))["To"] == "dana@xn--bcher-kva.example"


def test_a_message_id_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="message id"):
        _raw(message_id="a b>\r\nX: y")


@pytest.mark.parametrize("name", ["Consult, Coding", 'The "Desk"', "R\u00fcbsam \u0141", "x" * 90, "", "=?utf-8?Q?a?="])
def test_any_from_name_is_read_back(name: str) -> None:
    mail = parse(_raw(name=name))
    assert mail.from_address == "consult@example.org"
    assert (mail.from_name or "").replace(" ", "") == (name.replace(" ", "").strip('"') or "")


def test_references_are_bounded_with_first_and_last_kept() -> None:
    ids = [f"{n}@x" for n in range(30)]
    assert bounded(ids) == ("0@x", *(f"{n}@x" for n in range(21, 30)))
    assert bounded(ids[:10]) == tuple(ids[:10])
    assert bounded(["a@x", "b@x", "a@x"]) == ("b@x", "a@x")


@pytest.mark.parametrize(
    ("subject", "number", "expected"),
    [
        ("96372", "CC-2026-000123", "Re: 96372 [CC-2026-000123]"),
        ("Re: RE: 96372 [CC-2026-000123]", "CC-2026-000123", "Re: 96372 [CC-2026-000123]"),
        ("AW: 96372", None, "Re: 96372"),
        ("", "CC-2026-000123", "Re: Your question [CC-2026-000123]"),
        ("a\r\nb", None, "Re: a b"),
    ],
)
def test_a_subject_is_answered_once(subject: str, number: str | None, expected: str) -> None:
    assert subject_reply(subject, number) == expected


def test_our_own_mail_is_known_when_it_comes_back() -> None:
    assert parse(_raw()).automated == "our own loop mark (X-CaseConsultant)"


@given(st.text(max_size=120), st.text(max_size=300))
def test_any_subject_and_text_give_one_safe_mail(subject: str, text: str) -> None:
    raw = _raw(subject=subject, text=text, name=subject)
    message = _read(raw)
    assert raw.isascii()
    assert message.keys().count("Subject") == 1
    assert len(message.keys()) == 12
    assert len(list(message.iter_parts())) == 2

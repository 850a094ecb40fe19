from __future__ import annotations

from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.parsing import headers


def _message(raw: bytes) -> Message:
    return BytesParser(policy=compat32).parsebytes(raw + b"\n\n")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?Q?R=C3=BCckfrage_96372?=", "R\u00fcckfrage 96372"),
        ("=?UTF-8?B?4oI=?= =?UTF-8?B?rA==?=", "\u20ac"),
        ("=?iso-8859-1?Q?a?= =?utf-8?Q?b?= c", "ab c"),
        ("before =?utf-8?Q?a b?= after", "before a b after"),
        ("=?utf-8?B?YWJj", "=?utf-8?B?YWJj"),
        ("=?no-such?Q?a=E9?=", "a\u00e9"),
        ("=?us-ascii*en?Q?plain?=", "plain"),
        ('"=?utf-8?Q?quoted?="', '"quoted"'),
        ("two\r\n\tlines", "two lines"),
        ("=?utf-8?B?YQ?=", "a"),
    ],
)
def test_encoded_words_are_decoded(raw: str, text: str) -> None:
    assert headers.decode(raw) == text


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        ("Dana Ruiz <Dana@Example.com>", "Dana Ruiz", "dana@example.com"),
        ('"Ruiz, Dana" <dana@example.com>', "Ruiz, Dana", "dana@example.com"),
        ("Ruiz, Dana <dana@example.com>", "Ruiz, Dana", "dana@example.com"),
        ('"other@example.net" <dana@example.com>', "other@example.net", "dana@example.com"),
        ("dana@example.com (Dana Ruiz)", "Dana Ruiz", "dana@example.com"),
        ("dana@example.com", "", "dana@example.com"),
        ("=?utf-8?Q?evil=40example=2Enet?= <dana@example.com>", "evil@example.net", "dana@example.com"),
        ("<mailto:dana@example.com>", "", "dana@example.com"),
        ("=?utf-8?Q?Dana_=3Cdana=40example.com=3E?=", "Dana", "dana@example.com"),
    ],
)
def test_a_mailbox_is_read_however_it_is_written(raw: str, name: str, address: str) -> None:
    assert headers.mailboxes(raw) == [(name, address)]


def test_several_addresses_and_groups_are_read() -> None:
    message = _message(b"To: a@example.com, B <b@example.com>, a@example.com\nCc: undisclosed-recipients:;")
    assert headers.addresses(message, "To") == ("a@example.com", "b@example.com")
    assert headers.addresses(message, "Cc") == ()


def test_message_ids_lose_their_brackets_and_folds() -> None:
    message = _message(b"References: <a@x>\n <b@\n x> junk\nIn-Reply-To: your mail <c@x>\nMessage-ID: bare@x")
    assert headers.message_ids(message, "References") == ("a@x", "b@x")
    assert headers.message_ids(message, "In-Reply-To") == ("c@x",)
    assert headers.message_id(message) == "bare@x"


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        (b"Mon, 04 Mar 2024 09:15:00 -0500", "2024-03-04T14:15:00+00:00"),
        (b"Mon, 04 Mar 2024 09:15:00 -0000", "2024-03-04T09:15:00+00:00"),
        (b"yesterday", None),
        (b"Fri, 31 Dec 9999 23:59:59 -2300", None),
    ],
)
def test_dates_are_in_utc_or_none(raw: bytes, iso: str | None) -> None:
    found = headers.date_value(_message(b"Date: " + raw))
    assert (found.isoformat() if found else None) == iso


@given(st.text(alphabet='=?utf-8QqBb_<>@,;:"()\\ \n\udce9', max_size=80))
def test_any_header_text_can_be_read(raw: str) -> None:
    headers.decode(raw).encode()
    headers.mailboxes(raw)

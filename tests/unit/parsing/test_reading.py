from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseconsultant.domain.message import Disposition, ParsedMessage
from caseconsultant.parsing import parse, parsed_object, question_text, redact

Read = Callable[[str], ParsedMessage]


def test_a_plain_mail_is_read_with_its_signature_apart(read: Read) -> None:
    mail = read("plain")
    assert mail.text.startswith("Patient had a subcutaneous")
    assert mail.text.endswith("Medicare.")
    assert mail.signature == "--\nDana Ruiz, CPC\nLakeside Infusion, 555-0134"
    assert (mail.from_name, mail.from_address) == ("Dana Ruiz", "dana.ruiz@example.com")
    assert mail.message_id == "plain-1@example.com"
    assert mail.date is not None
    assert mail.date.isoformat() == "2024-03-04T14:15:00+00:00"
    assert mail.disposition is Disposition.QUESTION


@pytest.mark.parametrize(
    ("name", "text", "html"),
    [
        ("html_only", "Can we bill 99213-25 with 20610-RT?\n\nMedicare, office.", True),
        ("empty_text_part", "Is 96372 payable with 96369?", True),
        ("outlook_reply", "It was a different drug, given in the other arm.\n\nThanks,\nDana", False),
        ("outlook_html_reply", "It was ketorolac.", True),
        ("gmail_reply", "The infusion ended at 13:20.", False),
        ("inline_answers", "10:00\n\n13:20, see the flow sheet.", False),
        ("apple_mail", "Ten grams.", False),
        ("german", "Ja, in der Praxis.", False),
        ("latin1_raw", "\u00bfEs v\u00e1lido 96372 hoy?", False),
        ("missing_boundary", "Is 96369 timed?", False),
        ("nested_multipart", "Two pumps, one site \u2013 96371?", False),
        ("forwarded", "We have 95 minutes of critical care. 99291 and 99292? Medicare.\n\nLee", False),
        ("forwarded_as_attachment", "95 minutes of critical care, 99292?", False),
        ("subject_only", "", False),
    ],
)
def test_the_new_words_are_found(read: Read, name: str, text: str, html: bool) -> None:  # noqa: FBT001 - a case
    mail = read(name)
    assert mail.text == text
    assert mail.html is html
    assert mail.disposition is Disposition.QUESTION


@pytest.mark.parametrize(
    ("name", "disposition", "reason"),
    [
        ("out_of_office", "automated", "Auto-Submitted: auto-replied"),
        ("mailing_list", "automated", "Precedence: list"),
        ("null_sender", "automated", "Return-Path: <>"),
        ("calendar_reply", "automated", "calendar reply"),
        ("delivery_report", "bounce", "delivery report"),
        ("command_register", "command", None),
        ("empty", "unreadable", None),
        ("attachment_only", "unreadable", None),
        ("person_with_weak_mark", "question", None),
    ],
)
def test_each_kind_of_mail_is_told_apart(read: Read, name: str, disposition: str, reason: str | None) -> None:
    mail = read(name)
    assert (mail.disposition.value, mail.automated) == (disposition, reason)


def test_folded_and_encoded_headers_are_read(read: Read) -> None:
    mail = read("folded_headers")
    assert mail.subject == "Is N18.3 valid \u2013 today?"
    assert mail.from_name == "Ren\u00e9e Dubois"
    assert mail.from_address == "renee@example.com"
    assert mail.to == ("consult@example.org", "other@example.org")
    assert mail.cc == ()
    assert mail.references == ("a@example.com", "b@example.com")


def test_raw_eight_bit_headers_are_read(read: Read) -> None:
    mail = read("latin1_raw")
    assert (mail.from_name, mail.subject) == ("Jos\u00e9 Ruiz", "C\u00f3digo 96372")


def test_attachments_are_listed_with_their_decoded_names_and_sizes(read: Read) -> None:
    listed = [(item.filename, item.content_type, item.size) for item in read("nested_multipart").attachments]
    assert listed == [("logo.png", "image/png", 8), ("flow sheet.pdf", "application/pdf", 8)]


def test_an_attached_mail_that_became_the_question_is_marked_read(read: Read) -> None:
    assert [item.read for item in read("forwarded_as_attachment").attachments] == [True]


def test_the_null_envelope_sender_is_a_machine() -> None:
    raw = b"From: dana@example.com\nSubject: 96372?\n\nIs it valid?\n"
    assert parse(raw, mail_from="").automated == "null sender"
    assert parse(raw, mail_from=None).automated is None
    assert parse(raw, mail_from="dana@example.com").automated is None


def test_our_own_message_is_known_by_its_id() -> None:
    raw = b"From: dana@example.com\nMessage-ID: <ours@example.org>\nSubject: x\n\nhello\n"
    assert parse(raw, is_own_message_id=lambda found: found == "ours@example.org").automated == "our own message"


def test_the_contract_object_has_every_key_and_is_json(read: Read) -> None:
    found = parsed_object(read("delivery_report"), path="x.eml")
    assert list(found) == [
        "path", "message_id", "from", "reply_to", "to", "cc", "subject", "date", "in_reply_to", "references", "text",
        "quoted", "signature", "html", "attachments", "disposition", "automated", "bounce", "defects",
    ]  # fmt: skip
    assert found["bounce"]["recipients"][0] == {
        "address": "gone@example.com", "action": "failed", "status": "5.1.1", "permanent": True,
    }  # fmt: skip
    assert json.loads(json.dumps(found)) == found
    assert parsed_object(read("empty"), path=None)["bounce"] is None


def test_patient_data_goes_and_the_codes_stay(read: Read) -> None:
    found = redact(question_text(read("patient_data")))
    for gone in ("Sample", "SAMPLE", "JOHN", "John", "03/04/1950", "00412345", "1EG4", "6789", "0134", "jane@"):
        assert gone not in found.text
    for kept in ("96369 x1", "96370 x2", "02/01/2024", "10:00-13:20", "J1569 20 units", "$310.00"):
        assert kept in found.text
    assert found.counts["name"] == 3


def test_thousands_of_nested_parts_give_a_message() -> None:
    head = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(1500))
    assert parse(b"From: a@example.com\nSubject: 96372?\n" + head + b"\nhello\n").subject == "96372?"


def test_a_mail_that_cannot_be_read_at_all_is_set_aside_with_its_text() -> None:
    def broken(_message_id: str) -> bool:
        raise LookupError

    mail = parse(b"From: a@example.com\nMessage-ID: <x@y>\n\n96372?\n", is_own_message_id=broken)
    assert (mail.disposition, mail.text, mail.defects) == (Disposition.UNREADABLE, "96372?", ("not read: LookupError",))


def test_two_from_fields_are_noted() -> None:
    mail = parse(b"From: a@example.com\nFrom: b@example.com\nSubject: x\n\nhello\n")
    assert mail.from_address == "a@example.com"
    assert "several From fields" in mail.defects


_NAMES = st.sampled_from(
    ["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type", "Content-Transfer-Encoding",
     "Content-Disposition", "Auto-Submitted", "Reply-To", "Return-Path"]
)  # fmt: skip
_VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"multipart/mixed; boundary=b", b"text/html; charset=utf-16", b"message/delivery-status", b"base64",
         b"=?utf-8?B?4oCT?=", b"=?x?q?=ZZ?=", b"<a@b", b"Fri, 31 Feb 9999 99:99:99 +9999",
         b"text/plain; charset*=x''%ff",
         b"multipart/report; report-type=delivery-status; boundary=b", b"x-uuencode", b"message/rfc822"]
    ),
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.tuples(_NAMES, _VALUES), max_size=8), st.binary(max_size=300))
def test_any_headers_and_body_give_a_message(fields: list[tuple[str, bytes]], body: bytes) -> None:
    raw = b"".join(name.encode() + b": " + value + b"\n" for name, value in fields) + b"\n" + body
    found = parsed_object(parse(raw), path=None)
    json.dumps(found).encode()
    assert not [defect for defect in found["defects"] if defect.startswith("not read:")]


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_message(raw: bytes) -> None:
    mail = parse(raw)
    question_text(mail).encode()
    assert not [defect for defect in mail.defects if defect.startswith("not read:")]


@settings(max_examples=200)
@given(st.text(alphabet="<>/abdivpq=\"' &;#x1-\n", max_size=300))
def test_any_html_gives_a_text(source: str) -> None:
    parse(b"Content-Type: text/html; charset=utf-8\n\n" + source.encode()).text.encode()

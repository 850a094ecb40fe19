from __future__ import annotations

import pytest

from caseconsultant.domain.message import BouncedRecipient, Disposition
from caseconsultant.parsing import parse


def _report(*fields: str, encoding: str = "7bit") -> bytes:
    block = "\n".join(fields)
    return (
        "From: MAILER-DAEMON@example.net\nSubject: Undelivered\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="d"\n\n'
        f"--d\nContent-Type: text/plain\n\nSorry.\n--d\nContent-Type: message/delivery-status\n"
        f"Content-Transfer-Encoding: {encoding}\n\nReporting-MTA: dns; mx.example.net\n\n{block}\n\n--d--\n"
    ).encode()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("Final-Recipient: rfc822; A@Example.com", "Action: failed", "Status: 5.1.1"),
         BouncedRecipient("a@example.com", "failed", "5.1.1", permanent=True)),
        (("Final-Recipient: rfc822; a@example.com", "Action: failed", "Status: 4.4.7"),
         BouncedRecipient("a@example.com", "failed", "4.4.7", permanent=False)),
        (("Final-Recipient: rfc822; a@example.com", "Action: delayed", "Status: 4.0.0"),
         BouncedRecipient("a@example.com", "delayed", "4.0.0", permanent=False)),
        (("Final-Recipient: a@example.com", "Action: failed (no user)", "Status: 5.0.0",
          "Diagnostic-Code: smtp; 550 5.1.1 no"),
         BouncedRecipient("a@example.com", "failed", "5.1.1", permanent=True)),
        (("Original-Recipient: rfc822;<a@example.com>", "Diagnostic-Code: smtp; 452 full"),
         BouncedRecipient("a@example.com", "delayed", "4.0.0", permanent=False)),
        (("Final-Recipient: rfc822; a@example.com", "Action: delivered", "Status: 2.0.0"),
         BouncedRecipient("a@example.com", "delivered", "2.0.0", permanent=False)),
    ],
)  # fmt: skip
def test_a_report_names_its_recipient(fields: tuple[str, ...], expected: BouncedRecipient) -> None:
    mail = parse(_report(*fields))
    assert mail.bounced == (expected,)
    assert mail.disposition is Disposition.BOUNCE


def test_exim_names_the_recipient_in_a_header() -> None:
    raw = b"From: Mailer-Daemon@example.net\nX-Failed-Recipients: a@example.com\nSubject: failed\n\n550 5.1.1 unknown\n"
    assert parse(raw).bounced == (BouncedRecipient("a@example.com", "failed", "5.1.1", permanent=True),)


def test_qmail_names_the_recipient_in_its_text() -> None:
    raw = (
        b"From: MAILER-DAEMON@example.net\nSubject: failure notice\n\nThis is the qmail-send program.\n\n"
        b"<a@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown\n"
    )
    assert parse(raw).bounced == (BouncedRecipient("a@example.com", "failed", "5.1.1", permanent=True),)


def test_a_report_that_a_person_attached_is_no_bounce() -> None:
    inner = _report("Final-Recipient: rfc822; a@example.com", "Action: failed", "Status: 5.1.1").decode()
    raw = (
        "From: dana@example.com\nSubject: is this yours?\nContent-Type: multipart/mixed; boundary=m\n\n"
        f"--m\nContent-Type: text/plain\n\nIt came back.\n--m\nContent-Type: message/rfc822\n\n{inner}\n--m--\n"
    )
    assert parse(raw.encode()).disposition is Disposition.QUESTION

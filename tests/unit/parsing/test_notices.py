"""Systems' notices without a telling header, and people's mails that use the same words."""

from __future__ import annotations

import pytest

from caseconsultant.parsing import parse


def _reason(subject: str, text: str, *lines: str, sender: str = "desk@example.com") -> str | None:
    head = "\n".join([f"From: {sender}", f"Subject: {subject}", *lines])
    return parse(f"{head}\n\n{text}\n".encode()).automated


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("[Ticket #881] 77067", "Ticket has been created.\nPriority: Medium", "ticket notice"),
        ("Monitor is DOWN: portal", "The portal is currently down. Event time: 9:11", "monitoring notice"),
        ("New fax from 555-0144", "You have received a new fax.\nPages: 2", "telephone notice"),
        ("Shipped: your order", "Your order has shipped. Tracking number: 9400 1118", "trade notice"),
        ("Your login code", "Use this code to log in: 481203. It expires in 10 minutes.", "security notice"),
        ("Scanned image", "Scan date: 11.23.2026\nQueries to: copier@example.com", "scanner notice"),
        ("Hello", "I am attending a conference through Friday. For urgent matters call 555-0100.", "absence notice"),
        ("Cron <root@web1> /usr/bin/backup", "312 rows", "notice of a system"),
        ("File read", "This is a system generated message.", "notice of a system"),
    ],
)
def test_two_marks_of_one_kind_tell_a_notice(subject: str, text: str, kind: str) -> None:
    assert _reason(subject, text) == kind


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("77067", "Ticket has been created."),
        ("Portal", "The portal is currently down."),
        ("The lab", "You have received a new fax."),
        ("DME", "The walker was shipped. Delivered on 11/22."),
        ("Locum", "Dr. Hill is away until Monday. A locum covers."),
    ],
)
def test_one_mark_tells_nothing(subject: str, text: str) -> None:
    assert _reason(subject, text) is None


@pytest.mark.parametrize(
    "asked",
    ["Is that payable?", "Please advise.", "Should we bill it", "Need the modifier.", "My question stands."],
)
def test_who_asks_is_a_person_whatever_marks_stand_there(asked: str) -> None:
    noticed = "You have received a new fax.\nPages: 2\n"
    assert _reason("New fax from 555-0144", noticed)
    assert _reason("New fax from 555-0144", noticed + asked) is None


@pytest.mark.parametrize("canned", ["Any questions?", "Need help?", "Not you?", "Trouble viewing this?"])
def test_the_canned_question_of_a_notice_asks_nothing(canned: str) -> None:
    assert _reason("Shipped: your order", f"Your order has shipped. Tracking number: 9400 1118. {canned}")


def test_words_of_the_trade_ask_for_more_marks() -> None:
    text = "You have received a new fax.\nPages: 2\n"
    assert _reason("Fax", text) == "telephone notice"
    assert _reason("Fax", f"{text}The patient had an infusion, left arm.") is None


def test_an_answer_that_mentions_an_absence_is_an_answer() -> None:
    away = "I am on vacation this week."
    assert _reason("Re: 20610", away) == "absence notice in the text"
    assert _reason("Re: 20610", f"{away} The patient had both knees done.") is None


@pytest.mark.parametrize("prefix", ["Fwd: ", "FW: ", "WG: ", "[External] Fwd: "])
def test_what_a_person_forwards_is_no_notice(prefix: str) -> None:
    text = "This is a system generated message. Claim 1 was rejected."
    assert _reason("Claim status", text)
    assert _reason(f"{prefix}Claim status", text) is None


def test_our_own_case_number_in_the_subject_is_no_ticket_mark() -> None:
    text = "Thank you for contacting the surgeon for us."
    assert _reason("[CC-2026-000411] 96372", text) is None


def test_a_mail_that_begins_with_a_desks_reply_mark_is_the_desks() -> None:
    assert _reason("REV-1201", "--- Reply above this line ---\n\nWe got it.") == "ticket notice"


@pytest.mark.parametrize(
    "text",
    ["The drug was ketorolac.\n\n--- Reply above this line ---\n\nWe got it.",
     "--- Reply above this line ---\n\nDana wrote: which modifier goes on 96372?"],
)  # fmt: skip
def test_a_persons_words_above_or_a_question_below_the_reply_mark_count(text: str) -> None:
    assert _reason("REV-1201", text) is None


def test_an_unsubscribe_header_on_a_reply_is_half_a_mark_only() -> None:
    listed = "List-Unsubscribe: <mailto:u@example.com>"
    assert _reason("Re: 96372", "Is it valid?", listed)
    assert _reason("Re: 96372", "Is it valid?", listed, "In-Reply-To: <q1@example.org>") is None
    assert _reason("Re: 96372", "Is it valid?", listed, "In-Reply-To: <q1@example.org>", "List-Id: <a.example.org>")
    assert _reason("Re: 96372", "Is it valid?", listed, "In-Reply-To: <q1@example.org>", "Feedback-ID: x")


@pytest.mark.parametrize("lines", [(), ("In-Reply-To: <q1@example.org>",)])
def test_a_newsletter_may_ask_but_an_answer_is_no_newsletter(lines: tuple[str, ...]) -> None:
    text = "What changes in January?\n\nYou are subscribed as dana@example.com.\nUnsubscribe: https://example.com/u"
    assert _reason("November digest", text, *lines) == (None if lines else "newsletter")


def test_the_payers_automatic_reply_is_a_topic_and_a_persons_an_absence() -> None:
    assert _reason("Automatic reply from Dana Fox", "I am away.")
    assert _reason("Automatic reply from payer says bundled", "Is that right?") is None


def test_a_rule_above_an_attribution_goes_with_the_quote() -> None:
    rule, wrote = "-" * 44, "On Mon, 11/23/26, Desk <desk@example.org> wrote:"
    found = parse(f"From: a@example.com\nSubject: x\n\nNew words.\n\n{rule}\n{wrote}\n\n Old words.\n".encode())
    assert (found.text, rule in found.quoted) == ("New words.", True)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: 96372", "I'm off until Monday. Two treatments by nebulizer, 20 minutes apart."),
        ("Missed call", "Missed call from the patient, the doctor called back, 6 minutes."),
        ("Payment received", "We received payment of 40, the second line is unpaid."),
        ("Backup surgeon", "The backup surgeon failed to come. The patient waited."),
        ("Alert", "The scrubber alerts on two lines. Different shoulder."),
        ("Appointment", "This is a reminder about my question of Monday."),
    ],
)
def test_coders_write_of_calls_payments_and_absences(subject: str, text: str) -> None:
    assert _reason(subject, text) is None

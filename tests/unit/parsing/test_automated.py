from __future__ import annotations

import pytest

from caseconsultant.parsing import parse


def _reason(*lines: str, sender: str = "dana@example.com", subject: str = "96372 with 96369?") -> str | None:
    head = "\n".join([f"From: {sender}", f"Subject: {subject}", *lines])
    return parse(f"{head}\n\nIs it valid?\n".encode()).automated


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: auto-replied; owner-email=x",
        "Precedence: bulk",
        "Precedence: junk",
        "Precedence: auto_reply",
        "List-Id: <coders.example.net>",
        "List-Unsubscribe: <mailto:x@example.net>",
        "X-Autoreply: yes",
        "X-Autorespond: x",
        "X-CaseConsultant: 1",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=x",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
        "X-Failed-Recipients: gone@example.com",
    ],
)
def test_one_strong_mark_is_enough(line: str) -> None:
    assert _reason(line)


@pytest.mark.parametrize(
    "sender",
    ["MAILER-DAEMON@example.com", "postmaster@example.com", "no-reply@example.com", "noreply@example.com",
     "do-not-reply@example.com", "billing-noreply@example.com", "bounces+123=x@example.com", "donotreply@example.com"],
)  # fmt: skip
def test_role_addresses_are_machines(sender: str) -> None:
    assert _reason(sender=sender)


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: 96372", "Out of Office: 96372", "Out of office", "Abwesenheitsnotiz: 96372", "Autoreply",
     "R\u00e9ponse automatique : 96372", "Respuesta autom\u00e1tica: x", "Risposta automatica: x",
     "Automatisch antwoord: x"],
)  # fmt: skip
def test_absence_subjects_are_machines(subject: str) -> None:
    assert _reason(subject=subject) == "absence notice in the subject"


@pytest.mark.parametrize(
    ("lines", "sender", "subject"),
    [
        (("Auto-Submitted: no",), "dana@example.com", "96372"),
        (("Precedence: first-class",), "dana@example.com", "96372"),
        (("X-Auto-Response-Suppress: All",), "dana@example.com", "96372"),
        (("Feedback-ID: x",), "dana@example.com", "96372"),
        ((), "dana@example.com", "Out of office visit: which code?"),
        ((), "dana@example.com", "Automatic implantable defibrillator, 33249"),
        ((), "dana@example.com", "Provider on vacation, who bills?"),
        ((), "notifications@example.com", "96372"),
        ((), "norma.reply@example.com", "96372"),
        (("Return-Path: <dana@example.com>",), "dana@example.com", "96372"),
        (("X-Autoreply: no",), "dana@example.com", "96372"),
    ],
)
def test_people_are_not_taken_for_machines(lines: tuple[str, ...], sender: str, subject: str) -> None:
    assert _reason(*lines, sender=sender, subject=subject) is None


def test_two_weak_marks_are_enough() -> None:
    assert _reason("X-Auto-Response-Suppress: All", subject="I am out of office until Monday")

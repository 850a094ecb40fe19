from __future__ import annotations

import pytest

from caseconsultant.parsing import bare_subject, command, parse, question_text


def _asked(subject: str, body: str) -> str:
    return question_text(parse(f"From: a@example.com\nSubject: {subject}\n\n{body}\n".encode()))


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: 96372", "96372"),
        ("RE: FW: Aw: [EXTERNAL] 96372", "96372"),
        ("Re[2]: 96372 [CC-2026-000123]", "96372"),
        ("Re: [CC-2026-000123]", ""),
        ("Reporting 96372", "Reporting 96372"),
        ("R: 96372", "96372"),
    ],
)
def test_a_subject_is_freed_of_prefixes_and_tags(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare


@pytest.mark.parametrize(
    "subject", ["", "Question", "coding question", "Re: Quick question!", "Help please", "CPT coding question"]
)
def test_a_generic_subject_adds_nothing(subject: str) -> None:
    assert _asked(subject, "Is 96372 valid?") == "Is 96372 valid?"


def test_a_subject_that_says_something_comes_first() -> None:
    assert _asked("96372 with 96369, Medicare", "Which modifier?") == "96372 with 96369, Medicare\n\nWhich modifier?"


def test_a_subject_that_the_body_repeats_is_dropped() -> None:
    assert _asked("Is 96372 valid", "Is 96372 valid? Medicare.") == "Is 96372 valid? Medicare."


def test_a_subject_alone_is_the_question() -> None:
    assert _asked("Is 96372 valid?", "") == "Is 96372 valid?"


def test_a_forward_with_a_short_word_above_asks_the_forwarded_question() -> None:
    forwarded = "See below.\n\n------ Forwarded message -----\nFrom: b@example.com\nSubject: x\n\nIs 96372 valid?"
    assert "Is 96372 valid?" in _asked("Fwd: x", forwarded)
    assert "Is 96372 valid?" not in _asked("Re: x", forwarded)


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("REGISTER", "please", ("REGISTER", None)),
        ("Re: quota", "", ("QUOTA", None)),
        ("hello", "STATUS CC-2026-000123\nthanks", ("STATUS", "CC-2026-000123")),
        ("HELP", "", ("HELP", None)),
        ("Help", "Is 96372 valid?", None),
        ("Stop", "", ("STOP", None)),
        ("register a patient", "", None),
        ("Status of claims", "STATUS", None),
    ],
)
def test_commands_are_whole_subjects_or_first_lines(
    subject: str, text: str, expected: tuple[str, str | None] | None
) -> None:
    assert command(subject, text) == expected

"""How redaction does on the marked mails of `tests/phi`, and that it does so in time."""

from __future__ import annotations

import time

import pytest
from marked import Score, mails, score

from caseconsultant.parsing import redact


@pytest.fixture(scope="module")
def measured() -> Score:
    return score((mail, redact(mail.text).text) for mail in mails())


def test_the_set_is_large_enough_to_measure_by(measured: Score) -> None:
    assert sum(1 for _ in mails()) >= 300
    assert measured.identifiers >= 300
    assert measured.facts >= 300


def test_of_the_identifiers_marked_nineteen_in_twenty_are_found(measured: Score) -> None:
    assert measured.recall >= 0.95, measured.missed


def test_of_the_coding_facts_not_one_in_a_hundred_is_taken(measured: Score) -> None:
    assert len(measured.facts_lost) < 0.01 * measured.facts, measured.facts_lost
    assert len(measured.words_lost) < 0.01 * measured.words, measured.words_lost


def test_a_second_redaction_of_the_marked_mails_changes_nothing() -> None:
    for mail in mails():
        once = redact(mail.text).text
        assert redact(once).text == once


HOSTILE = [
    "A ", "a", "1", "1 ", "Patient ", "John ", "Smith, ", "patient John Smith ", "\t", "name\tdob\n", "(", "[name]",
    "a.b@", "+1", "phone 0", "1-", "12 Aa ", "A'", "https://", "#: ", "MRN ", "MRN#   ", "John A. ", "Aa-", " \n",
    "[name] and ", "Re: ", "O'", "\u0130", "DOB: ", "age ", "(01)", "1.1.", "Mr. ", "|", "name|",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_characters_take_less_than_a_second(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    redact(text)
    assert time.process_time() - began < 1

"""What holds for every text: nothing raises, spans are exact and within bounds, reading takes time by length."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseconsultant.consulting.reading.claim_rows import claim_rows
from caseconsultant.consulting.reading.parts import separate_questions
from caseconsultant.consulting.reading.remittance import denials
from caseconsultant.domain.question import Question

Reader = Callable[..., Question]
SAID = (
    *("96365/66/67", "99202-99205", "96365, -66", "99213 or 14", "0500F", "0650T", "0001U", "e1142", "E1031", "m5416"),
    *(
        "dx i10, e119",
        "ICD",
        "HCPCS",
        "0DTJ4ZZ",
        "-59",
        "/59",
        "with 25 and 57",
        "mod XS",
        "RT",
        "f7",
        "TA",
        "99213:25",
    ),
    *("x2", "2u", "qty 2", "*2", "(2)", "3", "UN 3", "$150.00", "150 00", "CO-97", "PR 204", "n122", "denied 97"),
    *("CPT\tMod\tUnits\n", "99213\t25\t1\n", "| Qty | HCPCS |\n", "| 2 | 96370 |\n", "SV1*HC:99213:25*150*UN*1~"),
    *("SVC*HC:97140:59*60*0**1~", "CAS*CO*97*60~", "HI*ABK:E1142~", "DTP*472*D8*20260401~", "03 04 26 03 04 26 11"),
    *("NDC 00006-3026-02", "555-555-0142", "Tampa, FL 33602", "NPI 1234567893", "2215-0145", "8a-noon", "10p", "90'"),
    *("seen yesterday", "in March 2025", "4-Mar-25", "DOS 030425", "Aetna MA", "MCR primary", "Claim 1:", "1)", "2)"),
    *(
        "Q2:",
        "?",
        ".",
        "\n",
        ",",
        ";",
        "\u00e9",
        "\u2013",
        "\U0001f600",
        "\x00",
        "\u0661\u0662\u0663\u0664\u0665",
        "one drug",
    ),
)
PIECES = st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=6)), max_size=24)
TEXTS = st.builds(lambda pieces, joint: joint.join(pieces), PIECES, st.sampled_from([" ", "", "\n", "  "]))
THOROUGH = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(TEXTS)
@THOROUGH
def test_every_span_holds_what_was_read(read_loaded: Reader, text: str) -> None:
    question = read_loaded(text)
    for mention in question.codes:
        written = text[mention.span.start : mention.span.end].upper()
        assert written
        assert mention.code.endswith(written) or len(written) > len(mention.code)
    for diagnosis in question.diagnoses:
        written = text[diagnosis.span.start : diagnosis.span.end].upper()
        assert written.replace(".", "") == diagnosis.code.replace(".", "")


@given(TEXTS)
@THOROUGH
def test_every_span_lies_within_the_text(read_loaded: Reader, text: str) -> None:
    question = read_loaded(text)
    spans = [each.span for each in (*question.codes, *question.diagnoses, *question.durations, *question.services)]
    spans += [each.span for each in denials(text)] + list(claim_rows(text).aside)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


@given(TEXTS)
@THOROUGH
def test_units_and_minutes_are_whole_and_above_none(read_loaded: Reader, text: str) -> None:
    question = read_loaded(text)
    assert all(each.units is None or each.units > 0 for each in question.codes)
    assert all(each.minutes > 0 for each in question.durations)


@given(TEXTS)
@THOROUGH
def test_every_part_asks_something(text: str) -> None:
    assert all("?" in each for each in separate_questions(text))


LONG = (
    *(
        "1",
        "12345 ",
        "99213-25 ",
        "99213/14/15",
        "96365, 66, ",
        "E1142 ",
        "e11.42,",
        "x2 ",
        "- ",
        "\t1",
        "|1",
        "  1",
        "25 ",
    ),
    *(
        "CPT\tMod\tUnits\n",
        "99213 | 25 | 1\n",
        "SV1*HC:99213:25*150*UN*1~",
        "CAS*CO*97*60",
        "Q1: ok? ",
        "1) a? ",
        "10:00-",
    ),
    *(
        "0900-1131 ",
        "seen ",
        "dos ",
        "denied ",
        "with ",
        "(",
        "\n",
        "2 ",
        "A1",
        "0DTJ4ZZ ",
        "03 04 26 ",
        "555-",
        "99202-",
    ),
)


@pytest.mark.parametrize("piece", LONG)
def test_a_long_text_is_read_in_line_with_its_length(read_loaded: Reader, piece: str) -> None:
    text = (piece * (20_000 // len(piece) + 1))[:20_000]
    start = time.process_time()
    read_loaded(text)
    separate_questions(text)
    assert time.process_time() - start < 3  # ten times what it takes, far below what a quadratic reader takes


def test_a_hundred_thousand_digits_are_read_in_about_a_second(read_loaded: Reader) -> None:
    start = time.process_time()
    read_loaded("1" * 100_000)
    assert time.process_time() - start < 2

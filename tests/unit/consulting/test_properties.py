"""What holds for every question: nothing raises, nothing is made up, every statement rests on something."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Answer, Consultation
from caseconsultant.domain.codes import CodeSystem

Ask = Callable[..., Consultation]
ON = date(2026, 11, 23)
SAID = (
    *("99213", "99214-25", "99203", "99291", "G2211", "G0439", "20610", "20610-50", "11102", "17000", "17003 x3"),
    *("45378", "45385", "27447", "66984-LT", "97110", "97140", "36415", "80053", "90471", "J3301 x4", "J1030", "99201"),
    *("71020-26", "E11.9", "I10", "N18.3", "Z12.11", "CO-97", "N362", "B15", "modifier 59", "25?", "XS", "54", "62"),
    *("GA", "QW", "3 AKs", "two warts", "20 skin tags", "55 sq cm", "1.2 cm", "40 mg", "45 minutes", "8:00-9:35"),
    *(
        "day 12 after",
        "left knee",
        "both eyes",
        "shave biopsy",
        "laceration",
        "flu shot",
        "steroid injection",
        "office",
    ),
    *("psychotherapy", "critical care", "Medicare", "Aetna commercial", "ASC", "hospital outpatient", "DOS 3/4/2021"),
    *("today", "same day", "and", "with", "established patient", "new pt", "stable", "prescription", "moderate MDM"),
    *("unrelated", "planned", "unplanned", "denied", "Can we bill", "which code", "how many units", "is it valid"),
    *("what do we document", "how much is paid", "?", ".", "\n"),
)
REPEATED = ("1" * 3000, "99213 " * 400, "(" * 2000, "96365 x2, " * 300, "a-" * 2000, "\u00e9" * 3000)
TEXTS = st.lists(st.sampled_from(SAID), max_size=18).map(" ".join)
THOROUGH = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CODE = re.compile(r"\b(?:\d{5}|[A-Z]\d{4}|\d{4}[FTU])\b")


def lines_of(answer: Answer) -> set[str]:
    return {*answer.codes, *(line.code for line in answer.conditional)}


@given(TEXTS, st.dates(date(2015, 1, 1), date(2027, 12, 31)))
@THOROUGH
def test_no_line_is_of_a_code_that_neither_the_question_nor_the_knowledge_has(
    ask: Ask, knowledge: Knowledge, text: str, as_of: date
) -> None:
    consultation = ask(text, as_of)
    written = set(CODE.findall(text))
    made_up = [
        code for code in lines_of(consultation.answer) if code not in written and not knowledge.code_history(code)
    ]
    assert made_up == []


@given(TEXTS)
@THOROUGH
def test_every_statement_rests_on_a_reference_and_units_are_whole(ask: Ask, text: str) -> None:
    answer = ask(text).answer
    assert [each.statement for each in answer.findings if not each.references] == []
    assert all(units > 0 for units in answer.codes.values())
    assert all(line.units > 0 and line.when for line in answer.conditional)
    assert len(answer.asks) <= 3


@given(st.text(max_size=400))
@THOROUGH
def test_no_text_raises(ask: Ask, text: str) -> None:
    ask(text)


@pytest.mark.parametrize(
    "text", ["1" * 3000, "99213 " * 400, "(" * 2000, "96365 x2, " * 300, "a-" * 2000, "\u00e9" * 3000]
)
def test_no_length_or_repetition_raises(ask: Ask, text: str) -> None:
    assert ask(text).question.text == text


@given(st.integers(1, 400), st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_more_minutes_never_earn_fewer_units(ask: Ask, minutes: int, more: int) -> None:
    for said in ("critical care, Medicare", "of 97110, Medicare"):
        fewer = sum(ask(f"{minutes} minutes {said}. Units?").answer.codes.values())
        assert sum(ask(f"{minutes + more} minutes {said}. Units?").answer.codes.values()) >= fewer


def test_systems_of_lines_are_told(ask: Ask) -> None:
    consultation = ask("96372 and J1100 x4, office, Medicare")
    assert {each.system for each in consultation.question.codes} == {CodeSystem.CPT, CodeSystem.HCPCS}

"""An article rules on the facts that are told: the same question with other facts is answered otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("Outpatient visit note says probable pneumonia. Can we code J18.9?", Verdict.NO, "not coded"),
        ("Inpatient discharge summary says probable pneumonia. Can we code J18.9?", Verdict.YES, "as if it existed"),
        ("Inpatient discharge summary says probable HIV. Can we code it?", Verdict.NO, "only if confirmed"),
        (
            "TCM: the hospital's own discharge nurse called before he left the hospital. Does that count as contact?",
            Verdict.NO,
            "after the discharge",
        ),
        (
            "TCM: our office nurse called the patient the day after discharge. Does that count as the contact?",
            Verdict.YES,
            "clinical staff",
        ),
    ],
)
def test_the_facts_told_decide(ask: Ask, text: str, verdict: Verdict, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said in answer.bottom_line


def test_without_those_facts_the_article_says_both_branches(ask: Ask) -> None:
    answer = ask("May a probable or rule-out diagnosis be coded?").answer
    assert answer.verdict is Verdict.DEPENDS
    assert "Outpatient never" in answer.bottom_line


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        ("call*", "she called", True),
        ("call*", "we recall it", False),
        ("before + left", "before he had left the ward", True),
        ("before + left", "before it. he left", False),
        ("r/o", "r/o pneumonia", True),
    ],
)
def test_plain_words_stay_in_their_sentence_and_begin_a_word(words: str, text: str, *, told: bool) -> None:
    assert tells_of(text, [words]) is told


@pytest.mark.parametrize(("knees", "told"), [("the right knee", False), ("both knees", True)])
def test_what_an_article_presumes_must_be_told(ask: Ask, knees: str, *, told: bool) -> None:
    answer = ask(f"New pain worked up and the doctor injected {knees}, 20610 and 99213-25, Medicare office?").answer
    assert any("A surgery center, and some other payers" in each.statement for each in answer.findings) is told


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        (
            "Our doc is covering for a solo FP on vacation, never seen her before. 99203 as new patient?",
            Verdict.NO,
            "absent",
        ),
        (
            "GI fellow did the colonoscopy, attending on a monitor in the next room. Billable by the attending?",
            Verdict.NO,
            "entire",
        ),
        (
            "Valid ABN, option 1. Can we collect the money at the time of service, before Medicare decides?",
            Verdict.YES,
            "refund",
        ),
        ("Does 78 restart the 90 day global?", Verdict.NO, "original operation"),
        ("With 78, does the global keep running from the original operation?", Verdict.YES, "original operation"),
        ("Hospitalist pronounced the patient dead in person, 20 min. Can she bill 99238?", Verdict.YES, "99238"),
        (
            "Nurse pronounced, physician signed the death certificate only. Can he bill 99238?",
            Verdict.NO,
            "face-to-face",
        ),
        ("Tibia fracture with an abrasion right over it. May the abrasion be coded?", Verdict.NO, "same site"),
        (
            "Tibia fracture with an abrasion right over it. Should I leave the abrasion code off?",
            Verdict.YES,
            "same site",
        ),
    ],
)
def test_what_contractors_and_guidelines_answer(ask: Ask, text: str, verdict: Verdict, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said in answer.bottom_line

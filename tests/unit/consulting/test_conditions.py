"""Conditions told in words: their codes in order, both sides of what decides, the codes written held against them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseconsultant.consulting.condition_rules import catalogue
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.conditions import told
from caseconsultant.consulting.topics.conditions import coding_of
from caseconsultant.domain.answer import Answer, Consultation, Verdict
from caseconsultant.domain.conditions import Status

Ask = Callable[..., Consultation]
ON = date(2026, 9, 1)
SAID = (
    *("type 2 diabetes", "CKD 3a", "ESRD", "HTN", "chf", "copd", "exacerbation", "pneumonia", "no", "denies", "hx of"),
    *("stroke", "2 years ago", "left", "right handed", "hemiparesis", "obese", "BMI 42.3", "family history of", "r/o"),
    *("breast cancer", "knee OA", "bilateral", "pressure ulcer", "stage 3", "heel", "which dx first?", "E11.9", "I10"),
    *("suspected", "and", "with", "?", ".", "\n", "diabetic", "nonunion", "wrist fracture", "follow up"),
)


@pytest.fixture(scope="session")
def codes_of(knowledge: Knowledge) -> Callable[..., list[str]]:
    def of(text: str, on: date = ON) -> list[str]:
        known = catalogue(knowledge, on)
        return [each.code for each in coding_of(text, told(text, known), known).codes]

    return of


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # diabetes with what is assumed to be its own
        ("type 2 diabetes", ["E11.9"]),
        ("DM2 with CKD 3a", ["E11.22", "N18.31"]),
        ("DM2, CKD 3a not due to diabetes", ["E11.9", "N18.31"]),
        ("type 1 diabetic with neuropathy", ["E10.40"]),
        ("DM2 with CKD 3a and peripheral neuropathy", ["E11.22", "N18.31", "E11.42"]),
        ("T2DM on insulin", ["E11.9", "Z79.4"]),
        ("T1DM on insulin", ["E10.9"]),
        ("type 2 diabetes, foot ulcer right heel, fat layer exposed", ["E11.621", "L97.412"]),
        ("type 2 diabetes, mild NPDR both eyes without macular edema", ["E11.3293"]),
        ("type 2 diabetes, NPDR", ["E11.32-"]),
        ("gestational diabetes, on insulin", ["O24.414"]),
        # hypertension with heart and kidney, on both sides of stage 5
        ("HTN", ["I10"]),
        ("HTN with CKD stage 4", ["I12.9", "N18.4"]),
        ("HTN with CKD stage 5", ["I12.0", "N18.5"]),
        ("hypertension and ESRD on dialysis", ["I12.0", "N18.6", "Z99.2"]),
        ("HTN and chronic diastolic heart failure", ["I11.0", "I50.32"]),
        ("HTN, acute on chronic systolic CHF, CKD 3b", ["I13.0", "I50.23", "N18.32"]),
        ("HTN, CHF, ESRD", ["I13.2", "I50.9", "N18.6"]),
        ("HTN, unrelated CKD stage 4", ["I10", "N18.4"]),
        ("pulmonary hypertension and CKD stage 4", ["I27.20", "N18.4"]),
        ("no HTN, CKD stage 2", ["N18.2"]),
        # hearts
        ("CAD with unstable angina", ["I25.110"]),
        ("CAD", ["I25.10"]),
        ("NSTEMI 4 weeks ago", ["I21.4"]),
        ("NSTEMI 5 weeks ago", ["I25.2"]),
        ("permanent afib", ["I48.21"]),
        ("afib", ["I48.91"]),
        # what a stroke leaves: side and handedness
        ("history of stroke", ["Z86.73"]),
        ("old stroke, right hemiparesis", ["I69.351"]),
        ("old stroke, left hemiparesis", ["I69.354"]),
        ("old stroke, left hemiparesis, left handed", ["I69.352"]),
        ("old stroke, right hemiparesis, left handed", ["I69.353"]),
        ("old stroke, left hemiparesis, ambidextrous", ["I69.352"]),
        ("new stroke with right hemiparesis", ["I63.9", "G81.91"]),
        ("stroke in 2019 with dysphagia", ["I69.391", "R13.10"]),
        ("stroke last week, left facial droop", ["I69.392"]),
        ("TIA", ["G45.9"]),
        ("TIA 5 years ago", ["Z86.73"]),
        # lungs
        ("COPD", ["J44.9"]),
        ("COPD exacerbation", ["J44.1"]),
        ("COPD without exacerbation", ["J44.9"]),
        ("COPD with pneumonia", ["J44.0", "J18.9"]),
        ("COPD exacerbation with pneumonia", ["J44.0", "J44.1", "J18.9"]),
        ("COPD with emphysema", ["J43.9"]),
        ("moderate persistent asthma with exacerbation", ["J45.41"]),
        ("acute on chronic respiratory failure with hypoxia", ["J96.21"]),
        # kidney, bladder, prostate
        ("UTI due to foley", ["T83.511A", "N39.0"]),
        ("BPH with nocturia", ["N40.1", "R35.1"]),
        ("BPH without symptoms", ["N40.0"]),
        ("obstructing ureteral stone with pyelonephritis", ["N13.6"]),
        ("anemia in CKD 4", ["N18.4", "D63.1"]),
        # weight: the figure on both sides of a bound
        ("obesity class 3, BMI 39.9", ["E66.813", "Z68.39"]),
        ("obesity class 3, BMI 40", ["E66.813", "Z68.41"]),
        ("BMI 42", []),
        # sides and stages elsewhere
        ("bilateral knee OA", ["M17.0"]),
        ("right knee pain, knee OA", ["M17.11"]),
        ("bilateral knee pain", ["M25.561", "M25.562"]),
        ("pressure ulcer of the sacrum, stage 3", ["L89.153"]),
        ("pressure ulcer left heel, unstageable", ["L89.620"]),
        ("distal radius fracture right, follow up, healing", ["S52.501D"]),
        ("distal radius fracture right, nonunion", ["S52.501K"]),
        ("distal radius fracture right", ["S52.501-"]),
        ("low back pain with left sciatica", ["M54.42"]),
        ("MDD recurrent moderate", ["F33.1"]),
        ("depression", ["F32.A"]),
        ("Alzheimer's with moderate dementia with agitation", ["G30.9", "F02.B11"]),
        ("GERD with esophagitis, no bleeding", ["K21.00"]),
        ("migraine without aura, not intractable", ["G43.009"]),
        ("COPD with aspiration pneumonia", ["J44.9", "J69.0"]),
        ("is that right for knee pain", ["M25.569"]),
        # history, family, denial, doubt
        ("former smoker", ["Z87.891"]),
        ("history of breast cancer", ["Z85.3"]),
        ("family history of breast cancer", ["Z80.3"]),
        ("suspected pneumonia with fever", ["R50.9"]),
        ("pneumonia was ruled out, fever", ["R50.9"]),
        ("denies chest pain, palpitations today", []),
    ],
)
def test_the_conditions_make_these_codes_in_this_order(
    codes_of: Callable[..., list[str]], text: str, codes: list[str]
) -> None:
    assert codes_of(text) == codes


def test_remission_begins_with_its_code(codes_of: Callable[..., list[str]]) -> None:
    assert codes_of("type 2 diabetes in remission", date(2025, 9, 30)) == ["E11.9"]
    assert codes_of("type 2 diabetes in remission", date(2025, 10, 1)) == ["E11.A"]


def test_a_doubtful_condition_is_told_as_such(knowledge: Knowledge) -> None:
    (pneumonia,) = told("possible pneumonia", catalogue(knowledge, ON))
    assert pneumonia.status is Status.UNCERTAIN


def answer_of(ask: Ask, text: str) -> Answer:
    return ask(text, ON).answer


@pytest.mark.parametrize(
    ("text", "verdict", "diagnoses", "said"),
    [
        (
            "DM2 with CKD 3a and neuropathy, order of dx codes? Also is E11.22 enough?",
            Verdict.NO,
            ("E11.22", "N18.31", "E11.40"),
            "E11.22 alone is not enough",
        ),
        (
            (
                "Old cerebral infarct 2 yrs ago, still has right sided hemiparesis, right handed. Provider put Z86.73. "
                "Correct code?"
            ),
            Verdict.NO,
            ("I69.351",),
            "Z86.73 is for a stroke that left no deficit",
        ),
        (
            "E11.22 and N18.31 for DM2 with CKD 3a, correct?",
            Verdict.YES,
            ("E11.22", "N18.31"),
            "E11.22 first",
        ),
        (
            "N18.31 first then E11.22, DM2 with CKD 3a, right order?",
            Verdict.NO,
            ("E11.22", "N18.31"),
            "the other way round",
        ),
        ("I10 and N18.4 for HTN with CKD 4, ok?", Verdict.NO, ("I12.9", "N18.4"), "I10 is not used"),
        ("Which dx codes: gout and vitamin D deficiency?", None, ("M10.9", "E55.9"), "the main reason for the visit"),
    ],
)
def test_the_codes_written_are_held_against_what_is_told(
    ask: Ask, text: str, verdict: Verdict | None, diagnoses: tuple[str, ...], said: str
) -> None:
    answer = answer_of(ask, text)
    assert (answer.verdict, answer.diagnoses) == (verdict, diagnoses)
    assert said in answer.bottom_line


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Which dx for CKD and anemia in CKD?", "stage"),
        ("Dx code for rotator cuff tear?", "side"),
        ("Dx for type 2 diabetes with retinopathy?", "edema"),
    ],
)
def test_what_is_not_told_is_asked(ask: Ask, text: str, asked: str) -> None:
    assert asked in " ".join(answer_of(ask, text).asks)


@pytest.mark.parametrize(
    "text",
    [
        "Can we bill 99214-25 with 20610 for right knee OA?",
        "How many units of 96372 for a diabetic patient with CKD?",
        "Diabetic foot ulcer debrided to muscle, 30 sq cm. Which CPT?",
        "Is N18.3 valid today?",
    ],
)
def test_diagnoses_that_are_only_mentioned_are_not_coded(ask: Ask, text: str) -> None:
    assert " first (" not in answer_of(ask, text).bottom_line
    assert "M17.11" not in answer_of(ask, text).bottom_line


def test_the_diagnosis_asked_beside_a_procedure_is_told_too(ask: Ask) -> None:
    text = "We bill 20610-RT and 99213-25. Which modifier and which dx first? Right knee OA and type 2 diabetes."
    answer = answer_of(ask, text)
    assert answer.diagnoses == ("M17.11", "E11.9")
    assert answer.codes


def test_a_complication_that_is_not_known_is_not_left_out(ask: Ask) -> None:
    assert "E11.9" not in answer_of(ask, "diabetic amyloidosis type 2, dx code?").diagnoses


@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(SAID), max_size=24).map(" ".join)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_raises_and_no_code_stands_twice(codes_of: Callable[..., list[str]], text: str) -> None:
    codes = codes_of(text)
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("text", ["type 2 diabetes " * 500, "no " * 2000 + "copd", "stroke 2 years ago " * 300])
def test_no_repetition_raises(codes_of: Callable[..., list[str]], text: str) -> None:
    assert codes_of(text)[:1] in ([], ["E11.9"], ["Z86.73"], ["J44.9"])

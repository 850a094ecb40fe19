"""A letter and four digits: equipment, a drug or a diagnosis without its dot, by the tables, the words and the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.question import Question

Reader = Callable[..., Question]


def read_as(question: Question) -> tuple[list[str], list[str]]:
    return [each.code for each in question.codes], [each.code for each in question.diagnoses]


LOADED = [
    ("Is e1142 valid ICD?", [], ["E11.42"]),
    ("ICD e1142 still good?", [], ["E11.42"]),
    ("E1142 ok?", [], ["E11.42"]),
    ("E1142 valid dx code?", [], ["E11.42"]),
    ("99213 dx e1165 and i10", ["99213"], ["E11.65", "I10"]),
    ("62323 with m5416, covered?", ["62323"], ["M54.16"]),
    ("dx i10, e119, z794", [], ["I10", "E11.9", "Z79.4"]),
    ("icd10: e1142, n183, z794", [], ["E11.42", "N18.3", "Z79.4"]),
    ("E1142, E0601, G4733 on a claim for cpap", ["E0601"], ["E11.42", "G47.33"]),
    ("is E0601 covered for g4733", ["E0601"], ["G47.33"]),
    ("k50.90 and k5090", [], ["K50.90"]),
    ("A419 and R6520 sequence?", [], ["A41.9", "R65.20"]),
    ("A419 first or R6520", [], ["A41.9", "R65.20"]),
    ("99213, E119", ["99213"], ["E11.9"]),
    ("E0114 crutches valid?", ["E0114"], []),
    ("what does L0650 need", ["L0650"], []),
    ("J1100 x4", ["J1100"], []),
    ("dx J1100 for 99213", ["99213"], ["J11.00"]),
    ("99213, J1100 x4, dx i10", ["99213", "J1100"], ["I10"]),
    ("is E1031 as dx ok?", [], ["E10.31"]),
    ("E1031 rental", ["E1031"], []),
    ("HCPCS E1142 valid?", ["E1142"], []),
    ("b12 shot 96372", ["96372"], []),
    ("dx B12 deficiency", [], []),
    ("denied N362, 96372", ["96372"], []),
    ("dx N362 denied, 96372", ["96372"], ["N36.2"]),
    ("99213 with I10", ["99213"], ["I10"]),
    ("take the I10 to the office", [], []),
]


@pytest.mark.parametrize(("text", "codes", "diagnoses"), LOADED)
def test_the_tables_tell_a_diagnosis_from_a_procedure_of_its_looks(
    read_loaded: Reader, text: str, codes: list[str], diagnoses: list[str]
) -> None:
    assert read_as(read_loaded(text)) == (codes, diagnoses)


WITHOUT_TABLES = [
    ("Is E1142 a valid ICD code?", [], ["E11.42"]),
    ("e1142 ICD-10?", [], ["E11.42"]),
    ("dx E1165", [], ["E11.65"]),
    ("E11.42 and E1165", [], ["E11.42", "E11.65"]),
    ("is J1559 covered with dx D839", ["J1559"], ["D83.9"]),
    ("J1559 as billed", ["J1559"], []),
    ("E0601 billed, diagnosis G47.33", ["E0601"], ["G47.33"]),
]


@pytest.mark.parametrize(("text", "codes", "diagnoses"), WITHOUT_TABLES)
def test_without_tables_the_words_and_the_list_tell(
    read: Reader, text: str, codes: list[str], diagnoses: list[str]
) -> None:
    assert read_as(read(text)) == (codes, diagnoses)


def test_spans_of_undotted_diagnoses_are_exact(read_loaded: Reader) -> None:
    text = "\u00e9 99213 \u2013 dx e1165, i10"
    assert [text[each.span.start : each.span.end] for each in read_loaded(text).diagnoses] == ["e1165", "i10"]

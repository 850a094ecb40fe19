"""ICD-10-PCS asked by itself."""

from __future__ import annotations

from collections.abc import Callable

from caseconsultant.domain.answer import Consultation, Verdict
from caseconsultant.domain.codes import CodeSystem

Ask = Callable[..., Consultation]


def test_without_the_table_the_code_is_to_be_looked_up_and_its_characters_are_told(ask: Ask) -> None:
    consultation = ask("Is 0DTJ4ZZ the right PCS code for an appendectomy?")
    answer = consultation.answer
    assert [each.system for each in consultation.question.codes] == [CodeSystem.ICD10PCS]
    assert answer.verdict is Verdict.UNKNOWN
    assert "hold no list of ICD-10-PCS" in answer.bottom_line
    assert "root operation T (resection)" in answer.bottom_line
    assert "inpatient claims only" in answer.bottom_line


def test_a_code_outside_section_0_is_told_by_its_section(ask: Ask) -> None:
    said = ask("PCS 5A1955Z, what is it?").answer.bottom_line
    assert "section 5 (extracorporeal or systemic assistance and performance)" in said
    assert "root operation" not in said


def test_an_office_does_not_report_it(ask: Ask) -> None:
    answer = ask("Can our office bill PCS 0DTJ4ZZ?").answer
    assert answer.verdict is Verdict.NO
    assert answer.codes == {}


def test_beside_other_codes_the_others_are_answered_too(ask: Ask) -> None:
    answer = ask("96372 in the office, Medicare. Is PCS 3E0234Z needed?").answer
    assert "inpatient claims only" in answer.bottom_line
    assert "3E0234Z" not in answer.codes

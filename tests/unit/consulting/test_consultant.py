"""Rules of conduct that hold for every answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseconsultant.consulting.consultant import consult
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Consultation, Verdict
from caseconsultant.domain.codes import Payer, Setting

Ask = Callable[..., Consultation]

THE_QUESTION = (
    "Patient had a subcutaneous immunoglobulin infusion for 3 hours 20 minutes in the office. "
    "Can we bill 96369 and 96370 x2 with 96372 the same day? Which modifier? Medicare."
)
_WORDS = (
    *("96360", "96361", "96365", "96366", "96369", "96370", "96371", "96372", "96374", "96375", "96376", "96413"),
    *("96523", "99211", "99213", "20610", "J1559", "x2", "-59", "25 min", "for 200 minutes", "3h20m", "hydration"),
    *("infusion", "subcutaneous", "IV push", "injection", "with", "and", "without", "modifier 59", "XU", "office"),
    *("hospital outpatient", "Medicare", "BCBS", "Medicaid", "POS 22", "DOS 1/1/2008", "flush", "lidocaine", "?"),
    *(".", "same day", "how many units", "valid"),
)


def test_the_first_sentence_answers(ask: Ask) -> None:
    assert ask(THE_QUESTION).answer.bottom_line.startswith(
        "96369 x1 and 96370 x2 are right for 200 minutes. 96372 only if"
    )


@pytest.mark.parametrize(
    "text",
    [
        THE_QUESTION,
        "99211 with 96372?",
        "96365 with 96369 and 96374, 95 minutes, hospital outpatient",
        "How many units of 96370 for 3h20m?",
        "Is 96370 valid?",
        "96372 with modifier 76 and 96369?",
    ],
)
def test_every_statement_has_its_reference(ask: Ask, text: str) -> None:
    findings = ask(text).answer.findings
    assert findings
    assert [finding.statement for finding in findings if not finding.references] == []


def test_an_edition_that_ended_is_named_once_and_confidence_is_medium_at_most(ask: Ask) -> None:
    answer = ask(THE_QUESTION).answer
    assert len(answer.edition_gap) == len(set(answer.edition_gap)) > 0
    assert answer.confidence.value == "medium"


def test_within_the_edition_there_is_no_gap_of_the_practitioner_table(ask: Ask) -> None:
    gaps = ask(f"{THE_QUESTION} DOS 8/1/2024").answer.edition_gap
    assert not [gap for gap in gaps if gap.startswith(("ncci-ptp", "mue"))]


def test_an_open_setting_is_answered_for_office_and_hospital_and_asked(ask: Ask) -> None:
    answer = ask("99211 with 96372, Medicare?").answer
    assert answer.verdict is Verdict.DEPENDS
    assert {finding.branch.setting for finding in answer.findings} >= {Setting.OFFICE, Setting.OUTPATIENT_HOSPITAL}
    assert any("who bills" in each for each in answer.asks)
    assert answer.conditional[0].branch.setting is Setting.OUTPATIENT_HOSPITAL


def test_the_visit_edit_has_its_gap_of_2020(ask: Ask) -> None:
    before, within = (
        ask(f"99211 with 96372 in the office, Medicare? DOS {day}").answer for day in ("12/1/2019", "3/1/2020")
    )
    assert before.verdict is Verdict.NO
    assert within.verdict is not Verdict.NO


def test_a_stated_payer_other_than_medicare_is_told_whose_edits_these_are(ask: Ask) -> None:
    answer = ask("Can we bill 96372 with 96369 in the office? Aetna.").answer
    assert "Medicare's" in answer.bottom_line
    assert answer.confidence.value != "high"


def test_what_is_handed_in_overrules_the_words(knowledge: Knowledge) -> None:
    consultation = consult(
        THE_QUESTION,
        knowledge=knowledge,
        as_of=date(2026, 11, 23),
        payer=Payer.COMMERCIAL,
        setting=Setting.OUTPATIENT_HOSPITAL,
    )
    assert (consultation.question.payer, consultation.question.setting) == (
        Payer.COMMERCIAL,
        Setting.OUTPATIENT_HOSPITAL,
    )


def test_a_different_drug_that_is_stated_earns_the_modifier(ask: Ask) -> None:
    answer = ask(
        "96369 and 96370 x2 for 200 minutes with 96372 for a B12 shot. Office, Medicare. Can we bill all?"
    ).answer
    assert answer.verdict is Verdict.YES
    assert answer.codes == {"96369": 1, "96370": 2, "96372": 1}
    assert answer.modifiers == ("59", "XU", "XS")


@pytest.mark.parametrize(
    "text",
    [
        "Subcutaneous immunoglobulin infusion for 2 hours in the office. We billed 96365 and 96370. Correct?",
        "Hizentra with a pump over 120 minutes, Medicare, office. Can we bill 96365 and 96366?",
    ],
)
def test_the_codes_of_a_vein_are_refused_for_a_drug_that_ran_under_the_skin(ask: Ask, text: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is Verdict.NO
    assert answer.codes == {"96369": 1, "96370": 1}
    assert "96365" in answer.bottom_line
    assert "into a vein" in answer.bottom_line


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Venofer IV infusion over 40 min, office, Medicare. Is 96413 right?", {"96365": 1}),
        ("Venofer IV infusion over 15 min, office, Medicare. Is 96413 right?", {"96374": 1}),
        ("Iron sucrose infusion over 91 min, office, Medicare. Can we bill 96413 and 96415?", {"96365": 1, "96366": 1}),
    ],
)
def test_an_iron_infusion_is_no_chemotherapy(ask: Ask, text: str, codes: dict[str, int]) -> None:
    answer = ask(text).answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, codes)
    assert "chemotherapy and complex biologics, and iron sucrose is neither" in answer.bottom_line


@pytest.mark.parametrize(
    "text",
    [
        "Chemo over 60 minutes with Venofer first, office, Medicare. Is 96413 right?",
        "Tecentriq over 60 minutes with Zofran before, office, Medicare. Is 96413 right?",
        "Ocrevus over 120 minutes, 96413 and 96415, Venofer after it, 96367. Can we bill all?",
        "Venofer and another drug over 60 minutes, office, Medicare. Is 96413 right?",
    ],
)
def test_beside_another_drug_the_chemotherapy_code_stays(ask: Ask, text: str) -> None:
    assert "is neither" not in ask(text).answer.bottom_line


@pytest.mark.parametrize(
    "text",
    [
        "SCIG over 2 hours and IV antibiotic over 60 minutes in the office, 96369, 96370 and 96365?",
        "SCIG over 2 hours in the office, 96370, and 96365 for Remicade. Correct?",
        "Subcutaneous infusion over 2 hours and another drug over 60 minutes. Can we bill 96365?",
        "IVIG over 2 hours in the office, last month it was SCIG. Can we bill 96365 and 96366?",
    ],
)
def test_a_vein_or_a_second_drug_in_the_words_leaves_its_codes_in_question(ask: Ask, text: str) -> None:
    assert "into a vein" not in ask(text).answer.bottom_line


@pytest.mark.parametrize("text", ["", "   ", "\n", "?", "thanks", "\x00", "a" * 5000, "1" * 5000])
def test_what_cannot_be_answered_is_not_guessed(ask: Ask, text: str) -> None:
    answer = ask(text).answer
    assert (answer.codes, answer.confidence.value) == ({}, "low")
    assert answer.verdict in {None, Verdict.UNKNOWN}
    assert answer.asks


@given(st.lists(st.sampled_from(_WORDS), max_size=25), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_mixture_of_a_coders_words_raises(ask: Ask, words: list[str], as_of: date) -> None:
    answer = ask(" ".join(words), as_of).answer
    assert all(units > 0 for units in answer.codes.values())
    second = [line for line in answer.conditional if line.code in answer.codes]
    assert all(line.modifiers for line in second), "a second line of a code tells itself apart"
    assert all(finding.references for finding in answer.findings)

"""A range of minutes counts as its lower figure; a drug told by dose has its line beside its administration."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.reading.ranges import at_least, minutes_range
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Note says about 35 to 40 minutes", (35, 40)),
        ("ran for 25-35 min", (25, 35)),
        ("99214 is 30-39 minutes", None),
        ("took 40 to 35 minutes", None),
        ("spent 40 minutes", None),
    ],
)
def test_a_range_is_what_the_note_is_said_to_give(text: str, found: tuple[int, int] | None) -> None:
    assert minutes_range(text) == found
    assert len(at_least(text)) == len(text)


@pytest.mark.parametrize(("minutes", "code"), [("35 to 40", "99214"), ("40 to 45", "99215"), ("40", "99215")])
def test_only_the_lower_figure_is_shown_for_certain(ask: Ask, minutes: str, code: str) -> None:
    answer = ask(f"Note says about {minutes} minutes spent with the established patient. 99215?").answer
    assert answer.codes == {code: 1}
    assert any("exact time" in each for each in answer.asks) is ("to" in minutes)


def test_a_drug_told_by_dose_has_its_line_beside_the_infusion(ask: Ask) -> None:
    answer = ask("Keytruda 200 mg over 30 min in hospital outpatient, which codes and units?").answer
    assert answer.codes == {"96413": 1, "J9271": 200}


@pytest.mark.parametrize(("minutes", "verdict"), [(75, Verdict.NO), (90, Verdict.NO)])
def test_the_further_hour_of_chemotherapy_begins_at_91_minutes(ask: Ask, minutes: int, verdict: Verdict) -> None:
    answer = ask(f"chemo ran {minutes} minutes total. is 96415 billable for the rest?").answer
    assert answer.verdict is verdict
    assert answer.codes == {"96413": 1}


def test_at_91_minutes_it_stands(ask: Ask) -> None:
    assert ask("chemo ran 91 minutes total. is 96415 billable for the rest?").answer.codes["96415"] == 1


# --- Drugs told by kind alone ----------------------------------------------------------------------------------------


def test_kinds_of_drugs_make_a_day_as_their_names_do(ask: Ask) -> None:
    answer = ask(
        "One line, one after the other: hydration alone 45 minutes, antiemetic infusion 40 minutes, chemo drug A 60 "
        "minutes, chemo drug B 90 minutes. Codes and units?"
    ).answer
    assert answer.codes == {"96413": 1, "96417": 1, "96367": 1, "96361": 1}


def test_chemotherapy_is_initial_whatever_ran_first(ask: Ask) -> None:
    answer = ask("First an antibiotic infusion 30 min, then chemo infusion 115 min, same IV. Which is initial?").answer
    assert answer.codes == {"96413": 1, "96415": 1, "96367": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Pressure shot up and the case was called off before anesthesia. Which modifier for the surgery center?",
        "She comes to his IM office in June. New patient code for the visit?",
    ],
)
def test_not_every_shot_is_an_injection(ask: Ask, text: str) -> None:
    answer = ask(text).answer
    assert "96372" not in answer.bottom_line
    assert answer.conditional == ()


@pytest.mark.parametrize(("closed", "said"), [("no glue", "strips alone"), ("glue", "G0168")])
def test_strips_without_glue_are_no_repair(ask: Ask, closed: str, said: str) -> None:
    answer = ask(f"Forearm lac 3.5 cm closed with steri-strips, no sutures, {closed}. Is that 12002?").answer
    assert said in answer.bottom_line

"""Anesthesia units and amounts, the team's modifiers; therapy minutes as coders write them, KX and assistants."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from caseconsultant.consulting.calculators.anesthesia import allowed, time_units
from caseconsultant.consulting.reading.therapy import treatments

UNTIMED = frozenset({"97010", "G0283", "97161"})


@pytest.mark.parametrize(
    ("minutes", "units"), [(1, "0.1"), (2, "0.1"), (8, "0.5"), (15, "1.0"), (17, "1.1"), (117, "7.8"), (144, "9.6")]
)
def test_anesthesia_minutes_are_units_to_one_decimal(minutes: int, units: str) -> None:
    assert time_units(minutes, 15, 1) == Decimal(units)


def test_the_allowed_amount_is_rounded_to_cents() -> None:
    assert allowed(Decimal("12.8"), Decimal("20.4976"), Decimal("0.5")) == Decimal("131.18")
    assert allowed(Decimal("12.8"), Decimal("20.3178"), Decimal(1)) == Decimal("260.07")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("97110 20 min, 97116 10 min", {"97110": 20, "97116": 10}),
        ("TE 20', MT 10'", {"97110": 20, "97140": 10}),
        ("33 minutes of therapeutic exercise and 7 minutes of manual therapy", {"97110": 33, "97140": 7}),
        ("24 minutes NMR 97112, 23 minutes therex 97110", {"97112": 24, "97110": 23}),
        ("97110 x2 and 97140 x1", {}),
        ("25 min ther ex, 10 min hot pack", {"97110": 25}),
    ],
)
def test_minutes_belong_to_their_treatment(text: str, minutes: dict[str, int]) -> None:
    assert dict(treatments(text, UNTIMED).minutes) == minutes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Medicare PT: 97110 7 minutes, 97140 15 minutes. Units?", {"97140": 1}),
        ("Medicare PT: 97110 8 minutes, 97140 15 minutes. Units?", {"97140": 1, "97110": 1}),
        ("Medicare PT: 97110 37 minutes. Units?", {"97110": 2}),
        ("Medicare PT: 97110 38 minutes. Units?", {"97110": 3}),
    ],
)
def test_pooled_units_on_both_sides(ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


def test_kx_by_the_year(ask) -> None:
    text = "Patient had $2,200 of allowed PT this year, Medicare. Is KX needed?"
    assert ask(text, date(2022, 3, 15)).answer.verdict == "yes"
    assert ask(text, date(2023, 3, 15)).answer.verdict == "no"


@pytest.mark.parametrize(
    ("cases", "modifier"), [("one CRNA", "QY"), ("3 CRNAs", "QK"), ("four CRNAs", "QK"), ("5 CRNAs", "AD")]
)
def test_the_modifier_follows_the_cases_directed(ask, cases: str, modifier: str) -> None:
    answer = ask(f"Anesthesiologist medically directing {cases}, Medicare. Which modifier?").answer
    assert modifier in answer.bottom_line


def test_base_units_that_are_not_told_are_asked(ask) -> None:
    assert any("base" in each for each in ask("Anesthesia 00840, AA, 90 minutes, Medicare. What is paid?").answer.asks)


@pytest.mark.parametrize(
    "text", ["Local anesthesia with 11642, billable?", "Psychotherapy 45 minutes with 99214, codes?"]
)
def test_silent_on_other_minutes(ask, text: str) -> None:
    assert "time units" not in ask(text).answer.bottom_line
    assert not {code for code in ask(text).answer.codes if code.startswith("97")}

"""Amounts worked out of the sender's figures: the calculator, the reading, and the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.amounts import family_parts, paid, part, ranked_shares, reduced
from caseconsultant.consulting.reading.stated_amounts import written_amounts
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


def line(ask: Ask, text: str) -> str:
    return ask(text).answer.bottom_line


@pytest.mark.parametrize(
    ("cents", "share", "earned"),
    [(12345, 0.16, 1975), (100000, 0.136, 13600), (1, 0.5, 1), (16387, 0.5, 8194), (999, 0, 0)],
)
def test_a_share_is_rounded_half_up_to_the_cent(cents: int, share: float, earned: int) -> None:
    assert part(cents, share) == earned


def test_the_highest_amount_counts_in_full_wherever_it_stands() -> None:
    assert ranked_shares([400, 800, 600], (1.0, 0.5, 0.25)) == (0.25, 1.0, 0.5)


def test_the_base_code_is_taken_off_every_endoscopy_but_the_highest_and_never_below_nothing() -> None:
    assert family_parts([20500, 26000, 18000], 19000) == (1500, 26000, 0)


def test_the_highest_technical_part_is_not_cut() -> None:
    assert reduced([15000, 20000], 0.5) == (7500, 20000)


def test_the_sequester_is_of_the_programs_part_alone() -> None:
    parts = paid(10000, coinsurance=0.2, sequester=0.02)
    assert (parts.program, parts.left, parts.patient) == (8000, 7840, 2000)


def test_an_open_deductible_is_taken_first_and_is_the_patients() -> None:
    parts = paid(15000, coinsurance=0.2, sequester=0.02, deductible=5000)
    assert (parts.left, parts.patient) == (7840, 7000)


def test_a_deductible_above_the_amount_leaves_nothing_to_pay() -> None:
    parts = paid(4000, coinsurance=0.2, sequester=0.02, deductible=5000)
    assert (parts.left, parts.patient) == (0, 4000)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (
            "29881 (allowed 500.00), 29875 300, 20610 80",
            [(50000, "29881", ""), (30000, "29875", ""), (8000, "20610", "")],
        ),
        (
            "TC 200 and 150, PC 60 and 50",
            [
                (20000, "", "technical"),
                (15000, "", "technical"),
                (6000, "", "professional"),
                (5000, "", "professional"),
            ],
        ),
        ("PE is $14 for 97110 and $12 for 97140", [(1400, "97110", "expense"), (1200, "97140", "expense")]),
        ("we were paid $62.50 of a $1,100 fee schedule", [(6250, "", "paid"), (110000, "", "")]),
        ("$50 of the deductible is left", [(5000, "", "deductible")]),
        ("64483-50 and 99213-25", []),
        ("20 percent of 99214, 30 minutes", []),
    ],
)
def test_amounts_are_read_with_their_code_and_what_they_are_of(text: str, amounts: list[tuple[int, str, str]]) -> None:
    assert [(each.cents, each.code, each.of) for each in written_amounts(text)] == amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Fee schedule is $1,000. What does Medicare pay for modifier 80?", "$160.00"),
        ("What does Medicare allow for a PA assist (AS) when the surgeon's allowed amount is $1,500?", "$204.00"),
        ("Co-surgeons with modifier 62, fee schedule $2,000. How much does each surgeon get?", "$1,250.00"),
        ("Bilateral procedure with modifier 50, allowed $400 for one side. What will Medicare allow?", "$600.00"),
        ("How much will Medicare pay on three procedures with allowables $800, $600 and $400?", "$1,300.00"),
        (
            "A $1000, B $800, C $500 in the same session and a PA assisted with AS on all. What is the AS allowed?",
            "$224.40",
        ),
        ("NP bills 99214, physician rate $130. What is the NP's allowed amount?", "$110.50"),
        ("LCSW: the psychologist's allowed is $110, what does the LCSW get?", "$82.50"),
        ("Limiting charge for an allowed amount of $150?", "$163.88"),
        ("Two CTs in the same session, TC 200 and 150. What is the MPPR?", "$275.00"),
        ("Two CTs in the same session, PC 60 and 50. What is the MPPR?", "$107.50"),
        ("PT billed 97110 x2 and 97140 x1, PE is $14 for 97110 and $12 for 97140. What is the MPPR?", "$27.00"),
        ("Patient has $50 of the deductible left, allowed amount is $150. What will Medicare pay?", "$78.40"),
    ],
)
def test_the_amount_is_worked_out_to_the_cent(ask: Ask, text: str, amount: str) -> None:
    assert amount in line(ask, text)


def test_incident_to_is_the_whole_amount_beside_the_share_under_the_own_number(ask: Ask) -> None:
    said = line(ask, "99213 by a PA, allowed $92. What is paid incident to and what under the PA's own number?")
    assert "$78.20" in said
    assert "$92.00" in said


def test_how_much_has_no_yes_or_no(ask: Ask) -> None:
    assert ask("Limiting charge for an allowed amount of $150?").answer.verdict is None


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Modifier 62, we were paid $62.50 of a $100 fee schedule. Is that right?", Verdict.YES),
        ("Modifier 62, we were paid $55.00 of a $100 fee schedule. Is that right?", Verdict.NO),
        ("Modifier 80, fee schedule $1,200 and Medicare paid us $192. Were we underpaid?", Verdict.NO),
        ("Modifier 80, fee schedule $1,200 and Medicare paid us $120. Were we underpaid?", Verdict.YES),
    ],
)
def test_an_amount_paid_is_held_against_the_one_worked_out(ask: Ask, text: str, verdict: Verdict) -> None:
    assert ask(text).answer.verdict is verdict


def test_a_plans_amount_is_not_worked_out_by_medicares_shares(ask: Ask) -> None:
    assert "$160.00" not in line(ask, "Aetna fee schedule is $1,000. What does Aetna pay for modifier 80?")

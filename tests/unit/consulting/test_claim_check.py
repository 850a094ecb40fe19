"""Claim lines against each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from caseconsultant.consulting.claim_check import check, claim_check_object
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.errors import InputError

ON = date(2026, 11, 23)


def checked(knowledge: Knowledge, *lines: str, setting: Setting | None = None, as_of: date = ON) -> dict[str, Any]:
    found = check(lines, diagnoses=["D83.9"], as_of=as_of, setting=setting, payer=None, knowledge=knowledge)
    return claim_check_object(found, id="c1")


CLAIMS = [
    (("96369", "96370x2", "96372-59"), "clean"),
    (("96372-XU", "96370x2", "96369"), "clean"),
    (("96369-59", "96370x2", "96372"), "clean"),
    (("96369", "96370x2", "96372"), "modifier_needed"),
    (("96369", "96370x2", "96372-76"), "modifier_needed"),
    (("96372", "99211"), "conflict"),
    (("96372", "99211-25"), "conflict"),
    (("96372", "99213-25"), "clean"),
    (("96372-25", "99213"), "modifier_needed"),
    (("96370x2",), "conflict"),
    (("96369x2",), "conflict"),
    (("96369", "96370x3"), "clean"),
    (("96369", "96370x4"), "conflict"),
    (("96369", "96370x2", "96370x2"), "conflict"),
    (("96369", "96361"), "conflict"),
    (("96372-59-XU", "96369"), "conflict"),
    (("96376", "96374"), "conflict"),
    (("47135",), "unknown"),
    (("96372-ZZ",), "unknown"),
    ((), "unknown"),
]


@pytest.mark.parametrize(("lines", "verdict"), CLAIMS)
def test_a_claim_gets_its_verdict(lines: tuple[str, ...], verdict: str, knowledge: Knowledge) -> None:
    assert checked(knowledge, *lines)["verdict"] == verdict


def test_a_pair_is_found_whichever_way_round_the_lines_stand(knowledge: Knowledge) -> None:
    (pair,) = checked(knowledge, "96372", "96369")["pairs"]
    assert (pair["column_one"], pair["column_two"], pair["modifier_indicator"]) == ("96369", "96372", 1)
    assert (pair["verdict"], pair["edition_gap"]) == ("modifier_needed", True)


def test_the_hospital_table_lets_99211_pass_with_25(knowledge: Knowledge) -> None:
    assert checked(knowledge, "96372", "99211-25", setting=Setting.OUTPATIENT_HOSPITAL)["verdict"] == "clean"


def test_a_practitioner_in_a_facility_reports_no_infusion(knowledge: Knowledge) -> None:
    assert checked(knowledge, "96369", setting=Setting.FACILITY_PROFESSIONAL)["verdict"] == "conflict"


def test_since_july_2019_the_modifier_may_stand_on_either_column(knowledge: Knowledge) -> None:
    later = checked(knowledge, "96369-59", "96372", as_of=date(2019, 7, 1))["pairs"]
    assert [pair["verdict"] for pair in later] == ["bypassed"]


def test_a_code_that_is_not_in_the_data_is_neither_valid_nor_invalid(knowledge: Knowledge) -> None:
    (line,) = checked(knowledge, "47135")["lines"]
    assert line["valid"] is None
    assert "not in the loaded knowledge" in line["why"]


def test_every_key_is_there(knowledge: Knowledge) -> None:
    answered = checked(knowledge, "96369", "96372")
    assert set(answered) == {"id", "verdict", "lines", "pairs", "diagnoses", "findings"}
    assert set(answered["lines"][0]) == {"code", "units", "modifiers", "valid", "why", "findings"}
    assert answered["diagnoses"] == ["D83.9"]


@pytest.mark.parametrize(
    "line", ["", "963", "96370x", "96370x0", "96370x2x3", "96370-5", "96370 and", "96370-59-25-XU-XS-76"]
)
def test_a_bad_line_says_what_is_wrong(line: str, knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="claim line"):
        checked(knowledge, line)

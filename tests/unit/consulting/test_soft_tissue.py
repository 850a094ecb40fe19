"""Masses under the skin by site, depth and size, on both sides of each bound."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.consulting.calculators.soft_tissue import code_of
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(("tenths", "code"), [(299, "21930"), (300, "21931"), (301, "21931")])
def test_the_larger_code_begins_at_its_bound(tenths: int, code: str):
    assert code_of(tenths, {"smaller": "21930", "larger": "21931", "below_mm": 30}) == code


@pytest.mark.parametrize(
    ("site", "depth", "size", "code"),
    [
        ("back", "subcutaneous", "2.9", "21930"),
        ("back", "subcutaneous", "3", "21931"),
        ("back", "subfascial", "4.9", "21932"),
        ("back", "subfascial", "5", "21933"),
        ("neck", "subcutaneous", "2.9", "21555"),
        ("neck", "subcutaneous", "3.0", "21552"),
        ("upper arm", "subcutaneous", "2.5", "24075"),
        ("upper arm", "intramuscular", "5.0", "24073"),
        ("thigh", "subcutaneous", "2.5", "27327"),
        ("thigh", "subcutaneous", "3.1", "27337"),
        ("forearm", "subfascial", "2.9", "25076"),
        ("forearm", "subfascial", "3.0", "25073"),
        ("hand", "subcutaneous", "1.4", "26115"),
        ("hand", "subcutaneous", "1.5", "26111"),
        ("forehead", "subcutaneous", "1.9", "21011"),
        ("forehead", "subcutaneous", "2.0", "21012"),
        ("hip", "subcutaneous", "3.5", "27043"),
        ("wrist", "subcutaneous", "3.5", "25071"),
    ],
)
def test_a_lipoma_is_coded_by_site_depth_and_size(ask: Ask, site: str, depth: str, size: str, code: str):
    answer = ask(f"Excision of a {depth} lipoma of the {site}, {size} cm. Which code?").answer
    assert answer.codes == {code: 1}


def test_the_margin_counts_on_both_sides(ask: Ask):
    answer = ask("Subcutaneous mass excised, back, 2.9 cm with 0.2 cm margins. Which code?").answer
    assert answer.codes == {"21931": 1}


def test_a_skin_excision_is_not_the_code_of_a_lipoma(ask: Ask):
    answer = ask("Excised a subcutaneous lipoma of the back, 6 cm, billed 11406. Is that right?").answer
    assert answer.verdict is Verdict.NO
    assert answer.codes == {"21931": 1}


def test_an_open_depth_is_asked_and_answered_for_both(ask: Ask):
    answer = ask("Lipoma of the thigh excised, 4 cm. Code?").answer
    assert {each.code for each in answer.conditional} == {"27337", "27328"}
    assert any("fascia" in each for each in answer.asks)


def test_a_cyst_of_the_skin_is_no_mass_under_it(ask: Ask):
    answer = ask("Sebaceous cyst of the back excised, 2.1 cm with 0.2 cm margins, benign. Code?").answer
    assert answer.codes == {"11403": 1}


def test_the_one_size_told_is_the_tumors_also_where_a_closure_is_told(ask: Ask):
    answer = ask("Excised intramuscular lipoma, back, 5.2 cm, and closed with complex repair. Which code?").answer
    assert "21933" in answer.codes


def test_a_diagnosis_of_a_lipoma_is_no_question_of_its_excision(ask: Ask):
    assert "21011" not in ask("Lipoma removal diagnosis code").answer.bottom_line

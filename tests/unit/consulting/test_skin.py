"""Excisions, wounds and biopsies: both sides of every bound, and what coders write of them."""

from __future__ import annotations

from datetime import date

import pytest

from caseconsultant.consulting.calculators.skin import Technique, biopsy_units, code_by_size, excised
from caseconsultant.consulting.reading.lesions import lesions
from caseconsultant.consulting.reading.skin_words import Closure, Kind
from caseconsultant.consulting.reading.wounds import wounds

FACE = [
    {"code": "11641", "over_mm": 5, "to_mm": 10},
    {"code": "11642", "over_mm": 10, "to_mm": 20},
    {"code": "11646", "over_mm": 40, "to_mm": None},
]
RANKED = (
    Technique("incisional", "11106", "11107"),
    Technique("punch", "11104", "11105"),
    Technique("tangential", "11102", "11103"),
)


@pytest.mark.parametrize(
    ("tenths", "code"),
    [(50, None), (51, "11641"), (100, "11641"), (101, "11642"), (200, "11642"), (201, None), (401, "11646")],
)
def test_a_row_takes_what_is_over_one_bound_up_to_the_other(tenths: int, code: str | None) -> None:
    assert code_by_size(tenths, FACE) == code


def test_the_margin_counts_on_both_sides() -> None:
    assert excised(120, 40) == 200


@pytest.mark.parametrize(
    ("counts", "units"),
    [
        ({"tangential": 1}, {"11102": 1}),
        ({"tangential": 3}, {"11102": 1, "11103": 2}),
        ({"punch": 1, "tangential": 2}, {"11104": 1, "11103": 2}),
        ({"incisional": 2, "punch": 1, "tangential": 1}, {"11106": 1, "11107": 1, "11105": 1, "11103": 1}),
        ({}, {}),
    ],
)
def test_one_biopsy_is_primary(counts: dict[str, int], units: dict[str, int]) -> None:
    assert biopsy_units(counts, RANKED) == units


def test_a_stated_diameter_is_the_lesions_own() -> None:
    (lesion,) = lesions("sebaceous cyst removed from scalp, 1.5 cm, total excised diameter 1.7cm. Simple closure")
    assert (lesion.diameter, lesion.site, lesion.kind, lesion.closure) == (170, "scalp", Kind.BENIGN, Closure.SIMPLE)


def test_two_lesions_keep_their_own_margins() -> None:
    found = lesions("1.1 cm SCC right hand with 3 mm margins, and 0.7 cm BCC of the nose w 2mm margins")
    assert [(each.size, each.margin, each.site) for each in found] == [(110, 30, "hand"), (70, 20, "nose")]


def test_a_total_that_the_sender_made_is_no_wound() -> None:
    found = wounds("arm lac 2 cm, leg lac 3 cm, both simple, added to 5 cm")
    assert [each.length for each in found] == [200, 300]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "1.2 cm BCC right cheek excised, 0.4 cm margins, layered closure 3 cm, Medicare office",
            {"11642": 1, "12052": 1},
        ),
        ("Excised 1.2 cm benign nevus of the back with 0.2 cm margins, 2 cm layered closure", {"11402": 1, "12031": 1}),
        ("Excised benign nevus arm 0.5 cm, no margins, layered closure 1 cm", {"11400": 1}),
        ("2.5 cm forearm laceration, simple repair", {"12001": 1}),
        ("2.6 cm forearm laceration, simple repair", {"12002": 1}),
        ("complex repair of 7.5 cm leg laceration", {"13121": 1}),
        ("complex repair of 7.6 cm leg laceration", {"13121": 1, "13122": 1}),
        ("complex repair of 12.6 cm leg laceration", {"13121": 1, "13122": 2}),
        ("Two shave biopsies from the back, one from the cheek, skin", {"11102": 1, "11103": 2}),
        ("Froze 16 AKs. Codes?", {"17004": 1}),
        ("Removed 16 skin tags. Codes?", {"11200": 1, "11201": 1}),
    ],
)
def test_what_was_done_gives_the_lines(ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text, date(2026, 11, 24)).answer.codes == codes


def test_without_pathology_no_line_stands(ask) -> None:
    answer = ask("Excision of a 1.2 cm lesion of the cheek with 0.4 cm margins, path pending. Which code?").answer
    assert not answer.codes
    assert {each.code for each in answer.conditional} == {"11442", "11642"}


def test_simple_closure_of_an_excision_has_no_line(ask) -> None:
    answer = ask("BCC forehead 1.0 cm, margins 0.3 cm, simple closure 2 cm: 11642 and 12011, ok?").answer
    assert (answer.verdict, answer.codes) == ("no", {"11642": 1})


def test_glue_alone_is_medicares_own_code(ask) -> None:
    assert ask("2 cm chin laceration, Dermabond only, Medicare. Code?").answer.codes == {"G0168": 1}
    assert ask("2 cm chin laceration, Dermabond only, Aetna commercial. Code?").answer.codes == {"12011": 1}


@pytest.mark.parametrize(
    "text",
    [
        "Rotator cuff repair 29827 with 23430, bundled?",
        "Prostate biopsy 55700 with ultrasound 76942?",
        "Colonoscopy with a 1.2 cm polyp removed by snare from the ascending colon",
        "Lipoma 4 cm excised from the back below the fascia",
    ],
)
def test_the_skin_is_silent_on_other_subjects(ask, text: str) -> None:
    assert not {each for each in ask(text).answer.codes if each[:2] in {"11", "12", "13"}}

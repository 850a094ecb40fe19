"""Codes that follow a quantity: the calculator, the reading, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseconsultant.consulting.calculators.quantities import QuantityRule, quantity_rule, quantity_units
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.quantities import area, count
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]
ON = date(2026, 11, 23)


def rule(knowledge: Knowledge, name: str, on: date = ON) -> QuantityRule:
    return quantity_rule(knowledge.parameter(f"quantities.{name}", on=on).value)


@pytest.mark.parametrize(
    ("name", "quantity", "units"),
    [
        ("skin.premalignant", 1, {"17000": 1}),
        ("skin.premalignant", 2, {"17000": 1, "17003": 1}),
        ("skin.premalignant", 14, {"17000": 1, "17003": 13}),
        ("skin.premalignant", 15, {"17004": 1}),
        ("skin.warts", 14, {"17110": 1}),
        ("skin.warts", 15, {"17111": 1}),
        ("skin.skin_tags", 15, {"11200": 1}),
        ("skin.skin_tags", 16, {"11200": 1, "11201": 1}),
        ("skin.skin_tags", 25, {"11200": 1, "11201": 1}),
        ("skin.skin_tags", 26, {"11200": 1, "11201": 2}),
        ("skin.paring", 1, {"11055": 1}),
        ("skin.paring", 2, {"11056": 1}),
        ("skin.paring", 4, {"11056": 1}),
        ("skin.paring", 5, {"11057": 1}),
        ("skin.nails", 5, {"11720": 1}),
        ("skin.nails", 6, {"11721": 1}),
        ("skin.debridement_fat", 20, {"11042": 1}),
        ("skin.debridement_fat", 20.5, {"11042": 1, "11045": 1}),
        ("skin.debridement_fat", 41, {"11042": 1, "11045": 2}),
        ("flaps.trunk", 10, {"14000": 1}),
        ("flaps.trunk", 10.05, {"14001": 1}),
        ("flaps.face_hands", 30, {"14041": 1}),
        ("flaps.lids_nose", 30.1, {"14301": 1}),
        ("flaps.scalp_limbs", 60, {"14301": 1}),
        ("flaps.scalp_limbs", 61, {"14301": 1, "14302": 1}),
        ("grafts.substitute_trunk_limbs", 25, {"15271": 1}),
        ("grafts.substitute_trunk_limbs", 26, {"15271": 1, "15272": 1}),
        ("grafts.substitute_trunk_limbs", 99, {"15271": 1, "15272": 3}),
        ("grafts.substitute_trunk_limbs", 100, {"15273": 1}),
        ("grafts.substitute_face_feet", 101, {"15277": 1, "15278": 1}),
        ("grafts.split_trunk_limbs", 101, {"15100": 1, "15101": 1}),
        ("grafts.full_lids_nose", 20, {"15260": 1}),
        ("grafts.full_lids_nose", 21, {"15260": 1, "15261": 1}),
        ("burns.dressing", 4.9, {"16020": 1}),
        ("burns.dressing", 5, {"16025": 1}),
        ("burns.dressing", 10.5, {"16030": 1}),
        ("burns.escharotomy", 3, {"16035": 1, "16036": 2}),
        ("skin.vacuum", 50, {"97605": 1}),
        ("skin.vacuum", 51, {"97606": 1}),
        ("injections.trigger_points", 2, {"20552": 1}),
        ("injections.trigger_points", 3, {"20553": 1}),
        ("manipulation.chiropractic", 2, {"98940": 1}),
        ("manipulation.chiropractic", 3, {"98941": 1}),
        ("manipulation.chiropractic", 5, {"98942": 1}),
        ("manipulation.chiropractic", 6, {}),
        ("psychiatry.psychotherapy", 15, {}),
        ("psychiatry.psychotherapy", 16, {"90832": 1}),
        ("psychiatry.psychotherapy", 37, {"90832": 1}),
        ("psychiatry.psychotherapy", 38, {"90834": 1}),
        ("psychiatry.psychotherapy", 52, {"90834": 1}),
        ("psychiatry.psychotherapy", 53, {"90837": 1}),
        ("psychiatry.crisis", 29, {}),
        ("psychiatry.crisis", 74, {"90839": 1}),
        ("psychiatry.crisis", 75, {"90839": 1, "90840": 1}),
        ("psychiatry.crisis", 104, {"90839": 1, "90840": 1}),
        ("psychiatry.crisis", 105, {"90839": 1, "90840": 2}),
        ("counseling.tobacco", 3, {}),
        ("counseling.tobacco", 4, {"99406": 1}),
        ("counseling.tobacco", 10, {"99406": 1}),
        ("counseling.tobacco", 11, {"99407": 1}),
        ("care.chronic_staff", 19, {}),
        ("care.chronic_staff", 39, {"99490": 1}),
        ("care.chronic_staff", 40, {"99490": 1, "99439": 1}),
        ("care.chronic_staff", 120, {"99490": 1, "99439": 2}),
        ("care.chronic_complex", 59, {}),
        ("care.chronic_complex", 89, {"99487": 1}),
        ("care.chronic_complex", 90, {"99487": 1, "99489": 1}),
        ("care.discharge", 30, {"99238": 1}),
        ("care.discharge", 31, {"99239": 1}),
        ("sedation.by_the_operator", 9, {}),
        ("sedation.by_the_operator", 22, {"99152": 1}),
        ("sedation.by_the_operator", 23, {"99152": 1, "99153": 1}),
        ("sedation.by_the_operator", 37, {"99152": 1, "99153": 1}),
        ("sedation.by_the_operator", 38, {"99152": 1, "99153": 2}),
        ("education.nutrition_first", 7, {}),
        ("education.nutrition_first", 22, {"97802": 1}),
        ("education.nutrition_first", 23, {"97802": 2}),
    ],
)
def test_both_sides_of_every_boundary(knowledge: Knowledge, name: str, quantity: float, units: dict[str, int]) -> None:
    assert quantity_units(quantity, rule(knowledge, name)) == units


@pytest.mark.parametrize(("day", "units"), [(date(2025, 12, 31), {}), (date(2026, 1, 1), {"99470": 1})])
def test_ten_minutes_of_remote_monitoring_have_a_code_since_2026(
    knowledge: Knowledge, day: date, units: dict[str, int]
) -> None:
    assert quantity_units(15, rule(knowledge, "care.remote_treatment", day)) == units


@given(st.integers(1, 2000), st.integers(0, 500))
def test_more_never_earns_fewer_units_of_an_add_on(knowledge: Knowledge, quantity: int, more: int) -> None:
    for name in ("skin.skin_tags", "skin.debridement_fat", "care.chronic_complex", "psychiatry.crisis"):
        service = rule(knowledge, name)
        fewer, most = quantity_units(quantity, service), quantity_units(quantity + more, service)
        assert all(most.get(code, 0) >= units for code, units in fewer.items())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 actinic keratoses", 3),
        ("three aks on the scalp", 3),
        ("2 aks on the nose and 4 aks on the arms", 6),
        ("froze 12 lesions", 12),
        ("a total of 7 lesions, 3 lesions on the arm", 7),
        ("lesions were frozen", None),
        ("a 3 cm lesion", None),
        ("code 17000 lesion", None),
        ("", None),
    ],
)
def test_what_is_counted(text: str, number: int | None) -> None:
    assert count(text, ["lesion*", "ak", "aks", "actinic + kerat*"]) == number


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("55 sq cm", 55),
        ("30 sq. cm and 12 square centimeters", 42),
        ("total 40 sq cm: 25 sq cm and 15 sq cm", 40),
        ("6 x 5 cm wound", 30),
        ("5 cm laceration", None),
    ],
)
def test_areas(text: str, size: float | None) -> None:
    assert area(text) == size


@given(st.text())
def test_no_text_raises(text: str) -> None:
    area(text)
    count(text, ["lesion*"])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Doctor froze 3 actinic keratoses, how is it coded?", {"17000": 1, "17003": 2}),
        ("20 skin tags removed, which codes?", {"11200": 1, "11201": 1}),
        ("Hospital discharge took 35 minutes, which code?", {"99239": 1}),
        ("CCM, 65 minutes by staff this month, what do we report?", {"99490": 1, "99439": 2}),
    ],
)
def test_services_told_in_words_are_coded(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


def test_units_that_the_quantity_does_not_earn_are_corrected(ask: Ask) -> None:
    answer = ask("Trigger point injections in 4 muscles, 20553 x4?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"20553": 1})


def test_the_quantity_is_asked_where_it_is_not_told(ask: Ask) -> None:
    answer = ask("Which code for trigger point injections?").answer
    assert answer.codes == {}
    assert "How many muscles" in answer.asks[0]


# --- Several wounds, several depths ----------------------------------------------------------------------------------


def test_each_depth_counts_its_own_wounds(ask: Callable[..., Consultation]) -> None:
    answer = ask("Left heel debrided to subcut 25 sq cm, right shin selective debridement 8 sq cm. Codes?").answer
    assert answer.codes == {"11042": 1, "11045": 1, "97597": 1}
    assert "25 sq cm: 11042 x1 and 11045 x1" in answer.bottom_line
    assert "8 sq cm: 97597 x1" in answer.bottom_line


def test_one_wound_is_coded_by_its_deepest_tissue(ask: Callable[..., Consultation]) -> None:
    answer = ask(
        "One heel ulcer debrided to subq, 15 sq cm. 97597 for the slough in that same ulcer too? 11042?"
    ).answer
    assert answer.codes == {"11042": 1}
    assert "same wound" in answer.bottom_line


@pytest.mark.parametrize(
    ("muscles", "code"),
    [
        ("the left and right trapezius", "20552"),
        ("the trapezius and the levator scapulae", "20552"),
        ("trapezius, rhomboid and deltoid", "20553"),
        ("both trapezius and the deltoid", "20553"),
    ],
)
def test_muscles_are_counted_by_name_and_not_the_sticks(
    ask: Callable[..., Consultation], muscles: str, code: str
) -> None:
    assert code in ask(f"6 trigger point injections into {muscles}. Which code?").answer.codes


@pytest.mark.parametrize(
    ("minutes", "codes"),
    [(35, {}), (36, {"99492": 1}), (85, {"99492": 1}), (86, {"99492": 1, "99494": 1}), (116, {"99492": 1, "99494": 2})],
)
def test_collaborative_care_counts_from_the_middle(
    ask: Callable[..., Consultation], minutes: int, codes: dict[str, int]
) -> None:
    answer = ask(f"First month of collaborative care, care manager logged {minutes} minutes. Which code?").answer
    assert answer.codes == codes


def test_a_visit_stands_beside_its_psychotherapy(ask: Callable[..., Consultation]) -> None:
    answer = ask("Psychiatrist, 99214 by MDM plus 35 minutes of psychotherapy. She wrote 90836. Correct?").answer
    assert (answer.verdict, answer.codes) == (Verdict.NO, {"99214": 1, "90833": 1})


def test_each_biopsy_named_by_itself_is_one(ask: Callable[..., Consultation]) -> None:
    answer = ask("3 biopsies: shave on the back, shave on the neck, punch on the thigh. Codes and units?").answer
    assert answer.codes == {"11104": 1, "11103": 2}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Adjacent tissue transfer: cheek excision 2 x 2 cm, flap 3 x 4 cm. code?", {"14041": 1}),
        ("Rotation flap of the nose, primary defect 4 sq cm, secondary defect 8 sq cm. CPT?", {"14061": 1}),
        ("adjacent tissue transfer 65 sq cm of the back, code?", {"14301": 1, "14302": 1}),
        ("Skin substitute graft 20 sq cm on a foot ulcer, CPT?", {"15275": 1}),
        ("Skin substitute graft 20 sq cm on the leg, CPT?", {"15271": 1}),
        ("Burn debridement 8% TBSA, code?", {"16025": 1}),
    ],
)
def test_flaps_grafts_and_burns_go_by_site_and_area(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert dict(ask(text).answer.codes) == codes


@pytest.mark.parametrize(
    ("text", "verdict", "code"),
    [
        ("14040 for a flap of the cheek, 8 sq cm?", Verdict.YES, "14040"),
        ("14060 for a flap of the cheek, 8 sq cm?", Verdict.NO, "14040"),
        ("15271 for a skin substitute of 20 sq cm on the foot?", Verdict.NO, "15275"),
    ],
)
def test_a_code_of_another_site_gives_way_to_that_of_the_site_told(
    ask: Ask, text: str, verdict: Verdict, code: str
) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert list(answer.codes) == [code]

"""Articles on procedures, modifiers and diagnoses rule by the facts told: both sides of what decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]
YES, NO, DEPENDS = Verdict.YES, Verdict.NO, Verdict.DEPENDS


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("Old stroke in 2019, no residuals. Is the code I63.9 right?", NO, "Z86.73"),
        ("Stroke last year, aphasia remains. Is code Z86.73 right?", NO, "I69"),
        ("MI 6 weeks ago, follow-up visit. Can I still code I21.4?", NO, "28 days"),
        ("MI 2 weeks ago, follow-up visit. Can I still code I21.4?", YES, "4 weeks"),
        ("Breast cancer 2018, mastectomy, still on tamoxifen. Can we code C50.911?", YES, "treatment is directed"),
        ("Prostate cancer removed 2015, no treatment, no evidence of disease. Can I code C61?", NO, "history"),
        ("COPD with pneumonia, code J44.0. Does it have to be sequenced first?", NO, "order of the circumstances"),
        ("Sepsis due to catheter associated UTI, chronic foley. Is code A41.9 principal?", NO, "T83.511A"),
        ("Warfarin taken as prescribed and she bled. Do we code T45.515A first?", NO, "adverse effect"),
        ("Wrong dose of insulin taken, hypoglycemia. Can we code E16.2 first?", NO, "poisoning"),
        ("Pressure ulcer stage 2 on admission progressed to stage 3. Do we code two codes?", YES, "highest stage"),
        ("BMI 41 from the nurse, provider documented morbid obesity. Can I code Z68.41?", YES, "after that diagnosis"),
        ("BMI 41 from the nurse, provider never mentioned obesity. Can I code Z68.41?", DEPENDS, "from the provider"),
        ("Diabetes and neuropathy, provider does not link them. Can I code E11.40?", YES, "assumes the link"),
        ("Diabetes and neuropathy due to alcohol per provider. Can I code E11.40?", NO, "another cause"),
        ("Excludes1 note between two codes, clearly unrelated conditions. Can both be coded?", YES, "unrelated"),
        ("Two codes with an Excludes1 note. Can both be coded on the same claim?", NO, "Excludes1 bars"),
        ("Screening colonoscopy, polyp found and removed. Is Z12.11 still the first code?", YES, "screening"),
        ("Patient has rectal bleeding. Can we code Z12.11 screening first?", NO, "symptom"),
        ("Patient with urosepsis per the note. Can we code sepsis?", NO, "query"),
        ("History of CHF on Lasix and carvedilol. Can we code I50.9?", YES, "current"),
    ],
)
def test_diagnoses_follow_the_facts_told(ask: Ask, text: str, verdict: Verdict, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said in answer.bottom_line


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("Two allergy shots today, bill 95117 x2?", NO, "one unit of 95117"),
        ("Allergy shot, and sinusitis was evaluated. Can we bill 99213 with 95117?", YES, "25"),
        ("Allergy shot by the nurse, who observed her. Can we bill 99211 with 95117?", NO, "belong to"),
        ("Medicare, one 10 cc vial, about 20 little shots. Can we bill 95165 x 20?", NO, "at most 10 units"),
        ("Needle EMG of both legs, no nerve conduction done. Bill 95886 x2?", NO, "95861"),
        ("The NP does the weekly on-treatment exam, MD co-signs. May we bill 77427?", NO, "face-to-face examination"),
        ("Punch biopsy and excision of the same lesion. Can we bill the biopsy 11104 too?", NO, "included"),
        ("Malyugin ring used for a small pupil. Can we bill 66982?", YES, "iris hooks or ring"),
        ("Dense cataract that took an hour. Can we bill 66982?", NO, "66984"),
        ("TLIF L4-5 with laminectomy at the same level. Bill 22633 and 63047-59?", NO, "63052"),
        ("TLIF L4-5 with laminectomy at a separate level. Bill 22633 and 63047-59?", YES, "not fused"),
        ("Wax irrigated out by the MA, no instruments. Can we bill 69210?", NO, "69209"),
        ("A different diagnosis on each line. Is that enough to use modifier 59?", NO, "site, lesion"),
        ("CT abdomen and pelvis with IV and oral contrast. Can I bill 74177?", YES, "74177"),
        ("CT abdomen and pelvis with oral contrast only. Can I bill 74177?", NO, "74176"),
        ("Lap chole converted to open, 47562 and 47600. Bill both?", NO, "47600"),
        ("36556 central line, ultrasound image saved. Can we bill 76937?", YES, "permanent picture"),
        ("36556 central line, ultrasound but no image saved. Can we bill 76937?", NO, "not reported"),
        ("Clip for oozing after the polypectomy. Can we bill 45382?", NO, "caused"),
        ("EKG read in the hospital by our doctor. Can we bill 93000?", NO, "93010"),
        ("No prior cath, decision for the stent made today. Can we bill 93458 with 92928?", YES, "59 or XU"),
        ("Prior cath last week, planned PCI. Can we bill 93458 with 92928?", NO, "included"),
        ("Staged: the second operation was planned, done two weeks later. Bill modifier 58?", YES, "paid in full"),
        ("Our partner, same group same specialty, saw her in the global period after surgery. Bill 99213?", NO, "one"),
        (
            "Internist of the same group, different specialty, saw her after surgery in the global. Bill 99213?",
            YES,
            "bound",
        ),
    ],
)
def test_procedures_follow_the_facts_told(ask: Ask, text: str, verdict: Verdict, said: str) -> None:
    answer = ask(text).answer
    assert answer.verdict is verdict
    assert said in answer.bottom_line


@pytest.mark.parametrize(
    ("fractions", "units"), [(15, 3), (17, 3), (18, 4), (22, 4), (23, 5), (27, 5), (28, 6), (32, 6), (33, 7)]
)
def test_a_rest_of_three_fractions_is_a_week_and_two_are_none(ask: Ask, fractions: int, units: int) -> None:
    answer = ask(f"The course had {fractions} fractions. How many units of 77427 do we bill?").answer
    assert answer.codes == {"77427": units}


@pytest.mark.parametrize(
    "text",
    [
        "Supplier shipped test strips 10 days before they ran out, Medicare. Allowed?",
        "Rocephin 30 min and vancomycin 90 min, office, Medicare",
        "A 62 year old, 55 minutes, 99215. Can we bill it?",
    ],
)
def test_a_figure_in_passing_is_no_modifier(ask: Ask, text: str) -> None:
    said = ask(text).answer.bottom_line
    assert not any(
        each in said for each in ("adhesive strips", "laboratory that did", "co-surgeon", "transfer of care")
    )

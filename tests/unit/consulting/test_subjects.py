"""Subjects that read their own facts, with the authored knowledge alone: lines, verdicts, what is said and asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from caseconsultant.consulting import subjects
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import read_question
from caseconsultant.domain.answer import Consultation, Verdict

Ask = Callable[..., Consultation]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Medicare average risk screening colonoscopy, snare of one polyp. Codes?", {"45385": 1}),
        (
            "OB patient was seen 6 times for prenatal care, then moved away before delivery. What do we bill?",
            {"59425": 1},
        ),
        (
            "OB patient was seen 7 times for prenatal care, then moved away before delivery. What do we bill?",
            {"59426": 1},
        ),
        ("VBAC delivery only by covering doc, which code", {"59612": 1}),
        ("Hospitalist delivered, we did all 10 antepartum visits and postpartum care", {"59426": 1, "59430": 1}),
        ("OB: 13 prenatal visits, c-section by our group, postpartum too, Aetna", {"59510": 1}),
        ("Facet joint injections L4-5 and L5-S1 both sides, Medicare, which codes", {"64493": 1, "64494": 1}),
        ("Right L4-5 facet injection with fluoro, codes?", {"64493": 1}),
        ("L4-L5 interlaminar ESI without imaging", {"62322": 1}),
        ("L4-L5 interlaminar ESI under fluoroscopy", {"62323": 1}),
        ("ASC claim SI joint injection under fluoro, Medicare", {"G0260": 1}),
        ("PTCA of RCA and DES to LAD, Medicare, physician billing", {"92920": 1, "92928": 1}),
        ("atherectomy and stent of the LAD, Medicare, physician claim, code?", {"92933": 1}),
        ("CT chest without contrast, code?", {"71250": 1}),
        ("CT abd/pelvis with IV contrast code", {"74177": 1}),
        ("Chest x-ray three views in our office, code?", {"71047": 1}),
        ("Chest x-ray four views in our office, code?", {"71048": 1}),
        ("15 drug classes by a definitive LC-MS drug test, code?", {"G0482": 1}),
        ("14 drug classes by a definitive LC-MS drug test, code?", {"G0481": 1}),
    ],
)
def test_the_facts_give_the_lines(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


@pytest.mark.parametrize(
    ("text", "verdict", "said"),
    [
        ("Do I still append 51 for Medicare?", Verdict.NO, "contractor (MAC)"),
        ("Is 77003 paid with 64493? Medicare, POS 11", Verdict.NO, "included"),
        ("Medicare: G0121-PT and 45385-PT, both right?", Verdict.NO, "never on G0121"),
        ("Can she sign an ABN? Humana Medicare Advantage member, vitamin D", Verdict.NO, "organization determination"),
        ("GA and GZ on the same line?", Verdict.NO, "never stand on one line"),
        ("81002 QW? We have a CLIA certificate of waiver. Medicare.", Verdict.NO, "waived by its nature"),
        ("Does Humana Medicare Advantage have to follow NCDs and LCDs?", Verdict.YES, "must follow"),
        ("Is G0289 with 29880 right for chondroplasty of the patella? Medicare", Verdict.NO, "loose or foreign body"),
        ("5 antepartum visits only, 59425 x5?", Verdict.NO, "once, one unit"),
    ],
)
def test_yes_and_no_have_their_reason(ask: Ask, text: str, verdict: Verdict, said: str) -> None:
    found = ask(text).answer
    assert found.verdict is verdict
    assert said in found.bottom_line


@pytest.mark.parametrize(
    ("on", "share"),
    [
        (date(2022, 12, 31), "20 percent"),
        (date(2023, 1, 1), "15 percent"),
        (date(2026, 12, 31), "15 percent"),
        (date(2027, 1, 1), "10 percent"),
        (date(2030, 1, 1), "0 percent"),
    ],
)
def test_the_coinsurance_of_a_screening_turned_therapeutic_is_that_of_the_day(ask: Ask, on: date, share: str) -> None:
    found = ask("Medicare screening colonoscopy, snare polypectomy 45385-PT, what coinsurance does she owe?", on).answer
    assert f"no deductible, {share} coinsurance" in found.bottom_line


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2023, 12, 31), "no sooner than 14 days"),
        (date(2024, 1, 1), "no sooner than 30 days"),
    ],
)
def test_refill_days_are_those_of_the_day(ask: Ask, on: date, said: str) -> None:
    assert (
        said
        in ask(
            "How many days before the CPAP supply ran out could we contact and ship? Medicare", on
        ).answer.bottom_line
    )


@pytest.mark.parametrize(("on", "codes"), [(date(2025, 12, 31), 2), (date(2026, 1, 1), 1)])
def test_an_angiogram_of_head_and_neck_has_one_code_since_2026(ask: Ask, on: date, codes: int) -> None:
    assert len(ask("CTA head and CTA neck in one session, office scanner, Medicare. Codes?", on).answer.codes) == codes


def test_a_missing_count_of_visits_is_asked_for_and_answered_by_branch(ask: Ask) -> None:
    found = ask(
        "Some prenatal care by us, then she delivered with another group. Which code for our part? Aetna"
    ).answer
    assert {each.code for each in found.conditional} == {"59425", "59426"}
    assert any("How many" in each for each in found.asks)


@pytest.mark.parametrize(
    "text",
    [
        "99214 for two stable chronic conditions with refills, Medicare. Right?",
        "96365 and 96366 for 150 minutes, office, Medicare",
        "Excision of a 1.2 cm lesion with 0.4 cm margins, path BCC. Code?",
        "97110 20 minutes and 97140 10 minutes, Medicare units?",
        "NP saw an established patient with a new problem, MD supervising by video. Incident-to?",
        "Case number 64483 is assigned to Lee.",
        "Our fax is 555-0142, please call before noon.",
    ],
)
def test_subjects_are_silent_where_the_question_is_not_theirs(knowledge: Knowledge, text: str) -> None:
    question = read_question(text, knowledge=knowledge, as_of=date(2026, 11, 24))
    assert not subjects.findings(question, knowledge=knowledge).findings


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("LHC with LV gram and coronaries, no intervention; code?", {"93458": 1}),
        ("right and left heart cath with coronary angio code", {"93460": 1}),
        ("LM stent and LAD stent same session, Medicare, physician", {"92928": 2}),
        ("Acute MI, stent to culprit LAD plus balloon in circumflex. codes", {"92941": 1, "92920": 1}),
        ("x-ray knee 2 views bill", {"73560": 1}),
        ("x-ray knee 3 views bill", {"73562": 1}),
        ("x-ray knee 4 views bill", {"73564": 1}),
        ("delivery + postpartum only, vaginal", {"59410": 1}),
        ("SI joint without imaging what code", {"20552": 1}),
        ("Right L4 and L5 transforaminal epidural Medicare", {"64483": 1, "64484": 1}),
    ],
)
def test_plain_words_give_the_lines(ask: Ask, text: str, codes: dict[str, int]) -> None:
    assert ask(text).answer.codes == codes


@pytest.mark.parametrize(("since", "due"), [("24 months ago", True), ("23 months ago", False)])
def test_a_high_risk_colonoscopy_is_due_after_24_months(ask: Ask, since: str, *, due: bool) -> None:
    found = ask(f"High risk patient, Medicare, last screening colonoscopy {since}, family hx. Is she eligible?").answer
    assert found.verdict is (Verdict.YES if due else Verdict.NO)


@pytest.mark.parametrize(("days", "early"), [(10, False), (11, True)])
def test_a_shipment_is_too_early_from_eleven_days(ask: Ask, days: int, *, early: bool) -> None:
    found = ask(f"Supplier shipped test strips {days} days before they ran out, Medicare. Allowed?").answer
    assert (found.verdict is Verdict.NO) == early

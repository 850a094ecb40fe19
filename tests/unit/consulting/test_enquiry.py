"""Questions that are no claim of drug administration: minutes, articles, diagnoses and amounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import published_sheets as sheets
import pytest

from caseconsultant.consulting.consultant import consult
from caseconsultant.domain.answer import Answer, Confidence, Verdict
from caseconsultant.kb.build import build
from caseconsultant.kb.published import load
from caseconsultant.kb.store import Store, open_store

ON = date(2026, 8, 1)
Asked = Callable[[str], Answer]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The authored knowledge with a few invented tables."""
    folder = tmp_path_factory.mktemp("enquiry")
    files = {
        "PPRRVU2026_Jul_nonQPP.csv": sheets.fee_text([sheets.FEES[0].replace("11111", "99214")]),
        "GPCI2026.csv": sheets.GPCI,
        "icd10cm_order_2026.txt": sheets.ORDER_CM,
        "tabular.xml": sheets.TABULAR,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "FY2026.xlsx").write_bytes(sheets.workbook(sheets.CONVERSIONS))
    report = load([*(folder / name for name in files), folder / "FY2026.xlsx"], folder / "kb")
    return open_store(build(Path(__file__).resolve().parents[3] / "knowledge", folder / "kb"), report.path)


@pytest.fixture
def asked(store: Store) -> Asked:
    return lambda text: consult(text, knowledge=store, as_of=ON).answer


def said(answer: Answer) -> str:
    return " ".join(finding.statement for finding in answer.findings)


# --- Minutes ---------------------------------------------------------------------------------------------------------


def test_medicares_critical_care_is_answered_first_and_cpts_beside_it(asked: Asked) -> None:
    found = asked("95 min critical care, Medicare")
    assert (found.verdict, found.codes) == (None, {"99291": 1})
    assert "Payers that follow CPT: 95 minutes of critical care earn 99291 x1 and 99292 x1." in said(found)
    assert "99292 from 104 minutes" in str(found.findings[0].arithmetic)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("critical care 103 minutes, Medicare", {"99291": 1}),
        ("critical care 104 minutes, Medicare", {"99291": 1, "99292": 1}),
        ("critical care 75 minutes, Aetna commercial", {"99291": 1, "99292": 1}),
        ("critical care 74 minutes, Aetna commercial", {"99291": 1}),
    ],
)
def test_critical_care_by_payer_on_both_sides_of_its_boundary(asked: Asked, text: str, codes: dict[str, int]) -> None:
    assert asked(text).codes == codes


def test_units_that_the_minutes_do_not_earn_are_said_first(asked: Asked) -> None:
    found = asked("95 min critical care, Medicare: 99291 and 99292?")
    assert (found.verdict, found.codes) == (Verdict.NO, {"99291": 1})
    assert found.bottom_line.startswith("No: 95 minutes earn no 99292, not x1. Medicare: 95 minutes")


def test_therapy_minutes_are_pooled_for_medicare(asked: Asked) -> None:
    found = asked("97110 20 min, 97116 10, 97140 10. Medicare")
    assert found.codes == {"97110": 1, "97116": 1, "97140": 1}
    assert "= 40 minutes = 3 units" in str(found.findings[0].arithmetic)


def test_two_short_services_are_one_unit_for_medicare_and_two_for_cpt(asked: Asked) -> None:
    assert sum(asked("97110 10 min, 97140 10 min. Medicare").codes.values()) == 1
    assert asked("97110 10 min, 97140 10 min. Cigna commercial").codes == {"97110": 1, "97140": 1}


# --- Diagnoses -------------------------------------------------------------------------------------------------------


def test_a_divided_diagnosis_is_not_valid_and_names_its_parts(asked: Asked) -> None:
    found = asked("Is K80.1 valid today?")
    assert (found.verdict, found.codes, found.diagnoses) == (Verdict.NO, {}, ())
    assert "a header since 2020-10-01; report K80.10 or K80.11" in found.bottom_line
    assert found.confidence is Confidence.HIGH


def test_a_billable_diagnosis_is_valid(asked: Asked) -> None:
    found = asked("Is K80.10 a valid ICD-10 code?")
    assert (found.verdict, found.diagnoses) == (Verdict.YES, ("K80.10",))


def test_a_note_that_bars_two_diagnoses_is_told(asked: Asked) -> None:
    assert "K80.9 with T10: the tabular list says at K80, Excludes1" in said(
        asked("dx K80.9 with dx T10, which first?")
    )


# --- Amounts ---------------------------------------------------------------------------------------------------------


def test_an_amount_is_told_for_the_locality_named_with_its_arithmetic(asked: Asked) -> None:
    found = asked("How much does Medicare pay for 99214 in Middletown?")
    assert "99214: Medicare allows $103.50 in Middletown (ZZ) outside a facility" in said(found)
    assert found.findings[0].arithmetic == "(1.00 x 1.000 + 2.00 x 1.200 + 0.10 x 0.500) x 30.0000 = $103.50."
    assert found.codes == {}


def test_without_a_locality_the_national_amount_is_told_and_the_locality_asked(asked: Asked) -> None:
    found = asked("What does Medicare pay for 99214?")
    assert "nationally outside a facility" in said(found)
    assert found.asks == ("In which payment locality (city or county and state) was it given?",)


# --- Articles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two stable chronic conditions, refilled meds, no labs: 99214?", "moderate"),
        ("Do we bill a stent in LAD and atherectomy in RCA same session?", "LD"),
        ("Seen at day 40 after hip ORIF for shoulder pain, same group. Which modifier?", "24"),
        ("Colonoscopy stopped at splenic flexure, poor prep. Which modifier?", "53"),
    ],
)
def test_the_article_whose_question_is_asked_answers(asked: Asked, text: str, words: str) -> None:
    found = asked(text)
    assert words in found.bottom_line
    assert found.findings[0].references


def test_no_line_is_right_only_because_nothing_speaks_against_it(asked: Asked) -> None:
    found = asked("Is 27447 all right?")
    assert found.codes == {}
    assert found.verdict is not Verdict.YES


@pytest.mark.parametrize(
    "text",
    [
        "My incision is red and has yellow drainage. Is that normal?",
        "Thanks, see you Monday!",
        "Will it rain tomorrow?",
    ],
)
def test_what_is_no_coding_question_is_not_answered_as_one(asked: Asked, text: str) -> None:
    found = asked(text)
    assert (found.verdict, found.codes, found.findings) == (Verdict.UNKNOWN, {}, ())

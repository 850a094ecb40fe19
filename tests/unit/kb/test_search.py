from __future__ import annotations

from datetime import date
from pathlib import Path

import published_sheets as sheets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseconsultant.domain.codes import CodeSystem
from caseconsultant.kb.build import build
from caseconsultant.kb.published import load
from caseconsultant.kb.store import Store, open_store

ON = date(2026, 8, 1)
DIAGNOSES = (
    ("E11", 0, "Type 2 diabetes mellitus"),
    ("E1140", 1, "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"),
    ("E119", 1, "Type 2 diabetes mellitus without complications"),
    ("I10", 1, "Essential (primary) hypertension"),
    ("J189", 1, "Pneumonia, unspecified organism"),
    ("J1520", 1, "Pneumonia due to staphylococcus, unspecified"),
    ("M25561", 1, "Pain in right knee"),
    ("M25562", 1, "Pain in left knee"),
    ("M25569", 1, "Pain in unspecified knee"),
    ("N209", 1, "Urinary calculus, unspecified"),
    ("N200", 1, "Calculus of kidney"),
    ("S52501A", 1, "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture"),
    ("S52501D", 1, "Unspecified fracture of the lower end of right radius, subsequent encounter with routine healing"),
    ("S52502A", 1, "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture"),
    ("S52502D", 1, "Unspecified fracture of the lower end of left radius, subsequent encounter with routine healing"),
)


@pytest.fixture(scope="module")
def store(authored_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("search")
    order = folder / "icd10cm_order_2026.txt"
    lines = (sheets.order_line(number, *each) for number, each in enumerate(DIAGNOSES, 1))
    order.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    tabular = folder / "tabular.xml"
    term = (
        "<diag><name>N20.0</name><desc>x</desc><inclusionTerm><note>Nephrolithiasis NOS</note></inclusionTerm></diag>"
    )
    tabular.write_text(
        f"<ICD10CM.tabular><version>2026</version><chapter><name>14</name><section id='N20-N23'>{term}</section>"
        "</chapter></ICD10CM.tabular>",
        encoding="utf-8",
    )
    drugs, names = folder / "hcpcs_2025q4.csv", folder / "ndc.csv"
    drugs.write_text(sheets.HCPCS_LIST, encoding="utf-8")
    names.write_text(sheets.NDC, encoding="utf-8")
    report = load([order, tabular, drugs, names], folder / "kb")
    return open_store(build(authored_dir, folder / "kb"), report.path)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("type 2 diabetes with neuropathy", "E11.40"),
        ("DM2 w/ neuropathy", "E11.40"),
        ("DM2", "E11.9"),
        ("HTN", "I10"),
        ("high blood pressure", "I10"),
        ("pneumonia", "J18.9"),
        ("pnuemonia", "J18.9"),
        ("staph pneumonia", "J15.20"),
        ("R knee pain", "M25.561"),
        ("left knee pain", "M25.562"),
        ("knee pain", "M25.569"),
        ("kidney stone", "N20.0"),
        ("nephrolithiasis", "N20.0"),
        ("nephrolithiesis", "N20.0"),
        ("fx distal radius L init", "S52.502A"),
        ("distal radius fx right, f/u routine healing, subsequent", "S52.501D"),
        ("broken wrist, right", "S52.501A"),
        ("drugol", "J0001"),
    ],
)
def test_the_code_that_the_words_mean_stands_first(store: Store, words: str, code: str) -> None:
    assert store.search(words, on=ON)[0].code == code


def test_a_header_stands_behind_what_can_be_reported(store: Store) -> None:
    hits = store.search("type 2 diabetes mellitus", on=ON, system=CodeSystem.ICD10CM)
    headers = [hit.code for hit in hits if not hit.billable]
    assert headers == ["E11"]
    assert hits[0].billable


def test_every_hit_says_why_it_was_found(store: Store) -> None:
    hit = store.search("DM2 w/ neuropathy", on=ON)[0]
    assert hit.why == "says type 2 diabetes mellitus (from dm2), neuropathy"
    assert store.search("R knee pain", on=ON)[0].why.endswith("right side")


def test_a_search_can_keep_to_one_system(store: Store) -> None:
    assert {hit.system for hit in store.search("injection", on=ON, system=CodeSystem.HCPCS)} == {CodeSystem.HCPCS}
    assert {hit.system for hit in store.search("colonoscopy", on=ON, system=CodeSystem.CPT)} == {CodeSystem.CPT}


def test_authored_codes_are_found_by_what_people_call_them(store: Store) -> None:
    assert store.search("subq infusion additional hour", on=ON, system=CodeSystem.CPT)[0].code == "96370"


def test_most_limits_what_is_told(store: Store) -> None:
    assert len(store.search("visit", on=ON, most=3)) == 3


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_no_text_makes_the_search_raise(store: Store, text: str) -> None:
    for hit in store.search(text, on=ON):
        assert hit.why


@pytest.mark.parametrize(
    "text", ["", "   ", '"', "AND OR NOT", "NEAR(a b)", "a* b^2 {c}", "'; DROP TABLE words", "w/", "*"]
)
def test_the_words_of_a_query_language_are_words(store: Store, text: str) -> None:
    assert isinstance(store.search(text, on=ON), tuple)

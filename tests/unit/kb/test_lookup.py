from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from caseconsultant.kb.build import build
from caseconsultant.kb.lookup import lookup_object
from caseconsultant.kb.store import Store, open_store

LATER = date(2026, 11, 23)
KEYS = [
    "code",
    "system",
    "as_of",
    "valid",
    "why",
    "description",
    "description_source",
    "family",
    "role",
    "replaced_by",
    "fee_schedule",
    "mue",
    "add_on",
    "global_days",
    "modifiers",
    "icd",
    "hcc",
    "references",
    "editions",
]


@pytest.mark.parametrize("code", ["96370", "J1559", "20610", "M54.5", "nonsense", ""])
def test_every_key_of_the_contract_is_there_in_order(store: Store, code: str) -> None:
    found = lookup_object(code, store=store, on=LATER)
    assert list(found) == KEYS
    assert json.loads(json.dumps(found)) == found


def test_a_code_in_force_is_told_with_its_edits_and_editions(store: Store) -> None:
    found = lookup_object(" 96370 ", store=store, on=LATER)
    assert (found["code"], found["system"], found["valid"], found["why"]) == ("96370", "CPT", True, None)
    assert (found["family"], found["role"], found["global_days"]) == ("subcutaneous", "additional_hour", "ZZZ")
    assert found["description_source"] == "our own words"
    assert found["mue"] == [
        {"table": "practitioner", "units": 3, "mai": 3, "edition": "2024-07-01",
         "edition_gap": "mue-practitioner ends 2024-09-30"},
        {"table": "outpatient_hospital", "units": 3, "mai": 3, "edition": "2024-07-01",
         "edition_gap": "mue-outpatient ends 2024-09-30"},
    ]  # fmt: skip
    assert found["add_on"] == {
        "type": 1,
        "primaries": ["96369"],
        "practitioner_only": [],
        "facility_only": False,
        "edition": "2026-04-01",
        "edition_gap": "ncci-aoc ends 2026-06-30",
    }
    assert {"source": "ncci-aoc", "from": "2026-04-01", "to": "2026-06-30"} in found["editions"]  # type: ignore[operator]


@pytest.mark.parametrize(
    ("code", "on", "valid", "why"),
    [
        ("96369", date(2008, 12, 31), False, "not yet in effect: valid from 2009-01-01"),
        ("96369", date(2009, 1, 1), True, None),
        ("96369", date(2023, 12, 31), True, None),
        ("96369", date(2024, 1, 1), False, "terminated: last valid on 2023-12-31"),
        ("20610", LATER, None, "20610 is not in the data loaded"),
        ("M54.50", LATER, None, "M54.50 is not in the data loaded"),
        ("9636", LATER, False, "9636 has not the form of a code of any system"),
    ],
)
def test_validity_says_why(
    knowledge_dir: Path, kb_dir: Path, code: str, on: date, *, valid: bool | None, why: str | None
) -> None:
    found = lookup_object(code, store=open_store(build(knowledge_dir, kb_dir)), on=on)
    assert (found["valid"], found["why"]) == (valid, why)


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("20610", "CPT"),
        ("0591T", "CPT"),
        ("J3490", "HCPCS"),
        ("E11.3311", "ICD-10-CM"),
        ("0DTJ4ZZ", "ICD-10-PCS"),
        ("?", None),
    ],
)
def test_the_system_of_a_code_not_loaded_is_told_by_its_form(store: Store, code: str, system: str | None) -> None:
    assert lookup_object(code, store=store, on=LATER)["system"] == system


def test_a_product_code_is_told_with_its_unit(store: Store) -> None:
    found = lookup_object("j1559", store=store, on=LATER)
    assert (found["system"], found["valid"], found["family"]) == ("HCPCS", True, "immune_globulin")

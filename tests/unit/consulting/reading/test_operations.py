"""ICD-10-PCS codes are read by the tables or by name, and are neither diagnoses nor serial numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.question import Question

Reader = Callable[..., Question]

READ = [
    ("Is 0DTJ4ZZ right?", ["0DTJ4ZZ"]),
    ("0dtj4zz valid?", ["0DTJ4ZZ"]),
    ("PCS 5A1955Z?", ["5A1955Z"]),
    ("icd-10-pcs 0BH18EZ", ["0BH18EZ"]),
    ("5A1955Z came by mail", []),
    ("pcs 1234567", []),
    ("pcs 0DTI4ZZ", []),
    ("pcs 0DTJ4Z", []),
    ("S52501A with 96372", []),
    ("inpatient BUNDLED code", []),
]


@pytest.mark.parametrize(("text", "codes"), READ)
def test_operations_are_read_by_table_or_name(read_loaded: Reader, text: str, codes: list[str]) -> None:
    found = [each for each in read_loaded(text).codes if each.system is CodeSystem.ICD10PCS]
    assert [each.code for each in found] == codes
    assert all(text[each.span.start : each.span.end].upper() == each.code for each in found)


def test_codes_of_both_systems_keep_their_order(read_loaded: Reader) -> None:
    found = read_loaded("99213 or 0DTJ4ZZ or 31622").codes
    assert [each.code for each in found] == ["99213", "0DTJ4ZZ", "31622"]

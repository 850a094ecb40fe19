from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from caseconsultant.consulting.topics import packages
from caseconsultant.domain.answer import Reference, Verdict
from caseconsultant.domain.codes import CodeMention, CodeSystem, Span
from caseconsultant.domain.published import DrugPackage
from caseconsultant.domain.question import Question

ON = date(2026, 2, 24)
EXAMPLE = DrugPackage(
    ndc="00123456701",
    code="J0001",
    drug="Examplemab",
    labeler="Example Labs",
    dosage="10 MG",
    units_per_package=10_000,
    reference=Reference("ndc-hcpcs", "00123456701", "first quarter 2026"),
    edition_gap=None,
)


def tables(ndc: str, *, on: date) -> DrugPackage | None:
    return EXAMPLE if ndc == "00123-4567-01" and on == ON else None


KNOWLEDGE = SimpleNamespace(crosswalks=SimpleNamespace(package=tables))


def asked(text: str, *codes: str):
    mentions = tuple(CodeMention(code, CodeSystem.HCPCS, Span(0, 5)) for code in codes)
    question = Question(text=text, as_of=ON, codes=mentions)
    return packages.findings(question, knowledge=KNOWLEDGE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NDC 0123-4567-01", ["00123-4567-01"]),  # 4-4-2
        ("NDC 00123-456-01", ["00123-0456-01"]),  # 5-3-2
        ("NDC 00123-4567-1", ["00123-4567-01"]),  # 5-4-1
        ("NDC 00123-4567-01", ["00123-4567-01"]),
        ("NDC# 00123456701 and ndc:00123456701", ["00123-4567-01"]),
        ("call 555-123-4567 or 2026-02-24", []),
        ("0123-456-01", []),  # nine digits are none of the forms
        ("account 00123456701", []),
        ("ndc 001234567", []),
    ],
)
def test_packages_are_read_in_each_of_their_forms(text, found):
    assert packages.ndcs(text) == found


def test_a_package_names_its_code_and_units():
    found = asked("which code for NDC 0123-4567-01?")

    (headline,) = found.headlines
    assert headline == "NDC 00123-4567-01 (Examplemab) is reported with J0001, 10 MG a unit; one package is 10 units."
    assert [opinion.code for opinion in found.opinions] == ["J0001"]


def test_the_right_code_beside_it_is_a_yes_and_another_is_put_right():
    assert asked("NDC 0123-4567-01", "J0001").findings[0].verdict is Verdict.YES
    wrong = asked("NDC 0123-4567-01", "J9999")
    assert wrong.findings[0].verdict is Verdict.NO
    assert wrong.corrections


def test_a_package_in_no_table_is_not_spoken_of():
    assert not asked("NDC 99999-1234-12").findings

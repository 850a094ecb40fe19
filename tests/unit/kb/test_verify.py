"""Authored facts beside loaded tables: what agrees is silent, what does not is told with both sides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import published_sheets as sheets
import pytest
from published_files import aoc_bytes

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.build import build
from caseconsultant.kb.published import load
from caseconsultant.kb.store import open_store
from caseconsultant.kb.verify import Verification, verify

Write = Callable[[str, str], Path]
REFERENCES = '    references: [{source: manual, locator: "XI §B"}]\n'


def code(name: str, *, days: str, role: str = "procedure", ends: str = "") -> str:
    """A code as authored."""
    return (
        f'  - code: "{name}"\n    system: CPT\n    description: Something done.\n    family: things\n    role: {role}\n'
        f'    unit_rule: One.\n    from: 2010-01-01\n{ends}    global_days: "{days}"\n{REFERENCES}'
    )


@pytest.fixture
def verified(knowledge_dir: Path, kb_dir: Path, tmp_path: Path, write: Write) -> Callable[[str, str], Verification]:
    """Write one knowledge file, load the tables, compare."""

    def _verified(name: str, text: str) -> Verification:
        (knowledge_dir / "codes" / "infusion.yaml").unlink(missing_ok=True)
        write(name, text)
        files = {
            "PPRRVU2026_Jul_nonQPP.csv": sheets.fee_text().encode(),
            "rbcs_2024q3.csv": sheets.RBCS.encode(),
            "AOC.xlsx": aoc_bytes([("1", "11111", None, "22222", None, "2020001", None, None)]),
            "ioce_v27.1.csv": sheets.MODIFIERS.encode(),
            "pos_2024q3.csv": sheets.PLACES.encode(),
        }
        for each, content in files.items():
            (tmp_path / each).write_bytes(content)
        report = load([tmp_path / each for each in files], kb_dir)
        return verify(open_store(build(knowledge_dir, kb_dir), report.path))

    return _verified


def test_a_code_that_stands_as_published_is_silent(verified: Callable[[str, str], Verification]) -> None:
    found = verified("codes/a.yaml", "codes:\n" + code("22222", days="YYY"))
    assert (found.disagreements, found.checked) == ([], 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            code("22222", days="090"),
            "pfs 22222 on 2026-07-01: knowledge says global days 090; table says global days YYY",
        ),
        (
            code("66666", days="XXX"),
            "pfs 66666 on 2026-07-01: knowledge says valid; table says terminated: last valid on 2022-12-31",
        ),
        (
            code("11111", days="010"),
            "ncci-aoc 11111 on 2026-04-01: knowledge says role procedure; table says add-on code, type 1",
        ),
    ],
)
def test_a_code_that_does_not_is_told_with_both_sides(
    verified: Callable[[str, str], Verification], text: str, told: str
) -> None:
    assert [str(each) for each in verified("codes/a.yaml", "codes:\n" + text).disagreements] == [told]


def test_a_code_that_ended_before_the_edition_is_not_held_against_it(
    verified: Callable[[str, str], Verification],
) -> None:
    ended = code("66666", days="XXX", ends="    to: 2022-12-31\n")
    assert verified("codes/a.yaml", "codes:\n" + ended).disagreements == []


@pytest.mark.parametrize(("flag", "told"), [("true", 0), ("false", 1)])
def test_a_modifier_is_ncci_associated_as_the_code_editor_has_it(
    verified: Callable[[str, str], Verification], flag: str, told: int
) -> None:
    text = f'modifiers:\n  - modifier: "59"\n    use: X.\n    ncci_associated: {flag}\n    payment: X.\n'
    assert len(verified("modifiers.yaml", f"{text}    from: 2010-01-01\n{REFERENCES}").disagreements) == told


@pytest.mark.parametrize(("flag", "told"), [("true", 0), ("false", 1)])
def test_a_place_is_a_facility_as_published(verified: Callable[[str, str], Verification], flag: str, told: int) -> None:
    text = f'places:\n  - code: "02"\n    name: X\n    facility: {flag}\n    setting: office\n    from: 2010-01-01\n'
    assert len(verified("places_of_service.yaml", text + REFERENCES).disagreements) == told


@pytest.mark.parametrize(("factor", "told"), [("30.0", 0), ("30.0001", 1)])
def test_a_conversion_factor_is_that_of_the_file(
    verified: Callable[[str, str], Verification], factor: str, told: int
) -> None:
    text = (
        "conversion_factor:\n  standard:\n    description: X.\n"
        f"    values: [{{from: 2026-01-01, value: {factor}}}]\n{REFERENCES}"
    )
    assert len(verified("rules/fees.yaml", text).disagreements) == told


def test_without_tables_there_is_nothing_to_hold_against(knowledge_dir: Path, kb_dir: Path) -> None:
    with pytest.raises(KnowledgeError, match="no published tables are loaded"):
        verify(open_store(build(knowledge_dir, kb_dir)))

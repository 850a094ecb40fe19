from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.build import build

Write = Callable[[str, str], Path]

CODE = """\
codes:
  - code: "96370"
    system: CPT
    description: A further hour.
    family: subcutaneous
    role: additional_hour
    unit_rule: One an hour.
    from: 2009-01-01
    references:
      - {source: manual, locator: "XI §B"}
"""

PTP = """\
checked_against: {pairs: 2024-07-01}
pairs:
  - pair: "96369/96372"
    tables:
      pairs: [{from: 2019-07-01, indicator: 1}]
"""

RULE = """\
infusion:
  floor_minutes:
    description: Less is no infusion.
    values:
      - {from: 2009-01-01, value: 16}
    references:
      - {source: manual, locator: "XI §B"}
"""


def refused(knowledge_dir: Path, kb_dir: Path) -> str:
    with pytest.raises(KnowledgeError) as caught:
        build(knowledge_dir, kb_dir)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("    role: additional_hour\n", "    rank: 1\n    role: additional_hour\n", 6, "unknown key 'rank'"),
        ("    family: subcutaneous\n", "    family: a\n    family: b\n", 6, "key 'family' is repeated"),
        ('code: "96370"', "code: 96370", 2, 'code 96370 is not quoted; write "96370"'),
        ('code: "96370"', "code: 00100", 2, 'code 00100 is not quoted; write "00100"'),
        ("    unit_rule: One an hour.\n", "", 2, "key 'unit_rule' is missing"),
        ('    references:\n      - {source: manual, locator: "XI §B"}\n', "", 2, "names no source"),
        ('\n      - {source: manual, locator: "XI §B"}\n', " []\n", 9, "names no source"),
        ("source: manual", "source: manuel", 10, "unknown source 'manuel'"),
        ('"XI §B"', '"IX §B"', 10, "locator 'IX §B' is of no group"),
        ('"XI §B"}', '"XI §B", edition: 2019-01-01}', 10, "has no edition of 2019-01-01"),
        ("from: 2009-01-01", "from: 2009-01-32", 8, "2009-01-32 is not a day"),
        ("from: 2009-01-01", "from: 2009-01-01\n    to: 2008-12-31", 2, "before it starts"),
        ("role: additional_hour", "role: helper", 6, "role: "),
        ("    system: CPT", "    system: [CPT", 4, "not YAML"),
        ("    system: CPT", "    system: yes", 3, "reads as a truth value"),
        ("    system: CPT", "    system: 012", 3, "is not a plain decimal number"),
        ("    system: CPT", "    <<: {system: CPT}", 3, "merge keys are not taken"),
    ],
)
def test_a_defect_is_named_with_file_line_and_what_to_do(
    knowledge_dir: Path, kb_dir: Path, write: Write, old: str, new: str, line: int, says: str
) -> None:
    assert old in CODE
    write("codes/more.yaml", CODE.replace(old, new))
    message = refused(knowledge_dir, kb_dir)
    assert message.startswith(f"knowledge/codes/more.yaml:{line}: "), message
    assert says in message


def test_two_records_of_a_code_may_not_overlap(knowledge_dir: Path, kb_dir: Path, write: Write) -> None:
    write("codes/more.yaml", CODE.replace("96370", "96369").replace("2009-01-01", "2023-12-31"))
    message = refused(knowledge_dir, kb_dir)
    assert message.startswith("knowledge/codes/more.yaml:2: 96369: from 2023-12-31 it overlaps the record at ")
    assert "knowledge/codes/infusion.yaml:2" in message


def test_the_day_after_an_interval_may_begin_another(knowledge_dir: Path, kb_dir: Path, write: Write) -> None:
    write("codes/more.yaml", CODE.replace("96370", "96369").replace("2009-01-01", "2024-01-01"))
    assert build(knowledge_dir, kb_dir).is_file()


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("indicator: 1}]", "indicator: 1}, {from: 2020-01-01, indicator: 0}]", 5, "it overlaps the record at"),
        ("indicator: 1", "indicator: 2", 5, "indicator"),
        ("{pairs: 2024-07-01}", "{pairs: 2024-10-01}", 1, "has no edition of 2024-10-01"),
        ("      pairs: [", "      couples: [", 5, "table 'couples' is not under `checked_against`"),
        ("96369/96372", "96369-96372", 3, "pair"),
    ],
)
def test_a_defect_among_pairs_is_named_with_its_line(
    knowledge_dir: Path, kb_dir: Path, write: Write, old: str, new: str, line: int, says: str
) -> None:
    write("edits/ptp.yaml", PTP.replace(old, new))
    message = refused(knowledge_dir, kb_dir)
    assert message.startswith(f"knowledge/edits/ptp.yaml:{line}: "), message
    assert says in message


def test_a_pair_may_not_stand_a_second_time_with_its_columns_turned(
    knowledge_dir: Path, kb_dir: Path, write: Write
) -> None:
    write("edits/ptp.yaml", PTP + PTP[PTP.index("  - pair") :].replace("96369/96372", "96372/96369"))
    assert re.match(r"knowledge/edits/ptp.yaml:8: 96372/96369: .* overlaps", refused(knowledge_dir, kb_dir))


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("    values:\n", "    unity: minutes\n    values:\n", 4, "unknown key 'unity'"),
        ("value: 16}", "value: 16}\n      - {from: 2008-01-01, value: 15}", 2, "in order of their days"),
        ('    references:\n      - {source: manual, locator: "XI §B"}\n', "", 2, "names no source"),
        ("  floor_minutes:\n", "  floor: 3\n  floor_minutes:\n", 2, "a rule is a mapping"),
    ],
)
def test_a_defect_in_a_rule_is_named_with_its_line(
    knowledge_dir: Path, kb_dir: Path, write: Write, old: str, new: str, line: int, says: str
) -> None:
    write("rules/drugs.yaml", RULE.replace(old, new))
    message = refused(knowledge_dir, kb_dir)
    assert message.startswith(f"knowledge/rules/drugs.yaml:{line}: "), message
    assert says in message


def test_a_file_of_no_kind_is_refused(knowledge_dir: Path, kb_dir: Path, write: Write) -> None:
    write("notes.yaml", "remember: this\n")
    assert refused(knowledge_dir, kb_dir).startswith("knowledge/notes.yaml:1: the file is of no kind we know")


def test_questions_for_scoring_are_not_compiled(knowledge_dir: Path, kb_dir: Path, write: Write) -> None:
    before = build(knowledge_dir, kb_dir)
    write("questions/infusion.yaml", "anything: goes\n")
    assert build(knowledge_dir, kb_dir) == before


def test_a_missing_folder_says_which_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such knowledge folder; set CASECONSULTANT_KNOWLEDGE_DIR"):
        build(tmp_path / "nowhere", tmp_path / "kb")


def test_a_source_written_twice_is_refused(knowledge_dir: Path, kb_dir: Path, write: Write) -> None:
    write(
        "sources.yaml", (knowledge_dir / "sources.yaml").read_text(encoding="utf-8").replace("id: pairs", "id: manual")
    )
    assert refused(knowledge_dir, kb_dir).startswith("knowledge/sources.yaml:13: source 'manual' is written twice")


def test_an_edition_may_not_begin_before_the_one_before_it_ends(
    knowledge_dir: Path, kb_dir: Path, write: Write
) -> None:
    text = (knowledge_dir / "sources.yaml").read_text(encoding="utf-8")
    write("sources.yaml", text.replace("effective_from: 2022-01-01", "effective_from: 2021-12-31"))
    assert refused(knowledge_dir, kb_dir).startswith("knowledge/sources.yaml:9: edition of 2021-12-31 begins before")


def test_an_article_of_an_unknown_family_is_refused(knowledge_dir: Path, kb_dir: Path, write: Write) -> None:
    write(
        "guidance/a.yaml",
        "articles:\n  - id: one\n    question: Why?\n    topics: [ncci]\n"
        "    families: [subcutaneus]\n    statement: Something.\n"
        '    confidence: high\n    from: 2020-01-01\n    references: [{source: manual, locator: "XI §B"}]\n',
    )
    assert refused(knowledge_dir, kb_dir).startswith("knowledge/guidance/a.yaml:5: no code is of family 'subcutaneus'")


@pytest.mark.parametrize(
    ("when", "line", "said"),
    [("[{facts: [sunny]}]", 7, "several_lines"), ("[{}]", 7, "a condition names codes, any_code or facts")],
)
def test_an_articles_conditions_keep_to_their_vocabulary(
    knowledge_dir: Path, kb_dir: Path, write: Write, when: str, line: int, said: str
) -> None:
    write(
        "guidance/a.yaml",
        f"articles:\n  - id: one\n    question: Why?\n    topics: [ncci]\n    codes: ['96369']\n"
        f"    statement: A.\n    when: {when}\n"
        "    confidence: high\n    from: 2020-01-01\n    references:\n      - {source: manual, locator: XI §B}\n",
    )
    refusal = refused(knowledge_dir, kb_dir)
    assert refusal.startswith(f"knowledge/guidance/a.yaml:{line}:")
    assert said in refusal

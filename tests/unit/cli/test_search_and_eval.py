"""`kb build`, `search` and `eval` as a user runs them."""

from __future__ import annotations

from pathlib import Path

from command import run


def test_kb_status_has_every_key():
    found = run("kb", "status", "--json").object
    assert set(found) == {"release", "file", "published", "rows", "sources", "missing", "past"}
    for source in found["sources"]:
        assert set(source) >= {
            "id",
            "publisher",
            "title",
            "licence",
            "url",
            "editions",
            "verified",
            "unverified",
            "rows",
            "loaded",
            "without",
        }


def test_kb_status_in_words_has_a_line_for_each_source_and_each_gap():
    ran = run("kb", "status")
    found = run("kb", "status", "--json").object
    assert ran.code == 0
    told, _, gaps = ran.out.partition("\nnot loaded\n")
    assert [line.split()[0] for line in told.splitlines()] == ["release", *(each["id"] for each in found["sources"])]
    assert [line.split()[0] for line in gaps.splitlines()] == [each["id"] for each in found["missing"]]


def test_kb_build_prints_the_file(state: Path):
    ran = run("kb", "build")
    assert ran.code == 0
    assert Path(ran.out.strip()).is_file()


# --- search


def test_search_has_the_contracts_keys():
    found = run("search", "subcutaneous infusion", "--system", "cpt", "--json").object
    assert list(found) == ["query", "hits"]
    assert found["query"] == "subcutaneous infusion"
    assert {tuple(hit) for hit in found["hits"]} == {("code", "system", "description", "billable", "score", "why")}
    assert found["hits"][0]["code"] in {"96369", "96370", "96371"}


def test_search_in_words_says_why():
    ran = run("search", "office visit level 4 established")
    assert ran.code == 0
    assert "says " in ran.out


def test_search_without_a_hit_says_so():
    assert run("search", "qqqqqqq").out == "nothing found; use fewer or other words\n"


# --- eval


def test_eval_scores_each_file_and_tells_what_an_answer_lacks(tmp_path: Path):
    cases = tmp_path / "cases.yaml"
    cases.write_text(
        "- {id: right, question: 95 min critical care, as_of: 2026-11-24, codes: {'99291': 1}, say: ['104 | 999']}\n"
        "- {id: wrong, question: 95 min critical care, as_of: 2026-11-24, codes: {'99291': 2}, never: ['104']}\n",
        encoding="utf-8",
    )
    ran = run("eval", str(cases))
    assert ran.code == 0
    assert "wrong: codes {'99291': 1}, not {'99291': 2}; says '104'" in ran.out
    assert "right" not in ran.out
    assert "50.0 percent" in ran.out
    assert "no published tables are loaded" in ran.err
    assert run("eval", str(cases), "--least", "51").code == 1


def test_eval_of_a_file_that_holds_no_cases_is_wrong_use(tmp_path: Path):
    path = tmp_path / "cases.yaml"
    path.write_text("not: cases", encoding="utf-8")
    ran = run("eval", str(path))
    assert ran.code == 2
    assert "a file of cases is a list" in ran.err

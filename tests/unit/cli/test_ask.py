"""`ask`: every key always there; one bad line costs no other."""

from __future__ import annotations

import pytest
from command import run
from contract_keys import ANSWER, FINDING, QUESTION, lines

TEXT = "SC immunoglobulin ran 3h20m in the office, Medicare. Can we bill 96369 and 96370 x2 with 96372-59 for D80.1?"


def assert_answer(answer: dict) -> None:
    assert set(answer) == ANSWER
    assert answer["verdict"] in {"yes", "no", "depends", "unknown", None}
    assert answer["confidence"] in {"high", "medium", "low"}
    for name in ("conditional", "modifiers", "diagnoses", "findings", "asks", "changes", "edition_gap", "parts"):
        assert isinstance(answer[name], list)
    for line in answer["conditional"]:
        assert set(line) == {"code", "units", "modifiers", "when", "branch"}
    for finding in answer["findings"]:
        assert set(finding) == FINDING
        assert finding["kind"] in {"codable", "payable", "covered", "info"}
        assert set(finding["branch"]) <= {"payer", "setting"}
        for reference in finding["references"]:
            assert set(reference) == {"source", "locator", "edition"}
    for part in answer["parts"]:
        assert_answer(part)


@pytest.mark.parametrize("text", [TEXT, "Hello", "Is it raining?", "96370", "é 😀 " + TEXT])
def test_ask_has_every_key_whatever_is_asked(text: str):
    ran = run("ask", text, "--json", "--as-of", "2026-11-23")
    assert (ran.code, ran.err) == (0, "")
    found = ran.object
    assert set(found) == {"id", "question", "answer", "knowledge_release"}
    assert found["id"] is None
    assert set(found["question"]) == QUESTION
    assert found["question"]["as_of"] == "2026-11-23"
    for mention in found["question"]["codes"]:
        assert set(mention) == {"code", "system", "units", "modifiers", "span"}
    assert_answer(found["answer"])


@pytest.mark.parametrize("before", ["", "é ß 😀 ", "\t\u2003"])
def test_spans_are_code_points_of_the_text_given(before: str):
    text = before + TEXT
    question = run("ask", text, "--json").object["question"]
    found = [text[slice(*mention["span"])] for mention in [*question["codes"], *question["diagnoses"]]]
    assert found == ["96369", "96370", "96372", "D80.1"]


def test_what_the_caller_states_overrules_the_text():
    found = run("ask", TEXT, "--json", "--payer", "commercial", "--setting", "home").object["question"]
    assert (found["payer"], found["setting"]) == ("commercial", "home")


def test_ask_in_words_is_the_reply():
    ran = run("ask", TEXT)
    assert ran.code == 0
    assert "96369" in ran.out
    assert "Sources" in ran.out


def test_lines_are_served_in_order_and_a_bad_one_costs_no_other():
    given = (
        lines({"id": "a", "question": TEXT, "as_of": "2026-11-23", "payer": "medicare", "setting": "office"})
        + b"no JSON\n"
        + b"\n"
        + b'["a list"]\n'
        + lines({"id": "no question"}, {"id": "n", "question": None}, {"id": "p", "question": "96370", "payer": "mine"})
        + lines(
            {"id": "d", "question": "96370", "as_of": "2026-02-30"}, {"id": "i", "question": "x", "as_of": 20260101}
        )
        + b'{"id": "\xff", "question": "96370"}\n'
        + b'{"id": "nan", "question": NaN}\n'
        + b"[" * 100_000
        + b"\n"
        + lines({"id": 7, "question": "96370?"}, {"question": "96370?"}, {"id": {"k": [1]}, "question": ""})
    )
    ran = run("ask", "--jsonl", stdin=given)
    assert ran.code == 3
    assert ran.err == ""
    found = ran.objects
    assert [each["id"] for each in found] == [
        "a",
        None,
        None,
        "no question",
        "n",
        "p",
        "d",
        "i",
        None,
        None,
        None,
        7,
        None,
        {"k": [1]},
    ]
    errors = [each["error"] for each in found if "error" in each]
    assert len(errors) == 10
    assert all(set(each) == {"id", "error"} for each in found if "error" in each)
    assert not any("\n" in words or "Traceback" in words for words in errors)
    assert "must be one of: medicare" in errors[4]
    for each in found:
        if "error" not in each:
            assert_answer(each["answer"])


def test_lines_all_served_are_exit_0_and_no_lines_at_all_too():
    assert run("ask", "--jsonl", stdin=lines({"id": "a", "question": "96370?"})).code == 0
    ran = run("ask", "--jsonl")
    assert (ran.code, ran.out) == (0, "")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm():
    ran = run("ask", "--jsonl", stdin=b'\xef\xbb\xbf{"id": "a", "question": "96370?"}\r\n{"id": "b", "question": "x"}')
    assert ran.code == 0
    assert [each["id"] for each in ran.objects] == ["a", "b"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_output_is_utf_8_whatever_the_terminal_is_set_to_and_half_a_surrogate_pair_is_escaped(encoding: str):
    ran = run("ask", "--jsonl", stdin=b'{"id": "\\ud800 \xc3\xa9", "question": "96370?"}\n', encoding=encoding)
    assert ran.code == 0
    assert ran.object["id"] == "\ud800 é"


@pytest.mark.parametrize("words", [["ask"], ["ask", ""], ["ask", "--json"], ["check"], ["check", "--json"], ["read"]])
def test_nothing_to_serve_is_wrong_use(words: list[str]):
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("caseconsultant: give ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("words", [["ask", "text"], ["check", "96370"], ["read", "a.eml"]])
def test_words_and_lines_at_once_are_wrong_use(words: list[str]):
    ran = run(*words, "--jsonl", stdin=b"x\n")
    assert ran.code == 2
    assert "not both" in ran.err


@pytest.mark.parametrize("words", [["--payer", "mine"], ["--setting", "moon"], ["--nonsense"]])
def test_an_unknown_option_or_value_is_wrong_use(words: list[str]):
    assert run("ask", "96370?", *words).code == 2


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-29", "20260101", "2026-W01-1", "yesterday", "", "2026-1-1"])
@pytest.mark.parametrize("command", [["ask", "96370?"], ["lookup", "96370"], ["check", "96370"]])
def test_a_day_that_is_none_is_wrong_use(command: list[str], day: str):
    ran = run(*command, "--as-of", day)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"caseconsultant: {day!r} is not a date; write it as YYYY-MM-DD\n"


@pytest.mark.parametrize(
    "text", [TEXT * 1000, "1234567890 " * 9000, "a" * 100_000, "96370" + " " * 100_000 + "x2", "(" * 100_000]
)
def test_a_hundred_thousand_characters_are_answered(text: str):
    ran = run("ask", "--jsonl", stdin=lines({"id": "big", "question": text[:100_000]}))
    assert ran.code == 0
    assert_answer(ran.object["answer"])


def test_nul_and_other_control_characters_are_answered():
    text = "9637\0 and 96370\0 \x1b[31m x2 \u202e\ufeff"
    ran = run("ask", "--jsonl", stdin=lines({"id": "nul", "question": text}))
    assert ran.code == 0
    assert [text[slice(*each["span"])] for each in ran.object["question"]["codes"]] == ["96370"]

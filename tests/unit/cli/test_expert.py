"""The machine-readable outputs that scripts rely on: every key always there; one bad line costs no other."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from command import run

MESSAGES = Path(__file__).parents[2] / "messages"
TEXT = "SC immunoglobulin ran 3h20m in the office, Medicare. Can we bill 96369 and 96370 x2 with 96372-59 for D80.1?"

QUESTION = {"as_of", "payer", "setting", "minutes", "topics", "codes", "diagnoses"}
ANSWER = {
    "verdict",
    "bottom_line",
    "codes",
    "conditional",
    "modifiers",
    "diagnoses",
    "findings",
    "asks",
    "changes",
    "edition_gap",
    "confidence",
    "parts",
}
FINDING = {"topic", "kind", "verdict", "statement", "arithmetic", "references", "branch", "missing"}
READ = {
    "path",
    "message_id",
    "from",
    "reply_to",
    "to",
    "cc",
    "subject",
    "date",
    "in_reply_to",
    "references",
    "text",
    "quoted",
    "signature",
    "html",
    "attachments",
    "disposition",
    "automated",
    "bounce",
    "defects",
}
LOOKUP = {
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
}
PAIR = {
    "column_one",
    "column_two",
    "modifier_indicator",
    "effective_from",
    "effective_to",
    "verdict",
    "edition",
    "edition_gap",
}


def lines(*objects: object) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in objects)


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


# --- ask


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


# --- read


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.eml")), ids=lambda path: path.stem)
def test_read_has_every_key_whatever_the_mail(path: Path):
    ran = run("read", str(path), "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.object
    assert set(found) == READ
    assert found["path"] == str(path)
    assert found["disposition"] in {"question", "command", "automated", "bounce", "unreadable"}
    assert isinstance(found["html"], bool)
    for name in ("to", "cc", "references", "attachments", "defects"):
        assert isinstance(found[name], list)
    for address in filter(None, [found["from"], found["reply_to"], *found["to"], *found["cc"]]):
        assert address == address.lower().strip("<> ")
        assert "@" in address
    for attachment in found["attachments"]:
        assert set(attachment) == {"filename", "content_type", "size", "read"}
    if found["bounce"]:
        assert set(found["bounce"]) == {"recipients"}
        for recipient in found["bounce"]["recipients"]:
            assert set(recipient) == {"address", "action", "status", "permanent"}


def test_addresses_are_bare_and_in_small_letters():
    raw = b'From: Dana <Dana.CODER@Clinic.Example.COM>\nTo: A <A@B.example>, "x, y" <C@D.Example>\n\n96370?'
    found = run("read", "-", "--json", stdin=raw).object
    assert (found["from"], found["to"], found["path"]) == (
        "dana.coder@clinic.example.com",
        ["a@b.example", "c@d.example"],
        "-",
    )


def test_paths_are_served_in_order_and_a_missing_one_costs_no_other(tmp_path: Path):
    plain = MESSAGES / "plain.eml"
    spaced = tmp_path / " two words .eml"
    spaced.write_bytes(plain.read_bytes())
    given = "\n".join([str(plain), "missing.eml", str(tmp_path), "a\0b", "-", str(spaced), ""])
    ran = run("read", "--jsonl", stdin=given.encode())
    assert ran.code == 3
    assert [each["path"] for each in ran.objects] == [
        str(plain),
        "missing.eml",
        str(tmp_path),
        "a\0b",
        "-",
        str(spaced),
    ]
    assert [set(each) == {"path", "error"} for each in ran.objects] == [False, True, True, True, True, False]
    assert ran.objects[1]["error"] == "missing.eml: No such file or directory"


def test_a_path_that_is_not_utf_8_is_found(tmp_path: Path):
    path = os.fsencode(tmp_path) + b"/\xff.eml"
    Path(os.fsdecode(path)).write_bytes((MESSAGES / "plain.eml").read_bytes())
    ran = run("read", "--jsonl", stdin=path + b"\n")
    assert ran.code == 0
    assert ran.object["path"] == os.fsdecode(path)


def test_any_bytes_are_read(tmp_path: Path):
    (tmp_path / "noise").write_bytes(bytes(range(256)) * 10)
    assert set(run("read", "noise", "--json").object) == READ


def test_a_missing_file_is_one_line():
    ran = run("read", "missing.eml", "--json")
    assert (ran.code, ran.err) == (2, "caseconsultant: missing.eml: No such file or directory\n")


def test_read_in_words_shows_who_what_and_the_new_words():
    ran = run("read", str(MESSAGES / "outlook_reply.eml"))
    assert ran.out.startswith("from ")
    assert "disposition  question" in ran.out
    assert "None" not in ran.out


# --- lookup


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("96370", True),
        (" 96370 ", True),
        ("j9999", None),
        ("99999", None),
        ("D80.1", None),
        ("nonsense", False),
        ("", False),
    ],
)
def test_lookup_has_every_key_whatever_the_code(code: str, valid):
    found = run("lookup", code, "--json", "--as-of", "2026-11-23").object
    assert set(found) == LOOKUP
    assert found["code"] == code.strip().upper()
    assert found["valid"] is valid
    assert (found["why"] is None) == (valid is True)
    for name in ("replaced_by", "mue", "modifiers", "hcc", "references", "editions"):
        assert isinstance(found[name], list)
    for edition in found["editions"]:
        assert set(edition) == {"source", "from", "to"}


def test_lookup_in_words_leaves_out_what_is_not_there():
    ran = run("lookup", "96370")
    assert "code                 96370" in ran.out
    assert "null" not in ran.out.replace('"to": null', "").replace('"edition_gap": null', "")
    assert "hcc" not in ran.out


# --- check


def test_check_has_every_key():
    found = run("check", "96369", "96370x5", "96372", "--dx", "D80.1", "--as-of", "2026-11-23", "--json").object
    assert set(found) == {"id", "verdict", "lines", "pairs", "diagnoses", "findings"}
    assert (found["id"], found["verdict"]) == (None, "conflict")
    for line in found["lines"]:
        assert set(line) == {"code", "units", "modifiers", "valid", "why", "findings"}
        assert all(set(finding) == FINDING for finding in line["findings"])
    for pair in found["pairs"]:
        assert set(pair) == PAIR
        assert isinstance(pair["edition_gap"], bool)
    assert found["diagnoses"] == ["D80.1"]


@pytest.mark.parametrize(
    ("claim", "verdict", "of_pair"),
    [
        (["96369", "96372"], "modifier_needed", "modifier_needed"),
        (["96372", "96369"], "modifier_needed", "modifier_needed"),
        (["96369", "96372-59"], "clean", "bypassed"),
        (["96369"], "clean", None),
        (["96370"], "conflict", None),
        (["00000"], "unknown", None),
    ],
)
def test_the_verdict_of_a_claim(claim: list[str], verdict: str, of_pair: str | None):
    found = run("check", *claim, "--as-of", "2024-08-01", "--json").object
    assert found["verdict"] == verdict
    assert [pair["verdict"] for pair in found["pairs"]] == ([of_pair] if of_pair else [])


def test_claims_are_served_in_order_and_a_bad_one_costs_no_other():
    good = {"id": "a", "lines": ["96369", "96372-59"], "dx": [], "as_of": "2024-08-01", "setting": "office"}
    bad = [
        {"id": "l", "lines": "96369"},
        {"id": "n"},
        {"id": "c", "lines": ["ABC"]},
        {"id": "x", "lines": [96369]},
        {"id": "dx", "lines": ["96369"], "dx": "D80.1"},
        {"id": "s", "lines": ["96369"], "setting": "moon"},
    ]
    ran = run(
        "check", "--jsonl", stdin=lines(good, *bad, {**good, "id": 2, "dx": None, "as_of": None, "setting": None})
    )
    assert ran.code == 3
    assert [each["id"] for each in ran.objects] == ["a", "l", "n", "c", "x", "dx", "s", 2]
    assert ["error" in each for each in ran.objects] == [False, *[True] * 6, False]
    assert ran.objects[0]["verdict"] == "clean"


def test_a_line_that_is_none_is_wrong_use_and_one_line():
    ran = run("check", "ABC")
    assert ran.code == 2
    assert ran.err == "caseconsultant: claim line 'ABC': not a code with units and modifiers; write it as 96370x3-59\n"


def test_check_in_words_names_the_pair():
    out = run("check", "96369", "96372", "--as-of", "2024-08-01").out
    assert out.startswith("modifier needed\n")
    assert "- 96369/96372: NCCI pair, column two 96372, modifier indicator 1: modifier needed" in out


# --- kb


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
    assert run("eval", str(cases), "--least", "51").code == 1


def test_eval_of_a_file_that_holds_no_cases_is_wrong_use(tmp_path: Path):
    path = tmp_path / "cases.yaml"
    path.write_text("not: cases", encoding="utf-8")
    ran = run("eval", str(path))
    assert ran.code == 2
    assert "a file of cases is a list" in ran.err

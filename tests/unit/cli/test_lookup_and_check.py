"""`lookup` and `check`: the contract's keys, on a date and for any lines."""

from __future__ import annotations

import pytest
from command import run
from contract_keys import FINDING, LOOKUP, PAIR, lines


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

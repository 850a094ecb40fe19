"""`read`: every key whatever the mail; paths served in order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import run
from contract_keys import READ

MESSAGES = Path(__file__).parents[2] / "messages"


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

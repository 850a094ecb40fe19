from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_files import zipped

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.sources import member as module
from caseconsultant.kb.sources.member import Member, opened


def text_of(path: Path) -> list[list[str]]:
    with opened(path) as members:
        return [[line for batch in each.batches() for line in batch] for each in members]


def alone(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_file_by_itself_is_one_member(tmp_path: Path) -> None:
    assert text_of(alone(tmp_path / "table.txt", b"a\r\nb\r\n")) == [["a", "b"]]


def test_the_files_of_a_zip_are_members_in_the_order_of_their_names_folders_and_all(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.zip", {"x/b.txt": "2", "x/": "", "x/y/a.txt": "3", "a.txt": "1\n"})
    assert text_of(path) == [["1"], ["2"], ["3"]]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xef\xbb\xbfa", "a"),
        ("caf\u00e9".encode(), "caf\u00e9"),
        ("caf\u00e9".encode("cp1252"), "caf\u00e9"),
        (b"\x96", "\u2013"),
    ],
)
def test_byte_order_marks_and_windows_bytes_are_read(tmp_path: Path, content: bytes, line: str) -> None:
    assert text_of(alone(tmp_path / "t.txt", content)) == [[line]]


def test_comma_separated_rows_come_with_their_line_and_without_outer_spaces(tmp_path: Path) -> None:
    with opened(alone(tmp_path / "t.csv", b'a, b \r\n"x, y",z\r\n')) as (member,):
        assert list(member.rows()) == [(1, ["a", "b"]), (2, ["x, y", "z"])]


@settings(max_examples=50, deadline=None)
@given(
    lines=st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n")), min_size=1), size=st.integers(1, 9)
)
def test_lines_are_the_same_however_the_bytes_arrive(lines: list[str], size: int) -> None:
    content = "\n".join([*lines, "end"]).encode()
    member = Member(Path("t"), "", len(content), lambda: __import__("io").BytesIO(content))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNK", size)
        assert [line for batch in member.batches() for line in batch] == [*lines, "end"]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_zip_that_is_cut_short_is_refused_in_one_line(tmp_path: Path, kept: float) -> None:
    whole = zipped(tmp_path / "t.zip", {"a.txt": "x" * 5000, "b.txt": "y"}).read_bytes()
    path = alone(tmp_path / "t.zip", whole[: int(len(whole) * kept)])
    with pytest.raises(KnowledgeError, match=r"t\.zip: a zip that is damaged or cut short .*; download it again$"):
        text_of(path)


def test_a_spoilt_member_is_refused_by_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "t.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", "right")
    alone(path, path.read_bytes().replace(b"right", b"wrong"))
    with pytest.raises(KnowledgeError, match=r"t\.zip/a\.txt: damaged or cut short .*; download it again$"):
        text_of(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "t.zip", {"a.txt": b"\0" * (8 << 20)})
    with pytest.raises(KnowledgeError, match=r"a\.txt: [\d,]+ bytes that unpack to 8,388,608; .* not read$"):
        text_of(path)


def test_a_member_that_unpacks_to_more_than_it_claims_is_refused(tmp_path: Path) -> None:
    path = alone(tmp_path / "t.txt", b"x" * 100)
    member = Member(path, "", 99, lambda: path.open("rb"))
    with pytest.raises(KnowledgeError, match="more than the 99 bytes it claims"):
        list(member.batches())


def test_a_file_without_line_ends_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"a line of more than 1,048,576 bytes"):
        text_of(alone(tmp_path / "t.txt", b"x" * (3 << 20)))


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MEMBERS", 2)
    with pytest.raises(KnowledgeError, match="3 files in one zip"):
        text_of(zipped(tmp_path / "t.zip", {"a": "", "b": "", "c": ""}))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"gone\.zip: cannot be read: No such file or directory; check the path"):
        text_of(tmp_path / "gone.zip")

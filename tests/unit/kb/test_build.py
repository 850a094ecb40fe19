from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.build import KEPT, build, ensure
from caseconsultant.kb.fingerprint import POINTER
from caseconsultant.kb.store import open_store

Write = Callable[[str, str], Path]

ENSURE = """
import sys
from pathlib import Path
from caseconsultant.kb.build import ensure
print(ensure(*map(Path, sys.argv[1:])).name)
"""


def replace_in(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_file_is_named_by_the_hash_the_store_reports(knowledge_dir: Path, kb_dir: Path) -> None:
    path = build(knowledge_dir, kb_dir)
    store = open_store(path)
    assert path.name == f"authored-{store.database.content}.sqlite"
    assert store.release == store.database.content[:12]


def test_the_same_facts_give_the_same_bytes_wherever_they_stand(
    knowledge_dir: Path, kb_dir: Path, tmp_path: Path
) -> None:
    first = build(knowledge_dir, kb_dir)
    (knowledge_dir / "codes" / "infusion.yaml").rename(knowledge_dir / "codes" / "other.yaml")
    replace_in(knowledge_dir / "codes" / "other.yaml", "codes:", "# a comment\ncodes:")
    second = build(knowledge_dir, tmp_path / "elsewhere")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


def test_another_fact_gives_another_file(knowledge_dir: Path, kb_dir: Path) -> None:
    first = build(knowledge_dir, kb_dir)
    replace_in(knowledge_dir / "codes" / "infusion.yaml", "2023-12-31", "2023-12-30")
    assert build(knowledge_dir, kb_dir) != first


def test_what_has_not_changed_is_not_built_again(
    knowledge_dir: Path, kb_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ensure(knowledge_dir, kb_dir)
    monkeypatch.setattr("caseconsultant.kb.build.compile_rows", None)
    assert ensure(knowledge_dir, kb_dir) == first


def test_a_changed_file_is_built_on_the_next_use(knowledge_dir: Path, kb_dir: Path) -> None:
    first = ensure(knowledge_dir, kb_dir)
    replace_in(knowledge_dir / "codes" / "infusion.yaml", "One.", "Two.")
    os.utime(knowledge_dir / "codes" / "infusion.yaml", ns=(1, 1))
    assert ensure(knowledge_dir, kb_dir) != first


@pytest.mark.parametrize("spoil", ["not json", "{}", '{"file": "gone.sqlite", "fingerprint": "x"}', "[]"])
def test_a_spoilt_pointer_is_written_again(knowledge_dir: Path, kb_dir: Path, spoil: str) -> None:
    path = ensure(knowledge_dir, kb_dir)
    (kb_dir / POINTER).write_text(spoil, encoding="utf-8")
    assert ensure(knowledge_dir, kb_dir) == path
    assert json.loads((kb_dir / POINTER).read_text(encoding="utf-8"))["file"] == path.name


def test_a_lost_file_is_built_again(knowledge_dir: Path, kb_dir: Path) -> None:
    path = ensure(knowledge_dir, kb_dir)
    path.unlink()
    assert ensure(knowledge_dir, kb_dir) == path
    assert path.is_file()


def test_a_defective_folder_leaves_pointer_and_file_as_they_were(
    knowledge_dir: Path, kb_dir: Path, write: Write
) -> None:
    path = build(knowledge_dir, kb_dir)
    pointer = (kb_dir / POINTER).read_bytes()
    write("codes/broken.yaml", "codes: 1\n")
    with pytest.raises(KnowledgeError):
        build(knowledge_dir, kb_dir)
    assert (kb_dir / POINTER).read_bytes() == pointer
    assert open_store(path).release == path.stem.removeprefix("authored-")[:12]


def test_a_build_that_fails_while_writing_leaves_no_half_file(
    knowledge_dir: Path, kb_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caseconsultant.kb.files._sync", no_room)
    with pytest.raises(KnowledgeError, match="No space left on device"):
        build(knowledge_dir, kb_dir)
    assert [path.name for path in kb_dir.iterdir()] == ["authored.lock"]


def test_only_the_last_few_files_are_kept(knowledge_dir: Path, kb_dir: Path) -> None:
    paths = []
    for number in range(KEPT + 2):
        replace_in(knowledge_dir / "codes" / "infusion.yaml", "unit_rule: One", f"unit_rule: One {number}")
        paths.append(build(knowledge_dir, kb_dir))
    assert len(list(kb_dir.glob("authored-*.sqlite"))) == KEPT
    assert paths[-1].is_file()


def test_an_open_store_answers_after_its_file_was_replaced_and_removed(knowledge_dir: Path, kb_dir: Path) -> None:
    path = build(knowledge_dir, kb_dir)
    store = open_store(path)
    replace_in(knowledge_dir / "codes" / "infusion.yaml", "One.", "Two.")
    build(knowledge_dir, kb_dir)
    path.unlink()
    assert store.code_history("96369")[0].unit_rule == "One."


def test_processes_that_build_at_once_agree(knowledge_dir: Path, kb_dir: Path) -> None:
    command = [sys.executable, "-c", ENSURE, str(knowledge_dir), str(kb_dir)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    names = {process.communicate(timeout=60)[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(names) == 1
    assert open_store(kb_dir / names.pop()).code_history("96369")
    assert sorted(path.suffix for path in kb_dir.iterdir()) == [".json", ".lock", ".sqlite"]


@pytest.mark.parametrize("content", [b"", b"not a database, not at all", None])
def test_what_is_no_compiled_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "authored-0.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnowledgeError, match="run `kb build`"):
        open_store(path)


def test_opening_a_store_needs_neither_pydantic_nor_yaml() -> None:
    script = "import sys, caseconsultant.kb.library; print(*({'pydantic', 'yaml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""

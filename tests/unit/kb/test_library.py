from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.library import LOOK_AGAIN_AFTER, Library

Write = Callable[[str, str], Path]


class Watch:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def library(knowledge_dir: Path, kb_dir: Path, watch: Watch) -> Library:
    return Library(knowledge_dir, kb_dir, monotonic=watch)


def edit(knowledge_dir: Path, rule: str) -> None:
    path = knowledge_dir / "codes" / "infusion.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(f"    unit_rule: {rule}\n" if "unit_rule" in line else line for line in lines), "utf-8")


def test_the_same_store_is_handed_out_while_nothing_changes(library: Library, watch: Watch) -> None:
    first = library.current()
    watch.seconds += LOOK_AGAIN_AFTER
    assert library.current() is first


def test_an_edit_is_taken_up_after_a_second_and_not_before(library: Library, watch: Watch, knowledge_dir: Path) -> None:
    first = library.current()
    edit(knowledge_dir, "Two of them.")
    watch.seconds += LOOK_AGAIN_AFTER * 0.9
    assert library.current() is first
    watch.seconds += LOOK_AGAIN_AFTER * 0.1
    second = library.current()
    assert second.code_history("96369")[0].unit_rule == "Two of them."
    assert first.code_history("96369")[0].unit_rule == "One."
    assert second.release != first.release


def test_a_comment_changes_neither_store_nor_release(library: Library, watch: Watch, write: Write) -> None:
    first = library.current()
    write("codes/note.yaml", "# nothing but a comment\ncodes: []\n")
    watch.seconds += LOOK_AGAIN_AFTER
    assert library.current() is first
    assert library.defect is None


def test_a_defect_leaves_the_last_good_store_and_is_told(library: Library, watch: Watch, knowledge_dir: Path) -> None:
    first = library.current()
    edit(knowledge_dir, "[")
    watch.seconds += LOOK_AGAIN_AFTER
    assert library.current() is first
    assert library.defect is not None
    assert library.defect.startswith("knowledge/codes/infusion.yaml:9: not YAML")


def test_a_mended_defect_is_taken_up(library: Library, watch: Watch, knowledge_dir: Path) -> None:
    library.current()
    edit(knowledge_dir, "[")
    watch.seconds += LOOK_AGAIN_AFTER
    library.current()
    edit(knowledge_dir, "Mended.")
    watch.seconds += LOOK_AGAIN_AFTER
    assert library.current().code_history("96369")[0].unit_rule == "Mended."
    assert library.defect is None


def test_a_defect_with_no_store_before_it_is_an_error_each_time(library: Library, knowledge_dir: Path) -> None:
    edit(knowledge_dir, "[")
    for _ in range(2):
        with pytest.raises(KnowledgeError, match=r"knowledge/codes/infusion.yaml:9: not YAML"):
            library.current()

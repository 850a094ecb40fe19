"""`docs/replies.md` shows what the product says today."""

from __future__ import annotations

from pathlib import Path

import pytest
from shown_replies import CHECKOUT, PAGE, reply, shown

from caseconsultant.kb.build import build
from caseconsultant.kb.store import open_store

PAGE_TEXT = PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(("question", "told"), shown(PAGE_TEXT), ids=lambda text: text[:40])
def test_the_reply_shown_is_the_reply_given(question: str, told: str, tmp_path: Path) -> None:
    store = open_store(build(CHECKOUT / "knowledge", tmp_path))
    assert reply(question, store) == told, "run `python tests/support/shown_replies.py`"
    store.close()


def test_three_replies_of_different_kinds_are_shown() -> None:
    assert len(shown(PAGE_TEXT)) == 3

"""The replies shown in `docs/replies.md`, and how they are written: `python tests/support/shown_replies.py`."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

from caseconsultant.consulting.consultant import consult
from caseconsultant.drafting import compose
from caseconsultant.kb.build import build
from caseconsultant.kb.store import Store, open_store

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "docs" / "replies.md"
ON = date(2026, 11, 24)
_SHOWN = re.compile(r"^(?P<question>(?:> [^\n]*\n)+)\n```\n(?P<reply>.*?)\n```$", re.MULTILINE | re.DOTALL)


def shown(page: str) -> list[tuple[str, str]]:
    """Each question of the page with the reply that stands under it."""
    return [(_question(match["question"]), match["reply"]) for match in _SHOWN.finditer(page)]


def reply(question: str, store: Store) -> str:
    """The reply as the sender reads it, from the authored knowledge alone."""
    consultation = consult(question, knowledge=store, as_of=ON)
    return compose.answer(consultation, sources=store.source, greeting_name="Dana Ruiz").text.strip("\n")


def _question(quoted: str) -> str:
    return " ".join(line.removeprefix("> ").strip() for line in quoted.splitlines())


def main() -> None:
    """Write every reply of the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(build(CHECKOUT / "knowledge", Path(folder)))
        page = _SHOWN.sub(
            lambda match: f"{match['question']}\n```\n{reply(_question(match['question']), store)}\n```",
            PAGE.read_text(encoding="utf-8"),
        )
        store.close()
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()

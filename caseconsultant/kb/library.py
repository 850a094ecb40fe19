"""Hands out the store of the knowledge as it stands now: an edit or a load is taken up without a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.fingerprint import fingerprint, pointed_at
from caseconsultant.kb.published_layout import published_at, published_defect, published_mark
from caseconsultant.kb.store import Store, open_store

LOOK_AGAIN_AFTER = 1.0
"""Seconds between two looks at the folder."""


class Library:
    """The stores of one knowledge folder and its published tables, one after the other. Safe for threads.

    Take `current()` once and keep it for a whole answer: the store handed out never changes. A defect in the folder
    does not take the knowledge away: the store before it goes on answering, and `defect` says what to mend.
    """

    def __init__(self, knowledge_dir: Path, kb_dir: Path, *, monotonic: Callable[[], float]) -> None:
        """`monotonic` returns seconds that never run backwards."""
        self.knowledge_dir = knowledge_dir
        self.kb_dir = kb_dir
        self.defect: str | None = None
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._mark = ("", "")
        self._looked_at = 0.0

    def current(self) -> Store:
        """The store of the folder as it stood within the last second.

        Raises KnowledgeError, naming file and line, where the folder is defective and no store was there before.
        """
        with self._lock:
            now = self._monotonic()
            if self._store is None or now - self._looked_at >= LOOK_AGAIN_AFTER:
                self._looked_at = now
                self._look()
            if self._store is None:
                raise KnowledgeError(self.defect)
            return self._store

    def _look(self) -> None:
        try:
            mark = fingerprint(self.knowledge_dir), published_mark(self.kb_dir)
            if mark != self._mark:
                self._take(mark)
        except KnowledgeError as error:
            self.defect = str(error)

    def _take(self, mark: tuple[str, str]) -> None:
        if self._store is not None:
            self._mark = mark  # a defect is reported once, and looked into again when the folder changes
        path = pointed_at(self.kb_dir, mark[0]) or self._build()
        published = published_at(self.kb_dir)
        if self._store is None or _paths(self._store) != (path, published):
            self._store = open_store(path, published)
        self._mark, self.defect = mark, None if published else published_defect(self.kb_dir)

    def _build(self) -> Path:
        # Only a build needs pydantic and yaml: importing them costs more than opening a store.
        from caseconsultant.kb.build import ensure  # noqa: PLC0415

        return ensure(self.knowledge_dir, self.kb_dir)


def _paths(store: Store) -> tuple[Path, Path | None]:
    return store.database.path, store.published.path

"""Whether the compiled file still fits the folder, found out without reading or building anything."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.kb.layout import LAYOUT

POINTER = "authored.json"
NOT_COMPILED = frozenset({"questions"})
"""Folders of `knowledge/` that are no part of what answers: questions with their expected facts, for scoring."""


def knowledge_files(folder: Path) -> list[Path]:
    """The YAML files that are compiled, in order of their names; raises KnowledgeError where the folder is missing."""
    if not folder.is_dir():
        raise KnowledgeError(f"{folder}: no such knowledge folder; set CASECONSULTANT_KNOWLEDGE_DIR to one")
    found = (path for path in folder.rglob("*.yaml") if path.relative_to(folder).parts[0] not in NOT_COMPILED)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def fingerprint(knowledge_dir: Path) -> str:
    """A cheap mark of the folder: its place, and the names, sizes and times of its files."""
    digest = hashlib.sha256(f"{LAYOUT}\0{knowledge_dir.resolve()}".encode())
    for path in knowledge_files(knowledge_dir):
        digest.update(f"\0{path.relative_to(knowledge_dir).as_posix()}\0{_size_and_time(path)}".encode())
    return digest.hexdigest()


def _size_and_time(path: Path) -> str:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return "gone"  # an editor is just replacing it; the next look sees it again
    return f"{stat.st_size}\0{stat.st_mtime_ns}"


def pointed_at(kb_dir: Path, mark: str) -> Path | None:
    """The file the pointer names, if it was built from a folder with this mark and is still there."""
    try:
        pointer = json.loads((kb_dir / POINTER).read_text(encoding="utf-8"))
        path = kb_dir / str(pointer["file"])
        return path if pointer["fingerprint"] == mark and path.is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None

"""Files that appear whole or not at all, one writer at a time."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one process writes at a time; the lock ends with the process that holds it."""
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def written_apart(folder: Path, prefix: str) -> Iterator[Path]:
    """A path to write to beside the one in use; it is gone afterwards unless it was put in place."""
    handle, name = tempfile.mkstemp(prefix=f".{prefix}-", suffix=".part", dir=folder)
    os.close(handle)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def put_in_place(part: Path, path: Path) -> None:
    """Sync what was written and give it its name, in one step."""
    _sync(part)
    part.chmod(0o644)
    part.replace(path)
    _sync(path.parent)


def replace(path: Path, content: bytes) -> None:
    """Swap the file's content in one step."""
    with written_apart(path.parent, path.name) as part:
        part.write_bytes(content)
        put_in_place(part, path)


def prune(folder: Path, pattern: str, *, keep: Path, others: int) -> None:
    """Remove the files of the pattern but `keep` and the newest `others`."""
    built = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in [path for path in built if path != keep][others:]:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

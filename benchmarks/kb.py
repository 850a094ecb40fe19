"""Loading and asking the published PTP table, beside a floor measured in the same run.

The floor is the least that anybody would write: the zip read line by line and split, into a plain SQLite table without
rowid, and look-ups by its primary key. The folder with the published files is named in CASECONSULTANT_CMS_DIR, else it
is `../shared/cms` beside the checkout.
"""

from __future__ import annotations

import io
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from caseconsultant.kb.numbers import code_number
from caseconsultant.kb.packaged import packaged_files
from caseconsultant.kb.published import load
from caseconsultant.kb.published_tables import PublishedTables

_FILE = "ccipra-v302r0.zip"
_SOURCE = "ncci-ptp-practitioner"
_DAY = date(2024, 8, 1)
_HEADER_LINES = 5
_LOOK_UPS = 20_000
_OPENINGS = 50
_PEAK = (
    "import re, sys; from pathlib import Path; from caseconsultant.kb.published import load; "
    "load([Path(name) for name in sys.argv[2:]], Path(sys.argv[1])); "
    "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024)"
)
_IMPORT = "import time; t = time.perf_counter(); import caseconsultant.kb.library; print(time.perf_counter() - t)"

Pair = tuple[str, str]


def main() -> None:
    """Print each figure beside its floor and its limit."""
    tables = Path(os.environ.get("CASECONSULTANT_CMS_DIR") or Path(__file__).resolve().parents[2] / "shared" / "cms")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        floor, ours = folder / "floor.sqlite", folder / "kb"
        floor_loading = _timed(lambda: _load_floor(tables / _FILE, floor))
        loading = _timed(lambda: load([tables / _FILE], ours))
        published = PublishedTables(next(ours.glob("published-*.sqlite")))
        _print("loading the practitioner PTP table, s", loading, floor_loading, 2)
        _print("size of its file, MB", _megabytes(published.database.path), _megabytes(floor), 1)
        _compare_look_ups(floor, published)
        opening = statistics.median(_timed(lambda: _open(published.database.path)) for _ in range(_OPENINGS))
        print(f"{'opening the file, ms':<42} {opening * 1000:9.2f}   limit 5")
        importing = statistics.median(_said([sys.executable, "-c", _IMPORT]) for _ in range(5))
        print(f"{'importing the library, ms':<42} {importing * 1000:9.1f}   limit 100")
        files = [str(path) for path in (*sorted(_published(tables)), *packaged_files())]
        began = time.perf_counter()
        peak = _said([sys.executable, "-c", _PEAK, str(folder / "all"), *files])
        print(f"{f'loading all {len(files)} files, s':<42} {time.perf_counter() - began:9.2f}   limit 60")
        print(f"{'memory at its peak, MB':<42} {peak:9.1f}   limit 1024")


def _published(tables: Path) -> Iterator[Path]:
    return (path for path in tables.iterdir() if path.suffix in {".zip", ".xlsx"})


def _load_floor(path: Path, target: Path) -> None:
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.execute(
        "CREATE TABLE ptp (one TEXT, two TEXT, start TEXT, until TEXT, indicator TEXT, "
        "PRIMARY KEY (one, two, start, indicator)) WITHOUT ROWID"
    )
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with archive.open(name) as raw:
                lines = io.TextIOWrapper(raw, encoding="cp1252")
                for _ in range(_HEADER_LINES):
                    next(lines)
                rows = (line.split("\t") for line in lines)
                connection.executemany(
                    "INSERT OR IGNORE INTO ptp VALUES (?, ?, ?, ?, ?)", ((r[0], r[1], r[3], r[4], r[5]) for r in rows)
                )
    connection.execute("COMMIT")
    connection.close()


def _compare_look_ups(floor: Path, published: PublishedTables) -> None:
    connection = sqlite3.connect(f"file:{floor}?mode=ro&immutable=1", uri=True)
    pairs = _some_pairs(connection)
    sql = "SELECT start, until, indicator FROM ptp WHERE one = ? AND two = ?"
    ordered = "SELECT start, until, indicator FROM ptp WHERE edition = 1 AND one = ? AND two = ?"
    floor_rows = _each(pairs, lambda pair: connection.execute(sql, pair).fetchall())
    rows = _each(pairs, lambda pair: published.database.rows(ordered, code_number(pair[0]), code_number(pair[1])))
    records = _each(pairs, lambda pair: published.edits.ptp_edit(_SOURCE, *pair, _DAY))
    connection.close()
    for what, ours in (("rows of an ordered pair", rows), ("record in force, either order", records)):
        _print(f"{what}, median, us", _micro(ours, 0.5), _micro(floor_rows, 0.5), 1.5)
        _print(f"{what}, p99, us", _micro(ours, 0.99), _micro(floor_rows, 0.99), None)


def _each(pairs: list[Pair], run: Callable[[Pair], object]) -> list[float]:
    """Seconds for each pair, after a round that brings the pages in."""
    for pair in pairs:
        run(pair)
    return [_timed(lambda pair=pair: run(pair)) for pair in pairs]


def _some_pairs(connection: sqlite3.Connection) -> list[Pair]:
    rows = connection.execute("SELECT one, two FROM ptp WHERE until = '*'").fetchall()
    return random.Random(96365).sample(rows, _LOOK_UPS)  # noqa: S311  # the same sample in every run


def _open(path: Path) -> None:
    PublishedTables(path).close()


def _print(what: str, ours: float, floor: float, limit: float | None) -> None:
    told = f"limit {limit}" if limit else "reported only"
    print(f"{what:<42} {ours:9.2f}   floor {floor:9.2f}   ratio {ours / floor:5.2f}   {told}")


def _micro(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))] * 1e6


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def _said(command: list[str]) -> float:
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

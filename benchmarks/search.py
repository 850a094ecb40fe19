"""Recall of the search: how often a right code stands first, among the first five, among the first ten.

The phrases in `search_phrases.yaml` were written apart from the search and without looking at the wording of the codes.
Those at even places were looked at while the search was made, those at odd places were not: both are told. The folder
with the published files is named in CASECONSULTANT_CMS_DIR, else it is `../shared/cms` beside the checkout.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from caseconsultant.domain.codes import CodeSystem
from caseconsultant.kb.build import build
from caseconsultant.kb.packaged import packaged_files
from caseconsultant.kb.published import load
from caseconsultant.kb.store import Store, open_store

_HERE = Path(__file__).resolve().parent
_FILES = ("cms_2026_dx.zip", "hcpcs_2025q4.zip", "asp_2026q1.zip")
_DAY = date(2026, 8, 1)
_SYSTEMS = {"icd10cm": CodeSystem.ICD10CM, "hcpcs": CodeSystem.HCPCS, "cpt": CodeSystem.CPT}
_FIRST = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Tried:
    """A phrase, the place of the first right code (None: not among ten), and the seconds it took."""

    words: str
    system: str
    place: int | None
    seconds: float
    even: bool


def main() -> None:
    """Print recall by system and half; with `-v` every phrase that was missed."""
    with tempfile.TemporaryDirectory() as name:
        store = _store(Path(name))
        tried = list(_tried(store))
    for system in (*_SYSTEMS, None):
        for even, half in ((True, "seen"), (False, "unseen")):
            _print(
                system or "all", half, [each for each in tried if system in (each.system, None) and each.even == even]
            )
    _print("all", "both", tried)
    times = sorted(each.seconds * 1000 for each in tried)
    print(f"time, ms: median {statistics.median(times):.1f}, 95th percentile {times[int(0.95 * len(times))]:.1f}")
    if "-v" in sys.argv:
        for each in tried:
            if each.even and each.place != 1:
                print(f"{each.place or 'not found'!s:<10} {each.system:<8} {each.words}")


def _store(folder: Path) -> Store:
    tables = Path(os.environ.get("CASECONSULTANT_CMS_DIR") or _HERE.parents[1] / "shared" / "cms")
    report = load([*(tables / each for each in _FILES), *packaged_files()], folder)
    return open_store(build(_HERE.parent / "knowledge", folder), report.path)


def _tried(store: Store) -> list[Tried]:
    phrases = yaml.safe_load((_HERE / "search_phrases.yaml").read_text(encoding="utf-8"))["phrases"]
    found = []
    for number, phrase in enumerate(phrases):
        began = time.perf_counter()
        hits = store.search(phrase["words"], on=_DAY, system=_SYSTEMS[phrase["system"]])
        seconds = time.perf_counter() - began
        wanted = set(map(str, phrase["codes"]))
        place = next((at for at, hit in enumerate(hits, 1) if hit.code in wanted), None)
        found.append(Tried(phrase["words"], phrase["system"], place, seconds, number % 2 == 0))
    return found


def _print(system: str, half: str, tried: Sequence[Tried]) -> None:
    shares = (
        sum(each.place is not None and each.place <= first for each in tried) / max(len(tried), 1) for first in _FIRST
    )
    told = "   ".join(f"recall@{first} {share:.2f}" for first, share in zip(_FIRST, shares, strict=True))
    print(f"{system:<8} {half:<7} {len(tried):>4} phrases   {told}")


if __name__ == "__main__":
    main()

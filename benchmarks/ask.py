"""How long an answer takes: warm in one process, and as a command from a cold shell beside Python's own start."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from caseconsultant.cli.in_force import knowledge_in_force
from caseconsultant.consulting.consultant import consult
from caseconsultant.drafting import compose
from caseconsultant.kb.build import ensure
from caseconsultant.kb.store import open_store
from caseconsultant.settings import given

_QUESTIONS = (
    (
        "Patient had a subcutaneous immunoglobulin infusion for 3 hours 20 minutes in the office. "
        "Can we bill 96369 and 96370 x2 with 96372 the same day? Which modifier? Medicare."
    ),
    "Zofran push and 95 minutes of vancomycin, 96365 and 96375? Outpatient hospital.",
    "96360 for 25 minutes, how many units?",
    "99211 with 96372 same day, BCBS",
)
_ROUNDS = 200
_COLD_ROUNDS = 5


def main() -> None:
    """Print medians."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(ensure(given().knowledge, Path(folder)))
        on = date(2026, 11, 23)
        answering = [_median(lambda text=text: consult(text, knowledge=store, as_of=on)) for text in _QUESTIONS]
        drafting = [
            _median(
                lambda text=text: compose.answer(
                    consult(text, knowledge=store, as_of=on), sources=store.source, greeting_name=None
                )
            )
            for text in _QUESTIONS
        ]
        store.close()
    examined, slowest = _examination()
    print(f"ask, examination     median {examined * 1000:6.2f} ms, 99th percentile {slowest * 1000:6.2f} ms")
    print(f"ask, warm            median {max(answering) * 1000:6.2f} ms for the slowest of {len(_QUESTIONS)} questions")
    print(f"ask and draft, warm  median {max(drafting) * 1000:6.2f} ms")
    command = [sys.executable, "-m", "caseconsultant", "ask", _QUESTIONS[0], "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # the knowledge is built on first use
    print(f"ask, cold shell      median {_cold(command):6.2f} s")
    print(f"python, cold shell   median {_cold([sys.executable, '-c', 'pass']):6.2f} s")


def _examination() -> tuple[float, float]:
    """Every question of the examination twice with what `kb load` has loaded; the second time counts."""
    folder = Path(__file__).resolve().parents[1] / "knowledge" / "questions" / "types"
    cases = [case for path in sorted(folder.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
    on = date(2026, 11, 23)
    with knowledge_in_force() as store:
        for case in cases:
            consult(case["question"], knowledge=store, as_of=on)
        took = sorted(_timed(lambda text=case["question"]: consult(text, knowledge=store, as_of=on)) for case in cases)
    return statistics.median(took), took[int(len(took) * 0.99)]


def _median(run: Callable[[], object]) -> float:
    run()
    return statistics.median(_timed(run) for _ in range(_ROUNDS))


def _cold(command: list[str]) -> float:
    run = lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: E731
    return statistics.median(_timed(run) for _ in range(_COLD_ROUNDS))


def _timed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

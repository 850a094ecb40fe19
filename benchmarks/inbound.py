"""Milliseconds to read one mail: ours (parsed and judged) beside plain `email.message_from_bytes`, in one run.

The mails are those of `tests/messages`, the small ones. `python benchmarks/inbound.py [--rounds 3]`; the aim is a
median under 3 ms.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from caseconsultant.parsing import parse, question_text, redact

MESSAGES = Path(__file__).parents[1] / "tests" / "messages"
_ORDINARY = 100_000
_AIM = 3.0


def plain(raw: bytes) -> object:
    """What the standard library alone gives: a tree, its subject and its best body."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    try:
        body = message.get_body(("plain", "html"))
        return message["Subject"], body.get_content() if body else ""
    except Exception:  # noqa: BLE001 - it raises on some of these; that is counted as read
        return None


def screened(raw: bytes) -> object:
    """Parsed, judged, its question put together and redacted."""
    return redact(question_text(parse(raw)))


def milliseconds(read: Callable[[bytes], object], mails: list[bytes], rounds: int) -> list[float]:
    """The best time of each mail over the rounds."""
    best = [float("inf")] * len(mails)
    for _ in range(rounds):
        for number, raw in enumerate(mails):
            began = time.perf_counter()
            read(raw)
            best[number] = min(best[number], (time.perf_counter() - began) * 1000)
    return best


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    mails = [raw for path in sorted(MESSAGES.rglob("*.eml")) if len(raw := path.read_bytes()) <= _ORDINARY]
    print(f"{len(mails)} mails, {given.rounds} rounds; milliseconds a mail")
    for name, read in (("email", plain), ("parse", parse), ("parse, question, redacted", screened)):
        times = sorted(milliseconds(read, mails, given.rounds))
        median, most = statistics.median(times), times[int(len(times) * 0.99)]
        print(f"{name:26} median {median:6.2f}   99th {most:7.2f}   slowest {times[-1]:7.2f}")
    print(f"aim: median under {_AIM} ms")


if __name__ == "__main__":
    main()

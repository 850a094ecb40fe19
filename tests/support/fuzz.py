"""Odd mails by the thousand, made out of the good ones: bytes flipped, cut, spliced, fields doubled and so on.

`python tests/support/fuzz.py --count 20000 [--seed 1]`; prints what failed and the slowest. A failure is an exception,
the catch-all of `parse` having to step in, a second and more for one mail, or memory out of proportion.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from caseconsultant.parsing import parse, parsed_object, question_text

MESSAGES = Path(__file__).parents[1] / "messages"
MOST_SECONDS = 1.0
MOST_MEGABYTES = 700
CATCH_ALLS = ("not read:", "parts not read:", "structure not read:")
_CHARSETS = [
    b"utf-8",
    b"utf-16",
    b"utf-7",
    b"iso-2022-jp",
    b"hz-gb-2312",
    b"koi8-r",
    b"x-none",
    b"unicode_escape",
    b"rot13",
    b"\xff",
]
_FIELDS = [
    b"Content-Transfer-Encoding: base64",
    b"Content-Transfer-Encoding: x-uuencode",
    b'Content-Type: multipart/alternative; boundary="=_b"',
    b"Content-Type: message/delivery-status",
    b"Content-Type: message/rfc822",
    b"Content-Type: text/html; charset*0*=utf-16''%00; charset*1=x",
    b"Content-Disposition: attachment; filename*=utf-8''%ff%fe.pdf",
    b'From: "a\\" <<<@>>, ;: (((((',
    b"Subject: =?utf-16?B?//8=?= =?x?Q?=ZZ?=",
    b"Date: Fri, 99 Foo 99999999999 99:99 +999999",
]
_JUNK = [
    b"<div>" * 300,
    b"> " * 500,
    b"On Mon, Mar 4, 2024 at 8:00 AM a <a@b.c> wrote:\n" * 40,
    b"\r" * 200,
    b"--\n" * 100,
    b"\0" * 50,
    b"=?utf-8?q?" * 50,
    b"From: a\nTo: b\nSubject: c\n" * 60,
    b"-----Original Message-----\n" * 60,
    b"<" * 2000,
    b"@" * 500,
    b"begin 644 a\n" * 50,
    b"=ybegin name=a\n" * 50,
    b"(" * 500,
    b"a." * 1000,
    b"&#x110000;&bogus;" * 50,
    b"_" * 3000,
    b"<table><tr><td>" * 60,
    b"\xe2\x80\xaa" * 200,
]

Mutation = Callable[[random.Random, bytes, list[bytes]], bytes]


def _flip(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    changed = bytearray(raw)
    for _number in range(chance.randint(1, 30)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    start, end = sorted(chance.randrange(len(raw) + 1) for _number in range(2))
    return raw[:start] + raw[end:] if chance.random() < 0.5 else raw[start:end]


def _splice(chance: random.Random, raw: bytes, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    start = chance.randrange(len(other) + 1)
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + other[start : start + chance.randint(1, 2000)] + raw[at:]


def _stuff(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(_JUNK) + raw[at:]


def _double_fields(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    lines = raw.split(b"\n")
    chosen = [chance.choice(lines[:20]), chance.choice(_FIELDS)]
    chance.shuffle(chosen)
    return b"\n".join(chosen + lines)


def _boundary(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    return raw.replace(b"boundary=", chance.choice([b"boundary=x", b"bounday=", b'boundary="', b"boundary*0="]), 1)


def _charset(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    return raw.replace(b"utf-8", chance.choice(_CHARSETS)).replace(b"UTF-8", chance.choice(_CHARSETS))


def _line_ends(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    return raw.replace(b"\n", chance.choice([b"\r", b"\r\n", b"\n\n", b"\n\r", b"\n "]))


def _nest(chance: random.Random, raw: bytes, _: list[bytes]) -> bytes:
    for _number in range(chance.randint(1, 5)):
        raw = (
            b"Content-Type: "
            + chance.choice([b"message/rfc822", b"multipart/mixed; boundary=zz\n\n--zz"])
            + b"\n\n"
            + raw
        )
    return raw


MUTATIONS: list[Mutation] = [_flip, _cut, _splice, _stuff, _double_fields, _boundary, _charset, _line_ends, _nest]


def corpus() -> list[bytes]:
    """Returns every mail of tests/messages that is not large."""
    found = [path.read_bytes() for path in sorted(MESSAGES.rglob("*.eml"))]
    return [raw for raw in found if raw and len(raw) < 100_000]


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """Yields that many odd mails, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    seeds = corpus()
    for _ in range(count):
        raw = chance.choice(seeds)
        for mutation in chance.choices(MUTATIONS, k=chance.randint(1, 4)):
            raw = mutation(chance, raw, seeds)
        yield raw


def failure(raw: bytes) -> tuple[str | None, float]:
    """Returns what went wrong with a mail (None: nothing), and the seconds it took."""
    began = time.process_time()
    try:
        mail = parse(raw)
        json.dumps(parsed_object(mail, path=None)).encode()
        question_text(mail).encode()
    except Exception as error:  # noqa: BLE001 - any is a failure
        return f"raised {type(error).__name__}: {error}", time.process_time() - began
    seconds = time.process_time() - began
    caught = next((defect for defect in mail.defects if defect.startswith(CATCH_ALLS)), None)
    return caught or (f"{seconds:.2f} s" if seconds > MOST_SECONDS else None), seconds


def main() -> int:
    """Run, print and keep what failed."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--count", type=int, default=5_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path, help="a folder for the mails that failed")
    given = arguments.parse_args()
    failed, slowest = 0, 0.0
    for number, raw in enumerate(mutants(given.count, given.seed)):
        wrong, seconds = failure(raw)
        slowest = max(slowest, seconds)
        if wrong:
            failed += 1
            print(number, wrong, flush=True)  # noqa: T201 - a script
            if given.keep:
                given.keep.mkdir(exist_ok=True)
                (given.keep / f"{given.seed}-{number}.eml").write_bytes(raw)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{given.count} mails, {failed} failed, slowest {slowest:.3f} s, at most {memory:.0f} MB")  # noqa: T201
    return 1 if failed or memory > MOST_MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main())

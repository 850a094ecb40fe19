"""Patient identifiers out of a text, typed tokens in: the identifiers of 45 CFR 164.514(b)(2) that mail carries.

A code must survive: a pattern takes digits only beside a label that names them, or in a shape no code has.
Dates of service, admission and discharge, times, units, doses and amounts stay, and ages under 90: 164.514(b)(2)(i)(C)
names the ages over 89 only. It names admissions and discharges too, but the claim in question is coded by them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from caseconsultant.domain.message import Redaction
from caseconsultant.parsing import columns, cues, identifiers, persons
from caseconsultant.parsing.names import has_common_word
from caseconsultant.parsing.telephones import telephones

Span = tuple[int, int, str]

SENDER = "sender"
_MAX_ROUNDS = 6
_SHORTEST = 2
_KINDS = sorted({kind for kind, *_ in identifiers.RULES} | {"name", SENDER})
_TOKEN = re.compile(r"\[(?:" + "|".join(map(re.escape, _KINDS)) + r")\]")


def redact(text: str, *, names: Sequence[str] = ()) -> Redaction:
    """Returns the text with a typed token such as `[MRN]` for each identifier, and how many of each were taken out.

    `names` are the sender's own, which become `[sender]` wherever they stand and are counted apart. A second run
    changes nothing.
    """
    counts: Counter[str] = Counter()
    text = _replaced(text, _of_sender(text, names), counts)
    for _ in range(_MAX_ROUNDS):
        before = text
        text = _one_round(text, counts)
        if text == before:
            break
    return Redaction(text, dict(counts))


def patient_identifiers(counts: Mapping[str, int]) -> bool:
    """Whether any of what was taken out (`Redaction.counts`) may be a patient's: all but the sender's own name."""
    return any(number for kind, number in counts.items() if kind != SENDER)


def _one_round(text: str, counts: Counter[str]) -> str:
    text = _replaced(text, columns.cells(text), counts)
    low = cues.small(text)
    for rule in identifiers.RULES:
        clean = _replaced(text, _matches(text, low, rule), counts)
        text, low = (clean, low) if clean is text else (clean, cues.small(clean))
    text = _replaced(text, ((start, end, "telephone") for start, end in telephones(text)), counts)
    return _replaced(text, _names(text), counts)


def _matches(text: str, low: str, rule: identifiers.Rule) -> Iterable[Span]:
    kind, needs, pattern, accept = rule
    for match in cues.matches(pattern, text, low, needs):
        if accept is None or accept(match["value"]):
            yield *match.span("value"), kind


def _names(text: str) -> Iterable[Span]:
    found = list(persons.spans(text))
    return [(start, end, "name") for start, end in (*found, *persons.repeats(text, found))]


def _of_sender(text: str, given: Sequence[str]) -> Iterable[Span]:
    wanted = sorted({form for name in given for form in _forms(name)}, key=len, reverse=True)
    if not wanted:
        return
    either = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in wanted)
    for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE):
        yield *match.span(), SENDER


def _forms(name: str) -> Iterable[str]:
    """The ways a person's name is written; a desk's (Coding, Lakeside Billing) is none of a person."""
    before, _, after = (part.strip() for part in name.partition(","))
    if len(before) < _SHORTEST or has_common_word(before.split()):
        return
    yield name.strip()
    if after:
        yield before if " " in before else f"{after} {before}"  # "Dana Ruiz, CPC" or "Ruiz, Dana"


def _replaced(text: str, spans: Iterable[Span], counts: Counter[str]) -> str:
    """The text with a token for each span; of two that overlap, the first and longer. Tokens are left alone."""
    wanted = sorted(spans, key=lambda span: (span[0], -span[1]))
    if not wanted:
        return text
    parts, done = [], 0
    closed = [token.span() for token in _TOKEN.finditer(text)]
    for start, end, kind in wanted:
        if start < done or end <= start or _touches(closed, start, end):
            continue
        parts += [text[done:start], f"[{kind}]"]
        counts[kind] += 1
        done = end
    return "".join((*parts, text[done:]))


def _touches(closed: list[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_left(closed, (start, start))
    return any(left < end and start < right for left, right in closed[max(0, place - 1) : place + 1])

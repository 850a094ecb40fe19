"""Denial codes as a text writes them: group and reason (`CO-97`, `PR 204`, `reason 50`), and remarks (`N362`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseconsultant.domain.codes import Span

_NO_COUNT = r"(?!\s?(?:min|hours?|%|mg|ml|years?|days?|units?|times|claims?|lines?|of\b|\.\d|/))"
_REASON = re.compile(
    rf"\b(?P<group>CO|PR|OA|PI)\s?[-\u2013#:*]?\s?(?P<reason>\d{{1,3}}|[AB]\d{{1,2}})\b{_NO_COUNT}"
    rf"|\b(?:carc|(?:denial|reason|adjustment)(?:\s(?:reason|code))*)\s?[#:]?\s?(?P<named>\d{{1,3}}|[AB]\d{{1,2}})\b{_NO_COUNT}"
    rf"|\b(?:denied|denial|denies|rejected)\s(?:it\s|them\s|again\s)?(?:as\s|for\s|with\s|w/\s?|code\s|reason\s|a\s)?(?P<denied>\d{{1,3}})\b{_NO_COUNT}"
    r"(?=\s?(?:[,;:.?!)(\n]|$|on\b|and\b|but\b|bundl|inclusive|what|why|with\b|when\b))"
    r"|\b(?P<bare>B(?:7|9|15|16|20))\b(?!\.\w)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\b(?P<remark>MA?\d{2,3}|N\d{2,3})\b(?!\.\w)", re.IGNORECASE)
_REMARK_ON = re.compile(r"\b(?P<remark>MA\d{2,3}|N\d{3})\b(?=\s(?:on|for)\s(?:\w{1,6}\s){0,2}\d{5})", re.IGNORECASE)
_ADJUSTMENT = re.compile(
    r"\bCAS\*(?P<group>CO|PR|OA|PI)(?P<triples>(?:\*[A-Z0-9]{1,3}\*-?[\d.]{1,12}(?:\*\d{0,4})?){1,6})", re.IGNORECASE
)
_TRIPLE = re.compile(r"\*(?P<reason>[A-Z0-9]{1,3})\*-?[\d.]{1,12}(?:\*\d{0,4})?")
"""A CAS segment of the 835: group, then reason, amount and quantity, up to six times."""
_DENIED = re.compile(
    r"\bden(?:y|ied|ial|ials|ies)\b|\bremit\w*\b|\bremark\b|\beob\b|\bera\b|\brarc\b|\bcarc\b|\breject\w*\b|"
    r"\breason code\b|"
    r"\b(?:CO|PR|OA)\s?[-*]?\s?\d|\blq\*he\b",
    re.IGNORECASE,
)
_HIV = "B20"
"""A reason of the remittance, and the diagnosis of HIV disease: a reason only where the text speaks of a denial."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A code of the remittance. `group` is CO, PR, OA or PI where it stands before a reason; a remark has none."""

    code: str
    group: str | None
    remark: bool
    span: Span


def denials(text: str) -> tuple[Denial, ...]:
    """The denial codes of a text, each once, in their order. Never raises."""
    told = _DENIED.search(text) is not None
    found = [_reason(match) for match in _REASON.finditer(text) if told or match["bare"] != _HIV]
    found += [each for match in _ADJUSTMENT.finditer(text) for each in _of_segment(match)]
    if told:
        found += [_remark(match) for match in _REMARK.finditer(text)]
    else:
        found += [_remark(match) for match in _REMARK_ON.finditer(text)]
    first: dict[str, Denial] = {}
    for each in sorted(found, key=lambda each: each.span.start):
        first.setdefault(each.code, each)
    return tuple(first.values())


def _of_segment(match: re.Match[str]) -> Iterator[Denial]:
    for triple in _TRIPLE.finditer(match["triples"]):
        start = match.start("triples") + triple.start("reason")
        code = triple["reason"].upper().lstrip("0") or "0"
        yield Denial(code, match["group"].upper(), remark=False, span=Span(start, start + len(triple["reason"])))


def _remark(match: re.Match[str]) -> Denial:
    return Denial(match["remark"].upper(), None, remark=True, span=Span(*match.span()))


def _reason(match: re.Match[str]) -> Denial:
    code = match["reason"] or match["named"] or match["denied"] or match["bare"]
    group = match["group"].upper() if match["group"] else None
    return Denial(code.upper().lstrip("0") or "0", group, remark=False, span=Span(*match.span()))

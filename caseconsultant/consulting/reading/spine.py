"""A spinal injection as told: kind, region, levels, sides, imaging, whose claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from caseconsultant.consulting.reading.billing import facility_bills, proposed, told_text
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question


class Injection(StrEnum):
    """The kinds the fee schedule knows."""

    FACET = "facet"
    ABLATION = "ablation"
    TRANSFORAMINAL = "transforaminal"
    INTERLAMINAR = "interlaminar"
    SACROILIAC = "sacroiliac"


_KINDS = (
    (Injection.SACROILIAC, r"\bsi joint\w*|\bsacro-?iliac\b|\bsij\b|\b27096\b|\bG0260\b"),
    (
        Injection.ABLATION,
        r"\brf(?:a|tc)?\b|\bradio-?frequency\b|\bablat\w+|\bneurotom\w+|\bdenervat\w+|\brhizotom\w+|\b6463[3-6]\b",
    ),
    (
        Injection.TRANSFORAMINAL,
        r"\btrans-?foraminal\w*|\btfesi\w*|\btf esi\b|\bselective nerve root\w*|\bsnrb\b|\b644(?:79|80|83|84)\b",
    ),
    (Injection.FACET, r"\bfacets?\b|\bmedial branch\w*|\bmbb\w*|\bzygapophys\w+|\bz-?joints?\b|\b6449[0-5]\b"),
    (
        Injection.INTERLAMINAR,
        (
            r"\binter-?laminar\b|\bepidural (?:steroid|injection)\w*|\b(?:l|c|t)?esi\b|\bcaudal\b|"
            r"\b6232[0-7]\b|\b6231[01]\b"
        ),
    ),
)
_REGION = (
    (
        "cervical_thoracic",
        (
            r"\bcervical\b|\bthoracic\b|\bneck\b|\b[CT]\d{1,2}\b|\b6449[0-2]\b|\b6463[34]\b|\b64479\b|"
            r"\b64480\b|\b6232[01]\b|\b62310\b"
        ),
    ),
    (
        "lumbar_sacral",
        (
            r"\blumbar\b|\bsacral\b|\blumbosacral\b|\blow back\b|\bcaudal\b|\b[LS]\d\b|\b6449[3-5]\b|"
            r"\b6463[56]\b|\b6448[34]\b|\b6232[23]\b|\b62311\b"
        ),
    ),
)
_NUMBERS = {"one": 1, "a single": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_COUNTED = re.compile(
    r"\b(?P<count>one|single|two|three|four|five|[1-5])[\s-](?:\w{1,12}[\s-]){0,2}(?:levels?|joints?|facets?)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(
    r"\b(?P<letter>[CTL])(?P<first>\d{1,2})\s?[-/]\s?(?P<next>[CTLS])?(?P<second>\d{1,2})\b", re.IGNORECASE
)
_CHAIN = re.compile(r"\b(?P<chain>[CTL]\d(?:[-/](?:[CTLS])?\d){2,4})\b", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?P<from>[LCT]\d{1,2})\s?(?:-|\u2013|to|through|thru)\s?(?P<to>[LCTS]?\d{1,2})\b", re.IGNORECASE
)
"""`L3-S1`: every joint between; `L4-5` is one."""
_VERTEBRAE = (*(f"C{n}" for n in range(1, 8)), *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)), "S1")
_NERVES = re.compile(r"\bbranch\w*|\bnerves?\b|\bmbb\w*", re.IGNORECASE)
_SINGLE = re.compile(r"\b(?P<letter>[CTLS])(?P<number>\d{1,2})\b", re.IGNORECASE)
_BOTH = re.compile(
    r"\bbilateral\w*|\bboth sides\b|\bleft and right\b|\bright and left\b|\bb/l\b|\bbilat\b|-50\b|\bbi-?lat\b",
    re.IGNORECASE,
)
_RIGHT, _LEFT = (
    re.compile(r"\bright\b|\brt\b|-RT\b", re.IGNORECASE),
    re.compile(r"\bleft\b|\blt\b|-LT\b", re.IGNORECASE),
)
_IMAGING = re.compile(
    (
        r"\bfluoro\w*|\bc-?arm\b|\bct[\s-]guid\w+|\bimag\w+ guid\w+|\bx-?ray guid\w+|\b77003\b|"
        r"\b77012\b|\bunder (?:ct|imaging)\b|\bguidance\b"
    ),
    re.IGNORECASE,
)
_NO_IMAGING = re.compile(
    r"\b(?:without|no) (?:fluoro\w*|imaging|guidance|image)\b|\bblind(?:ly)?\b|\bultrasound\b|\b76942\b", re.IGNORECASE
)
_SURGERY = re.compile(r"\bfusion\b|\blaminectom\w+|\bdiscectom\w+|\b22\d{3}\b|\b630\d\d\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spinal:
    """What the words tell. `levels` counts joints, and is None where none are told; `sides` too."""

    kind: Injection
    region: str | None
    levels: int | None
    sides: str | None
    """`both`, `right` or `left`."""
    imaging: bool | None
    facility_claim: bool | None
    nerves: tuple[str, ...]
    joints: tuple[str, ...]


def spinal(question: Question) -> Spinal | None:
    """The injection, None where none of the spine is told of."""
    text = told_text(question)
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, text, re.IGNORECASE)), None)
    if kind is None or (_SURGERY.search(text) and not proposed(question)):
        return None
    if kind is Injection.ABLATION and not re.search(
        r"\bfacet|\bmedial branch|\bspin|\blumbar|\bcervical|\b6463|\b[CL]\d\b|\bjoint", text, re.IGNORECASE
    ):
        return None
    regions = [name for name, pattern in _REGION if re.search(pattern, text, re.IGNORECASE if "6" not in name else 0)]
    joints, nerves = _levels(text)
    if kind is Injection.TRANSFORAMINAL and not joints:
        joints, nerves = tuple(dict.fromkeys(each.group().upper() for each in _SINGLE.finditer(text))), ()
    facility = True if "G0260" in proposed(question) else facility_bills(question)
    if facility is None and question.setting is Setting.OUTPATIENT_HOSPITAL and kind is Injection.SACROILIAC:
        facility = None
    imaging = None
    if _NO_IMAGING.search(text):
        imaging = False
    elif _IMAGING.search(text):
        imaging = True
    return Spinal(
        kind,
        regions[0] if len(regions) == 1 else None,
        _count(text, joints, nerves),
        _sides(text),
        imaging,
        facility,
        nerves,
        joints,
    )


def _levels(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Joints by both their vertebrae; single nerves where nerves are spoken of."""
    joints = []
    for chain in _CHAIN.finditer(text):
        numbers = re.findall(r"\d", chain["chain"])
        joints += [f"{chain['chain'][0].upper()}{first}-{second}" for first, second in pairwise(numbers)]
    rest = _CHAIN.sub(" ", text)
    for match in _RANGE.finditer(rest):
        if between := _between(match["from"].upper(), match["to"].upper()):
            joints += between
            rest = rest.replace(match.group(), " ")
    joints += [
        f"{each['letter'].upper()}{each['first']}-{(each['next'] or '').upper()}{each['second']}"
        for each in _JOINT.finditer(rest)
    ]
    rest = _JOINT.sub(" ", rest)
    nerves = [each.group().upper() for each in _SINGLE.finditer(rest)] if _NERVES.search(text) else []
    return tuple(dict.fromkeys(joints)), tuple(dict.fromkeys(nerves))


def _between(first: str, last: str) -> list[str]:
    """The joints of a stretch of more than one, as `L3-4`, `L4-5`, `L5-S1` of L3 to S1; none where it is one joint."""
    last = last if last[0].isalpha() else first[0] + last
    if first not in _VERTEBRAE or last not in _VERTEBRAE:
        return []
    start, end = _VERTEBRAE.index(first), _VERTEBRAE.index(last)
    if end - start < 2:  # noqa: PLR2004 - one joint
        return []
    return [f"{upper}-{lower}" for upper, lower in pairwise(_VERTEBRAE[start : end + 1])]


def _count(text: str, joints: tuple[str, ...], nerves: tuple[str, ...]) -> int | None:
    if joints:
        return len(joints)
    if len(nerves) > 1:
        return len(nerves) - 1
    if found := _COUNTED.search(text):
        word = found["count"].lower()
        return _NUMBERS.get(word) or int(word)
    return None


def _sides(text: str) -> str | None:
    if _BOTH.search(text):
        return "both"
    right, left = _RIGHT.search(text) is not None, _LEFT.search(text) is not None
    return None if right == left else ("right" if right else "left")

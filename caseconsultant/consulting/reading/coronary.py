"""Coronary work as told: what was done in which artery, and whether a diagnostic study decided it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import facility_bills, proposed, told_text
from caseconsultant.domain.question import Question

_VESSELS = (
    ("LM", r"\bleft main\b|\blmca\b|\b(?-i:LM)\b"),
    (
        "LD",
        r"\b(?:left anterior descending|anterior descending|lad)\b|\bdiagonals?\b|(?<=-)ld\b|\b(?-i:LD)\b|\bd[12]\b",
    ),
    ("LC", r"\b(?:left )?circumflex\b|\b(?:lcx|lcfx|cx|circ|om[123]?|obtuse marginals?)\b|\b(?-i:LC)\b"),
    ("RC", r"\bright coronary(?: artery)?\b|\b(?:rca|pda|posterior descending|posterolateral|plb)\b|\b(?-i:RC)\b"),
    ("RI", r"\bramus(?: intermedius)?\b|\b(?-i:RI)\b"),
)
_WORK = (
    (
        "atherectomy_and_stent",
        (
            r"\batherectomy (?:and|with|then|plus|followed by) (?:a )?(?:des |drug-eluting )?stent\w*|"
            r"\bstent\w* (?:and|with|after) (?:\w{1,10} )?atherectomy"
        ),
    ),
    ("atherectomy", r"\batherectom\w+|\brotablat\w+|\brotational\b|\borbital\b"),
    ("stent", r"\bstent\w*|\b(?:des|bms|pci with des)\b"),
    ("balloon", r"\bballoon\w*|\bptca\b|\bangioplast\w+|\bpoba\b"),
)
_CORONARY = re.compile(
    (
        r"\bcoronar\w+|\bpci\b|\bptca\b|\b(?:lad|rca|lcx|circumflex|ramus|left main|anterior descending)"
        r"\b|\b929[2-4]\d\b|\b934[5-6]\d\b|\bC960\d\b|\bcath(?:eterization)?s?\b"
    ),
    re.IGNORECASE,
)
_CATH = re.compile(r"\b934(?:5[1-9]|6[01])\b")
_CATH_WORDS = re.compile(
    (
        r"\b(?:left heart cath\w*|lhc|heart cath\w*|diagnostic (?:cath\w*|angiogra\w+|pictures|study)|"
        r"coronary angiogra\w+)\b"
    ),
    re.IGNORECASE,
)
_NO_EARLIER = re.compile(
    r"\bno (?:earlier|prior|previous|recent|old) (?:\w{1,14} )?(?:study|studies|cath\w*|angiogra\w+|"
    r"imaging)\b|\bno (?:prior|previous)\b|\bfirst\b[^.?!\n]{0,30}\bdecided\b|\bdecision (?:to|for)"
    r"\b[^.?!\n]{0,40}\bbased on (?:this|that|the)\b|"
    r"\b(?:earlier|prior|previous) (?:study|cath\w*|angiogra\w+) (?:was )?(?:inadequate|poor|"
    r"not adequate|non-?diagnostic)\b|\bchange in (?:the )?(?:condition|status|symptoms)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    (
        r"\bdone (?:last|a) (?:week|month|year)\b|\brepeat (?:\w{1,12} )?cath\w*\b|\b(?:planned|staged|"
        r"known (?:lesion|disease)|(?:had|has) (?:a )?(?:prior|previous|recent) (?:\w{1,12} )"
        r"?(?:cath\w*|angiogra\w+|study)|(?:cath|angiogram) (?:was )?(?:done )?(?:last|a) (?:week|month)"
        r"|(?:prior|previous|earlier|recent) (?:diagnostic )?(?:cath\w*|angiogra\w+|study) (?:\w{1,12} )"
        r"{0,4}(?:ago|last week|last month|available|showed))\b"
    ),
    re.IGNORECASE,
)
_ELUTING = re.compile(r"\bdrug[\s-]?elut\w+\b|\b(?-i:DES)\b", re.IGNORECASE)
_BARE = re.compile(r"\bbare[\s-]?metal\b|\b(?-i:BMS)\b", re.IGNORECASE)
_TWO_LESIONS = re.compile(
    r"\bbifurcation\b|\btwo (?:\w{1,10} )?(?:lesions|stents)\b|\b2 (?:lesions|stents)\b|\bseparate lesions\b",
    re.IGNORECASE,
)
_GRAFT = re.compile(r"\b(?:bypass )?grafts?\b|\bsvg\b|\blima\b|\bcabg\b", re.IGNORECASE)
_INFARCTION = re.compile(
    r"\bacute (?:mi|myocardial|stemi)\b|\bstemi\b|\bduring (?:an? )?(?:acute )?(?:mi|infarct\w*)\b|\bami\b",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"\bcto\b|\bchronic total\b|\bstemi\b|\bacute mi\b|\bgrafts?\b|\bsvg\b|\blima\b", re.IGNORECASE)
_STAGED = re.compile(r"\byesterday\b|\bstaged\b|\b(?:days?|weeks?) (?:ago|later)\b", re.IGNORECASE)
_OCCLUSION = re.compile(r"\bchronic total occlusion\b|\bcto\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coronary:
    """What the words tell. `work` is what was done by artery; `decided` is None where no earlier study is spoken of."""

    work: Mapping[str, tuple[str, ...]]
    lines: tuple[tuple[str, str | None], ...]
    """Intervention codes as written, with their vessel modifiers."""
    cath: str | None
    cath_told: bool
    decided: bool | None
    eluting: bool
    bare: bool
    two_lesions: bool
    graft: bool
    infarction: bool
    occlusion: bool
    culprit: str | None
    facility_claim: bool | None


def coronary(question: Question) -> Coronary | None:
    """The coronary work, None where none is told of."""
    text = told_text(question)
    if not _CORONARY.search(text):
        return None
    lines = tuple(
        (each.code, next((m for m in each.modifiers if m in {"LM", "LD", "LC", "RC", "RI"}), None))
        for each in question.codes
        if re.fullmatch(r"929[2-4]\d|C960\d", each.code) and not each.absent
    )
    cath = next((code for code in proposed(question) if _CATH.fullmatch(code)), None)
    work = {} if any(vessel for _, vessel in lines) else _work(text)
    pci = re.search(r"\bpci\b|\bintervention\b", text, re.IGNORECASE) is not None
    if not (lines or work) and pci and _SPECIAL.search(text):
        work = {name: ("pci",) for name, pattern in _VESSELS if re.search(pattern, text, re.IGNORECASE)}
    if _STAGED.search(text) and not lines:
        return None
    if not (lines or work or (pci and cath)):
        return None
    no_earlier, earlier = _NO_EARLIER.search(text) is not None, _EARLIER.search(text) is not None
    return Coronary(
        work,
        lines,
        cath,
        _CATH_WORDS.search(text) is not None and not re.search(r"\bno diagnostic\b", text, re.IGNORECASE),
        True if no_earlier else (False if earlier else None),
        _ELUTING.search(text) is not None,
        _BARE.search(text) is not None,
        _TWO_LESIONS.search(text) is not None,
        _GRAFT.search(text) is not None,
        _INFARCTION.search(text) is not None,
        _OCCLUSION.search(text) is not None,
        _culprit(text),
        True if any(code.startswith("C") for code, _ in lines) else facility_bills(question),
    )


def _culprit(text: str) -> str | None:
    """The artery named after the word culprit."""
    found = re.search(r"\bculprit\b[^.?!\n]{0,30}", text, re.IGNORECASE)
    if not found:
        return None
    return next((name for name, pattern in _VESSELS if re.search(pattern, found.group(), re.IGNORECASE)), None)


def _work(text: str) -> Mapping[str, tuple[str, ...]]:
    """What was done in each artery: a deed goes with the next artery named, or with the last where none follows."""
    rest = text
    marks: list[tuple[int, str, str]] = []
    for name, pattern in _WORK:
        marks += [(match.start(), "work", name) for match in re.finditer(pattern, rest, re.IGNORECASE)]
        rest = re.sub(pattern, lambda match: " " * len(match.group()), rest, flags=re.IGNORECASE)
    for name, pattern in _VESSELS:
        marks += [(match.start(), "vessel", name) for match in re.finditer(pattern, text, re.IGNORECASE)]
    marks.sort()
    found: dict[str, list[str]] = {}
    waiting: list[str] = []
    last: str | None = None
    fresh = False
    for _, kind, name in marks:
        if kind == "work":
            if fresh and last and not found.get(last):
                found.setdefault(last, []).append(name)
                fresh = False
            else:
                waiting.append(name)
        else:
            last, fresh = name, not waiting
            if waiting:
                found.setdefault(name, []).extend(waiting)
                waiting = []
    if waiting and last and len(found) <= 1:
        found.setdefault(last, []).extend(waiting)
    return {vessel: tuple(dict.fromkeys(each)) for vessel, each in found.items()}


def catheterized(question: Question) -> str:
    """The parts of a diagnostic catheterization, as `R+L+C`; empty where none or an intervention is told of."""
    text = question.text
    if question.codes or not re.search(r"\bcath\w*\b|\b[lr]hc\b", text, re.IGNORECASE):
        return ""
    if re.search(r"\bcatheters?\b(?!i)|\bpci\b|\bstent\w*|\bfoley\b|\burinary\b|\bepidural\b", text, re.IGNORECASE):
        return ""
    right = re.search(r"\bright (?:and left )?(?:heart|sided)|\brhc\b|\bleft and right heart", text, re.IGNORECASE)
    left = re.search(
        r"\bleft (?:and right )?(?:heart|sided)|\blhc\b|\bright and left heart|\blv ?gram", text, re.IGNORECASE
    )
    pictures = re.search(r"\bcoronar(?:y|ies)\b|\bcors\b", text, re.IGNORECASE)
    grafts = re.search(r"\bgrafts?\b|\bsvg\b|\blima\b", text, re.IGNORECASE)
    found = (("R", right), ("L", left), ("C", pictures or grafts), ("G", grafts))
    return "+".join(letter for letter, match in found if match)

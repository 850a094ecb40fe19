"""The parts of a test in question: the reading (26), the equipment (TC), or both; who owns the machine."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import facility_bills, in_hospital, written_modifiers
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question

_PARTS = re.compile(
    r"\btechnical only\b|\b(?:reads?|interprets?) separately\b|\bowned by us\b|"
    r"\b(?:professional|technical) (?:component|part|portion|fee|claim|side|bill\w*)\b|\bpro[- ]?(?:claim|bill\w*|"
    r"side|fee)\b|"
    r"\bglobal(?:ly)? (?:bill\w*|"
    r"service|charge|test|or|component)\b|"
    r"\b(?:26|tc)\b[^.?!\n]{0,30}\b(?:tc|26|global)\b|\bboth components\b|\binterp(?:retation)? only\b|"
    r"\b(?:only|just) (?:reads?|interprets?|reading|interpreting)\b|\bowns? the (?:machine|"
    r"equipment|scanner|ultrasound|x-?ray)\b|"
    r"\bown (?:the|our|an?) (?:\w{1,12}[- ])?(?:machine|equipment|scanner|ultrasound|x-?ray|unit)\b[^?\n]{0,90}"
    r"\bmodifiers?\b|"
    r"\bread by (?:us|our)\b|\bpc/?tc\b|\bprof(?:essional)?\.? (?:fee|component|part|side)s?\b|"
    r"\b(?:on|with|own) (?:our|their|his|her)? ?(?:own )?equipment\b|"
    r"\b(?:mod|modifier)s?\b[^?\n]{0,60}\b(?:reads?|interprets?)\b|\b(?:reads?|interprets?|"
    r"interpreted)\b[^?\n]{0,60}\b(?:mod|modifier)s?\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\bowned by us\b|\btechnical only\b|\bidtf\b|"
    r"\b(?:provider|practice|group|physician|clinic|office|who) owns? the (?:equipment|machine)\b|"
    r"\b(?:our|own|we own(?: the)?|in-?house) (?:own )?(?:\w{1,10} )?(?:machine|equipment|scanner|"
    r"unit|x-?ray|ultrasound|mri|ct|echo machine)\b|"
    r"\bwe own\b|\bpractice owns\b",
    re.IGNORECASE,
)
_HOSPITAL_OWNS = re.compile(
    (
        r"\b(?:mobile|portable|outside|other|rental|third[- ]party|imaging) (?:\w{1,10} )?(?:company|"
        r"vendor|supplier|service)\b[^.?!\n]{0,40}\b(?:brings?|owns?|supplies|provides?|does|takes?)\b|"
        r"\bhospital(?:'s)? (?:owns?|equipment|machine|techs?)\b|\bthe hospital owns\b|"
        r"\bhospital owned\b"
    ),
    re.IGNORECASE,
)
_READS = re.compile(
    r"\bboth (?:components|parts)\b|\b(?:read|reads|reading|interpret\w{0,8}|over-?reads?|signs?)\b(?=[^.?!\n]{0,50})",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\btechnical only\b|\b(?:reads?|interprets?) separately\b|\bsent (?:out )?to (?:an? )?outside\b|"
    r"\b(?:read|interpreted|sent (?:out )?for reading|reads?)\b[^.?!\n]{0,30}\b(?:by an? (?:outside|"
    r"other|another)|outside|elsewhere|another group|"
    r"tele-?radiolog\w*|(?:a|the|an) radiolog(?:ist|y)\b[^.?!\n]{0,40}\bbills? (?:for )?(?:himself|"
    r"herself|his own|her own|separately))\b|"
    r"\boutside radiolog\w+ (?:reads?|interprets?)\b|\b(?:another|other|outside|different) (?:group|"
    r"practice|facility|hospital|cardiologists?|radiologists?)\s(?:reads?|interprets?|over-?reads?)"
    r"\b",
    re.IGNORECASE,
)


_PARTS_OF = frozenset({"26", "TC"})
_OTHERS = frozenset({"76", "77", "59", "XE", "XS", "XP", "XU", "52", "53", "GA", "GZ", "GY", "25", "24", "95", "93"})
"""Modifiers that are in question where they stand beside 26 or TC."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the words tell. `owns` and `reads` are None where they leave it open."""

    asked: bool
    facility_claim: bool | None
    hospital: bool
    owns: bool | None
    reads: bool | None


def _by_modifier(question: Question, written: frozenset[str]) -> bool:
    """26 or TC asked about: written apart from a code, or on the only code of the question."""
    if _PARTS_OF.isdisjoint(written) or not _OTHERS.isdisjoint(written):
        return False
    return not _PARTS_OF.isdisjoint(question.modifiers) or len({each.code for each in question.codes}) == 1


def parts(question: Question) -> Parts:
    """Which parts of the test the sender gave, and whether they are in question at all."""
    text = question.text
    written = written_modifiers(question)
    visit = any(each.code.startswith("99") for each in question.codes)
    shared = question.codes and _HOSPITAL_OWNS.search(text) is not None and _READS.search(text) is not None
    asked = ((_PARTS.search(text) is not None or bool(shared)) and not visit) or _by_modifier(question, written)
    office = question.setting is Setting.OFFICE
    hospital = in_hospital(question) and not office
    owns = (
        True
        if _OWN.search(text) and not _HOSPITAL_OWNS.search(text)
        else (False if _HOSPITAL_OWNS.search(text) else None)
    )
    reads = False if _ELSEWHERE.search(text) else (True if _READS.search(text) else None)
    return Parts(asked, facility_bills(question), hospital, owns, reads)

"""Who sends the claim, and what is written of it: facility or practitioner, codes and modifiers proposed."""

from __future__ import annotations

import re

from caseconsultant.consulting.reading import context
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question

_FACILITY = re.compile(
    r"\bub-?04\b|\b837i\b|\bopps\b|\bapcs?\b|\b(?:facility|hospital|asc|technical)['s]{0,"
    r"2}\s(?:outpatient\s)?(?:claims?|bill\w{0,5}|"
    r"side|coder|coding|charges?|reports?|billing|lines?)\b|\bi (?:code|bill) for (?:the|a)"
    r" (?:hospital|facility|asc)\b|"
    r"\bwe are (?:a|the) (?:hospital|asc|facility)\b|\bfor the hospital\b|\bfacility side\b|"
    r"\bhospital outpatient (?:department )?claim\b|"
    r"\bright for the hospital\b|\b(?:can|may|should|must) (?:a|an|the|our) (?:hospital|asc|"
    r"facility)(?: outpatient)?(?: dep\w*)? (?:bill|report|append|code|charge|use|put)\b|"
    r"\bdoes the (?:hospital|asc|facility)\b",
    re.IGNORECASE,
)
_PRACTITIONER = re.compile(
    r"\bpro(?:fessional)?[\s-]?(?:fees?|side|claims?|billing|coder|coding)\b|\bprofees?\b|\bcms-?1500\b|\b837p\b|"
    r"\b(?:physician|doctor|surgeon|practitioner|provider|gi|radiolog\w{2,3}|cardiolog\w{2,3})"
    r"['s]{0,2}\s(?:claims?|side|bills?|billing|fees?|coding|part)\b|"
    r"\bphysician(?: side|'s claim)\b|\bhow does the (?:doctor|physician|surgeon)\b|"
    r"\b(?:our|the|my)\s(?:\w{1,14}\s)?(?:radiologists?|cardiologists?|pathologists?|doctors?|doc|"
    r"docs|physicians?|surgeons?|md|neurologists?|group)\s"
    r"(?:\w{1,10}\s){0,3}(?:reads?|interprets?|read|interpreted|bills?|signs?|did|does|over-?reads?)"
    r"\b|\bread by (?:us|our)\b|"
    r"\bwe (?:only\s|just\s)?(?:read|interpret|over-?read)\b|\bdr\.?\s\w{2,20}\s(?:reads?|"
    r"interprets?|read|interpreted)\b",
    re.IGNORECASE,
)
_HOSPITAL = re.compile(
    r"\bhospital\w{0,2}\b|\bin-?patients?\b|\bipt?\b(?=\s)|\b(?-i:ED|ER|IP|ICU|HOPD|OPD)\b|"
    r"\bemergency (?:room|department|dept)\b|\bobs(?:ervation)?\b|"
    r"\bpos\s?[:#=]?\s?(?:19|2[123])\b|\b(?-i:SNF)\b",
    re.IGNORECASE,
)


def facility_bills(question: Question) -> bool | None:
    """True for a hospital's or surgery center's claim, False for a practitioner's, None where neither is plain."""
    facility = _FACILITY.search(question.text) is not None
    practitioner = _PRACTITIONER.search(question.text) is not None
    if facility != practitioner:
        return facility
    if question.setting is Setting.FACILITY_PROFESSIONAL or question.setting in {Setting.OFFICE, Setting.HOME}:
        return False
    return None


def in_hospital(question: Question) -> bool:
    """Whether a hospital is named as the place."""
    if question.setting in {Setting.OUTPATIENT_HOSPITAL, Setting.FACILITY_PROFESSIONAL}:
        return True
    return _HOSPITAL.search(question.text) is not None


def proposed(question: Question) -> dict[str, tuple[str, ...]]:
    """The codes written as lines of the claim, each once, with the modifiers written on any of its lines."""
    lines: dict[str, tuple[str, ...]] = {}
    for each in question.codes:
        if not each.absent:
            lines[each.code] = tuple(dict.fromkeys([*lines.get(each.code, ()), *each.modifiers]))
    return lines


def written_modifiers(question: Question) -> frozenset[str]:
    """Every modifier in the question, on a line or apart."""
    on_lines = {modifier for each in question.codes for modifier in each.modifiers}
    return frozenset(on_lines | set(question.modifiers))


_NUMBER = re.compile(r"\b(?:\d{5}|[A-Z]\d{4})\b")


def told_text(question: Question) -> str:
    """The text without numbers that look like codes and were read as none."""
    codes = {each.code for each in question.codes}
    return _NUMBER.sub(
        lambda match: match.group() if match.group() in codes else " " * len(match.group()), question.text
    )


def governing_payer(question: Question) -> Payer | None:
    """The payer of the claim: the one named, or where several are, the first."""
    if question.payer is not None:
        return question.payer
    sentences = re.split(r"(?<=[.?!;\n])\s", question.text)
    return next((found for each in sentences if (found := context.payer(each))), None)

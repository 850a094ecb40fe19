"""Who helped at an operation: assistants, co-surgeons, teams, residents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from caseconsultant.consulting.reading.billing import written_modifiers
from caseconsultant.domain.question import Question


class Helper(StrEnum):
    """Who assisted."""

    NONPHYSICIAN = "nonphysician_practitioner"
    PHYSICIAN = "physician"
    NOT_PAID = "not_paid"
    """A surgical technician or nurse whom Medicare never pays."""


_ASSIST = re.compile(
    r"\b(?:first |1st |surgical )?assist(?:s|ed|ant|ants|ing|ance)?\b(?! living)|"
    r"\bco-?\s?surg(?:eons?|ery|eries)\b|\btwo (?:\w{1,14} )?surgeons\b|\bsurgeon (?:1|one|a)"
    r"\b[^?\n]*\bsurgeon (?:2|two|b)\b|\bsurgical team\b|\bteam (?:of )?surg\w+\b|"
    r"\bsecond surgeon\b|"
    r"\bscrubbed in\b|\bhelped (?:in|with|at) (?:the )?(?:surgery|case|operation)\b",
    re.IGNORECASE,
)
_NONPHYSICIAN = re.compile(
    (
        r"\b(?-i:PAs?|NPs?|CNS|APRN|APP|PA-C|FNP|CNM)\b|\bphysician'?s? ass(?:istan)?ts?\b|"
        r"\bnurse practitioners?\b|\bclinical nurse spec\w+\b|\bmid-?levels?\b|\bnurse[\s-]midwife\b"
    ),
    re.IGNORECASE,
)
_NOT_PAID = re.compile(
    (
        r"\b(?-i:RNFA|CRNFA|CST|CSFA|SA-C|CSA|LSA)\b|\bscrub (?:nurse|tech\w*)\b|\bsurgical tech\w*\b|"
        r"\b(?:registered nurse|rn) first assist\w*\b|\bcertified (?:surgical )?first assist\w*\b"
    ),
    re.IGNORECASE,
)
_PHYSICIAN = re.compile(
    r"\b(?-i:MD|DO|DPM)\b|\b(?:another|second|other|staff|fellow|partner|2nd)\s(?:\w{1,12}\s){0,"
    r"2}(?:surgeons?|physicians?|doctors?|orthopedists?|ophthalmologists?|md)\b|"
    r"\btwo (?:surgeons|ophthalmologists|orthopedists|physicians|doctors)\b|\bphysician assist(?:ed|"
    r"ing)\b|\bdr\.? \w+ assisted\b",
    re.IGNORECASE,
)
_TEACHING = re.compile(r"\bteaching hospital\b|\bresiden(?:t|ts|cy)\b|\bacademic (?:medical )?center\b", re.IGNORECASE)
_NO_RESIDENT = re.compile(
    r"\bno (?:qualified |available |other )?residents?\b|\bresidents? (?:\w{1,10} ){0,"
    r"3}(?:not available|unavailable|(?:in|at|on) (?:\w{1,10} ){0,1}(?:conference|class|clinic|"
    r"vacation|didactics|grand rounds)|busy|off|home)\b|"
    r"\bwithout (?:a )?(?:qualified )?residents?\b|\bresidents? (?:wasn't|weren't|isn't|unavailable)\b|\bunavailable\b",
    re.IGNORECASE,
)
_CO = re.compile(
    (
        r"\bco-?\s?surg(?:eons?|ery|eries)\b|\b62\b|\btwo (?:\w{1,14} )?surgeons\b|\bsurgeon (?:1|one|a)"
        r"\b[^?\n]*\bsurgeon (?:2|two|b)\b|\bapproach (?:surgeon|by)\b"
    ),
    re.IGNORECASE,
)
_TEAM = re.compile(r"\bteam\b|\b66\b", re.IGNORECASE)
_BILLED = re.compile(
    r"\b(?:[Bb]ill|[Uu]se|[Aa]ppend|[Aa]dd|[Mm]od(?:ifier)?|with|under)\s-?(8[012]|62|66|"
    r"AS)\b(?!\.\d)"
)
_RESIDENT_AVAILABLE = re.compile(
    (
        r"\bresidents? (?:was |is |were |are )?(?:also )?(?:available|present|there|scrubbed)\b|"
        r"\bqualified resident (?:was |is )?available\b"
    ),
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\$\s?\d|\b\d{1,4}\.\d{2}\b")
_MODIFIERS = frozenset({"80", "81", "82", "AS", "62", "66"})
_WORDS = (
    (r"\btotal hip (?:replacement|arthroplasty)s?\b|\bTHA\b", "27130"),
    (r"\btotal knee (?:replacement|arthroplasty)s?\b|\bTKA\b", "27447"),
    (r"\bcataract\b", "66984"),
    (r"\blap(?:aroscopic)?[ -]?(?:chole\w*)\b", "47562"),
)


@dataclass(frozen=True, slots=True)
class Help:
    """What the words tell of who helped."""

    who: Helper | None
    co_surgeons: bool
    team: bool
    teaching: bool
    no_resident: bool
    resident_available: bool
    modifiers: frozenset[str]
    named: tuple[str, ...]


def helped(question: Question) -> Help | None:
    """Who helped, None where nobody is told to have."""
    text = question.text
    modifiers = written_modifiers(question) & _MODIFIERS
    modifiers |= frozenset(_BILLED.findall(text))
    if not modifiers and not _ASSIST.search(text):
        return None
    if not (_ASSIST.search(text) or question.codes or _BILLED.search(text)) and _AMOUNT.search(text):
        return None  # `paid 79.20, why not 80?` is no modifier
    asks_of_help = re.sub(r"\bphysician'?s? assistants?\b|\bmedical assistants?\b", " ", text, flags=re.IGNORECASE)
    if not modifiers and not _ASSIST.search(asks_of_help):
        return None
    who = Helper.NOT_PAID if _NOT_PAID.search(text) else None
    who = who or (Helper.NONPHYSICIAN if _NONPHYSICIAN.search(text) else None)
    who = who or (Helper.PHYSICIAN if _PHYSICIAN.search(text) else None)
    co = _CO.search(text) is not None and ("62" in modifiers or not modifiers & {"80", "81", "82", "AS"})
    named = tuple(code for pattern, code in _WORDS if re.search(pattern, text, re.IGNORECASE))
    return Help(
        who,
        co,
        "66" in modifiers
        or bool(_TEAM.search(text) and "surg" in text.lower() and not modifiers & {"80", "81", "82", "AS", "62"}),
        _TEACHING.search(text) is not None,
        _NO_RESIDENT.search(text) is not None,
        _RESIDENT_AVAILABLE.search(text) is not None and not _NO_RESIDENT.search(text),
        modifiers,
        named,
    )

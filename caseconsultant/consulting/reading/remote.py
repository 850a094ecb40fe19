"""A visit at a distance as told: picture or sound, where the patient was, who gives it, which level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import proposed, told_text, written_modifiers
from caseconsultant.domain.question import Intent, Question

_REMOTE = re.compile(
    r"\bis 95 (?:needed|required)\b|\bmodifier 95\b|\btele-?\s?(?:health|medicine|visit|psych\w*|"
    r"phone|therapy)\b|\bvideo\b|\bvirtual (?:visit|"
    r"care|appointment)\b|\baudio[- ]?only\b|\bphone (?:visit|call|encounter|appointment)s?\b|"
    r"\bby (?:phone|telephone)\b|\bon the (?:tele)?phone\b|"
    r"\b(?:zoom|facetime|doximity)\b|\bpos (?:02|10)\b|\b980(?:0\d|1[0-6])\b|\b9944[123]\b|"
    r"\bQ3014\b|\bG2025\b|\bcamera\b",
    re.IGNORECASE,
)
_AUDIO = re.compile(
    (
        r"\baudio[- ]?only\b|\b(?:tele)?phone\b|\bno (?:video|camera)\b|\bwithout video\b|"
        r"\bcan'?t do video\b|\b(?:did not|didn'?t|does not|doesn'?t) want (?:to be )?(?:on )?(?:video|"
        r"camera)\b|\brefused video\b|\b9800[89]\b|\b9801[0-5]\b|\b9944[123]\b|\bmodifier 93\b|-93\b"
    ),
    re.IGNORECASE,
)
_VIDEO = re.compile(
    (
        r"\bis 95 (?:needed|required)\b|\bmodifier 95\b|\bvideo\b|\bzoom\b|\bfacetime\b|"
        r"\baudio[- ]visual\b|\baudio and video\b|\bcamera\b|"
        r"\bsynchronous\b|-95\b|\b9800[0-7]\b"
    ),
    re.IGNORECASE,
)
_NO_VIDEO = re.compile(
    (
        r"\b(?:no|without|can'?t (?:do|use)|cannot (?:do|use)|could(?:n't| not) (?:do|use)|not (?:able|"
        r"willing) to (?:do|use)|refus\w+|declin\w+|did(?:n't| not) want)\b[^.?!\n]{0,30}\b(?:video|"
        r"camera)\b|\bhas no (?:video|camera|smart\w*|internet)\b|\bno video device\b"
    ),
    re.IGNORECASE,
)
_HOME = re.compile(
    (
        r"\b(?:at|from|in) (?:her |his |their |the )?(?:own )?home\b|\bpatient(?:'s)? home\b|\bpos 10\b|"
        r"\bhome\b(?=[^.?!\n]{0,20}\b(?:video|phone|patient)\b)"
    ),
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    (
        r"\b(?:at|in|from) (?:a |an |the |another )?(?:clinic|hospital|office|facility|school|"
        r"nursing (?:home|facility)|snf|car|work|skilled)\b(?=[^.?!\n]{0,40}\b(?:patient|video|"
        r"telehealth)?\b)|\boriginating site\b|\bpos 02\b"
    ),
    re.IGNORECASE,
)
_CLINIC = re.compile(r"\b(?:rhc|fqhc|rural health clinic|federally qualified)\b", re.IGNORECASE)
_BEHAVIORAL = re.compile(
    r"\b(?:behavioral|mental) health\b|\bpsych\w*\b|\btherapy session\b|\b908[34]\d\b|\b9079[12]\b|\bcounsel\w+",
    re.IGNORECASE,
)
_HOSPITAL = re.compile(
    (
        r"\bhospital (?:employed|clinicians?|therapists?|outpatient (?:department|clinic))\b|\bhopd\b|"
        r"\bhospital-based\b|\bprovider-based\b"
    ),
    re.IGNORECASE,
)
_THERAPIST = re.compile(
    r"\b(?:physical|occupational|speech)[- ](?:therap\w+|language)\b|\b(?-i:PT|OT|SLP)\b|\b97[15]\d\d\b", re.IGNORECASE
)
_CRITICAL_ACCESS = re.compile(r"\bcah\b|\bcritical access\b|\bmethod (?:ii|2)\b", re.IGNORECASE)
_SUPERVISION = re.compile(
    (
        r"\bconsent\w*\b|\blicens\w+|\bstate lines\b|\bhipaa\b|\bplatforms?\b|\bprivacy\b|\bsupervis\w+|"
        r"\bincident[- ]to\b|\bteaching\b"
    ),
    re.IGNORECASE,
)
_UNTIL = re.compile(
    (
        r"\b(?:until|how long|expire\w*|end(?:s|ing)?|extended?|still (?:cover|pay|allow)\w*|lapse\w*|"
        r"shutdown|202[78]|after december|cliff)\b"
    ),
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\blevel\s?(?P<level>[2-5])\b|\b(?P<word>straightforward|low|moderate|high)\s(?:complexity\s)?mdm\b", re.IGNORECASE
)
_LEVELS = {"straightforward": 2, "low": 3, "moderate": 4, "high": 5}
_NEW = re.compile(r"\bnew (?:patient|pt)\b|\bnew to (?:us|the practice)\b", re.IGNORECASE)
_ESTABLISHED = re.compile(r"\best(?:\.|ablished)?\b", re.IGNORECASE)


_BETWEEN_CLINICIANS = re.compile(
    r"\b(?:consult\w*|discuss\w*|spoke|talk\w*|conversation|curbside|conferred|radiolog\w+|cardiolog\w+|surgeon|"
    r"specialist|neurolog\w+|oncolog\w+|pharmacist)\b[^.?!\n]{0,40}?\b(?:by|on the|over the|via) (?:tele)?phone\b|"
    r"\bphone(?:d)? (?:call |consult\w* )?(?:with|to) (?:the )?(?:cardiolog\w+|radiolog\w+|surgeon|specialist|pcp|"
    r"neurolog\w+|oncolog\w+|pharmacist)\b|\bphone consult\w*",
    re.IGNORECASE,
)
"""A talk of clinicians, not the patient's visit."""


@dataclass(frozen=True, slots=True)
class Remote:
    """What the words tell. `audio` and `at_home` are None where they leave it open."""

    audio: bool | None
    at_home: bool | None
    clinic: bool
    behavioral: bool
    hospital: bool
    therapist: bool
    critical_access: bool
    until: bool
    codes: tuple[str, ...]
    visit: str | None
    """The office visit code written or told by level."""
    modifiers: frozenset[str]
    unable: bool


def remote(question: Question) -> Remote | None:
    """The visit at a distance, None where none is told of."""
    text = told_text(question)
    if Intent.LEVEL in question.intents:
        text = _BETWEEN_CLINICIANS.sub(" ", text)
    if (
        not _REMOTE.search(text)
        or _SUPERVISION.search(text)
        or re.search(
            r"\bvideo (?:laryngo\w+|assisted|eeg|capsule|swallow)\b|\b(?:vats|swallow study|video-assisted)\b",
            text,
            re.IGNORECASE,
        )
    ):
        return None
    unable = _NO_VIDEO.search(text) is not None
    audio = (
        True
        if unable
        or (_AUDIO.search(text) and not re.search(r"\bphone (?:number|#)|\bcell phone\b", text, re.IGNORECASE))
        else (False if _VIDEO.search(text) else None)
    )
    home, elsewhere = _HOME.search(text) is not None, _ELSEWHERE.search(text) is not None
    codes = tuple(proposed(question))
    return Remote(
        audio,
        None if home == elsewhere else home,
        _CLINIC.search(text) is not None,
        _BEHAVIORAL.search(text) is not None,
        _HOSPITAL.search(text) is not None,
        _THERAPIST.search(text) is not None,
        _CRITICAL_ACCESS.search(text) is not None,
        _UNTIL.search(text) is not None,
        codes,
        _visit(text, codes),
        written_modifiers(question),
        unable,
    )


def _visit(text: str, codes: tuple[str, ...]) -> str | None:
    written = [code for code in codes if re.fullmatch(r"992[01]\d", code)]
    if written:
        return written[0]
    found = _LEVEL.search(text)
    if codes or not found or bool(_NEW.search(text)) == bool(_ESTABLISHED.search(text)):
        return None
    level = int(found["level"]) if found["level"] else _LEVELS[found["word"].lower()]
    return f"992{'0' if _NEW.search(text) else '1'}{level}"

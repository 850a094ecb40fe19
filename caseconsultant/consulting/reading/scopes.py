"""An arthroscopy as told: joint, sides, compartments, and what was done."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import proposed, told_text
from caseconsultant.domain.question import Question

_SCOPE = re.compile(
    (
        r"\barthroscop\w*|\bscop(?:e|ed|ic)\b|\bmenis\w+|\bchondroplast\w+|\brotator cuff\b|"
        r"\bacromioplast\w+|\bsubacromial decomp\w*|\blabr(?:al|um)\b|\bbehind the knee ?cap\b"
    ),
    re.IGNORECASE,
)
_KNEE = re.compile(
    r"\bknees?\b|\bmenis\w+|\bpatell\w+|\bknee ?cap\b|\btrochlea\w*|\b298(?:66|67|68|7\d|8\d)\b|\bG0289\b",
    re.IGNORECASE,
)
_SHOULDER = re.compile(
    (
        r"\bshoulders?\b|\brotator\b|\bcuff\b|\bacromi\w+|\bbiceps\b|\bclavicle\b|\bglenohumeral\b|"
        r"\b298(?:0[5-7]|19|2\d)\b"
    ),
    re.IGNORECASE,
)
_OTHER_SIDE = re.compile(
    (
        r"\b(?:opposite|other|contralateral|both) (?:knees?|shoulders?|sides?)\b|\bcontralateral\b|"
        r"\bbilateral\b|\bleft\b[^.?!\n]{0,60}\bright\b|\bright\b[^.?!\n]{0,60}\bleft\b"
    ),
    re.IGNORECASE,
)
_SAME_COMPARTMENT = re.compile(r"\bsame (?:\w{1,10} )?compartments?\b", re.IGNORECASE)
_OTHER_COMPARTMENT = re.compile(
    r"\b(?:another|different|other|separate|second)\s(?:\w{1,10}\s)?compartments?\b", re.IGNORECASE
)
_KNEE_WORK = (
    ("meniscus_repair", r"\bmenis\w*[^.?!\n]{0,24}\brepair\w*|\brepair\w*[^.?!\n]{0,24}\bmenis\w*"),
    (
        "meniscus_trim",
        (
            r"\bmenisectom\w+|\b(?:trim\w*|debrid\w+|partial(?:ly)? (?:removed|resected)|shav\w+|"
            r"resect\w+|removed)[^.?!\n]{0,40}\bmenis\w+|\bmenis\w+[^.?!\n]{0,24}\b(?:trim\w*|"
            r"resect\w+|removed)"
        ),
    ),
    (
        "chondroplasty",
        r"\bchondroplast\w+|\b(?:smooth\w*|shav\w+|debrid\w+)[^.?!\n]{0,30}\bcartilage\b|\bchondral debrid\w+",
    ),
    ("loose_body", r"\bloose bod(?:y|ies)\b|\bforeign bod(?:y|ies)\b"),
    ("synovectomy", r"\bsynovectom\w+|\bplica\b"),
    ("microfracture", r"\bmicrofracture\b|\babrasion arthroplast\w+"),
)
_SHOULDER_WORK = (
    ("29827", r"\b(?:rotator )?cuff repair\w*|\brcr\b|\brepair\w* (?:of )?(?:the )?(?:rotator )?cuff\b"),
    ("29826", r"\bacromioplast\w+|\bsubacromial decomp\w*|\bsad\b"),
    ("29824", r"\b(?:distal )?clavicl\w+ (?:excision|resection)\b|\bmumford\b|\bdce\b"),
    ("29828", r"\bbiceps tenodes\w+"),
    ("29823", r"\bextensive debrid\w+"),
    ("29822", r"\blimited debrid\w+"),
    ("29807", r"\bslap (?:lesion )?repair\b"),
    ("29806", r"\bcapsulorrhaph\w+|\bbankart\b"),
)


@dataclass(frozen=True, slots=True)
class Arthroscopy:
    """What the words tell. `other_compartment` is None where they leave it open."""

    knee: bool
    shoulder: bool
    other_side: bool
    both_menisci: bool
    other_compartment: bool | None
    diagnostic_then_open: bool
    work: tuple[str, ...]
    codes: tuple[str, ...]


def arthroscopy(question: Question) -> Arthroscopy | None:
    """The arthroscopy, None where none is told of."""
    text = told_text(question)
    codes = tuple(code for code in proposed(question) if re.fullmatch(r"298\d\d|G0289", code))
    if not codes and not _SCOPE.search(text):
        return None
    knee, shoulder = _KNEE.search(text) is not None, _SHOULDER.search(text) is not None
    if knee == shoulder:
        return None
    pairs = _KNEE_WORK if knee else _SHOULDER_WORK
    work = tuple(name for name, pattern in pairs if re.search(pattern, text, re.IGNORECASE))
    if not codes and not work:
        return None
    other, same = _OTHER_COMPARTMENT.search(text) is not None, _SAME_COMPARTMENT.search(text) is not None
    both = re.search(r"\b(?:medial and lateral|lateral and medial|both) (?:partial )?(?:menis\w+)", text, re.IGNORECASE)
    return Arthroscopy(
        knee,
        shoulder,
        _OTHER_SIDE.search(text) is not None,
        both is not None,
        None if other == same else other,
        re.search(r"\bdiagnostic (?:arthroscop\w+|scope)\b", text, re.IGNORECASE) is not None
        and re.search(r"\bopen\b", text, re.IGNORECASE) is not None,
        work,
        codes,
    )

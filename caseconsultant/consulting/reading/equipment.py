"""Equipment as told: which item, bought or rented, which month, what is missing on the claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import proposed, told_text, written_modifiers
from caseconsultant.domain.question import Question

_EQUIPMENT = re.compile(
    r"\bdme(?:pos)?\b|\bcpap\w*|\bbi-?pap\b|\bwheelchairs?\b|\bwalkers?\b|\boxygen (?:concentrator|"
    r"rental|equipment)\b|\bconcentrators?\b|\bhospital beds?\b|\bnebulizers?\b|\bknee brace\w*|"
    r"\bbraces?\b|"
    r"\borthos[ei]s\b|\borthotics?\b|\bprosthe\w+|\bsuppliers?\b|\bcapped rental\b|\bbreak in need\b|\btest strips\b|"
    r"\bglucose (?:strips|supplies|monitor)\b|\bcatheters?\b(?= (?:supplies|kits|refill))|"
    r"\bdiabetic shoes\b|\b[EKL]\d{4}\b|\bA(?:4|5|6|7|9)\d{3}\b",
    re.IGNORECASE,
)
_MISSING_KX = re.compile(
    (
        r"\b(?:missing|without|lacks?|no|omitted|forgot|left off|needs?)\s(?:the\s|modifier\s|a\s)?kx\b|"
        r"\bkx (?:is |was )?(?:missing|not on|left off|omitted)\b|\bpolicy[- ]met modifier\b|\bslap\b|"
        r"\badd (?:the )?kx\b|\bjust add\b"
    ),
    re.IGNORECASE,
)
_KX = re.compile(r"\bkx\b|\bpolicy[- ]met modifier\b|\brequirements?[- ]met modifier\b", re.IGNORECASE)
_MET = re.compile(
    (
        r"\b(?:all|every|each) (?:the )?(?:criteria|requirements?|documentation)\b[^.?!\n]{0,"
        r"30}\b(?:are|is|were|met|documented|on file)\b|\bcriteria (?:are |were )?(?:all )?(?:met|"
        r"documented)\b|\bmeets (?:all )?(?:the )?(?:criteria|lcd|policy)\b"
    ),
    re.IGNORECASE,
)
_NOT_MET = re.compile(
    (
        r"\b(?:criteria|requirements?) (?:are |were |was |is )?(?:not|un) ?met\b|\bdoes(?:n't| not)"
        r" meet\b|\bno (?:sleep study|face[- ]to[- ]face|order)\b|\b(?:face[- ]to[- ]face|f2f|order|"
        r"sleep (?:study|test)|visit)\b[^.?!\n]{0,14}\b(?:missing|not done|absent|never|late)\b"
    ),
    re.IGNORECASE,
)
_MONTH = re.compile(
    (
        r"\b(?:month|mo\.?|rental month)\s?#?\s?(?P<number>\d{1,2})\b|\b(?P<ordinal>first|1st|second|"
        r"2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th|tenth|10th|eleventh|11th|twelfth|12th|thirteenth|"
        r"13th|\d{1,2}th)\s(?:rental )?month\b|\binitial (?:rental|month|claim)\b"
    ),
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "thirteenth": 13,
}
_RENT = re.compile(r"\brent(?:al|als|ed|ing|s)?\b|-RR\b|\bRR\b", re.IGNORECASE)
_BUY = re.compile(r"\bbuy\b|\bpurchas\w+|\boutright\b|-NU\b|\bNU\b|\bbought\b", re.IGNORECASE)
_BOTH_SIDES = re.compile(
    r"\bboth (?:knees|legs|arms|feet|ankles|wrists|sides|hands)\b|\bbilateral\w*\b|\bRTLT\b|\bLTRT\b|\bpair\b",
    re.IGNORECASE,
)
_REFILL = re.compile(
    (
        r"\bship\w*\b[^.?!\n]{0,30}\b\d{1,2} days\b|"
        r"\brefills?\b(?=[^.?!]{0,120}\b(?:ship\w*|suppl\w+|deliver\w*|dme|cpap|strips|catheters)\b)|"
        r"\b(?:suppl\w+|cpap|strips|catheters|dme)\b[^.?!]{0,80}\brefills?\b|\bbefore the (?:\w{1,10} )"
        r"?(?:supply|supplies) r[au]n\w* out\b|\bhow (?:many days|early|soon)\b[^.?!\n]{0,"
        r"60}\b(?:ship\w*|deliver\w*|contact\w*|call)\b|\b(?:contact|call)\b[^.?!\n]{0,60}\bship\w*\b|"
        r"\bautomatic(?:ally)? (?:ship|send|refill)\b"
    ),
    re.IGNORECASE,
)
_USE = re.compile(
    r"\badheren\w+|\bcomplian\w+|\bhours (?:a|per) night\b|\b31st\b|\b91st\b|\bfirst (?:90|91) days\b|\btrial\b",
    re.IGNORECASE,
)
_ABN = re.compile(r"\babns?\b", re.IGNORECASE)
_LATE_ORDER = re.compile(
    r"\b(?:order|swo|wopd|dwo|prescription|rx)\b[^.?!\n]{0,40}\b(?:missing|absent|late|not (?:there|in hand|on file|"
    r"signed)|after)\b"
    r"[^.?!\n]{0,30}\bdeliver\w*|\bdeliver\w*[^.?!\n]{0,30}\b(?:before|without)\b[^.?!\n]{0,20}\b(?:order|swo|wopd|prescription)\b|"
    r"\b(?:order|swo|wopd)\b[^.?!\n]{0,30}\bafter (?:the )?(?:delivery|it was delivered)\b",
    re.IGNORECASE,
)
_INDEX = re.compile(r"\b(?:ahi|rdi)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the words tell. None where they leave a thing open."""

    code: str | None
    kx: bool
    kx_missing: bool
    met: bool | None
    month: int | None
    rent: bool
    buy: bool
    both_sides: bool
    refill: bool
    positive_airway: bool
    adherence: bool
    abn: bool
    index: bool
    before_delivery: bool
    strips: bool
    modifiers: frozenset[str]
    late_order: bool = False
    """The order was missing at delivery, or came after it."""


def equipment(question: Question) -> Equipment | None:
    """The item, None where no equipment is told of."""
    text = told_text(question)
    if not _EQUIPMENT.search(text):
        return None
    code = next((code for code in proposed(question) if re.fullmatch(r"[EKL]\d{4}|A[4-9]\d{3}", code)), None)
    airway = code in {"E0601", "E0470", "E0471"} or re.search(r"\bcpap\w*|\bbi-?pap\b", text, re.IGNORECASE) is not None
    return Equipment(
        code or ("E0601" if re.search(r"\bcpap\b", text, re.IGNORECASE) and not _REFILL.search(text) else None),
        _KX.search(text) is not None,
        _MISSING_KX.search(text) is not None and (_KX.search(text) is not None),
        False if _NOT_MET.search(text) else (True if _MET.search(text) else None),
        _month(text),
        _RENT.search(text) is not None,
        _BUY.search(text) is not None,
        _BOTH_SIDES.search(text) is not None,
        _REFILL.search(text) is not None,
        airway,
        _USE.search(text) is not None,
        _ABN.search(text) is not None,
        _INDEX.search(text) is not None,
        re.search(
            (
                r"\bbefore deliver\w+|\bface[- ]to[- ]face\b(?![^.?!]*\bkx\b)|\bwopd\b|"
                r"\bwritten order prior\b|\bprior auth\w*"
            ),
            text,
            re.IGNORECASE,
        )
        is not None,
        re.search(
            r"\btest strips\b|\bA4253\b|\bA4259\b|\blancets\b|\bglucose (?:strips|supplies)\b", text, re.IGNORECASE
        )
        is not None,
        written_modifiers(question),
        _LATE_ORDER.search(text) is not None,
    )


def _month(text: str) -> int | None:
    found = _MONTH.search(text)
    if not found:
        return None
    if found["number"]:
        return int(found["number"])
    word = (found["ordinal"] or "first").lower()
    return _ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 1)

"""Who pays a denied service as told: the notice signed or not, what is expected, which plan."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.consulting.reading.billing import written_modifiers
from caseconsultant.domain.question import Question

_NOTICE = re.compile(
    (
        r"\babns?\b|\badvance (?:beneficiary|notice)\b|\bwaiver form\b|\bsigned (?:the |a )"
        r"?(?:medicare )?(?:waiver|form|notice)\b|\bcms-?r-?131\b|\bnotice of non-?coverage\b"
    ),
    re.IGNORECASE,
)
_MODIFIERS = frozenset({"GA", "GX", "GY", "GZ"})
_SIGNED = re.compile(
    (
        r"\b(?:patient|pt|she|he|member|beneficiary)?\s?(?:has |had )?signed\b|\b(?:have|has|had|got|"
        r"with) (?:a |an |the )?(?:signed |valid )?abn\b|\babn (?:is |was )?(?:on file|signed|obtained)"
        r"\b|\bsigned abn\b"
    ),
    re.IGNORECASE,
)
_NOT_SIGNED = re.compile(
    (
        r"\bsigned nothing\b|\b(?:no|without (?:an?|any)?|didn'?t (?:get|have|sign) (?:an?|the)?|"
        r"did not (?:get|have|sign|obtain) (?:an?|the)?|never (?:got|signed|had) (?:an?|the)?|"
        r"forgot (?:to get )?(?:an?|the)?|not (?:have|get) (?:an?)?)\s?(?:\w{1,8}\s)?(?:abn|notice|"
        r"waiver|form)\b|\babn (?:was )?(?:not|never) (?:signed|obtained|given|done)\b|"
        r"\bnothing (?:was )?signed\b|\brefused to sign\b"
    ),
    re.IGNORECASE,
)
_AFTER = re.compile(
    (
        r"\bsigned\b[^.?!\n]{0,40}\b(?:after|later|next day|afterwards)\b|\bafter (?:the (?:service|"
        r"test|draw|visit)|it was done)\b[^.?!\n]{0,40}\bsign\w*|\bsign (?:it )?(?:now|today|"
        r"retroactively)\b|\bbackdat\w+"
    ),
    re.IGNORECASE,
)
_EXCLUDED = re.compile(
    (
        r"\b(?:statutor\w+|excluded|exclusion|never cover\w*|non-?covered|not a (?:medicare )?benefit|"
        r"cosmetic|hearing aids?|routine (?:physical|foot|dental|eye)|dental|eyeglasses|refraction|"
        r"92015|personal comfort|voluntary)\b|\bmedicare (?:doesn't|does not|never) covers?\b"
    ),
    re.IGNORECASE,
)
_NECESSITY = re.compile(
    (
        r"\bnecess\w+|\bdiagnosis\b|\bdx\b|\bfrequen\w+|\btoo (?:often|soon)\b|\blcd\b|\bncd\b|"
        r"\bdenied for\b|\bexperimental\b|\bscreening limit\b"
    ),
    re.IGNORECASE,
)
_EDIT = re.compile(
    r"\bco-?\s?97\b|\bncci\b|\bbundl\w+|\bmue\b|\bptp\b|\bmedically unlikely\b|\bunits? (?:over|exceed\w*)\b|\bedit\b",
    re.IGNORECASE,
)
_ADVANTAGE = re.compile(
    r"\bmedicare advantage\b|\b(?:ma|mapd|part c) (?:plan|patient|member)s?\b|\badvantage plan\b|\bpart c\b",
    re.IGNORECASE,
)
_BLANKET = re.compile(
    (
        r"\b(?:every|all) (?:medicare )?(?:patients?|pts?|visits?|new patients?)\b[^.?!\n]{0,"
        r"40}\babns?\b|\babns?\b[^.?!\n]{0,50}\b(?:every|all) (?:medicare )?(?:patients?|visits?)\b|"
        r"\bblanket\b|\broutine(?:ly)? (?:abn|notice)\b|\bgeneric abn\b"
    ),
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    (
        r"\bhow long\b|\bstill (?:good|valid)\b|\bsigned last year\b|\bexpire\w*|\bgood for\b|"
        r"\bvalid for\b|\bonce a year\b|\bevery (?:visit|time)\b|\brepetitive\b|\bannual abn\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Liability:
    """What the words tell. `signed` and `reason` are None where they leave it open."""

    signed: bool | None
    late: bool
    reason: str | None
    """`excluded` by law, not `necessary`, or an `edit`."""
    advantage: bool
    blanket: bool
    how_long: bool
    modifiers: frozenset[str]


def liability(question: Question) -> Liability | None:
    """The notice and its modifiers, None where neither is in question."""
    text = question.text
    modifiers = written_modifiers(question) & _MODIFIERS
    letters = frozenset(re.findall(r"\b(?-i:G[AXYZ])\b", text))
    if not _NOTICE.search(text) and not modifiers and not letters and not _NOT_SIGNED.search(text):
        return None
    if (
        re.search(r"\b(?:GA|georgia)\b", text)
        and letters == {"GA"}
        and not _NOTICE.search(text)
        and not modifiers
        and re.search(r"\b[A-Z][a-z]+,\s?GA\b", text)
    ):
        return None
    not_signed, signed = _NOT_SIGNED.search(text) is not None, _SIGNED.search(text) is not None
    reason = (
        "edit"
        if _EDIT.search(text)
        else ("excluded" if _EXCLUDED.search(text) else ("necessary" if _NECESSITY.search(text) else None))
    )
    return Liability(
        False if not_signed else (True if signed else None),
        _AFTER.search(text) is not None,
        reason,
        _ADVANTAGE.search(text) is not None
        or (question.payer is not None and question.payer.value == "medicare_advantage"),
        _BLANKET.search(text) is not None,
        _HOW_LONG.search(text) is not None,
        modifiers | (letters & _MODIFIERS),
    )

"""Which way round a question is put: `is the denial right?` and `nothing is billable, correct?` ask for a refusal."""

from __future__ import annotations

import re

_RIGHT = r"(?:right|correct|valid|justified|proper|appropriate|legit\w*|true|accurate|warranted|ok(?:ay)?)"
_REFUSED = r"(?:denial|rejection|denials|rejections|recoupment|takeback|write-?\s?off)"
_NEGATED = r"(?:can\s?not|can't|cant|could\s?not|couldn't|not|never|isn't|aren't|nothing|none|neither|no\s\w+)"
_BILLED = r"(?:bill\w*|report\w*|pay\w*|paid|cover\w*|cod(?:e|ed|able)|allow\w*|charg\w*|claim\w*|count\w*)"
_WRONG = r"(?:wrong|incorrect|overcoded|unbundling|upcoding|overbilling|an? (?:error|mistake))"
_LEFT_OUT = r"(?:drop|delete|remove|omit|skip|not\s(?:bill|report|code))"
_OFF = (
    r"\b(?:leave|leaving|take|taking|keep|keeping|drop|strip|pull|remove)\b[^.?!\n]{0,40}\b(?:off|out)\b"
    r"[^.?!\n]{0,40}\?"
)
_BEGINS = r"(?:^|[.?!\n,;:(]\s{0,3}|\b(?:so|and|but|or)\s)"
_FORBIDDEN = (
    r"(?:forbidden|prohibited|disallowed|off[\s-]limits|off the table|out of the question|ruled out|against the rules|"
    r"improper|inappropriate|not allowed|not permitted)"
)
_ASKS_FOR_A_REFUSAL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:is|was|are|were)\s(?:the|this|that|their|our|these|those)?\s?(?:\w+\s)?{_REFUSED}\s{_RIGHT}\b",
        rf"\b{_REFUSED}\s{_RIGHT}\s?\?",
        _OFF,
        r"\b(?:take|taking|drop|pull|remove)\b[^.?!\n]{0,40}\boff\s(?:the|our|that|this)\s(?:claim|bill)\b[^.?!\n]{0,90}\?",
        r"\bwrite\s(?:it|this|that|them|the\s\w+)?\s?off\b[^.?!\n]{0,30}\?",
        r"\b(?:stays?|stayed|left|kept|is|be)\soff\b[^.?!\n]{0,30}\?",
        rf"{_BEGINS}(?:is|was|would)\sit\s(?:be\s)?{_WRONG}\sto\s(?!not\b)[^.?!\n]{{0,120}}\?",
        rf"{_BEGINS}(?:is|are|was|were)\s[^.?!\n]{{1,40}}\s(?:wrong|incorrect)\b(?!\snot\b)[^.?!\n]{{0,80}}\?",
        rf"{_BEGINS}(?:is|are|was|were|would)\b[^.?!\n]{{0,60}}\b{_FORBIDDEN}\b[^.?!\n]{{0,60}}\?",
        (
            rf"\b(?:is|am)\s(?:it|i)\s(?:true|right|correct|so)\sthat\b[^?!\n]{{0,100}}\b{_NEGATED}\s(?:be\s)?"
            rf"{_BILLED}\b[^?!\n]{{0,80}}\?"
        ),
        r"\btoo (?:many|much)(?: units)?\s?\?",
        rf"\b(?:is|was|are|were|would)\s(?:that|this|it|he|she|they|we)\s(?:\w+\s)?{_WRONG}\b(?!\snot\b)[^.?!\n]{{0,20}}\?",
        rf"\bshould\s(?:i|we|they|he|she)\s(?:\w+\s)?{_LEFT_OUT}\b[^.?!\n]{{0,50}}\?",
        r"\b(?:correctly|rightly|properly)\s(?:denied|rejected|bundled|refused)\b[^.?!\n]{0,30}\?",
        r"\b(?:denied|rejected|bundled)\b[^.?!\n]{0,40}\b(?:correctly|rightly|properly)\s?\?",
        r"\b(?:right|correct|allowed)\sto\s(?:deny|reject|refuse|bundle|recoup)\b[^.?!\n]{0,40}\?",
        rf"\b{_NEGATED}\b[^.?!\n]{{0,60}}\b{_BILLED}\b[^.?!\n]{{0,40}},\s?(?:is that\s)?{_RIGHT}\s?\?",
        (
            rf"\b(?:says?|said|told|claims?|thinks?|insists?|believes?|argues?)\b[^.?!\n]{{0,60}}\b{_NEGATED}\b"
            rf"[^.?!\n]{{0,50}}\b{_BILLED}\b[^?!\n]{{0,120}}\b(?:is\s(?:s?he|that|it|this)|are\sthey)\s{_RIGHT}\s?\?"
        ),
    )
)


def asks_for_a_refusal(text: str) -> bool:
    """Whether yes means that the service is not billed."""
    lowered = text.lower()
    return any(pattern.search(lowered) for pattern in _ASKS_FOR_A_REFUSAL)

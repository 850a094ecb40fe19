"""Several questions in one mail: numbered, with bullets, opened by words such as `Second question:`, or of other codes.

What stands before the first (greeting, payer, setting, the claim) belongs to each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from caseconsultant.consulting.reading.intent import asks_yes_or_no

_NUMBERED = re.compile(
    r"(?:^|\n)[ \t]{0,20}(?:q(?:uestion)?\s?)?(?:\(?\d{1,2}[.):]|\(?[a-f][.)]|[-*\u2022])[ \t]", re.IGNORECASE
)
_INLINE = re.compile(r"(?:(?<=[\s:;.?!])|^)\(?(?P<n>[1-6])(?:[).:]|\s[-\u2013])\s")
_HEADED = re.compile(
    r"(?:^|\n|(?<=[.?!:;)])\s{1,20})[ \t]{0,20}"
    r"(?:claim|case|patient|pt|question|q|scenario|example|issue|acct|account|encounter|visit)"
    r"\s?#?\s?(?P<n>[1-6a-f]|one|two|three)\s?(?:[:.)]|\s?[-\u2013]\s|(?=,\s))\s*",
    re.IGNORECASE,
)
"""`Claim 1: ...  Claim 2: ...`, `Patient A: ...`."""
_ANNOUNCED = re.compile(
    r"\b(?:two|2|three|3|four|4|couple(?:\sof)?|few|several|multiple|some)\s(?:\w{1,12}\s)?(?:questions|things|issues|items)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:it|them|this|that|those|these|both|(?:what|how) about|same (?:one|for|rule|thing))\b", re.IGNORECASE
)
_OPENED = re.compile(
    r"(?:(?<=[.?!)])\s{1,20}|(?<!\n)\n{1,20})"
    r"(?=(?:also|secondly|second(?=,)|third(?:ly)?(?=,)|second (?:one|question)|"
    r"(?:and )?another (?:one|question|thing)|"
    r"(?:and )?one more(?: (?:question|thing))?|next question|separately|"
    r"unrelated(?: question)?|different (?:question|case)|"
    r"p\.?s\.?|other question|the other (?:one|question))\b[,:;.\s-])",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b(?:[A-Z]\d{4}|\d{5}|\d{4}[FTUM]|[A-Z]\d{2}(?:\.[0-9A-Z]{1,4})?)\b")
_LAST_SENTENCE = re.compile(r"(?:^|(?<=[.!\n])\s+)(?P<asked>[^.!\n]*(?:\d\.\d[^.!\n]*)*)$")
_JOINED_ON = re.compile(r"^\s*(?:and|also|plus)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|both|either|one|ones|same|then|he|she|so|instead|other|second|line|claim|"
    r"modifiers?|codes?)\b",
    re.IGNORECASE,
)
"""Words by which a question goes on with the one before it."""
_FEWEST_WORDS = 6
_LONGEST_ADDRESS = 80
"""Characters that greet and tell payer and setting; more is a case, and the questions are of one claim."""
_MOST, _LEAST = 6, 2
_LONGEST_PREAMBLE = 800


def separate_questions(text: str) -> tuple[str, ...]:
    """The questions of a text, each with what stands before the first; empty where there is one."""
    items = _items(text)
    if not sum("?" in each for each in items[1:]) >= _LEAST or len(items) - 1 > _MOST:
        return _opened(text) or _of_other_codes(text) or _announced(text)
    preamble, questions = items[0], items[1:]
    if any("?" not in each for each in questions) or "?" in preamble or len(preamble) > _LONGEST_PREAMBLE:
        return ()
    return tuple(f"{preamble.strip()}\n{each.strip()}".strip() for each in questions)


def _items(text: str) -> Sequence[str]:
    """The preamble and the items of a list, by lines, by headings or within one."""
    headed = _HEADED.split(text)
    if len(headed[::2]) > _LEAST and not any(_GOES_ON.search(each) for each in headed[4::2]):
        return headed[::2]
    by_line = _NUMBERED.split(text)
    if len(by_line) > _LEAST:
        return by_line
    marks = list(_INLINE.finditer(text))
    if [int(each["n"]) for each in marks] != list(range(1, len(marks) + 1)) or len(marks) < _LEAST:
        return [text]
    ends = [*(each.start() for each in marks[1:]), len(text)]
    items = [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]
    bracketed = all(mark.group().rstrip().endswith(")") for mark in marks)
    if not bracketed and any(_GOES_ON.search(each) for each in items[1:]):
        return [text]
    return [text[: marks[0].start()], *items]


def _announced(text: str) -> tuple[str, ...]:
    """Questions that the mail says are several, each with codes of its own and pointing back to nothing."""
    told = _ANNOUNCED.search(text)
    pieces = re.split(r"(?<=\?)\s+", text[told.end() :].lstrip(" .:,;-\n")) if told else []
    if pieces and "?" not in pieces[-1]:
        pieces[-2:] = [" ".join(pieces[-2:])]
    if told is None or not _LEAST <= len(pieces) <= _MOST or any(_GOES_ON.search(each) for each in pieces[1:]):
        return ()
    codes = [set(_CODE.findall(each)) for each in pieces]
    if not all(codes) or any(not one.isdisjoint(other) for one, other in combinations(codes, 2)):
        return ()
    opening = text[: told.end()] + "."
    return tuple(f"{opening}\n{each.strip()}" for each in pieces)


def _opened(text: str) -> tuple[str, ...]:
    """Two or more questions, each later one opened by words and with codes of its own."""
    pieces = _OPENED.split(text)
    if len(pieces) < _LEAST or len(pieces) > _MOST:
        return ()
    seen: set[str] = set()
    for piece in pieces:
        codes = set(_CODE.findall(piece))
        if "?" not in piece or not codes - seen:
            return ()
        seen |= codes
    return tuple(each.strip() for each in pieces)


def _of_other_codes(text: str) -> tuple[str, ...]:
    """Two or more questions for yes or no, each of another section of codes; or of none, joined on by `and`."""
    pieces = text.split("?")
    stretches = [f"{each}?" for each in pieces[:-1]]
    if not _LEAST <= len(stretches) <= _MOST:
        return ()
    opening, first = _preamble(stretches[0])
    questions = [first, *stretches[1:]]
    if _CODE.search(opening) or len(opening) > _LONGEST_ADDRESS or not all(_asks_alone(each) for each in questions):
        return ()
    sections = [{code[:2] for code in _CODE.findall(each)} for each in questions]
    apart = all(sections) and all(one.isdisjoint(other) for one, other in combinations(sections, 2))
    joined_on = not any(sections) and all(_JOINED_ON.match(each) for each in questions[1:])
    if not (apart or joined_on):
        return ()
    questions[-1] += pieces[-1]
    return tuple(f"{opening.strip()}\n{each.strip()}".strip() for each in questions)


def _preamble(stretch: str) -> tuple[str, str]:
    """What stands before the first question, and the question."""
    found = _LAST_SENTENCE.search(stretch)
    start = found.start("asked") if found else 0
    return stretch[:start], stretch[start:]


def _asks_alone(question: str) -> bool:
    """Whether it wants yes or no, in words enough of its own, and points back to nothing."""
    whole = len(question.split()) >= _FEWEST_WORDS or _CODE.search(question) is not None
    return whole and asks_yes_or_no(question) and not _POINTS_BACK.search(question)

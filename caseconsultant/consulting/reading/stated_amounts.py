"""Amounts of money that a mail gives, each with the code or the part (technical, expense) it is told of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_FIGURE = r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d{2})?|\d{1,6}(?:\.\d{2})?)"
_MONEY: Final = re.compile(
    rf"\$\s?{_FIGURE}(?![\d,]*\d)|(?<![\w.$,-])(?P<plain>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{2}})?|"
    rf"\d{{1,5}}\.\d{{2}})(?![\w%]|\s?%)|"
    r"(?<![\w.$,-])(?P<dollars>\d{1,6}(?:\.\d{2})?)\s(?:dollars|bucks|usd)\b"
)
_AFTER_A_WORD: Final = re.compile(
    r"\b(?:allow(?:s|ed|able|ables|ance)?|fee schedule|fee|rate|mpfs|amount|base|tc|pc|26|technical|professional|"
    r"pe|expense|"
    r"owed|paid|pays|charge|cost)(?:\s(?:amount|rate|portion|part|component|for \w{5}|schedule|price))*\s?(?:is|"
    r"was|of|at|=|:|were|are)?\s?"
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d{2,4})(?![\d.%-]*\d|\s?%|\s?(?:percent|min\w*|units?|days?|or\b|vs\b|modifier)|"
    r"[A-Za-z])",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(
    r"(?<=[\d)])\s?(?:,|and|&|/|\+|,\s?and)\s(?P<n>\d{2,4})(?![\d.%-]*\d|\s?%|\s?(?:percent|min\w*|units?|days?)|"
    r"[A-Za-z])",
    re.IGNORECASE,
)
_OF_CODE: Final = re.compile(r"(?<![\w$.])(?P<code>[A-Z]?\d{4,5}[A-Z]?)(?:-\w\w)?\b")
_CODE_THEN_FIGURE: Final = re.compile(
    r"(?<![\w$.])(?:\d{5}|[A-V]\d{4})(?:-\w\w)?\s?(?:\(|=|:|at|@|is)?\s?(?P<n>\d{2,4})(?![\d.%]*\d|\s?%|[A-Za-z-]|"
    r"\s?(?:min|units?|x\b|modifier))",
    re.IGNORECASE,
)
_NEAR: Final = 40
_GOES_ON: Final = re.compile(
    r"[\s)]*(?:(?:for|on)\s?\w?\d{4,5}(?:-\w\w)?)?[\s)]*(?:,|and|&|/|\+|;|"
    r"vs\.?)\s*(?:and\s)?(?:\w?\d{4,5}(?:-\w\w)?\s?[(:=@]?\s?)?\$?\s?",
    re.IGNORECASE,
)
"""Between two amounts of one list: `$14 for 97110 and $12`."""
_LABELS: Final = (
    ("technical", re.compile(r"\btc\b|\btechnical\b", re.IGNORECASE)),
    ("professional", re.compile(r"\bpc\b|\bprofessional\b|(?<![\d$])-?26\b(?!\.)", re.IGNORECASE)),
    ("expense", re.compile(r"\bpe\b|\bpractice expense\b", re.IGNORECASE)),
    (
        "paid",
        re.compile(
            r"\b(?:paid(?! in full)|received|remit\w*|reimbursed|got|they pay|payment (?:of|was))\b", re.IGNORECASE
        ),
    ),
    ("deductible", re.compile(r"\bdeductible\b", re.IGNORECASE)),
    ("base", re.compile(r"\bbase\b", re.IGNORECASE)),
    ("charged", re.compile(r"\b(?:billed|charged?|charges|submitted)\b", re.IGNORECASE)),
    (
        "",
        re.compile(
            r"\ballow\w*|\b(?:fee schedule|schedule|rate|mpfs|(?<!billed )(?<!charged )amount|fee)\b", re.IGNORECASE
        ),
    ),
)
_AFTER: Final = (
    (
        "deductible",
        re.compile(
            r"\s?(?:of|in|on|to|toward|left on|remaining on)?\s?(?:the|his|her|their)?\s?(?:part b\s)?deductible\b",
            re.IGNORECASE,
        ),
    ),
    ("paid", re.compile(r"\s?(?:was |were |is |has been )?paid\b(?! of)", re.IGNORECASE)),
    ("technical", re.compile(r"\s?(?:tc|technical)\b", re.IGNORECASE)),
    ("professional", re.compile(r"\s?(?:pc|professional)\b", re.IGNORECASE)),
    ("charged", re.compile(r"\s?(?:was |were )?(?:billed|charged)\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Written:
    """An amount in cents, the code it stands with, and what it is of (`technical`, `paid`); empty where not told."""

    cents: int
    code: str
    of: str


def written_amounts(text: str) -> tuple[Written, ...]:
    """Every amount in its order; a number without a dollar sign counts where a word of money stands before it."""
    found: list[Written] = []
    last = 0
    for start, end in _spans(text):
        gap = text[last:start]
        listed = bool(found) and _GOES_ON.fullmatch(gap) is not None
        of = _label(gap, text[end : end + _NEAR], found[-1].of if listed else None)
        found.append(Written(_cents(text[start:end]), _code(text, start, end, last), of))
        last = end
    return tuple(found)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where amounts stand: with their sign or cents, after a word of money or a code, or listed after one."""
    found: set[tuple[int, int]] = set()
    for pattern in (_MONEY, _AFTER_A_WORD, _CODE_THEN_FIGURE):
        for each in pattern.finditer(text):
            found.add(next(each.span(name) for name in pattern.groupindex if each[name]))
    for each in _LISTED.finditer(text):
        if any(end == each.start() for _, end in found):
            found.add(each.span("n"))
    return sorted(found)


def _cents(figure: str) -> int:
    return round(float(figure.replace(",", "")) * 100)


def _code(text: str, start: int, end: int, last: int) -> str:
    """The code that follows with `for`; else the one just before an amount, no other amount between."""
    after = re.compile(r"[\s)]{0,2}(?:for|on|\()\s?(?:the\s)?(?P<code>\d{5})\b").match(text, end)
    if after:
        return after["code"]
    before = [each for each in _OF_CODE.finditer(text, last, start) if start - each.end() <= _NEAR]
    return before[-1]["code"] if before else ""


def _label(gap: str, after: str, inherited: str | None) -> str:
    """What an amount is of: as the word after it tells, as its list goes on, else the last word before it."""
    follows = next((name for name, word in _AFTER if word.match(after)), None)
    if follows is not None:
        return follows
    if inherited is not None:
        return inherited
    own = re.split(r"[;?!\n]|\. ", gap)[-1][-_NEAR:]
    told = [(each.start(), name) for name, word in _LABELS for each in word.finditer(own)]
    return max(told)[1] if told else ""

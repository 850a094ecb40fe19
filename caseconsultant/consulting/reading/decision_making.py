"""The elements of decision making that a text tells: problems, data and risk, in the names of the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from caseconsultant.consulting.reading import decision_words as words


@dataclass(frozen=True, slots=True)
class Elements:
    """Problems with their number, data items and categories, and decisions; `open_problem` is one of unclear class.

    `no_data` tells that the sender says there was none; `tests` counts unique tests whose reading nobody here bills.
    """

    problems: dict[str, int] = field(default_factory=dict)
    risks: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    item_count: int = 0
    historian: bool = False
    interpretation: bool = False
    discussion: bool = False
    no_data: bool = False
    vague_data: bool = False
    """Tests or records are spoken of, but how many is not told."""
    own_reading_billed: bool = False
    open_problem: str = ""
    open_chronic: int = 0
    """Chronic conditions of which nothing says whether they are at goal."""
    open_risk: str = ""

    @property
    def told(self) -> bool:
        """Whether a problem or a decision is told at all."""
        return bool(self.problems or self.risks or self.open_problem or self.open_chronic)

    @property
    def data_told(self) -> bool:
        """Whether data is spoken of at all, if only to say that there was none."""
        return bool(self.item_count or self.no_data or self.historian or self.interpretation or self.discussion)


@lru_cache(maxsize=8)
def elements(text: str) -> Elements:
    """What the text tells of problems, data and risk."""
    problems, open_chronic = _problems(text)
    risks, open_risk = _risks(text)
    items, count, vague = _items(text)
    no_data = words.NO_DATA.search(text) is not None and not items
    return Elements(
        problems=problems,
        risks=risks,
        items=items,
        item_count=count,
        historian=words.HISTORIAN.search(text) is not None,
        interpretation=words.INTERPRETED.search(text) is not None,
        discussion=words.DISCUSSED.search(text) is not None,
        no_data=no_data,
        vague_data=vague and not no_data,
        own_reading_billed=words.OWN_BILLED.search(text) is not None,
        open_problem="" if problems else _open(text),
        open_chronic=open_chronic,
        open_risk=open_risk,
    )


def _said(pattern: re.Pattern[str], text: str) -> bool:
    """Whether it stands there and is not denied."""
    return any(
        not words.NEGATED.search(text[max(0, each.start() - 30) : each.start()]) for each in pattern.finditer(text)
    )


def _problems(text: str) -> tuple[dict[str, int], int]:
    found: dict[str, int] = {}
    for name, pattern in (
        ("threat_to_life_or_function", words.THREAT),
        ("chronic_severe_exacerbation", words.SEVERE),
        ("acute_with_systemic_symptoms", words.SYSTEMIC),
        ("acute_complicated_injury", words.COMPLICATED),
        ("undiagnosed_new_uncertain_outcome", words.UNCERTAIN),
    ):
        if _said(pattern, text):
            found[name] = 1
    chronic, open_chronic = _chronic(text)
    found |= chronic
    minor = _amount(
        rf"\b{words.COUNT} (?:minor|self[- ]limited)(?: or (?:minor|self[- ]limited))? ?(?:problems?)?", text
    )
    if minor or _said(words.MINOR, text):
        found["minor_or_self_limited"] = minor or 1
    elif (_said(words.ACUTE, text) and "acute_with_systemic_symptoms" not in found) or (
        re.search(r"\buncomplicated\b", text, re.IGNORECASE) and not found
    ):
        feverish = _said(words.GENERAL, text) and not re.search(r"\buncomplicated\b", text, re.IGNORECASE)
        found |= {} if feverish else {"acute_uncomplicated": 1}  # whether the symptoms are systemic is open
    return found, 0 if found else open_chronic


def _chronic(text: str) -> tuple[dict[str, int], int]:
    """Chronic conditions by their state; the number where it is written, else the conditions named."""
    written = _amount(rf"\b{words.COUNT.replace('a|an|', '')} (?:\w+,? ){{0,3}}?chronic\b", text)
    named = {_alias(each.group()) for each in words.EACH_CHRONIC.finditer(text)}
    stable_words = words.STABLES.search(words.NOT_GOALS.sub(" ", text)) is not None
    at_goal = stable_words and not re.search(rf"\bnot (?:\w+ )?{words.STABLE}", text, re.IGNORECASE)
    off_goal = words.NOT_GOALS.search(text) is not None
    number = written or len(named)
    if not number:
        return {}, 0
    if off_goal and (named or written):
        return {"chronic_not_at_goal": 1} | ({"stable_chronic": number - 1} if at_goal and number > 1 else {}), 0
    if at_goal:
        return {"stable_chronic": number}, 0
    return {}, number


def _alias(name: str) -> str:
    lowered = name.lower()
    return next((alias for alias, pattern in words.ALIASES if re.search(pattern, lowered)), lowered)


def _amount(pattern: str, text: str) -> int:
    match = re.search(pattern, text, re.IGNORECASE)
    if not match:
        return 0
    return int(match["n"]) if match["n"].isdigit() else words.NUMBERS[match["n"].lower()]


def _open(text: str) -> str:
    found = words.OPEN.search(text)
    return found.group() if found else ""


def _risks(text: str) -> tuple[tuple[str, ...], str]:
    plain = words.NOT_ADMITTED.sub(" ", text)
    found = [name for name, pattern in words.RISKS if _said(pattern, plain)]
    surgery, open_surgery = _surgery(text)
    found += [surgery] if surgery else []
    if words.RX.search(words.NO_RX.sub(" ", plain)):
        found.append("prescription_drug_management")
    elif not found and (words.OTC.search(text) or words.THERAPY.search(text)):
        found.append("low")
    elif not found and (words.REST.search(text) or words.NO_RX.search(text)):
        found.append("minimal")
    return (() if open_surgery and set(found) <= {"low", "minimal"} else tuple(found)), open_surgery


def _surgery(text: str) -> tuple[str, str]:
    """A decision on major surgery, and whether its risk factors are left open."""
    if not _said(words.MAJOR, text) or "emergency" in text.lower():
        return "", ""
    factors = words.RISK_FACTORS.search(text)
    if factors is None:
        return "", "surgery"
    return f"elective_major_surgery_{'without' if factors['no'] else 'with'}_risk_factors", ""


def _items(text: str) -> tuple[tuple[str, ...], int, bool]:
    """Data items by name, how many they and the written numbers are, and whether some have no number."""
    plain = words.NO_DATA.sub(" ", text)
    tests = {re.sub(r"\s+", " ", each.group().lower()) for each in words.TEST.finditer(plain)}
    noted = _amount(words.NOTES.pattern, plain)
    records = max(len(words.RECORDS.findall(plain)), noted + (noted > 0 and "discharge summary" in plain.lower()))
    written = _amount(words.COUNTED.pattern, plain)
    names = (*sorted(tests), *(("outside notes",) if records else ()))
    count = max(len(tests), written) + records
    vague = words.VAGUE.search(plain) is not None and not written
    return names, count, vague

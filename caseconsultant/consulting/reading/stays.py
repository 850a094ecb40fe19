"""A hospital stay as told: hours, whether it began and ended on one date, and the visits of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STAY = re.compile(
    r"\bobs(?:ervation)?\b|\badmit\w*\b|\badmission\b|\bin-?patient\b|\bhospitalist\b|\bstay\b|\b9922[1-3]\b|"
    r"\b9923[4-9]\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\bdischarg\w*|\bd/c(?:'?d)?\b|\bsent (?:him |her |them |pt )?home\b|\bwent home\b|\bgoing home\b|\breleased\b|"
    r"\bdied\b|\bexpired\b|\bdeceased\b|\bobs(?:ervation)? \d+ ?(?:h|hours?)\b|\b9923[4-689]\b",
    re.IGNORECASE,
)
_SAME_DATE = re.compile(
    r"\bsame[- ](?:calendar )?(?:day|date)\b|\ball (?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday)\b|\bone (?:calendar )?(?:day|date)\b|\bthat (?:same )?(?:day|evening|afternoon)\b|"
    r"\b9923[456]\b|\blater that day\b|\bobs(?:ervation)? \d",
    re.IGNORECASE,
)
_OVERNIGHT = re.compile(
    r"\bovernight\b|\bday (?:2|two)\b|\b(?:over|across|through|spann?\w*|crosse[sd]) midnight\b|\bnext (?:day|"
    r"morning)\b|"
    r"\bpast midnight\b|\bfollowing (?:day|morning)\b|\b(?:two|2|"
    r"different) (?:calendar )?(?:days|dates)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?<![\d/:.])(?P<n>\d{1,2}(?:\.\d)?|six|seven|eight|nine|ten|eleven|twelve|four|five|three|two)[ -]?(?:h|hr|hrs|"
    r"hours?)\b",
    re.IGNORECASE,
)
_WORDS = {
    word: number
    for number, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=2
    )
}
_RULE = re.compile(
    r"\b(?:asks? for|need|needs|require\w*|minimum|at least|rule|less than|under|the|over|more than)\s*(?:an?\s|"
    r"of\s)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?::(?P<m>[0-5]\d))?\s*(?P<half>a\.?m\.?\b|p\.?m\.?\b|in the (?:morning|afternoon|evening)|"
    r"at night)|\b(?P<mil>[01]\d|2[0-3]):?(?P<milm>[0-5]\d)\b(?= ?(?:h\b|hrs|hours)?)|"
    r"\b(?P<noon>noon|midnight)\b|(?:\bat )(?P<bare>\d{1,2})(?= (?:in the|this) )|"
    r"\b(?P<lead>\d{1,2}) in the (?P<when>morning|afternoon|evening)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}/\d{1,2}\b")
_TWO_VISITS = re.compile(
    r"\b(?:two|2|both) (?:\w+ )?(?:visits?|encounters?|services|notes)\b|\bsaw (?:her|him|them|the patient|"
    r"pt) (?:then|again|twice)|\badmission visit and (?:a )?(?:separate )?discharge|\btwice\b|"
    r"\bseen twice\b|\bagain (?:in|before|at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stay:
    """`hours` is None where they are not told; `two_visits` None where nothing is told of visits."""

    hours: float | None
    same_date: bool
    overnight: bool
    two_visits: bool | None


def stay(text: str) -> Stay | None:
    """The stay that began and ended, as told; None where none is in question."""
    if not (_STAY.search(text) and _ENDED.search(text)) and not re.search(r"\b9923[456]\b", text):
        return None
    visits = (
        True
        if _TWO_VISITS.search(text)
        else False
        if re.search(
            r"\b(?:saw|seen) (?:\w+ ){0,2}?(?:only |just )?once\b|\b(?:one|single) (?:visit|encounter)\b",
            text,
            re.IGNORECASE,
        )
        else None
    )
    days = {each.lower() for each in _WEEKDAY.findall(text)}
    dates = set(_DATE.findall(text))
    overnight = _OVERNIGHT.search(text) is not None or len(days) > 1 or len(dates) > 1
    hours = _hours(text)
    clock = hours is not None and not _HOURS.search(text) and not overnight
    return Stay(hours, clock or _SAME_DATE.search(text) is not None, overnight, visits)


def _hours(text: str) -> float | None:
    for match in _HOURS.finditer(text):
        if _RULE.search(text[max(0, match.start() - 24) : match.start()]) or re.match(
            r"[ -]?(?:rule|minimum|minimums)", text[match.end() :], re.IGNORECASE
        ):
            continue
        written = match["n"].lower()
        return float(_WORDS.get(written) or written)
    moments = [moment for match in _CLOCK.finditer(text) if (moment := _moment(match)) is not None]
    return moments[-1] - moments[0] if len(moments) > 1 and moments[-1] > moments[0] else None


def _moment(match: re.Match[str]) -> float | None:
    if match["noon"]:
        return 12.0 if match["noon"].lower() == "noon" else 24.0
    if match["mil"]:
        return int(match["mil"]) + int(match["milm"]) / 60
    written = match["h"] or match["lead"]
    if not written:
        return None
    half = (match["half"] or match["when"] or "").lower()
    hour = int(written) % 12 + (
        12 if half.startswith("p") or "afternoon" in half or "evening" in half or "night" in half else 0
    )
    return hour + int(match["m"] or 0) / 60

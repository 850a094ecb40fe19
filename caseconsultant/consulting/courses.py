"""Several drugs run in one after another or at the same time: the courses of one visit, as the words tell them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from caseconsultant.consulting.reading.drugs import by_mouth, injected, pushed
from caseconsultant.domain.codes import Span
from caseconsultant.domain.question import Circumstance, DurationMention, Question, Service

OPENED_BY_VEIN = ("96413", "96365")
"""The codes that open an infusion beside which another drug is a further course."""
_FURTHER = frozenset({"96367", "96368", "96417", "96411", "96369", "96370", "96366"})
_UNNAMED = re.compile(
    r"\b(?P<which>another|other|an?\sadditional|second|2nd|next|third|3rd|fourth|4th|first|1st|different|new)\s"
    r"(?:\w{1,12}\s){0,2}?(?:drugs?|antibiotics?|abx|meds?|medications?|agents?|infusions?|bags?)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?P<count>two|three|four|2|3|4)\s(?:\w{1,12}\s){0,2}?(?:antibiotics|abx|drugs|meds|medications|infusions)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_EACH = re.compile(r"\s?(?:each|apiece|per (?:drug|bag))\b", re.IGNORECASE)
_BY_VEIN = re.compile(
    r"\b(?:iv|ivpb|intravenous\w{0,2}|infus\w{1,5}|drips?|hung|bags?|piggy\s?backs?|antibiotics?)\b", re.IGNORECASE
)
_VEIN = re.compile(r"\b(?:iv(?:pb|ig|p)?|intravenous\w{0,2}|veins?|piggy\s?backs?|antibiotics?)\b", re.IGNORECASE)
_ONE_BAG = re.compile(r"\b(?:(?:same|one|single)\s(?:\w{1,10}\s)?bag(?!\seach)|mixed|admixed)\b", re.IGNORECASE)
_AT_ONCE = re.compile(
    r"\bconcurrent\w{0,2}\b|\bsimultaneous\w{0,2}\b|\b(?:at|over|during)\sthe\ssame\s(?:time|hour|period)\b|"
    r"\bin parallel\b|\bwhile\b",
    re.IGNORECASE,
)
_IN_TURN = re.compile(
    r"\bthen\b|\bafter\b|\bafterwards?\b|\bfollow\w{2,3}\b|\bsequential\w{0,2}\b|\bnext\b|\bsubsequent\w{0,2}\b|"
    r"\bprior to\b|\bbefore\b|\bfinished\b|\bback[\s-]to[\s-]back\b",
    re.IGNORECASE,
)
_SPELL = re.compile(r"(\d{1,2}):(\d{2})(?: ([ap])m)? to ")
_HALF_DAY = 12


class Order(Enum):
    """How further drugs ran beside the first."""

    IN_TURN = "in turn"
    AT_ONCE = "at once"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Course:
    """One drug run in: its minutes, the code it was written of, and how it lay beside the first."""

    minutes: int
    code: str | None = None
    order: Order = Order.OPEN
    start: int | None = None
    drug: str = ""


_BENEATH = frozenset({Service.SC_INFUSION, Service.INJECTION, Service.VISIT})
"""Services that touch no vein."""


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    span: Span


def courses(question: Question, cancer_drugs: Collection[str] = ()) -> tuple[Course, ...]:
    """The courses of two drugs or more, the coded one first; one where a bag held all, none where fewer are told."""
    coded = {each.code for each in question.codes}
    beneath = any(each.service is Service.SC_INFUSION for each in question.services)
    if beneath or coded & _FURTHER or not _by_vein(question):
        return ()
    if _ONE_BAG.search(question.text):
        return _one_bag(question)
    found = _counted(question) or _timed(question)
    if len(found) < 2:  # noqa: PLR2004 - one drug is one course
        return ()
    coded_first = sorted(found, key=lambda each: (each.code is None, each.drug not in cancer_drugs))
    first = coded_first[0]
    return (first, *(_placed(each, first, question) for each in found if each is not first))


def _one_bag(question: Question) -> tuple[Course, ...]:
    """Drugs mixed in one bag are one infusion."""
    several = len(_given(question)) > 1 or _COUNTED.search(question.text) is not None
    told = several and question.minutes is not None and not question.codes
    return (Course(question.minutes),) if told and question.minutes else ()


def _by_vein(question: Question) -> bool:
    told = any(each.service is Service.IV_INFUSION for each in question.services)
    coded = any(each.code in OPENED_BY_VEIN for each in question.codes)
    return told or coded or _BY_VEIN.search(question.text) is not None


def route_open(question: Question) -> bool:
    """Whether drugs with their times are told and nothing says by which route."""
    return bool(question.drugs and question.durations) and not (question.services or _by_vein(question))


def beneath_the_skin(question: Question) -> bool:
    """Whether all that is told of ran under the skin: nothing speaks of a vein or of a second drug."""
    services = {each.service for each in question.services}
    apart = {Circumstance.OTHER_DRUG, Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER}
    drugs = {each.drug for each in question.drugs}
    alone = len(drugs) <= 1 and apart.isdisjoint(question.circumstances)
    return Service.SC_INFUSION in services and services <= _BENEATH and alone and not _VEIN.search(question.text)


def _counted(question: Question) -> list[Course]:
    """`two antibiotics, 60 minutes each`."""
    match = _COUNTED.search(question.text)
    if match is None or len(question.durations) != 1 or question.durations[0].codes or question.drugs:
        return []
    only = question.durations[0]
    if not _EACH.match(question.text, only.span.end) and not _AT_ONCE.search(question.text):
        return []
    return [Course(only.minutes) for _ in range(_COUNTS[match["count"].lower()])]


def _timed(question: Question) -> list[Course]:
    """Each length of time with the drug just before it, else just after it; a drug counts once."""
    given = _given(question)
    taken: set[str] = set()
    found: list[Course] = []
    durations = [each for each in question.durations if _counts(each, question)]
    for index, duration in enumerate(durations):
        start = durations[index - 1].span.end if index else 0
        end = durations[index + 1].span.start if index + 1 < len(durations) else len(question.text)
        before = [each for each in given if start <= each.span.start < duration.span.start]
        after = [each for each in given if duration.span.end <= each.span.start < end]
        own = next((each for each in [*reversed(before), *after] if each.name not in taken), None)
        if own is None and not duration.codes:
            continue
        name = own.name if own else ""
        taken.add(name)
        found.append(Course(duration.minutes, next(iter(duration.codes), None), start=_start(duration), drug=name))
    return found


def run_in(question: Question) -> frozenset[str]:
    """The drugs of a question that were run in by name: neither pushed, injected nor taken by mouth."""
    return frozenset(each.name for each in _given(question))


def at_once(question: Question) -> bool:
    """Whether the words tell that drugs ran at the same time."""
    return _AT_ONCE.search(question.text) is not None


def _counts(duration: DurationMention, question: Question) -> bool:
    """Not the time of a fluid, and of no code but one that opens a drug's infusion."""
    fluid = any(each.service is Service.HYDRATION and each.minutes == duration.minutes for each in question.services)
    return not fluid and set(duration.codes) <= set(OPENED_BY_VEIN)


def _given(question: Question) -> list[_Named]:
    """The drugs that ran in, by name or as `another drug`, in their order."""
    aside = {*pushed(question), *injected(question)}
    named = [
        _Named(each.drug, each.span)
        for each in question.drugs
        if each.drug not in aside and not by_mouth(question.text, each)
    ]
    unnamed = [_Named(match["which"].lower(), Span(*match.span())) for match in _UNNAMED.finditer(question.text)]
    return sorted((*named, *unnamed), key=lambda each: each.span.start)


def _start(duration: DurationMention) -> int | None:
    match = _SPELL.match(duration.arithmetic)
    if match is None:
        return None
    hour = int(match[1]) % _HALF_DAY + (_HALF_DAY if match[3] == "p" else 0) if match[3] else int(match[1])
    return hour * 60 + int(match[2])


def _placed(course: Course, first: Course, question: Question) -> Course:
    """Clock times tell whether two courses overlap; else the words do."""
    if course.start is not None and first.start is not None:
        earlier, later = sorted((first, course), key=lambda each: each.start or 0)
        overlap = (later.start or 0) < (earlier.start or 0) + earlier.minutes
        return replace(course, order=Order.AT_ONCE if overlap else Order.IN_TURN)
    if _AT_ONCE.search(question.text):
        return replace(course, order=Order.AT_ONCE)
    return replace(course, order=Order.IN_TURN if _IN_TURN.search(question.text) else Order.OPEN)

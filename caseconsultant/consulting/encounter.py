"""A day of infusions, pushes, injections and fluids told drug by drug: what was given how, and the codes it comes to.

One service is initial: by the hierarchy in a hospital, by the main reason for the encounter in an office.
Sources: CPT guidelines on hydration, injections and infusions; Medicare Claims Processing Manual 4 §230.2, 12 §30.5.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from caseconsultant.consulting.reading.drugs import by_mouth, injected, pushed
from caseconsultant.domain.codes import Setting, Span
from caseconsultant.domain.question import Circumstance, DurationMention, Question, Service


class Method(IntEnum):
    """How something was given, the highest rank first."""

    INFUSION = 1
    PUSH = 2
    INJECTION = 3
    HYDRATION = 4


@dataclass(frozen=True, slots=True)
class Given:
    """One drug or fluid: `start` and `stop` are minutes of the day, None where no clock times are told."""

    name: str
    method: Method
    minutes: int = 0
    start: int | None = None
    times: int = 1
    cancer: bool = False
    main: bool = False

    @property
    def stop(self) -> int | None:
        """The minute of the day at which it ended."""
        return None if self.start is None else self.start + self.minutes


@dataclass(frozen=True, slots=True)
class _Place:
    """A drug or a fluid where the text names it."""

    name: str
    span: Span
    times: int = 1


_LONGEST_PUSH = 15
_FLUID = "fluid"
_PUSHED = re.compile(
    r"\b(?:ivp|push(?:ed|es)?|bolus(?:ed)?)\b|\b(?:into|through|via|by)\sthe\s(?:iv|line|port|picc)\b|"
    r"\biv\b(?!\s(?:infus|drip|pig|fluid))",
    re.IGNORECASE,
)
_INJECTED = re.compile(r"\b(?:(?-i:IM)|intramuscular\w*|subq|sub-?\s?cut\w*|(?-i:SC|SQ)|shot)\b", re.IGNORECASE)
_RUN = re.compile(r"\b(?:drip|infus\w+|ran|hung|ivpb|piggy\s?back\w*|over|bag)\b", re.IGNORECASE)
_CARRIER = re.compile(
    r"\b(?:in|with|mixed in|diluted in)\s(?:a\s)?(?:\d{2,4}\s?-?(?:ml|cc)\s(?:bag\s)?(?:of\s)?)?(?:normal\s|"
    r"0?\.9%?\s)?$|"
    r"\bbag of (?:normal\s)?$",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r"\b(?:main|primary|chief) reason\b|\breason (?:she|he|they|for|why)\b|\bcame (?:in )?for\b|\bhere for\b|"
    r"\bpresent\w* for\b",
    re.IGNORECASE,
)
_RESTARTED = re.compile(
    r"\b(?:restart\w*|infiltrat\w*|blew|blown|re-?stuck|pulled out|came out|dislodged|occluded)\b", re.IGNORECASE
)
_INITIAL = frozenset({"96360", "96365", "96374"})
"""Two of them on one claim are a question of their own."""
_VEIN = re.compile(
    r"\b(?:iv\w{0,3}|intravenous\w*|infus\w+|drips?|hung|bags?|push\w*|piggy\s?backs?|bolus\w*|ports?|picc|lines?)\b",
    re.IGNORECASE,
)
_SPELL = re.compile(r"(\d{1,2}):(\d{2})(?: ([ap])m)? to ")
_HALF_DAY = 12
_LEFT_TO_THE_CODES = frozenset(
    {"96367", "96368", "96369", "96370", "96371", "96401", "96409", "96411", "96413", "96415", "96417"}
)
"""Codes that tell more of the infusion than its drug does."""
_LEAST = 2


def encounter(question: Question, cancer_drugs: Collection[str] = ()) -> tuple[Given, ...]:
    """All that was given, in the order told; empty where less than two things or not all times are told."""
    services = {each.service for each in question.services}
    initials = {each.code for each in question.codes} & _INITIAL
    if (
        Service.SC_INFUSION in services
        or len(initials) > 1
        or not _LEFT_TO_THE_CODES.isdisjoint(each.code for each in question.codes)
    ):
        return ()
    places = _places(question)
    owners = _owners(places, question)
    if owners is None:
        return ()
    found = [_given(each, owners, places, question, cancer_drugs) for each in places]
    given = [each for each in found if each is not None]
    timed = any(each.minutes for each in given)
    if len(given) < _LEAST or len(given) != len(found) or not timed or _unclear(given, question):
        return ()
    return tuple(given)


def restarted(question: Question) -> int | None:
    """The minutes of one infusion that was interrupted and went on elsewhere; None where none was."""
    drugs = {each.drug for each in question.drugs}
    if len(drugs) != 1 or len(question.durations) < _LEAST or not _RESTARTED.search(question.text):
        return None
    return sum(each.minutes for each in question.durations)


def carries_drug(question: Question) -> bool:
    """Whether the fluid told of carries a drug (`vancomycin in 250 ml saline`)."""
    fluids = [each for each in question.services if each.service is Service.HYDRATION]
    carriers = [each for each in fluids if _is_carrier(question, each.span)]
    return bool(carriers and question.drugs) and all(each in carriers or each.minutes is None for each in fluids)


def _unclear(given: Sequence[Given], question: Question) -> bool:
    """Infusions whose order is open, no word of a vein, or two sites, encounters or lumens: another question."""
    run = [each for each in given if each.method is Method.INFUSION]
    vein = any(each.service is Service.IV_INFUSION for each in question.services) or _VEIN.search(question.text)
    if (len(run) > 1 and any(each.start is None for each in run)) or not vein:
        return True
    apart = {
        Circumstance.OTHER_SITE,
        Circumstance.OTHER_ENCOUNTER,
        Circumstance.TWO_LUMENS,
        Circumstance.SELF_ADMINISTERED,
    }
    return not apart.isdisjoint(question.circumstances)


def _places(question: Question) -> list[_Place]:
    drugs = [_Place(each.drug, each.span, each.times) for each in question.drugs if not by_mouth(question.text, each)]
    fluids = [
        _Place(_FLUID, each.span)
        for each in question.services
        if each.service is Service.HYDRATION and not _is_carrier(question, each.span)
    ]
    merged: dict[str, _Place] = {}
    for each in sorted((*drugs, *fluids), key=lambda each: each.span.start):
        merged.setdefault(each.name, each)
    return list(merged.values())


def _is_carrier(question: Question, span: Span) -> bool:
    return _CARRIER.search(question.text[max(0, span.start - 40) : span.start]) is not None


def _owners(places: Sequence[_Place], question: Question) -> dict[str, DurationMention] | None:
    """Each length of time with the drug or fluid just before it, else just after; None where one has no owner."""
    aside = {*pushed(question), *injected(question)}
    takers = [each for each in places if each.name not in aside]
    owners: dict[str, DurationMention] = {}
    for duration in question.durations:
        if duration.minutes <= _LONGEST_PUSH and " to " not in duration.arithmetic and aside:
            continue
        before = [each for each in takers if each.span.start < duration.span.start and each.name not in owners]
        after = [each for each in takers if each.span.start > duration.span.start and each.name not in owners]
        own = before[-1] if before else after[0] if after else None
        if own is None:
            return None
        owners[own.name] = duration
    return owners


def _given(
    place: _Place,
    owners: dict[str, DurationMention],
    places: Sequence[_Place],
    question: Question,
    cancer_drugs: Collection[str],
) -> Given | None:
    """How one thing was given; None where that is not told."""
    main = _is_main(place, places, question)
    cancer = place.name in cancer_drugs
    duration = owners.get(place.name)
    if place.name == _FLUID:
        return Given(_FLUID, Method.HYDRATION, duration.minutes, _start(duration), main=main) if duration else None
    method = _method(place, places, question, timed=duration is not None)
    if method is None:
        return None
    if method is Method.INFUSION and duration is not None:
        if duration.minutes <= _LONGEST_PUSH:
            return Given(place.name, Method.PUSH, 0, None, 1, cancer, main)
        return Given(place.name, method, duration.minutes, _start(duration), 1, cancer, main)
    times = pushed(question).get(place.name) or injected(question).get(place.name) or place.times
    return Given(place.name, method, 0, None, times, cancer, main)


def _method(place: _Place, places: Sequence[_Place], question: Question, *, timed: bool) -> Method | None:
    if timed:
        return Method.INFUSION
    if place.name in pushed(question):
        return Method.PUSH
    if place.name in injected(question):
        return Method.INJECTION
    stretch = _stretch(place, places, question.text)
    if _INJECTED.search(stretch):
        return Method.INJECTION
    return Method.PUSH if _PUSHED.search(stretch) and not _RUN.search(stretch) else None


def _stretch(place: _Place, places: Sequence[_Place], text: str) -> str:
    """From the drug's name to the next one's, or the end of its sentence."""
    following = [each.span.start for each in places if each.span.start > place.span.start]
    end = min([*following, place.span.end + 80, len(text)])
    return re.split(r"[.?!\n]", text[place.span.end : end], maxsplit=1)[0]


def _is_main(place: _Place, places: Sequence[_Place], question: Question) -> bool:
    """The thing named nearest before the words that tell the main reason, else just after them."""
    told = _MAIN.search(question.text)
    if told is None:
        return False
    before = [each for each in places if each.span.start < told.start()]
    after = [each for each in places if each.span.start > told.start()]
    chosen = before[-1] if before else after[0] if after else None
    return chosen is place


def _start(duration: DurationMention) -> int | None:
    match = _SPELL.match(duration.arithmetic)
    if match is None:
        return None
    hour = int(match[1]) % _HALF_DAY + (_HALF_DAY if match[3] == "p" else 0) if match[3] else int(match[1])
    return hour * 60 + int(match[2])


# --- Codes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """An infusion or hydration with the code that opens it there, and the minutes that count."""

    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class EncounterCodes:
    """What the day comes to: infusions by their opening codes, counted lines, and which thing is initial."""

    opened: tuple[Opened, ...]
    counted: dict[str, int]
    initial: str
    by_reason: bool
    """The initial service follows the main reason told, against the hierarchy of a hospital."""


def initial_of(given: Sequence[Given], setting: Setting | None) -> Given | None:
    """The initial service: in an office what the encounter was mainly for, else by rank; injections open nothing."""
    openings = [each for each in given if each.method is not Method.INJECTION]
    reason = next((each for each in openings if each.main), None)
    if reason is not None and setting is not Setting.OUTPATIENT_HOSPITAL:
        return reason
    return min(openings, key=_rank, default=None)


def _rank(each: Given) -> tuple[int, int]:
    """Chemotherapy before other drugs before hydration; infusion before push."""
    family = 0 if each.cancer else 2 if each.method is Method.HYDRATION else 1
    return family, each.method


def encounter_codes(given: Sequence[Given], setting: Setting | None) -> EncounterCodes | None:
    """The codes of the day; None where nothing opens it."""
    first = initial_of(given, setting)
    if first is None:
        return None
    opened: list[Opened] = []
    counted: dict[str, int] = {}
    _open(first, opened, counted)
    for each in given:
        if each is not first:
            _follow(each, first, given, opened, counted)
    hospital = setting in {None, Setting.OUTPATIENT_HOSPITAL}
    for each in given:
        if each.method is Method.PUSH and each.times > 1 and hospital:
            counted["96376"] = counted.get("96376", 0) + each.times - 1
    return EncounterCodes(tuple(opened), counted, first.name, by_reason=first.main)


def _open(first: Given, opened: list[Opened], counted: dict[str, int]) -> None:
    if first.method is Method.PUSH:
        _count(counted, "96409" if first.cancer else "96374")
    elif first.method is Method.HYDRATION:
        opened.append(Opened("96360", first.minutes))
    else:
        opened.append(Opened("96413" if first.cancer else "96365", first.minutes))


def _follow(each: Given, first: Given, given: Sequence[Given], opened: list[Opened], counted: dict[str, int]) -> None:
    if each.method is Method.INJECTION:
        _count(counted, "96401" if each.cancer else "96372", each.times)
    elif each.method is Method.PUSH:
        _count(counted, "96411" if each.cancer else "96375")
    elif each.method is Method.HYDRATION:
        minutes = each.minutes - _overlap(each, given)
        if minutes > 0:
            opened.append(Opened("96361", minutes))
    elif _concurrent(each, given):
        counted["96368"] = 1
    else:
        opened.append(Opened("96417" if each.cancer and first.cancer else "96367", each.minutes))


def _count(counted: dict[str, int], code: str, by: int = 1) -> None:
    counted[code] = counted.get(code, 0) + by


def _overlap(fluid: Given, given: Sequence[Given]) -> int:
    """Minutes of a fluid in which a drug ran."""
    if fluid.start is None or fluid.stop is None:
        return 0
    minutes = 0
    for each in given:
        if each.method is Method.INFUSION and each.start is not None and each.stop is not None:
            minutes += max(0, min(fluid.stop, each.stop) - max(fluid.start, each.start))
    return min(minutes, fluid.minutes)


def _concurrent(each: Given, given: Sequence[Given]) -> bool:
    """Whether an infusion began while an earlier one ran."""
    if each.start is None:
        return False
    return any(
        other is not each
        and other.method is Method.INFUSION
        and other.start is not None
        and other.stop is not None
        and (other.start, given.index(other)) < (each.start, given.index(each))
        and each.start < other.stop
        for other in given
    )

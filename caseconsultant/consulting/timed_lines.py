"""The infusions of a claim with the minutes that are theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from caseconsultant.consulting.calculators.infusion import (
    InfusionUnits,
    infusion_units,
    secondary_hydration,
)
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.question import Question, Service

_OPENED_BY = {
    Service.SC_INFUSION: "96369",
    Service.IV_INFUSION: "96365",
    Service.CHEMO_INFUSION: "96413",
    Service.HYDRATION: "96360",
}
_SECONDARY = "96361"
_CHEMOTHERAPY = "96413"


def infusions(
    question: Question, codes: Sequence[str], openings: Mapping[str, str], knowledge: Knowledge
) -> tuple[tuple[InfusionUnits, ...], tuple[str, ...]]:
    """The arithmetic of every infusion whose minutes are told, and the opening codes of those whose are not."""
    timed: list[InfusionUnits] = []
    untimed: list[str] = []
    opened = _opened(codes, openings)
    every = {*openings, *openings.values()}
    for opening in opened:
        alone = len(opened) == 1 or set(opened) <= set(question.alternatives)
        minutes = _minutes_of(question, opening, openings.get(opening), every, alone=alone)
        if minutes is None:
            untimed.append(opening)
        elif opening == _SECONDARY:
            timed.append(secondary_hydration(minutes, knowledge=knowledge, on=question.as_of))
        else:
            timed.append(infusion_units(opening, minutes, knowledge=knowledge, on=question.as_of))
    return tuple(timed), tuple(untimed)


def _opened(codes: Sequence[str], openings: Mapping[str, str]) -> list[str]:
    """The infusions the codes belong to, by their opening codes; 96361 without 96360 beside another is secondary."""
    found: dict[str, None] = {}
    for code in codes:
        if code in openings:
            found[code] = None
    for code in codes:
        parents = [opening for opening, additional in openings.items() if additional == code]
        if not parents or found.keys() & set(parents):
            continue
        found[_SECONDARY if code == _SECONDARY and len(codes) > 1 else parents[0]] = None
    return list(found)


def _minutes_of(
    question: Question, opening: str, additional: str | None, infusions: AbstractSet[str], *, alone: bool
) -> int | None:
    """Minutes written of the code, else of the service in words, else the only ones there are."""
    own = {opening, additional}
    spells = {
        each.arithmetic
        for each in question.durations
        if " to " in each.arithmetic and (not each.codes or own & set(each.codes))
    }
    if alone and len(spells) > 1:  # an infusion with a pause, or two: which minutes count is not plain
        return None
    wanted = own | set(question.alternatives) if opening in question.alternatives else own
    of_code = [each.minutes for each in question.durations if wanted & set(each.codes)]
    if of_code:
        return of_code[0]
    service = next((each for each, code in _OPENED_BY.items() if code == _root(opening)), None)
    spoken = {service, Service.IV_INFUSION} if alone and opening == _CHEMOTHERAPY else {service}
    of_service = [each.minutes for each in question.services if each.minutes and each.service in spoken]
    if of_service:
        return sum(of_service)
    others = infusions - own
    return question.minutes if alone and not any(others & set(each.codes) for each in question.durations) else None


def _root(opening: str) -> str:
    return "96360" if opening == _SECONDARY else opening

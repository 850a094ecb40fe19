"""Drugs that run in by vein, each told with its length of time and no word of how it was given: infusions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from caseconsultant.domain.question import DrugMention, DurationMention, Service, ServiceMention

_LONGEST_PUSH = 15
"""Minutes; a longer administration by vein is an infusion (CPT guidelines)."""
_BY_THE_CLOCK = " to "
"""Of several drugs only clock times tell how they lay beside each other."""
_ANOTHER_WAY = re.compile(
    r"\b(?:im|sc|sq|sub-?\s?q|sub-?\s?cut\w*|intramuscular\w*|inject\w*|shots?|push\w*|ivp|bolus\w*|oral\w*|po|"
    r"by mouth|tablets?|pen|intrathecal\w*|intravesical\w*|intra-?articular\w*|pumps?)\b",
    re.IGNORECASE,
)


def run_in(
    services: Sequence[ServiceMention],
    *,
    text: str,
    drugs: Sequence[DrugMention],
    durations: Sequence[DurationMention],
    by_vein: Collection[str],
) -> tuple[ServiceMention, ...]:
    """The services with the infusion that drugs and their minutes tell of; as they were where another way is told."""
    named = {each.drug for each in drugs}
    given = [each for each in services if each.service is not Service.VISIT]
    if not named or not named <= set(by_vein) or _ANOTHER_WAY.search(text):
        return tuple(services)
    if given:
        open_route = all(each.service is Service.INFUSION for each in given)
        return tuple(_by_vein(each) for each in services) if open_route else tuple(services)
    long = all(each.minutes > _LONGEST_PUSH for each in durations)
    in_turn = len(named) == 1 or all(_BY_THE_CLOCK in each.arithmetic for each in durations)
    if not (long and in_turn) or len(durations) != len(named) or len(drugs) != len(named):
        return tuple(services)
    told = (
        ServiceMention(Service.IV_INFUSION, drug.span, each.minutes)
        for drug, each in zip(drugs, durations, strict=True)
    )
    return (*services, *told)


def _by_vein(mention: ServiceMention) -> ServiceMention:
    return replace(mention, service=Service.IV_INFUSION) if mention.service is Service.INFUSION else mention

"""Units of giving vaccines: by component with the clinician's counseling, else first and further of the day by route.

Source: CPT guidelines, immunization administration; NCCI Policy Manual XI §B.13.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def by_components(components: Sequence[int], codes: Mapping[str, str]) -> dict[str, int]:
    """One first component for each vaccine, and every further component of each."""
    further = sum(each - 1 for each in components)
    units = {codes["first_component"]: len(components), codes["further_component"]: further}
    return {code: each for code, each in units.items() if each}


def by_route(injected: int, otherwise: int, codes: Mapping[str, Mapping[str, str]]) -> dict[str, int]:
    """One first of the day, the injected one if there is one; all others are further ones of their route."""
    by_needle, by_mouth = codes["injected"], codes["oral_or_nasal"]
    if injected:
        units = {by_needle["first"]: 1, by_needle["further"]: injected - 1, by_mouth["further"]: otherwise}
    else:
        units = {by_mouth["first"]: min(otherwise, 1), by_mouth["further"]: max(otherwise - 1, 0)}
    return {code: each for code, each in units.items() if each}

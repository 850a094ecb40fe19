"""Every code of `knowledge/rules/conditions.yaml`, with each of its kinds and sides, is held against the order file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

import pytest

from caseconsultant.consulting.calculators.conditions import filled
from caseconsultant.consulting.condition_rules import Catalogue, catalogue
from caseconsultant.domain.conditions import Choice, Combination, Condition, Part
from caseconsultant.kb.store import Store

ON = date(2026, 9, 1)


@pytest.fixture(scope="module")
def known(full: Store) -> Catalogue:
    return catalogue(full, ON)


def kinds(parts: Sequence[Part]) -> Iterator[Mapping[str, Choice]]:
    """Each way in which the parts can be told."""
    for chosen in product(*((*part.choices, part.otherwise) for part in parts)):
        yield {part.name: choice for part, choice in zip(parts, chosen, strict=True)}


def characters(sides: Mapping[str, str]) -> Sequence[str]:
    return [figure for side, figure in sides.items() if side != "eyes"] or [""]


def codes(
    template: str, parts: Sequence[Part], sides: Mapping[str, str], stems: Mapping[str, str] | None = None
) -> Iterator[str]:
    for chosen, side in product(kinds(parts), characters(sides)):
        whole = next((each.code for each in chosen.values() if each.code), template)
        put = {name: each.put for name, each in chosen.items()}
        yield filled(whole, {**put, "side": side, **(stems or {})})


def of_condition(condition: Condition) -> Iterator[str]:
    if condition.code:
        yield from codes(condition.code, condition.parts, condition.sides)


def of_combination(combination: Combination, known: Catalogue) -> Iterator[str]:
    members = [name for name in combination.of if f"{{{name}}}" in combination.code]
    pools = [[each.stem for each in known.conditions.values() if each.is_of(name) and each.stem] for name in members]
    for stems in product(*pools):
        if combination.code:
            yield from codes(
                combination.code, combination.parts, combination.sides, dict(zip(members, stems, strict=True))
            )


def every_code(known: Catalogue) -> set[str]:
    alone = {code for each in known.conditions.values() for code in of_condition(each)}
    together = {code for each in known.combinations for code in of_combination(each, known)}
    return alone | together


def test_every_code_is_billable(full: Store, known: Catalogue) -> None:
    whole = sorted(code for code in every_code(known) if not code.endswith("-"))
    assert len(whole) > 1500
    assert [code for code in whole if full.validity(code, on=ON).valid is not True] == []


def test_what_an_open_code_begins_with_exists(full: Store, known: Catalogue) -> None:
    beginnings = sorted({code[:3] for code in every_code(known) if code.endswith("-")})
    assert [each for each in beginnings if full.diagnoses.record(each, on=ON) is None] == []


def test_every_code_called_wrong_exists(full: Store, known: Catalogue) -> None:
    rules = (*known.conditions.values(), *known.combinations)
    wrong = sorted({code for each in rules for code in each.wrong})
    assert [code for code in wrong if not full.validity(code, on=ON).references] == []


def test_every_condition_named_by_another_exists(known: Catalogue) -> None:
    names = {name for each in known.conditions.values() for name in (each.id, *each.groups)}
    named = {
        name
        for each in known.conditions.values()
        for name in (*each.needs, *each.yields, each.history, each.family)
        if name
    }
    members = {name for each in known.combinations for name in (*each.of, *each.with_codes)}
    assert (named | members) - names == set()

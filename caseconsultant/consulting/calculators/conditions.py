"""Conditions made codes: what they become together, what each takes alone, and in which order they stand.

Source: ICD-10-CM guidelines I.A.13, I.A.15, I.A.17 and the notes of the tabular list, as the rules of
`knowledge/rules/conditions.yaml` have them. Combinations are tried in their order; one that `uses` a condition leaves
it to no later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from caseconsultant.domain.conditions import Choice, Coded, Coding, Combination, Side, Status, Told, Words

Chooser = Callable[[Combination, int], tuple[Mapping[str, Choice], tuple[str, ...]]]
"""The choices of a combination's parts in the sentence at a position, and what is to be asked."""
Sider = Callable[[Combination, int], str]
_SIDE_NAMES = {
    Side.RIGHT: "right",
    Side.LEFT: "left",
    Side.BOTH: "both sides",
    "right_dominant": "right, dominant side",
    "left_dominant": "left, dominant side",
    "right_other": "right, non-dominant side",
    "left_other": "left, non-dominant side",
}


@dataclass(slots=True)
class _Work:
    """What has been made of the conditions so far."""

    made: list[Coded] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    edges: list[tuple[str, str]] = field(default_factory=list)
    """Conditions, or combinations by their code, of which the first stands before the second."""
    reasons: list[str] = field(default_factory=list)
    wrong: dict[str, str] = field(default_factory=dict)
    assumed: bool = False


def coded(
    conditions: Sequence[Told],
    combinations: Sequence[Combination],
    *,
    choose: Chooser,
    side: Sider,
    says: Callable[[Words], bool],
    linked: bool = True,
) -> Coding:
    """The codes of the conditions that are present, in order. `linked` False: the record says they are unrelated."""
    present = [each for each in conditions if each.status is Status.PRESENT]
    work = _Work()
    for combination in combinations:
        if combination.assumed and not linked:
            continue
        if combination.says and not says(combination.says):
            continue
        why = () if combination.why_unless and says(combination.why_unless) else (combination.why,)
        for members in _members(combination, present, work):
            _apply(combination, members, work, choose=choose, side=side)
            work.reasons += filter(None, why)
    alone = [each for each in present if each.condition.id not in work.gone and _stands_alone(each, present)]
    for each in alone:
        work.made += _alone(each)
        work.wrong |= each.condition.wrong
        work.reasons += [each.condition.note] if each.condition.note else []
    return _in_order(work, [each for each in present if each.condition.id in work.gone])


def _stands_alone(each: Told, present: Sequence[Told]) -> bool:
    if not each.condition.code:
        return False
    needs = each.condition.needs
    return not needs or any(other.condition.is_of(need) for other in present for need in needs)


def _members(combination: Combination, present: Sequence[Told], work: _Work) -> Iterator[tuple[Told, ...]]:
    """Each set of conditions that the combination is of, while they are not used up."""
    pools = [[each for each in present if each.condition.is_of(name)] for name in combination.of]
    for members in product(*pools):
        ids = [each.condition.id for each in members]
        if len(set(ids)) == len(ids) and work.used.isdisjoint(ids) and _fits(combination, members):
            yield members


def _fits(combination: Combination, members: Sequence[Told]) -> bool:
    """Whether the members have the codes that the combination wants."""
    return all(
        filled(_template(each), _characters(each)).startswith(tuple(begins))
        for name, begins in combination.with_codes.items()
        for each in members
        if each.condition.is_of(name)
    )


def _apply(combination: Combination, members: Sequence[Told], work: _Work, *, choose: Chooser, side: Sider) -> None:
    by_name = dict(zip(combination.of, members, strict=True))
    replaced = [*combination.replaces, *combination.uses]
    work.gone |= {by_name[name].condition.id for name in replaced}
    work.used |= {by_name[name].condition.id for name in combination.uses}
    work.wrong |= combination.wrong
    work.assumed |= combination.assumed
    key = by_name[combination.first].condition.id if combination.first else ""
    if combination.code:
        made = _made(combination, by_name, choose=choose, side=side)
        work.made.append(made)
        key = made.code
    work.edges += [(key, by_name[name].condition.id) for name in combination.then]
    work.edges += [(by_name[name].condition.id, key) for name in combination.after]


def _made(combination: Combination, by_name: Mapping[str, Told], *, choose: Chooser, side: Sider) -> Coded:
    """The code that the members become."""
    members = tuple(by_name.values())
    start = min((by_name[name].start for name in combination.replaces + combination.uses), default=members[-1].start)
    chosen, asks = choose(combination, members[-1].start)
    put: dict[str, str] = {name: each.put for name, each in chosen.items()}
    put |= {name: each.condition.stem for name, each in by_name.items() if each.condition.stem}
    told = ""
    if combination.sided:
        told = side(combination, by_name[combination.sided].start)
        put["side"] = combination.sides.get(told, combination.sides.get(Side.OPEN, ""))
        asks = (
            asks
            if told != Side.OPEN
            else (*asks, f"Which side is it: {by_name[combination.sided].condition.name.split(',')[0]}?")
        )
    names = {name: each.condition.name for name, each in by_name.items()}
    name = _named(
        combination.name.format_map(names), [*(each.name for each in chosen.values()), _SIDE_NAMES.get(told, "")]
    )
    code = filled(next((each.code for each in chosen.values() if each.code), combination.code), put)
    replaced = [by_name[each].condition.id for each in (*combination.replaces, *combination.uses)]
    return Coded(code, name, combination.references, (combination.rank, start), asks, tuple(replaced), _whole(code))


def _alone(told: Told) -> Iterator[Coded]:
    """The code a condition takes by itself; both sides are two codes where no one code says them."""
    condition = told.condition
    split = told.side == Side.BOTH and condition.sides and Side.BOTH not in condition.sides
    for side in (Side.RIGHT, Side.LEFT) if split else (told.side,):
        names = [each.name for each in told.chosen.values()]
        names += [_SIDE_NAMES.get(side, "")] if condition.sides else []
        code = filled(_template(told), _characters(told, side))
        name = _named(condition.name, names)
        place = (condition.rank, told.start)
        yield Coded(code, name, condition.references, place, told.open, (condition.id,), _whole(code))


def _template(told: Told) -> str:
    return next((each.code for each in told.chosen.values() if each.code), told.condition.code)


def _characters(told: Told, side: str | None = None) -> dict[str, str]:
    put = {name: each.put for name, each in told.chosen.items()}
    if told.condition.sides:
        put["side"] = told.condition.sides.get(side or told.side, told.condition.sides.get(Side.OPEN, ""))
    return put


def filled(template: str, put: Mapping[str, str]) -> str:
    """The code with its characters; what follows an open one is open too, and no dot stands at the end."""
    code, dash, _ = template.format_map(put).partition("-")
    return f"{code.rstrip('.')}{dash}"


def _named(name: str, further: Sequence[str]) -> str:
    return ", ".join([name, *(each for each in further if each)])


def _whole(code: str) -> bool:
    return "-" not in code


# --- Order -----------------------------------------------------------------------------------------------------------


def _in_order(work: _Work, gone: Sequence[Told]) -> Coding:
    unique = list(
        {each.code: each for each in sorted(work.made, key=lambda each: each.position, reverse=True)}.values()
    )
    edges = [(first, second) for first, second in work.edges if first != second]
    pairs = tuple(_pairs(unique, edges))
    ordered = _placed(sorted(unique, key=lambda each: each.position), pairs)
    codes = {each.code for each in ordered}
    given_up = {
        filled(_template(each), _characters(each)): _standing_for(each, ordered) for each in gone if each.condition.code
    }
    return Coding(
        tuple(ordered),
        tuple(dict.fromkeys(work.reasons)),
        work.wrong,
        {code: instead for code, instead in given_up.items() if code not in codes and instead},
        tuple((first.code, second.code) for first, second in pairs),
        work.assumed,
    )


def _standing_for(told: Told, ordered: Sequence[Coded]) -> str:
    """The code that says the condition instead of its own; empty where none does."""
    return next((each.code for each in ordered if told.condition.id in each.of), "")


def _pairs(ordered: Sequence[Coded], edges: Sequence[tuple[str, str]]) -> Iterator[tuple[Coded, Coded]]:
    for first, second in edges:
        before = [each for each in ordered if first == each.code or first in each.of]
        after = [each for each in ordered if second == each.code or second in each.of]
        yield from ((one, other) for one in before for other in after if one is not other)


def _placed(ordered: Sequence[Coded], pairs: Sequence[tuple[Coded, Coded]]) -> Sequence[Coded]:
    """Each code as early as its place allows, behind those that stand before it and right after the first of them."""
    waiting = list(ordered)
    placed: list[Coded] = []
    while waiting:
        free = [each for each in waiting if not any(two is each and one in waiting for one, two in pairs)]
        following = [each for each in free if any(two is each and one is placed[-1] for one, two in pairs if placed)]
        chosen = (following or free or waiting)[0]
        waiting.remove(chosen)
        placed.append(chosen)
    return placed

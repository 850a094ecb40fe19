"""Services whose codes follow a quantity, in words or by their codes: lesions, areas, minutes, regions, muscles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from caseconsultant.consulting.calculators.quantities import QuantityRule, quantity_rule, quantity_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.plain_words import tells_of
from caseconsultant.consulting.reading.quantities import area, area_of, body_percent, count, names_told
from caseconsultant.domain.answer import Confidence, Finding, Kind, Verdict
from caseconsultant.domain.question import Intent, Question, Topic
from caseconsultant.domain.records import Parameter

_ASKS = frozenset({Intent.WHICH_CODE, Intent.UNITS, Intent.MODIFIER, Intent.TOGETHER, Intent.DENIAL})
_AREA, _MINUTES, _BODY = "sq cm", "minutes", "percent of the body"
_ONE_WOUND = re.compile(
    r"\b(?:same|that same|one|single|a single|this) (?:\w+ ){0,2}(?:wound|ulcer|site|sore|area)\b(?!s)|"
    r"\bof (?:the|that|this) (?:wound|ulcer)\b"
)
_SEVERAL = 2
_COMMON = frozenset({"lesion*", "area*", "spot*", "region*", "inject*", "shot*", "stud*", "drug*", "nerve*"})
"""Nouns that may count something else where other codes are in question too."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The codes and units of each service whose quantity is told; what is counted is asked where it is not."""
    text = question.text.lower()
    written = {each.code for each in question.codes if not each.absent}
    services = _services(knowledge, question.as_of)
    every = [each for each in services if _is_told(each[1], written, text)]
    told = _told_apart(_of_sites_told(every, services, text), written, text)
    deepest = _of_one_wound([service for _, service in told], text)
    shallow = [each for each in told if deepest and each[1].depth and each[1] is not deepest]
    kept = [each for each in told if each not in shallow]

    def elsewhere(service: QuantityRule) -> set[str]:
        rivals = [other for _, other in services if _is_rival(other, service)]
        return {code for other in rivals for code in other.codes} - set(service.codes)

    return joined(
        (
            *(_worked_out(each, question, text, alone=len(kept) == 1, elsewhere=elsewhere(each[1])) for each in kept),
            *(_less_deep(rule, service, deepest, written) for rule, service in shallow if deepest),
        )
    )


def _of_sites_told(
    told: Sequence[tuple[Parameter, QuantityRule]], every: Sequence[tuple[Parameter, QuantityRule]], text: str
) -> Sequence[tuple[Parameter, QuantityRule]]:
    """Where a site is told in words, a service of another site gives way to the one of that site, whatever its code."""
    found: dict[str, tuple[Parameter, QuantityRule]] = {}
    for each in told:
        elsewhere = each[1].also and not tells_of(text, each[1].also)
        rivals = [other for other in every if _is_rival(each[1], other[1]) and tells_of(text, other[1].also)]
        for kept in rivals if elsewhere and rivals else [each]:
            found.setdefault(kept[0].path, kept)
    return list(found.values())


def _is_rival(service: QuantityRule, other: QuantityRule) -> bool:
    """Whether both are the same service at different sites."""
    named, others = ({each for each in one.words if not each.isdigit()} for one in (service, other))
    return bool(service.also) and service is not other and named == others


def _told_apart(
    told: Sequence[tuple[Parameter, QuantityRule]], written: set[str], text: str
) -> Sequence[tuple[Parameter, QuantityRule]]:
    """Of several depths told in words those with an area of their own; where none has one, the deepest."""
    worded = [each for each in told if each[1].depth and written.isdisjoint(each[1].codes)]
    if len(worded) < _SEVERAL:
        return told
    own = [each for each in worded if area_of(text, each[1].of_clause) is not None]
    kept = own or [max(worded, key=lambda each: each[1].depth)]
    return [each for each in told if each not in worded or each in kept]


def _of_one_wound(told: Sequence[QuantityRule], text: str) -> QuantityRule | None:
    """The deepest of several depths that are told of one wound."""
    depths = [each for each in told if each.depth]
    return max(depths, key=lambda each: each.depth) if len(depths) > 1 and _ONE_WOUND.search(text) else None


def _less_deep(rule: Parameter, service: QuantityRule, deepest: QuantityRule, written: set[str]) -> Findings:
    """A lesser depth of the same wound has no line."""
    codes = [code for code in service.codes if code in written]
    why = f"of one and the same wound only the deepest tissue removed is coded, {deepest.codes[0]}"
    said = (
        f"One wound is coded once, by the deepest tissue removed: {deepest.codes[0]}, not {service.codes[0]} beside it."
    )
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references, Verdict.NO if codes else None)
    return Findings((finding,), tuple(Opinion(code, Standing.REFUSED, why=why) for code in codes))


@lru_cache(maxsize=4)
def _services(knowledge: Knowledge, on: date) -> tuple[tuple[Parameter, QuantityRule], ...]:
    """Every service in force on the day, read once."""
    return tuple((rule, quantity_rule(rule.value)) for rule in knowledge.parameters("quantities.", on=on))


def _is_told(service: QuantityRule, written: set[str], text: str) -> bool:
    """By a code of its own, or by its words where no other code is in question."""
    if not written.isdisjoint(service.codes):
        return True
    return tells_of(text, service.words, service.not_words) and (not service.also or tells_of(text, service.also))


def _worked_out(
    told: tuple[Parameter, QuantityRule], question: Question, text: str, *, alone: bool, elsewhere: set[str]
) -> Findings:
    """What a quantity earns; `elsewhere` are the codes of the same service at other sites."""
    rule, service = told
    quantity = _quantity(service, question, text, alone=alone)
    ours = {*service.codes, *elsewhere}
    written = {each.code: each.units or 1 for each in question.codes if each.code in ours and not each.absent}
    if quantity is None:
        return _open(rule, service, question, written)
    units = quantity_units(quantity, service)
    amount = f"{quantity:g} {service.unit}"
    if not units:
        statement = f"{amount}: no code of {_listed(service.codes)} is reached; {_tiers(service)}."
    else:
        statement = f"{amount}: {_lines(units)}{f' ({service.note})' if service.note else ''}."
    wrong = tuple(_wrong(written, units, amount, question))
    verdict = Verdict.NO if wrong else Verdict.YES if written and question.wants_yes_or_no else None
    finding = Finding(
        Topic.GUIDELINES, Kind.CODABLE, statement, rule.references, verdict, arithmetic=f"{_tiers(service)}."
    )
    opinions = [Opinion(code, Standing.STANDS, each, most=each) for code, each in units.items()]
    opinions += [
        Opinion(code, Standing.REFUSED, why=f"it is not the code of {amount}") for code in written if code not in units
    ]
    opinions += [
        Opinion(each.code, Standing.STANDS)
        for each in question.codes
        if units and service.beside and each.code.startswith(service.beside)
    ]
    headlines = () if any(_lines(units) in each for each in wrong) else (statement,)
    return Findings((finding,), tuple(opinions), grounds=(Confidence.MEDIUM,), corrections=wrong, headlines=headlines)


def _quantity(service: QuantityRule, question: Question, text: str, *, alone: bool) -> float | None:
    if service.unit == _MINUTES:
        return question.minutes
    if service.unit == _BODY:
        return body_percent(text)
    if service.unit == _AREA:
        own = None if alone else area_of(text, [*service.of_clause, *map(str.lower, service.codes)])
        return own or area(text)
    others = any(each.code not in service.codes for each in question.codes)
    nouns = [each for each in service.counted if not (others and each in _COMMON)]
    return (count(text, nouns) if nouns else None) or names_told(text, service.named)


def _open(rule: Parameter, service: QuantityRule, question: Question, written: Mapping[str, int]) -> Findings:
    """The tiers and what must be counted, where the sender asks for code or units and gives no quantity."""
    if written and len({each.code for each in question.codes}) > len(written):
        return NOTHING
    if _ASKS.isdisjoint(question.intents) and not written:
        return NOTHING
    if Intent.VALIDITY in question.intents and set(written.values()) == {1}:
        return NOTHING  # asked is only whether the code is in force
    statement = f"{_tiers(service)[:1].upper()}{_tiers(service)[1:]}."
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, rule.references)
    what = "How many minutes" if service.unit == _MINUTES else f"How many {service.unit}"
    return Findings((finding,), asks=(f"{what} does the record show?",))


def _wrong(written: Mapping[str, int], units: Mapping[str, int], amount: str, question: Question) -> Iterator[str]:
    """Codes or units written that the quantity does not earn; of two to choose from neither is a mistake."""
    stated = {code: each for code, each in written.items() if code not in question.alternatives}
    other = [f"{code} x{each}" if each > 1 else code for code, each in stated.items() if code not in units]
    if other and units:
        yield f"{amount} is {_lines(units)}, not {_and(other)}."
        return
    for code, each in stated.items():
        if units and code in units and each != units[code]:
            yield f"{amount} earns {code} x{units[code]}, not x{each}."


def _lines(units: Mapping[str, int]) -> str:
    return _and([f"{code} x{each}" for code, each in units.items()])


def _tiers(service: QuantityRule) -> str:
    """`17000 x1 and 17003 for every further 1 from 1 to 14 lesions; 17004 from 15`."""
    said = []
    for tier in service.tiers:
        lines = []
        for line in tier.lines:
            if line.after is None:
                lines.append(f"{line.code} once")
                continue
            further = f"each further {line.each:g}" + ("" if line.full or line.each == 1 else " or part")
            most = f", at most {line.most_units}" if line.most_units else ""
            lines.append(f"{line.code} for {further} beyond {line.after:g}{most}")
        reach = f"{tier.least:g} and more" if tier.most is None else f"{tier.least:g} to {tier.most:g}"
        if tier.most == tier.least:
            reach = f"{tier.least:g}"
        said.append(f"{reach}: {_and(lines)}")
    return f"by {service.unit}, {'; '.join(said)}"


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(codes)


def _and(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))

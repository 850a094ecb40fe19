"""Services whose codes follow a quantity, in words or by their codes: lesions, areas, minutes, regions, muscles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from caseconsultant.consulting.calculators.quantities import QuantityRule, quantity_rule, quantity_units
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.quantities import area, count, tells_of
from caseconsultant.domain.answer import Confidence, Finding, Kind, Verdict
from caseconsultant.domain.question import Intent, Question, Topic
from caseconsultant.domain.records import Parameter

_ASKS = frozenset({Intent.WHICH_CODE, Intent.UNITS, Intent.MODIFIER, Intent.TOGETHER, Intent.DENIAL})
_AREA, _MINUTES = "sq cm", "minutes"
_COMMON = frozenset({"lesion*", "area*", "spot*", "region*", "inject*", "shot*", "stud*", "drug*", "nerve*"})
"""Nouns that may count something else where other codes are in question too."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The codes and units of each service whose quantity is told; what is counted is asked where it is not."""
    text = question.text.lower()
    written = {each.code for each in question.codes if not each.absent}
    told = [each for each in _services(knowledge, question.as_of) if _is_told(each[1], written, text)]
    return joined(_worked_out(rule, service, question, text) for rule, service in told)


@lru_cache(maxsize=4)
def _services(knowledge: Knowledge, on: date) -> tuple[tuple[Parameter, QuantityRule], ...]:
    """Every service in force on the day, read once."""
    return tuple((rule, quantity_rule(rule.value)) for rule in knowledge.parameters("quantities.", on=on))


def _is_told(service: QuantityRule, written: set[str], text: str) -> bool:
    """By a code of its own, or by its words where no other code is in question."""
    if not written.isdisjoint(service.codes):
        return True
    return tells_of(text, service.words, service.not_words)


def _worked_out(rule: Parameter, service: QuantityRule, question: Question, text: str) -> Findings:
    quantity = _quantity(service, question, text)
    written = {each.code: each.units or 1 for each in question.codes if each.code in service.codes and not each.absent}
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
    headlines = () if any(_lines(units) in each for each in wrong) else (statement,)
    return Findings((finding,), tuple(opinions), grounds=(Confidence.MEDIUM,), corrections=wrong, headlines=headlines)


def _quantity(service: QuantityRule, question: Question, text: str) -> float | None:
    if service.unit == _MINUTES:
        return question.minutes
    if service.unit == _AREA:
        return area(text)
    others = any(each.code not in service.codes for each in question.codes)
    nouns = [each for each in service.counted if not (others and each in _COMMON)]
    return count(text, nouns) if nouns else None


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

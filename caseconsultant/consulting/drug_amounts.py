"""What was given and opened of one drug, by the amounts that are written of it or by our record of a whole dose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from caseconsultant.consulting.calculators.drug_units import vials_for
from caseconsultant.consulting.drug_products import Unit
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import doses
from caseconsultant.consulting.reading.doses import Amount, Measure
from caseconsultant.domain.codes import Span
from caseconsultant.domain.question import Question

_MICROGRAMS = 1000
"""In a milligram."""


@dataclass(frozen=True, slots=True)
class Line:
    """A drug of the question with the code that reports it on the date of service."""

    code: str
    unit: Unit
    span: Span
    written: int | None
    """Units the sender wrote of this code."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was given of a drug and what was opened for it, in the measure of its unit; None where not told."""

    dose: Fraction | None
    opened: Fraction | None
    said: str
    vials: str


def given(line: Line, lines: Sequence[Line], question: Question) -> Given:
    """The dose, and the vials opened, from the amounts that are this drug's."""
    mine = [
        each for each in doses.amounts(question.text) if each.measure is line.unit.measure and _mine(each, line, lines)
    ]
    mine = [each for each in mine if not _is_billing_units(each, line, question)]
    vials = _opened([each for each in mine if each.role == doses.VIAL])
    if doses.container(question.text) is doses.Container.MULTI:
        vials = []
        mine = [each for each in mine if not _of_the_bottle(each, question.text)]
    wasted = sum((each.value for each in mine if each.role == doses.WASTE), Fraction())
    rest = [each for each in mine if each.role in {doses.GIVEN, None}]
    dose = _dose(rest)
    size = vials[0] if vials else None
    opened = sum((each.total for each in vials), Fraction()) if size else None
    if dose is None and opened is not None:
        dose = opened - wasted
    elif opened is None and dose is not None and wasted:
        opened = dose + wasted
    elif opened is None and dose is not None and doses.none_left(question.text):
        opened = dose
    elif (
        size is not None and dose is not None and opened is not None and dose > opened and len(vials) == size.count == 1
    ):
        opened = size.value * vials_for(dose, size.value)
    said = next(
        (each.written if each.count == 1 else f"{each.count} x {each.written}" for each in rest if each.total == dose),
        "",
    )
    return Given(dose, opened, said or _plain(dose, line.unit), _vials(vials, opened))


_BOTTLE = re.compile(r"\s?(?:mdv|(?:multi[\s-]?(?:dose|use)?\s?)?(?:vials?|bottles?))\b", re.IGNORECASE)


def _of_the_bottle(amount: Amount, text: str) -> bool:
    """Whether an amount is the size of a multi-dose container, which tells nothing of the dose."""
    return amount.role != doses.GIVEN and _BOTTLE.match(text[amount.span.end : amount.span.end + 24]) is not None


_ONE = re.compile(r"\bone (?:knee|shot|dose|eye|syringe) (?:is|takes) (?P<n>\d+)(?: units)?", re.IGNORECASE)
_BY_NAME = re.compile(r"(?:one )?(?P<name>[A-Z][A-Za-z-]+)(?: shot)?(?: is)? (?P<n>\d+)(?: units)?(?=[,.;]|$)")


def by_rule(line: Line, question: Question, knowledge: Knowledge) -> Given:
    """The dose of a product that is given whole, as our record tells it for one side."""
    record = knowledge.code(line.code, on=question.as_of)
    rule = record.unit_rule if record else ""
    named_units = {match["name"].lower(): int(match["n"]) for match in _BY_NAME.finditer(rule)}
    text = question.text.lower()
    fitting = sorted((name for name in named_units if name in text), key=len, reverse=True)
    one = _ONE.search(rule)
    units = named_units[fitting[0]] if fitting else int(one["n"]) if one else None
    if units is None or line.unit.value is None:
        return Given(None, None, "", "")
    sides = 2 if re.search(r"\b(?:both|bilat\w*|b/l)\b", text) else 1
    dose = line.unit.value * units * sides
    said = f"{units} units for one" + (f" x {sides} = {units * sides}" if sides > 1 else "")
    return Given(dose, None, said, "")


def _mine(amount: Amount, line: Line, lines: Sequence[Line]) -> bool:
    nearest = min(lines, key=lambda each: _gap(each.span, amount.span))
    return nearest.code == line.code and amount.role != doses.UNIT


def _gap(first: Span, second: Span) -> int:
    """A dose follows its drug more often than it precedes it."""
    return second.start - first.end if second.start >= first.end else 2 * (first.start - second.end)


def _is_billing_units(amount: Amount, line: Line, question: Question) -> bool:
    """`10 units JW` counts billing units, and so does a number of units right after the code."""
    if amount.measure is not Measure.UNITS:
        return False
    after = question.text[amount.span.end : amount.span.end + 12].lower()
    return (
        "jw" in after
        or "jz" in after
        or "of j" in after
        or (line.unit.written != "1 unit" and amount.value == line.written)
    )


def _dose(rest: Sequence[Amount]) -> Fraction | None:
    given = [each for each in rest if each.role == doses.GIVEN] or list(rest)
    return given[0].total if given else None


def _opened(vials: Sequence[Amount]) -> list[Amount]:
    """The vials without those that are only named again."""
    kept: list[Amount] = []
    for each in vials:
        if not any(other.value == each.value and each.count == 1 for other in kept):
            kept.append(each)
    return kept


def _vials(vials: Sequence[Amount], opened: Fraction | None) -> str:
    if not vials or opened is None:
        return ""
    if len(vials) > 1:
        return (
            " + ".join(each.written if each.count == 1 else f"{each.count} x {each.written}" for each in vials)
            + " opened"
        )
    count = opened / vials[0].value
    return f"{int(count)} x {vials[0].written} opened" if count != 1 else f"{vials[0].written} opened"


def _plain(dose: Fraction | None, unit: Unit) -> str:
    if dose is None:
        return ""
    if unit.measure is not Measure.WEIGHT:
        return f"{float(dose):g} {unit.measure.value if unit.measure else ''}".strip()
    weight = float(dose)
    return f"{weight / _MICROGRAMS:g} mg" if weight >= _MICROGRAMS else f"{weight:g} mcg"

"""The repair code of a wound, for excisions and for wounds alike: class, site group, summed length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.calculators.skin import ComplexRows, Row, code_by_size, complex_repair
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.sites import group_of
from caseconsultant.consulting.reading.skin_words import Closure
from caseconsultant.consulting.reading.wounds import Wound
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.question import Question

CLASSES = (Closure.SIMPLE, Closure.INTERMEDIATE, Closure.COMPLEX)


@dataclass(frozen=True, slots=True)
class Repair:
    """Units by code of one class and site group."""

    codes: Mapping[str, int]
    references: tuple[Reference, ...]


def group(closure: Closure, site: str | None, question: Question, knowledge: Knowledge) -> str | None:
    """The site group of a class of repair, None where the site is not told or in none."""
    rule = parameter_of(knowledge, question, f"repair.sites.{closure.value}")
    if rule is None or site is None:
        return None
    return group_of(site, cast("dict[str, list[str]]", rule.value))


def groups(closure: Closure, question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """Every site group of a class."""
    rule = parameter_of(knowledge, question, f"repair.{closure.value}.codes")
    return tuple(cast("Mapping[str, object]", rule.value)) if rule else ()


def repair(closure: Closure, length: int, where: str | None, question: Question, knowledge: Knowledge) -> Repair | None:
    """The repair of a summed length in tenths of a millimetre; None where the group is open or no rule is in force."""
    rule = parameter_of(knowledge, question, f"repair.{closure.value}.codes")
    if rule is None or where is None:
        return None
    rows = cast("Mapping[str, object]", rule.value)[where]
    if closure is not Closure.COMPLEX:
        code = code_by_size(length, cast("Sequence[Row]", rows))
        return Repair({code: 1} if code else {}, rule.references)
    step = parameter_of(knowledge, question, "repair.complex.add_on_step_mm")
    table = cast("Mapping[str, object]", rows)
    both = ComplexRows(
        cast("Row", table["first"]),
        cast("Row", table["second"]),
        str(table["add_on"]),
        int(str(step.value)) if step else 0,
    )
    return Repair(complex_repair(length, both), rule.references)


def written(group_name: str) -> str:
    """A group in words: `scalp, neck, hands, feet, genitalia`."""
    return group_name.replace("_", ", ").replace("mucosa", "mucous membrane")


@dataclass(frozen=True, slots=True)
class Sum:
    """Wounds of one class and one site group, added."""

    closure: Closure
    group: str | None
    wounds: tuple[Wound, ...]

    @property
    def length(self) -> int:
        """Tenths of a millimetre."""
        return sum(each.length for each in self.wounds)


def sums(found: Sequence[Wound], question: Question, knowledge: Knowledge) -> Iterator[Sum]:
    """Complex first, then intermediate, then simple; within a class in the order written."""
    for closure in reversed(CLASSES):
        of_class = [each for each in found if each.closure is closure]
        placed = [(group(closure, each.site, question, knowledge), each) for each in of_class]
        for where in dict.fromkeys(own for own, _ in placed):
            yield Sum(closure, where, tuple(each for own, each in placed if own == where))


def said(units: Mapping[str, int]) -> str:
    """Lines in words: `12002 x1 and 12011 x1`."""
    return " and ".join(f"{code} x{each}" for code, each in units.items())

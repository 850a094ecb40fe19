"""One drug alone was given: codes of a second drug fall away, and the minutes are the first one's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import rule_of
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.question import Circumstance, Question

_CONCURRENT = "96368"
_TELL_APART = frozenset({Circumstance.OTHER_DRUG, Circumstance.OTHER_SITE, Circumstance.OTHER_ENCOUNTER})


def without_a_second_drug(
    codes: Iterable[str], question: Question, knowledge: Knowledge
) -> tuple[tuple[str, ...], tuple[Reference, ...]]:
    """Those of the codes that need another drug where one alone is told, and the rule; nothing where several may be."""
    rule = rule_of(knowledge, question, "units.per_drug")
    told = set(question.circumstances)
    several = len({each.drug for each in question.drugs}) > 1
    if rule is None or Circumstance.ONE_DRUG not in told or told & _TELL_APART or several:
        return (), ()
    second = {*cast("list[str]", rule.value), _CONCURRENT}
    return tuple(code for code in codes if code in second), rule.references

"""Whether a modifier passes a pair of codes, and whether it could be used on the date at all.

Sources: NCCI Policy Manual I §E; MLN1783722; `knowledge/rules/ncci.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import modifier_finding, written_modifiers
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics.modifiers import misplaced_modifiers
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Intent, Question

_X = frozenset({"XE", "XS", "XP", "XU"})
_TRIED = frozenset({"22", "51", "76", "77"})
"""Those of the list that are tried to pass a pair; the others say something else and may stand beside one that does."""
_A_PAIR = 2
_VISIT = (
    r"(?:(?:an?|the|my|our)\s)?(?:cpt\s|code\s)?(?:e\s?/?&?\s?m\b|99[2-4]\d\d|(?:office |established |new )?visits?\b|"
    r"evaluation and management)"
)
_ONTO_A_VISIT = re.compile(
    rf"\b(?:59|x[esup])\b[^.?!\n]{{0,30}}\b(?:to|on|onto|with|for)\s{_VISIT}|{_VISIT}[^.?!\n]{{0,20}}\b(?:modifier\s)?-?(?:59|x[esup])\b"
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What is wrong with the modifiers that the sender names to pass a pair."""
    misplaced = (misplaced_modifiers(mention, question, knowledge) for mention in question.codes)
    return joined(
        (
            _not_yet(question, knowledge),
            _of_the_plan(question, knowledge),
            _never_passes(question, knowledge),
            _on_a_visit(question, knowledge),
            *misplaced,
        )
    )


def _on_a_visit(question: Question, knowledge: Knowledge) -> Findings:
    """59 and the X modifiers have no place on a visit."""
    rule = parameter_of(knowledge, question, "ncci.modifiers.distinct_never_on")
    if rule is None or not _ONTO_A_VISIT.search(question.text.lower()):
        return NOTHING
    statement = (
        "59 and the X modifiers never go on a visit; what tells a visit apart is 25 (or 24, 57) where it is earned."
    )
    wrong = (statement,) if question.wants_yes_or_no else ()
    finding = modifier_finding(statement, rule.references, Verdict.NO)
    return Findings((finding,), corrections=wrong, headlines=() if wrong else (statement,))


def _of_the_plan(question: Question, knowledge: Knowledge) -> Findings:
    """59 and an X modifier named for a plan that is not Medicare: which it takes is its own."""
    rule = parameter_of(knowledge, question, "ncci.modifiers.distinct_meaning")
    named = written_modifiers(question)
    if rule is None or question.payer is not Payer.COMMERCIAL or "59" not in named or named.isdisjoint(_X):
        return NOTHING
    statement = (
        "A plan's own policy says whether it takes the X modifiers; where it does not, 59 says the same, for the same "
        "facts in the record."
    )
    return Findings((modifier_finding(statement, rule.references, None),), headlines=(statement,))


def _not_yet(question: Question, knowledge: Knowledge) -> Findings:
    """An X modifier on a date before it existed: 59, which stood on column two only."""
    early = sorted(written_modifiers(question) & _X)
    rule = parameter_of(knowledge, question, "ncci.modifiers.distinct_on_either_column")
    if not early or rule is None or rule.value or knowledge.modifier(early[0], on=question.as_of):
        return NOTHING
    statement = (
        f"{' and '.join(early)} could not be used on {question.as_of}: the X modifiers began on 2015-01-01. On that "
        "date it was 59, on the column two code."
    )
    wrong = (statement,) if question.wants_yes_or_no else ()
    return Findings((modifier_finding(statement, rule.references, Verdict.NO),), corrections=wrong)


def _never_passes(question: Question, knowledge: Knowledge) -> Findings:
    """76, 77, 51 and 22 are not NCCI-associated modifiers."""
    rule = parameter_of(knowledge, question, "ncci.modifiers.not_associated")
    tried = _tried(question, cast("Sequence[str]", rule.value) if rule else ())
    if rule is None or not tried or len({each.code for each in question.codes}) < _A_PAIR:
        return NOTHING
    if Intent.TOGETHER not in question.intents or not question.wants_yes_or_no:
        return NOTHING
    statement = f"{' and '.join(tried)} is not an NCCI modifier: it passes no edit between two codes."
    return Findings((modifier_finding(statement, rule.references, Verdict.NO),), corrections=(statement,))


def _tried(question: Question, never: Sequence[str]) -> list[str]:
    return sorted(written_modifiers(question) & _TRIED & set(never))

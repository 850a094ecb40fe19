"""Another drug, or the same one again: in turn, at the same time, or pushed a second time."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.one_drug import without_a_second_drug
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.consulting.rules import rule_of
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Circumstance, Question, Service, Topic
from caseconsultant.domain.records import Parameter, Role

_AGAIN = "96376"
_NEW_DRUG = "96375"
_FIRST_PUSH = "96374"
_PUSHED = (Role.PUSH_INITIAL, Role.PUSH_SEQUENTIAL)
_CONCURRENT = "96368"
_AFTER = "the next drug ran after the first one"
_BESIDE = "the next drug ran at the same time as the first, from a bag of its own"
_PLACES = (
    "A new drug run in after the first is 96367, or 96375 at 15 minutes or less; one run in at the same time from a "
    "bag of its own is 96368, once an encounter. Drugs mixed in one bag are one infusion."
)


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """What a further drug is, or the same drug again. Source: CPT guidelines, NCCI Policy Manual XI §N.6."""
    return joined(
        (
            _unplaced(found, knowledge, question),
            _given_again(found, question, knowledge),
            _no_new_drug(found, question, knowledge),
            _one_drug(found, question, knowledge),
            _first_push(found, question, knowledge),
        )
    )


def _unplaced(found: Plan, knowledge: Knowledge, question: Question) -> Findings:
    """Further drugs are sequential one by one, or concurrent once an encounter, by how they ran beside the first."""
    record = knowledge.code(_CONCURRENT, on=question.as_of)
    if not found.unplaced or record is None:
        return NOTHING
    total: Counter[str] = Counter()
    for each in found.unplaced:
        total.update(each.units)
    in_turn = [Opinion(code, Standing.CONDITIONAL, count, when=_AFTER) for code, count in total.items()]
    references = (*record.references[:1], *found.unplaced[0].references)
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, _PLACES, tuple(dict.fromkeys(references)), Verdict.DEPENDS)
    beside = Opinion(_CONCURRENT, Standing.CONDITIONAL, 1, when=_BESIDE)
    twice = [code for code in found.initials if question.text.count(code) > 1]
    wrong = tuple(f"The next drug through the same site is no second {code}." for code in twice)
    asks = ("Did the drugs run one after the other or at the same time?",)
    return Findings((finding,), (*in_turn, beside), corrections=wrong, asks=asks)


def _no_new_drug(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """96375 is for a new drug: beside a push of the same one it is not reported."""
    told = set(question.circumstances) & {Circumstance.SAME_DRUG, Circumstance.OTHER_DRUG}
    pushes = [code for code in found.codes if (found.roles or {}).get(code) in _PUSHED and code != _AGAIN]
    record = knowledge.code(_NEW_DRUG, on=question.as_of)
    alone = set(found.codes) <= {*pushes, _AGAIN} and len(pushes) > 1
    if record is None or not alone or _NEW_DRUG not in pushes or told != {Circumstance.SAME_DRUG}:
        return NOTHING
    why = f"it is for a new drug; the same drug again is {_AGAIN}, which only a hospital reports"
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{_NEW_DRUG}: {why}.", record.references, Verdict.NO)
    return Findings((finding,), (Opinion(_NEW_DRUG, Standing.REFUSED, why=why),))


def _one_drug(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """Codes of a second drug where one alone is said to have been given."""
    codes, references = without_a_second_drug(found.codes, question, knowledge)
    why = "it is for a second drug, and one drug was given"
    return Findings(
        tuple(Finding(Topic.GUIDELINES, Kind.CODABLE, f"{code}: {why}.", references, Verdict.NO) for code in codes),
        tuple(Opinion(code, Standing.REFUSED, why=why) for code in codes),
    )


_CLOCK = re.compile(r"(?<![\d:])(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?! ?(?:-|to)\s?\d)")
_REACH = 40
"""Characters after a drug's name in which its time stands."""


def _apart(question: Question) -> int | None:
    """Minutes between two pushes of one drug, as written or by the clock times after its name."""
    if question.apart is not None:
        return question.apart
    text = question.text
    gaps = []
    for each in question.drugs:
        named = [
            match.start()
            for match in re.finditer(rf"\b{re.escape(text[each.span.start : each.span.end])}\b", text, re.IGNORECASE)
        ]
        times = [found for start in named if (found := _CLOCK.search(text, start, start + _REACH))]
        starts = list(dict.fromkeys(60 * int(found["h"]) + int(found["m"]) for found in times))
        gaps += [after - before for before, after in pairwise(starts) if after > before]
    return min(gaps, default=None)


def _far_enough(apart: int, least: int, rule: Parameter, question: Question) -> Findings:
    between = f"{apart} minutes lie between the two pushes of one drug, more than {least - 1}"
    said = f"{_AGAIN}: {between}; a hospital reports it."
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references)
    return Findings((finding,)) if question.apart is None else NOTHING


def _first_push(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """A push told of, with no initial service on the claim: the first drug pushed is the initial code."""
    record = knowledge.code(_FIRST_PUSH, on=question.as_of)
    told = any(each.service is Service.IV_PUSH for each in question.services)
    if record is None or not told or found.initials or found.line(_NEW_DRUG) is None or found.line(_FIRST_PUSH):
        return NOTHING
    first = f"The first drug pushed is {_FIRST_PUSH}"
    said = f"{first}; {_NEW_DRUG} is for a further new drug, and an injection opens nothing."
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, record.references)
    when = "no other initial service was given at that encounter"
    return Findings((finding,), (Opinion(_FIRST_PUSH, Standing.CONDITIONAL, 1, when=when),), corrections=(said,))


def _given_again(found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    """The same drug pushed again counts only with enough time between (CPT guidelines; facilities only)."""
    rule = rule_of(knowledge, question, "push.repeat_interval_minutes")
    if rule is None or found.line(_AGAIN) is None:
        return NOTHING
    least, apart = cast("int", rule.value), _apart(question)
    if apart is None:
        when = f"more than {least - 1} minutes passed since the last push of the same drug"
        return Findings(opinions=(Opinion(_AGAIN, Standing.CONDITIONAL, when=when),))
    if apart >= least:
        return _far_enough(apart, least, rule, question)
    why = f"{apart} minutes between two pushes of one drug is not more than {least - 1}"
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, f"{_AGAIN}: {why}.", rule.references, Verdict.NO)
    return Findings((finding,), (Opinion(_AGAIN, Standing.REFUSED, why=why),), corrections=(f"No {_AGAIN}: {why}.",))

"""Drugs by name, how often each was given, and the dose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.codes import Span
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, DrugMention, Question, Service

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_GIVEN = r"(?:push(?:es)?|dos(?:es?|ings?)|shots?|injections?|bolus(?:es)?|rounds?)"
_BEFORE = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)})\s(?:(?:iv|im|separate)\s)?(?:{_GIVEN}\s)?(?:of\s)?(?:iv\s)?$", re.IGNORECASE
)
_AFTER = re.compile(
    r"(?:\s\d[\d.]{0,4}\s?m?c?g)?(?:\s(?:iv|im|ivp|push|iv push))?\s?(?:x\s?(?P<times>[2-5])(?![\d.]|\s?m?c?g)|"
    r"(?P<twice>twice|again|repeated))\b",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"(?<![\w.,-])(?P<amount>\d{1,3}(?:,\d{3})|\d{1,6}(?:\.\d{1,3})?)\s?-?(?P<unit>mg|milligrams?|g|gm|gms|"
    r"grams?)\b(?!/)",
    re.IGNORECASE,
)
_MOUTH_AFTER = re.compile(
    r"(?:\s\d[\d.]{0,4}\s?m?c?g)?\s(?:po|p\.o\.|oral(?:ly)?|by mouth|tab(?:let)?s?)(?!\w)", re.IGNORECASE
)
_MOUTH_BEFORE = re.compile(r"\b(?:po|oral)\s$", re.IGNORECASE)
_RUN_IN = frozenset({"96365", "96366", "96367", "96368", "96369", "96413", "96415", "96417"})
_EITHER_FAMILY = ("96413", "96365")
_NEAR_CODE = 20
_LONGEST_PUSH = 15
"""Minutes."""
_PUSH_CODES = frozenset({"96374", "96375"})
_BESIDE = 24
_CONTAINER_BEFORE = re.compile(r"\b(?:(?:vials?|syringes?)\s(?:of\s)?|wasted\s|discarded\s)$", re.IGNORECASE)
_CONTAINER_AFTER = re.compile(
    r"\s(?:(?:single-dose\s)?vials?|syringes?|(?:was\s|were\s)?(?:wasted|discarded))\b", re.IGNORECASE
)
_INJECTED_AFTER = re.compile(r"\s(?:\w{1,12}\s){0,2}(?:im|sq|sub-?q|shots?|inj\w{0,8})\b", re.IGNORECASE)
_INJECTED_BEFORE = re.compile(
    r"(?:\b(?:inject(?:ed|ions?)?|inj|shots?|im|it\swas|was|gave)\s(?:(?:of|with|for|a|an|the)\s){0,2})$", re.IGNORECASE
)


def plain_names(knowledge: Knowledge, on: date) -> Mapping[str, str]:
    """The plain name of each drug that is known on the day; none where the knowledge base has no such rule."""
    try:
        return cast("Mapping[str, str]", knowledge.parameter("drugs.plain_name", on=on).value)
    except KnowledgeError:
        return {}


def by_vein(knowledge: Knowledge, on: date) -> frozenset[str]:
    """The drugs, by plain name, that are run in by vein; none where the knowledge base has no such rule."""
    try:
        return frozenset(cast("Sequence[str]", knowledge.parameter("drugs.run_in_by_vein", on=on).value))
    except KnowledgeError:
        return frozenset()


def drugs(text: str, names: Mapping[str, str]) -> tuple[DrugMention, ...]:
    """The drugs of a text by plain name."""
    if not names:
        return ()
    return tuple(_mention(text, match, names) for match in _pattern(tuple(names)).finditer(text))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _mention(text: str, match: re.Match[str], names: Mapping[str, str]) -> DrugMention:
    before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
    after = _AFTER.match(text, match.end())
    times = _NUMBERS[before["count"].lower()] if before else 1
    if after:
        times = int(after["times"] or 2)
    return DrugMention(names[match.group().lower()], Span(*match.span()), times)


def milligrams(text: str) -> int | None:
    """The one dose of a text in milligrams, None where it has none or several."""
    found = {_milligrams(match) for match in _DOSE.finditer(text) if not _of_container(text, match)}
    return found.pop() if len(found) == 1 else None


def _of_container(text: str, match: re.Match[str]) -> bool:
    """`vials of 4 g`, `4 g vials`, `wasted 2 g`: no dose."""
    return bool(_CONTAINER_BEFORE.search(text, max(0, match.start() - 16), match.start())) or bool(
        _CONTAINER_AFTER.match(text, match.end())
    )


def _milligrams(match: re.Match[str]) -> int:
    amount = float(match["amount"].replace(",", ""))
    return round(amount if match["unit"].lower().startswith("m") else amount * 1000)


def other_drug(question: Question) -> bool:
    """Whether a drug of its own was given beside the infused one: two are named, or one that was injected."""
    named = {each.drug for each in question.drugs}
    services = {each.service for each in question.services}
    beneath_the_skin = Service.SC_INFUSION in services or any(each.code == "96369" for each in question.codes)
    if len(named) > 1 or (named - {"immune globulin"} and beneath_the_skin):
        return True
    return any(_injected(question.text, each) for each in question.drugs)


def _injected(text: str, mention: DrugMention) -> bool:
    span = mention.span
    after = _INJECTED_AFTER.match(text, span.end)
    return after is not None or _INJECTED_BEFORE.search(text, max(0, span.start - 30), span.start) is not None


def told(question: Question) -> tuple[Circumstance, ...]:
    """The circumstances of a question, with those that the drugs it names tell."""
    found = [Circumstance.OTHER_DRUG] if other_drug(question) else []
    if any(times > 1 for times in pushed(question).values()) or (_one_drug_again(question) and not found):
        found.append(Circumstance.SAME_DRUG)
    return tuple(dict.fromkeys((*question.circumstances, *found)))


def _one_drug_again(question: Question) -> bool:
    """`96374 x2 for Zofran, 45 min apart`: two of one push code, and one drug."""
    several = any((each.units or 1) > 1 for each in question.codes if each.code in _PUSH_CODES)
    other = Circumstance.OTHER_DRUG in question.circumstances
    return several and len({each.drug for each in question.drugs}) == 1 and not other


def times_beside(question: Question, span: Span) -> int:
    """How often the drug named just after a code was given, 1 where none is named there."""
    near = [each for each in question.drugs if 0 <= each.span.start - span.end <= _BESIDE]
    return near[0].times if near else 1


def pushed(question: Question) -> Mapping[str, int]:
    """The drugs that were pushed, each with how often: those whose nearest service in words is a push."""
    return _given_by(Service.IV_PUSH, question)


def injected(question: Question) -> Mapping[str, int]:
    """The drugs that were injected under the skin or into muscle, each with how often."""
    return _given_by(Service.INJECTION, question)


def either_family(question: Question, knowledge: Knowledge) -> tuple[str, ...]:
    """The codes of both families where one biologic ran in that contractors sort differently, and no code was named."""
    try:
        rule = knowledge.parameter("drugs.complex_biologic", on=question.as_of)
    except KnowledgeError:
        return ()
    ran = any(each.service is Service.IV_INFUSION for each in question.services) and len(question.durations) == 1
    named = {each.drug for each in question.drugs} & set(cast("Sequence[str]", rule.value))
    return _EITHER_FAMILY if ran and named and not question.codes else ()


def by_mouth(text: str, mention: DrugMention) -> bool:
    """`Tylenol PO`: no drug administration code is for it."""
    return _MOUTH_AFTER.match(text, mention.span.end) is not None or bool(
        _MOUTH_BEFORE.search(text, max(0, mention.span.start - 10), mention.span.start)
    )


def _run_in(question: Question, mention: DrugMention, reach: int) -> bool:
    """Whether an infusion's code or time stands nearer to the drug than the service in words does."""
    near = min(reach, _NEAR_CODE)
    return any(_gap(each.span, mention.span) < near for each in question.codes if each.code in _RUN_IN) or any(
        0 <= each.span.start - mention.span.end < near for each in question.durations if each.minutes > _LONGEST_PUSH
    )


def _given_by(service: Service, question: Question) -> Mapping[str, int]:
    times: dict[str, int] = {}
    for mention in question.drugs:
        if by_mouth(question.text, mention):
            continue
        nearest = min(question.services, key=lambda each: _gap(each.span, mention.span), default=None)
        if nearest is None or _run_in(question, mention, _gap(nearest.span, mention.span)):
            continue
        if nearest.service is service:
            times[mention.drug] = times.get(mention.drug, 0) + mention.times
    return times


def _gap(first: Span, second: Span) -> int:
    return max(first.start - second.end, second.start - first.end, 0)

"""Codes of services named in words: where the sender asks which code, and named none that covers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.drugs import injected, pushed, times_beside
from caseconsultant.domain.codes import CodeMention, Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Intent, Question, Service

_OPENED_BY = {
    Service.SC_INFUSION: "96369",
    Service.IV_INFUSION: "96365",
    Service.CHEMO_INFUSION: "96413",
    Service.HYDRATION: "96360",
}
_FAMILY_OF = {
    Service.SC_INFUSION: ("subcutaneous",),
    Service.IV_INFUSION: ("therapeutic", "chemotherapy_infusion"),
    Service.INFUSION: ("subcutaneous", "therapeutic", "chemotherapy_infusion", "hydration"),
    Service.CHEMO_INFUSION: ("chemotherapy_infusion",),
    Service.HYDRATION: ("hydration",),
    Service.IV_PUSH: ("push", "chemotherapy_push"),
    Service.INJECTION: ("injection", "chemotherapy_injection"),
}
_VISITS = "office_visit"
_PRODUCTS = "immune_globulin"
_SECONDARY = "96361"
_INJECTION = "96372"
_NO_INJECTION = re.compile(r"20(?:52[67]|55[0-3]|60[0-9]|61[01])|6[24]\d{3}|67028|119[0-2]\d|27096|46500")
"""Procedures that inject: the injection told of is theirs, and no 96372."""
_INITIAL_VEIN = frozenset({"96365", "96374", "96409", "96413"})
_AGAIN = "96376"
_CHEMOTHERAPY = "96413"
_PUSHES = frozenset({"96374", "96375", _AGAIN})
_TAKES_ITS_PLACE = {Service.IV_PUSH: 1, Service.HYDRATION: 2}
"""An infusion is the initial service before a push, a push before hydration, where the words alone tell."""
_HELD_PRODUCTS = frozenset({"J1551", "J1555", "J1558", "J1559", "J1561", "J1569", "J1575"})


def cancer_drugs(question: Question, knowledge: Knowledge) -> frozenset[str]:
    """The drugs, by plain name, whose infusion is chemotherapy; none where no rule says so."""
    try:
        return frozenset(cast("Sequence[str]", knowledge.parameter("drugs.cancer_drug", on=question.as_of).value))
    except KnowledgeError:
        return frozenset()


def worded_codes(
    question: Question, asked: Mapping[str, CodeMention], brought: Mapping[str, int | None], knowledge: Knowledge
) -> dict[str, int | None]:
    """Codes of services named in words, where the sender asks which code, and named none that covers them.

    Each with its units where the words count them.
    """
    families = {record.family for code in asked if (record := knowledge.code(code, on=question.as_of))}
    open_question = not question.intents or Intent.WHICH_CODE in question.intents or bool(question.alternatives)
    only_visits = families == {_VISITS}
    open_question = open_question or (Intent.MODIFIER in question.intents and len(asked) == 1)
    pushed_beside = bool(asked) and not {"push", "chemotherapy_push"} & families and bool(pushed(question))
    only_drugs = all(code[0] in "JQ" and code not in _HELD_PRODUCTS for code in asked)
    if asked and not only_drugs and not (families - {_PRODUCTS} and (open_question or only_visits)):
        if not (pushed_beside and _INITIAL_VEIN.intersection(asked)):
            return {}
        return dict(_codes_of(Service.IV_PUSH, question, list(asked)))
    found: dict[str, int | None] = {}
    cancer = cancer_drugs(question, knowledge) & {each.drug for each in question.drugs}
    for mention in sorted(question.services, key=lambda each: _TAKES_ITS_PLACE.get(each.service, 0)):
        if mention.service is Service.INFUSION and cancer and not asked and question.minutes:
            found.setdefault(_CHEMOTHERAPY, None)
        elif mention.service is Service.INJECTION and any(_NO_INJECTION.fullmatch(code) for code in asked):
            continue
        elif families.isdisjoint(_FAMILY_OF.get(mention.service, ())):
            found |= {
                code: count
                for code, count in _codes_of(mention.service, question, [*asked, *brought, *found])
                if code not in found
            }
    return found


def _codes_of(service: Service, question: Question, others: Sequence[str]) -> Iterable[tuple[str, int | None]]:
    pushes = pushed(question) if service is Service.IV_PUSH else {}
    if not pushes or _PUSHES.intersection(others):
        return [(code, None) for code in _code_of(service, others)]
    return _push_codes(pushes, question, beside=bool(_INITIAL_VEIN.intersection(others)))


def injections(asked: Mapping[str, CodeMention], question: Question) -> dict[str, int]:
    """Two or more drugs injected are as many units where the sender wrote none."""
    line = asked.get(_INJECTION)
    drugs = len(injected(question))
    return {_INJECTION: drugs} if line and line.units is None and drugs > 1 else {}


def pushed_again(question: Question, asked: Mapping[str, CodeMention]) -> dict[str, int | None]:
    """The same drug again beside a push the sender coded: 96376, which only a hospital has."""
    if _AGAIN in {each.code for each in question.codes} or question.setting not in {None, Setting.OUTPATIENT_HOSPITAL}:
        return {}
    pushes = [each for code, each in asked.items() if code in _PUSHES]
    told = set(question.circumstances) & {Circumstance.SAME_DRUG, Circumstance.OTHER_DRUG}
    again = sum(each.units or 1 for each in pushes) - 1 if told == {Circumstance.SAME_DRUG} and pushes else 0
    again = again or sum(times_beside(question, each.span) - 1 for each in pushes)
    return {_AGAIN: again} if again else {}


def _push_codes(pushes: Mapping[str, int], question: Question, *, beside: bool) -> Iterable[tuple[str, int]]:
    """The first drug pushed, each further new one, and in a hospital the same drug again."""
    again = sum(times - 1 for times in pushes.values())
    new = len(pushes) - (not beside)
    found = [] if beside else [("96374", 1)]
    if new:
        found.append(("96375", new))
    if again and question.setting in {None, Setting.OUTPATIENT_HOSPITAL}:
        found.append((_AGAIN, again))
    return found


def _code_of(service: Service, others: Sequence[str]) -> tuple[str, ...]:
    if service is Service.IV_PUSH:
        return ("96375",) if _INITIAL_VEIN.intersection(others) else ("96374",)
    if service is Service.HYDRATION and {"96365", "96374", "96413"}.intersection(others):
        return (_SECONDARY,)
    if service is Service.INJECTION:
        return ("96372",)
    return (_OPENED_BY[service],) if service in _OPENED_BY else ()

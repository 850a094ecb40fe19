"""A question that is no claim of drug administration: diagnoses, amounts, and the articles whose question it asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from caseconsultant.consulting import subjects
from caseconsultant.consulting.encounter import encounter, restarted
from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.guidance import stated
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.soft_tissue import masses
from caseconsultant.consulting.succession import ended
from caseconsultant.consulting.topics import (
    biologics,
    both_sides,
    code_search,
    denials,
    diagnosis_choice,
    fees,
    global_period,
    modifier_meaning,
    notices,
    nurse_visit,
    passing,
    primaries,
    procedures,
    quantities,
    transfer,
    validity,
    visits,
)
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import CodeSystem
from caseconsultant.domain.question import Circumstance, Intent, Question, Service
from caseconsultant.domain.records import DRUG_ADMINISTRATION, CodeRecord, Guidance, Role

_CLAIMS = re.compile(
    r"\b(?:bill(?:s|ed|ing|able)?|cod(?:e|es|ed|ing|er|ers)|modifiers?|claims?|payers?|medicare|medicaid|cpt|hcpcs|icd|"
    r"den(?:y|ied|ial|ials)|units?|report(?:ed|able|ing)?|dx|global|bundl\w+|rvus?|abn|lcd|ncd|mue|"
    r"ncci|pos|charge[ds]?|"
    r"level|e/?m|dos)\b",
    re.IGNORECASE,
)
_TOPICS = (
    validity,
    biologics,
    quantities,
    global_period,
    transfer,
    passing,
    modifier_meaning,
    denials,
)
_VISIT = "office_visit"
_DRUG_FAMILIES = frozenset({"immune_globulin", "vascular_access", "device_care"})
_ENOUGH = 6.0
"""The least score at which an article's question is taken to be asked."""
_ENOUGH_FOR_FEW, _FEW_WORDS = 4.0, 16
"""A short question has few words to share."""
_OF_CODES = re.compile(
    r"\b(?:codes?|coded|modifiers?|cpt|hcpcs|pos|place of service|medicare|billed|billable|bill|"
    r"report(?:ed|able)?|claims?)\b"
)
_CODE = re.compile(r"\b(?:\d{5}|[A-Z]\d{4})\b")
_BESIDE = 0.6
"""The share of the best score that another article needs to be told too."""
_MOST, _BESIDE_RULES = 3, 2
_ANSWERING = re.compile(r"^(?:Yes|No)(?:[.:,]\s*|\s+(?=if|for|with|since|where))")
_DIAGNOSIS_TOLD = re.compile(r"\bdiagnosis [A-TV-Z]\d\d")
_OPENS_WITH = re.compile(
    r"(?:(?P<yes>Yes)|No|Not|Never|Neither|(?:Medicare|The plan|CPT) (?:does not|takes no|pays no|never|has no))\b"
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What tables and articles say to a question as it was put; nothing where neither speaks to it."""
    visit = visits.findings(question, knowledge=knowledge)
    ruled = _by_rules(question, visit, knowledge)
    amounts = fees.findings(question, knowledge=knowledge)
    told = NOTHING if amounts.findings or visit.headlines else articles(question, knowledge=knowledge)
    if ruled.headlines or ruled.corrections:  # answered: an article adds its statement, and asks nothing
        told = _without_its_verdict(
            replace(told, findings=told.findings[:_BESIDE_RULES], grounds=told.grounds[:_BESIDE_RULES], asks=())
        )
    if ruled.headlines and ruled.headlines == diagnosis_choice.findings(question, knowledge=knowledge).headlines:
        told = NOTHING  # the choice of diagnoses is made, and nothing else asked
    named = any(_DIAGNOSIS_TOLD.search(each) for each in ruled.headlines)
    nearest = NOTHING if named else code_search.diagnoses(question, knowledge=knowledge)
    found = joined((ruled, amounts, nearest, told))
    return found if found.findings else code_search.procedures(question, knowledge=knowledge)


def _by_rules(question: Question, visit: Findings, knowledge: Knowledge) -> Findings:
    """What every subject works out; each is silent where the question is not its own."""
    done = procedures.findings(question, knowledge=knowledge)
    settled = bool(done.opinions or done.headlines)
    return joined(
        (
            visit,
            done,
            NOTHING if settled else both_sides.findings(question, knowledge=knowledge),
            subjects.findings(question, knowledge=knowledge),
            *(_unclosed(topic.findings(question, knowledge=knowledge), visit) for topic in _TOPICS),
        )
    )


def _unclosed(found: Findings, visit: Findings) -> Findings:
    """The findings, nothing where a visit's rules have closed all their lines already."""
    lines = {each.code for each in found.opinions}
    return NOTHING if lines and lines <= set(visit.closed) else found


def worked_out(question: Question, *, knowledge: Knowledge) -> bool:
    """Whether it is a claim whose lines can be worked out: some code gives a drug, the others are drugs or visits.

    Of other codes tables and articles are told, and no line is said to be right because nothing speaks against it.
    """
    if encounter(question) or restarted(question) is not None:
        return True
    if (
        procedures.apart(question, knowledge=knowledge)
        or nurse_visit.asked(question)
        or primaries.asked(question)
        or masses(question.text)  # `an intramuscular lipoma` was not injected
        or notices.of_units(question)
        or _of_a_visit(question, knowledge)
    ):
        return False
    records = [record for each in question.codes if (record := _record(each.code, question, knowledge))]
    if not records:
        drugs_only = all(each.code[0] in "JQ" for each in question.codes)
        return drugs_only and Circumstance.VACCINE not in question.circumstances
    giving = [each for each in records if _gives_a_drug(each)]
    return bool(giving) and all(each in giving or _stands_beside(each) for each in records)


def _record(code: str, question: Question, knowledge: Knowledge) -> CodeRecord | None:
    """The code in force; of one that has ended, its first successor."""
    gone = ended(code, on=question.as_of, knowledge=knowledge)
    return knowledge.code(gone.by[0] if gone and gone.by else code, on=question.as_of)


def _of_a_visit(question: Question, knowledge: Knowledge) -> bool:
    """A visit told in words, no drug given beside it or its level asked for."""
    given = {each.service for each in question.services} - {Service.VISIT}
    known = any(knowledge.code(each.code, on=question.as_of) for each in question.codes)
    if known or (given and not question.codes and Intent.LEVEL not in question.intents):
        return False
    return bool(visits.findings(question, knowledge=knowledge).findings)


def _gives_a_drug(record: CodeRecord) -> bool:
    return record.role in DRUG_ADMINISTRATION or record.family in _DRUG_FAMILIES


def _stands_beside(record: CodeRecord) -> bool:
    """A visit, or a drug: CPT's products are vaccines, which have administration codes of their own."""
    return record.family == _VISIT or (record.role is Role.PRODUCT and record.system is CodeSystem.HCPCS)


def articles(question: Question, *, knowledge: Knowledge) -> Findings:
    """The articles whose question is asked, best first; their asks only where the best one speaks."""
    if not _of_coding(question):
        return NOTHING
    found = _asked(question, knowledge)
    best, *others = [stated(article, asks=place == 0) for place, article in enumerate(found)] or [NOTHING]
    if best.findings and question.wants_yes_or_no:
        best = _with_its_verdict(best)
    return joined((best, *(each for each in others if not _OPENS_WITH.match(each.findings[0].statement))))


def _without_its_verdict(found: Findings) -> Findings:
    """The statements of articles beside what rules decided: none says yes or no to its own question."""
    first, *others = found.findings or (None,)
    if first is None:
        return found
    bare = _ANSWERING.sub("", first.statement)
    return replace(found, findings=(replace(first, statement=bare[:1].upper() + bare[1:]), *others), leaning=())


def _with_its_verdict(best: Findings) -> Findings:
    """The article whose question is asked answers it: with yes or no, where it opens so."""
    opening = _OPENS_WITH.match(best.findings[0].statement)
    if opening is None:
        return best
    verdict = Verdict.YES if opening["yes"] else Verdict.NO
    return replace(best, leaning=(verdict,))


def _asked(question: Question, knowledge: Knowledge) -> Sequence[Guidance]:
    codes = [each.code for each in question.codes]
    scored = [
        (article, score)
        for article, score in knowledge.asked(question.text, codes=codes, on=question.as_of)
        if _of_branch(article, question) and _of_codes(article, codes)
    ]
    best = scored[0][1] if scored else 0.0
    if best < (_ENOUGH_FOR_FEW if _is_short(question) else _ENOUGH):
        return ()
    return [article for article, score in scored[:_MOST] if score >= _BESIDE * best]


def _of_codes(article: Guidance, codes: Sequence[str]) -> bool:
    """An article whose question names codes answers no question that names only others."""
    named = set(_CODE.findall(article.question))
    return not named or not codes or not named.isdisjoint(codes)


def _is_short(question: Question) -> bool:
    """Few words, and one that only claims have."""
    return len(question.text.split()) <= _FEW_WORDS and _OF_CODES.search(question.text.lower()) is not None


def _of_branch(article: Guidance, question: Question) -> bool:
    """An article on another payer or setting than the one stated does not answer."""
    other_payer = article.payer and question.payer and article.payer != question.payer
    other_setting = article.setting and question.setting and article.setting != question.setting
    return not (other_payer or other_setting)


def _of_coding(question: Question) -> bool:
    """Whether anything in the text is a coder's: a code, a modifier, or the words of claims."""
    return bool(question.codes or question.diagnoses or question.modifiers) or bool(_CLAIMS.search(question.text))

"""Articles of `knowledge/guidance/` that fit a question become findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.findings import NOTHING, Findings, Note, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Plan
from caseconsultant.domain.answer import Branch, Confidence, Finding, Kind
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Circumstance, Intent, Question, Service, Topic
from caseconsultant.domain.records import CaseFact, Condition, Guidance, Role

_KINDS = {
    Topic.GUIDELINES: Kind.CODABLE,
    Topic.NCCI: Kind.PAYABLE,
    Topic.MODIFIERS: Kind.PAYABLE,
    Topic.COVERAGE: Kind.COVERED,
    Topic.FEES: Kind.PAYABLE,
}
_IMMUNE_GLOBULIN = "J1559"
"""Stands for its family where a product is in question and none was named."""
_PRODUCTS = frozenset({"J1551", "J1555", "J1558", "J1559", "J1561", "J1569", "J1575"})
_GIVEN = frozenset({Role.INITIAL, Role.INJECTION, Role.PUSH_INITIAL})
_HYDRATION = "96360"
_INJECTION = "96372"
_BENEATH = "96369"
_STATED = frozenset(CaseFact)
"""Circumstances that the guidance knows have the same names there."""


@dataclass(frozen=True, slots=True)
class _Case:
    question: Question
    plan: Plan
    codes: frozenset[str]
    facts: frozenset[CaseFact]

    def meets(self, condition: Condition) -> bool:
        """Whether all the codes, one of the others, and all the facts of a condition are there."""
        return (
            self.codes.issuperset(condition.codes)
            and (not condition.any_code or not self.codes.isdisjoint(condition.any_code))
            and self.facts.issuperset(condition.facts)
        )

    def meets_any(self, conditions: Sequence[Condition]) -> bool:
        """Whether one of the conditions is met; none is always met."""
        return not conditions or any(self.meets(each) for each in conditions)


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """The articles that fit, each as a finding on its branch; their asks only where the answer hangs on them."""
    if not found.lines or (found.informational and Intent.DOCUMENTATION not in question.intents):
        return NOTHING
    case = _Case(question, found, frozenset(found.codes), _facts(question, found))
    run_in = CaseFact.IMMUNE_GLOBULIN in case.facts
    codes = (*found.codes, *((_IMMUNE_GLOBULIN,) if run_in else ()))
    articles = knowledge.guidance(codes=codes, topics=(), on=question.as_of)
    return joined(_said(article, case) for article in articles if _fits(article, case, run_in=run_in))


def _facts(question: Question, found: Plan) -> frozenset[CaseFact]:
    """What the question and its lines tell, as far as articles hang on it."""
    roles = set((found.roles or {}).values())
    told = {
        CaseFact.SEVERAL_LINES: len(found.lines) > 1,
        CaseFact.SEVERAL_UNITS: any(each.units > 1 for each in found.lines if each.code == _INJECTION),
        CaseFact.SEVERAL_INITIALS: _several_initials(question, found),
        CaseFact.PRODUCT_OPEN: not any(code[0] in "JQ" for code in found.codes)
        and not (question.drugs and question.milligrams),
        CaseFact.ALONE: len(found.lines) == 1 and not found.timed,
        CaseFact.ONE_DRUG: Circumstance.OTHER_DRUG not in question.circumstances,
        CaseFact.WASTE_OPEN: {Circumstance.NOTHING_DISCARDED, Circumstance.DISCARDED}.isdisjoint(
            question.circumstances
        ),
        CaseFact.MINUTES_MISSING: bool(found.untimed),
        CaseFact.BELOW_FLOOR: any(each.opening not in each.units for each in found.timed),
        CaseFact.DRUG_GIVEN: not _GIVEN.isdisjoint(roles) and found.codes != (_HYDRATION,),
        CaseFact.IMMUNE_GLOBULIN: _immune_globulin(question, found),
        CaseFact.NO_ADMINISTRATION: _PRODUCTS.issuperset(found.codes),
        **_of_words(question),
        **_of_context(question),
    }
    return frozenset(fact for fact, holds in told.items() if holds)


def _several_initials(question: Question, found: Plan) -> bool:
    """Two initial codes that are no choice, or a second line of one that is no second dose of one drug."""
    if len(found.initials) > 1:
        return bool(set(found.initials) - set(question.alternatives))
    twice = any(line.units > 1 and line.code in found.initials and line.code != _BENEATH for line in found.lines)
    return twice and Circumstance.SAME_DRUG not in question.circumstances


def _immune_globulin(question: Question, found: Plan) -> bool:
    services = {each.service for each in question.services}
    return Service.SC_INFUSION in services or not {"96369", *_PRODUCTS}.isdisjoint(found.codes)


def _of_words(question: Question) -> dict[CaseFact, bool]:
    stated = {CaseFact(each.value): True for each in question.circumstances if each.value in _STATED}
    return {
        **stated,
        CaseFact.DENIAL_ASKED: Intent.DENIAL in question.intents,
        CaseFact.DOCUMENTATION_ASKED: Intent.DOCUMENTATION in question.intents,
    }


def _of_context(question: Question) -> dict[CaseFact, bool]:
    at_home = question.setting in {Setting.HOME, Setting.DME}
    return {
        CaseFact.AT_HOME: at_home,
        CaseFact.NOT_AT_HOME: not at_home,
        CaseFact.HOSPITAL_CLAIM: question.setting is Setting.OUTPATIENT_HOSPITAL,
        CaseFact.SETTING_OPEN: question.setting is None,
        CaseFact.PAYER_OPEN: question.payer is None,
        CaseFact.COMMERCIAL_PAYER: question.payer is Payer.COMMERCIAL,
    }


def _fits(article: Guidance, case: _Case, *, run_in: bool) -> bool:
    """Conditions decide; the article's own codes too, but for the drug of an infusion that nobody coded.

    An article without conditions is not volunteered: it answers where its question is asked.
    """
    own = not case.codes.isdisjoint(article.codes) or (run_in and _IMMUNE_GLOBULIN in article.codes)
    return own and bool(article.when) and case.meets_any(article.when)


def stated(article: Guidance, *, asks: bool) -> Findings:
    """An article as it answers its own question, whatever is on the claim."""
    finding = _finding(article)
    notes = (Note(article.note_about or "", article.note_must_say, article.references[:1]),)
    return Findings(
        (finding,),
        asks=article.asks if asks else (),
        grounds=(article.confidence,),
        notes=notes if article.note_must_say else (),
    )


def _finding(article: Guidance) -> Finding:
    topic = Topic(article.topics[0])
    branch = Branch(
        Payer(article.payer) if article.payer else None, Setting(article.setting) if article.setting else None
    )
    statement = " ".join(article.statement.split())
    return Finding(topic, _KINDS.get(topic, Kind.INFO), statement, article.references, branch=branch)


def _said(article: Guidance, case: _Case) -> Findings:
    finding = _finding(article)
    branch = finding.branch
    return Findings(
        (finding,),
        tuple(_opinions(article, case)),
        asks=article.asks if case.meets_any(article.asks_when) else (),
        grounds=_grounds(article, branch, case),
        corrections=(article.corrects,) if article.corrects else (),
        notes=tuple(_notes(article, case)),
    )


def _notes(article: Guidance, case: _Case) -> Sequence[Note]:
    if not article.note_must_say:
        return ()
    about = [article.note_about] if article.note_about else [code for code in case.plan.codes if code in article.codes]
    return [Note(each, article.note_must_say, article.references[:1]) for each in about]


def _grounds(article: Guidance, branch: Branch, case: _Case) -> tuple[Confidence, ...]:
    """An article on another payer or setting than the one stated does not bear the answer."""
    question = case.question
    elsewhere = (branch.payer and question.payer and branch.payer is not question.payer) or (
        branch.setting and question.setting and branch.setting is not question.setting
    )
    return () if elsewhere else (article.confidence,)


def _opinions(article: Guidance, case: _Case) -> Iterator[Opinion]:
    """The lines that fall away, or hang on a fact, by what the sender tells."""
    wanted = article.lines or article.codes
    codes = [code for code in case.plan.codes if code in wanted and code not in _PRODUCTS]
    if article.refuses and case.meets_any(article.refuses_when):
        yield from (Opinion(code, Standing.REFUSED, why=article.refuses) for code in codes)
    if article.only_if and case.meets_any(article.only_if_when):
        yield from (Opinion(code, Standing.CONDITIONAL, when=article.only_if) for code in codes)

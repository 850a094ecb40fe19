"""Articles of `knowledge/guidance/` that fit a question become findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from caseconsultant.consulting.findings import Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.plan import Plan, plan
from caseconsultant.domain.answer import Branch, Confidence, Finding, Kind
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Circumstance, Intent, Question, Service, Topic
from caseconsultant.domain.records import Guidance, Role

_KINDS = {Topic.NCCI: Kind.PAYABLE, Topic.COVERAGE: Kind.COVERED, Topic.FEES: Kind.PAYABLE}
_IMMUNE_GLOBULIN = "J1559"
"""Stands for its family where a product is in question and none was named."""
_PRODUCTS = ("J1551", "J1555", "J1558", "J1559", "J1561", "J1569", "J1575")


@dataclass(frozen=True, slots=True)
class _Case:
    question: Question
    plan: Plan

    def codes(self, *wanted: str) -> bool:
        """Whether all of the codes are on the claim."""
        return set(wanted) <= set(self.plan.codes)

    def any_of(self, *wanted: str) -> bool:
        """Whether one of the codes is on the claim."""
        return not set(wanted).isdisjoint(self.plan.codes)

    def stated(self, circumstance: Circumstance) -> bool:
        """Whether the sender says so."""
        return circumstance in self.question.circumstances

    @property
    def infused_product(self) -> bool:
        """Whether the drug is an immune globulin product, or is run in beneath the skin as they are."""
        services = {each.service for each in self.question.services}
        return self.any_of("96369", *_PRODUCTS) or Service.SC_INFUSION in services


# An article speaks of a combination or a circumstance; its codes alone do not tell which. What is not listed here
# fits wherever its codes do.
_FITS: Mapping[str, Callable[[_Case], bool]] = {
    "subcutaneous-short-infusion": lambda case: any(
        each.opening == "96369" and each.opening not in each.units for each in case.plan.timed
    ),
    "subcutaneous-setup": lambda case: case.codes("96369") or case.codes("96371"),
    "injection-beside-subcutaneous-infusion": lambda case: case.codes("96369", "96372"),
    "subcutaneous-self-administered": lambda case: (
        case.question.setting in {Setting.HOME, Setting.DME} or case.stated(Circumstance.SELF_ADMINISTERED)
    ),
    "subcutaneous-beside-vein": lambda case: case.codes("96369") and len(case.plan.initials) > 1,
    "one-initial-service": lambda case: len(case.plan.initials) > 1,
    "two-lumens-one-site": lambda case: "lumen" in case.question.text.lower(),
    "times-in-the-note": lambda case: bool(case.plan.untimed) or Intent.DOCUMENTATION in case.question.intents,
    "carrier-fluid": lambda case: case.any_of("96360", "96361"),
    "access-and-flush-included": lambda case: case.any_of("96523", "36000", "36410") or case.stated(Circumstance.FLUSH),
    "repeated-push": lambda case: case.any_of("96376") or case.stated(Circumstance.SAME_DRUG),
    "practitioner-in-facility": lambda case: case.question.setting not in {Setting.HOME, Setting.DME},
    "hospital-packaging": lambda case: (
        case.any_of("96368", "96371", "96372", "96376", "96377") and len(case.plan.lines) > 1
    ),
    "hospital-hierarchy": lambda case: (
        (case.question.setting is Setting.OUTPATIENT_HOSPITAL and len(case.plan.lines) > 1)
        or len(case.plan.initials) > 1
    ),
    "commercial-payers": lambda case: bool(case.plan.lines),
    "product-code": lambda case: (
        any(role in {Role.INITIAL, Role.INJECTION, Role.PUSH_INITIAL} for role in (case.plan.roles or {}).values())
        and not case.codes("96360")
    ),
    "jw-or-jz": lambda case: case.infused_product,
    "jw-before-jz": lambda case: case.infused_product,
    "visit-99211": lambda case: case.codes("99211"),
    "visit-with-25": lambda case: case.any_of("99212", "99213", "99214", "99215"),
    "mue-adjudication": lambda case: (
        Intent.DENIAL in case.question.intents or any(line.units > 1 for line in case.plan.lines)
    ),
    "chemotherapy-code-for-biologic": lambda case: any(code.startswith("964") for code in case.plan.codes),
}
_ASKS_ONLY: Mapping[str, Callable[[_Case], bool]] = {
    "subcutaneous-setup": lambda case: case.codes("96371"),
    "practitioner-in-facility": lambda case: case.question.setting is None,
    "commercial-payers": lambda case: case.question.payer in {None, Payer.COMMERCIAL},
    "carrier-fluid": lambda case: len(case.plan.lines) > 1,
}


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The articles that fit, each as a finding on its branch; their asks only where the answer hangs on them."""
    case = _Case(question, plan(question, knowledge=knowledge))
    if not case.plan.lines or (case.plan.informational and Intent.DOCUMENTATION not in question.intents):
        return Findings()
    codes = (*case.plan.codes, *((_IMMUNE_GLOBULIN,) if case.infused_product else ()))
    articles = knowledge.guidance(codes=codes, topics=(), on=question.as_of)
    return joined(_said(article, case) for article in articles if _fits(article, case))


def _fits(article: Guidance, case: _Case) -> bool:
    fits = _FITS.get(article.id)
    return fits(case) if fits else not set(article.codes).isdisjoint(case.plan.codes)


def _said(article: Guidance, case: _Case) -> Findings:
    topic = Topic(article.topics[0])
    branch = Branch(
        Payer(article.payer) if article.payer else None, Setting(article.setting) if article.setting else None
    )
    finding = Finding(topic, _KINDS.get(topic, Kind.INFO), _with_note(article), article.references, branch=branch)
    only = _ASKS_ONLY.get(article.id)
    asks = article.asks if only is None or only(case) else ()
    return Findings((finding,), _opinions(article, case), asks=asks, grounds=_grounds(article, branch, case))


def _grounds(article: Guidance, branch: Branch, case: _Case) -> tuple[Confidence, ...]:
    """An article on another payer or setting than the one stated does not bear the answer."""
    question = case.question
    elsewhere = (branch.payer and question.payer and branch.payer is not question.payer) or (
        branch.setting and question.setting and branch.setting is not question.setting
    )
    return () if elsewhere else (article.confidence,)


def _opinions(article: Guidance, case: _Case) -> tuple[Opinion, ...]:
    """Where the sender states what an article rules out, its lines are refused."""
    if article.id != "subcutaneous-self-administered" or not case.stated(Circumstance.SELF_ADMINISTERED):
        return ()
    why = "the patient infused by himself, and no staff of the practice or hospital gave it"
    codes = [code for code in case.plan.codes if code in article.codes and code not in _PRODUCTS]
    return tuple(Opinion(code, Standing.REFUSED, why=why) for code in codes)


def _with_note(article: Guidance) -> str:
    statement = " ".join(article.statement.split())
    if not article.note_must_say:
        return statement
    return f"{statement} The note must say: {'; '.join(_plain(each) for each in article.note_must_say)}."


def _plain(sentence: str) -> str:
    """A sentence as part of a longer one."""
    plain = sentence.strip().rstrip(".")
    return plain[:1].lower() + plain[1:]

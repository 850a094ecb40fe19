"""Complex biologics: whether 96413 or 96365 gives them is the contractor's or the plan's list, not the drug's name.

Sources: CPT guidelines on chemotherapy and complex biologic administration; Claims Processing Manual 12 §30.5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Confidence, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_CHEMOTHERAPY = ("96413", "96415")
_CHEMO_CODE = re.compile(
    r"\bchemo\w*\s(?:\w+\s){0,2}(?:codes?|family|one\b|admin\w*|infusion codes?)|\bcodes? (?:for|of) chemo\w*|"
    r"\bcomplex\b",
    re.IGNORECASE,
)
_BIOLOGIC = re.compile(r"\bbiologics?\b|\bbiosimilars?\b|\bmonoclonal\b", re.IGNORECASE)
_CONTRACTOR = re.compile(r"\bmedicare\b|\bmac\b|\bcontractor\b", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """On what the code of a complex biologic's infusion hangs; nothing where no such drug or no such code is told."""
    rule = parameter_of(knowledge, question, "drugs.complex_biologic")
    never = parameter_of(knowledge, question, "drugs.never_chemotherapy")
    if rule is None or not _proposed(question):
        return NOTHING
    named = [each.drug for each in question.drugs if each.drug in cast("Sequence[str]", rule.value)]
    plain = never is not None and any(each.drug in cast("Sequence[str]", never.value) for each in question.drugs)
    if plain or not (named or _BIOLOGIC.search(question.text)):
        return NOTHING
    drug = named[0] if named else "the biologic"
    commercial = question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}
    whose = "the plan's own policy" if commercial else "the contractor's (MAC's) list"
    when = f"{whose} takes {drug} as a complex drug; else it is 96365 and 96366"
    statement = (
        f"{drug.capitalize()}: 96413 and 96415 where {whose} takes it as a complex drug, else 96365 and 96366. It need "
        "not be for cancer, and watching closely does not make a drug complex."
    )
    finding = Finding(Topic.GUIDELINES, Kind.PAYABLE, statement, rule.references, Verdict.DEPENDS)
    wrong = _settled_elsewhere(question) if commercial else ()
    opinions = tuple(Opinion(code, Standing.CONDITIONAL, when=when) for code in _lines(question))
    return Findings(
        (finding,), opinions, tuple(_asks(question, named)), grounds=(Confidence.MEDIUM,), corrections=wrong
    )


def _proposed(question: Question) -> bool:
    """Whether the codes of chemotherapy are in question for it."""
    codes = {each.code for each in question.codes if not each.absent}
    return bool(codes & set(_CHEMOTHERAPY)) or _CHEMO_CODE.search(question.text) is not None


def _lines(question: Question) -> Sequence[str]:
    written = [each.code for each in question.codes if each.code in _CHEMOTHERAPY and not each.absent]
    return list(dict.fromkeys(written or _CHEMOTHERAPY[:1]))


def _settled_elsewhere(question: Question) -> tuple[str, ...]:
    if not (_CONTRACTOR.search(question.text) and question.wants_yes_or_no):
        return ()
    return ("A Medicare contractor's list does not settle it for another payer: the plan's own policy does.",)


def _asks(question: Question, named: Sequence[str]) -> list[str]:
    product = [] if named else ["Which drug (product) was it?"]
    if question.payer in {Payer.COMMERCIAL, Payer.MEDICAID}:
        return [*product, "What does the plan's policy say of the drug's administration?"]
    payer = "Which payer is it, and which contractor (state)?"
    return [*product, payer if question.payer is None else "Which state is it, and so which contractor (MAC)?"]

"""What Medicare allows for a code: national or of the locality named, in and out of a facility, with arithmetic."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Branch, Finding, Kind
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.published import Locality
from caseconsultant.domain.question import Question, Topic

_AMOUNT = re.compile(
    r"\bhow much\b(?=[^.?!\n]{0,40}\b(?:pays?|paid|reimburse\w{0,5}|allow\w{0,3}|cost)\b)|\brvus?\b|\bfee schedule\b|"
    r"\ballowed amount\b|\b(?:payment|reimbursement)\s(?:rate|amount)s?\b|\bconversion factor\b|"
    r"\bwhat (?:does|will|would) medicare (?:pay|allow)\b",
    re.IGNORECASE,
)
_SHORTEST_NAME = 5
_IN_OFFICE = {Setting.OFFICE, Setting.HOME}
_BEFORE = "before deductible, coinsurance and sequester"


def asked(question: Question) -> bool:
    """Whether the amount is asked for."""
    return _AMOUNT.search(question.text) is not None


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The amount of each code asked about; nothing where no fee schedule is loaded or no amount is asked."""
    if not asked(question):
        return NOTHING
    named = _locality(question, knowledge)
    found = joined(_amounts(each.code, question, named, knowledge) for each in question.codes)
    if not found.findings or named:
        return found
    return joined((found, Findings(asks=("In which payment locality (city or county and state) was it given?",))))


def _amounts(code: str, question: Question, named: Locality | None, knowledge: Knowledge) -> Findings:
    paid = [
        (facility, amount)
        for facility in _facilities(question)
        if (
            amount := knowledge.fees.payment(
                code, on=question.as_of, facility=facility, modifier=_component(code, question), locality=named
            )
        )
    ]
    where = f"in {named.name.title()} ({named.state})" if named else "nationally"
    return Findings(
        tuple(
            Finding(
                Topic.FEES,
                Kind.PAYABLE,
                f"{code}: Medicare allows ${amount.cents / 100:,.2f} {where} "
                f"{'in a facility' if facility else 'outside a facility'}, {_BEFORE}.",
                amount.references,
                arithmetic=f"{amount.arithmetic}.",
                branch=Branch(payer=Payer.MEDICARE),
            )
            for facility, amount in paid
        )
    )


def _component(code: str, question: Question) -> str:
    """26 or TC where it stands on the line."""
    written = {modifier for each in question.codes if each.code == code for modifier in each.modifiers}
    return next((each for each in ("26", "TC", "53") if each in written), "")


def _facilities(question: Question) -> tuple[bool, ...]:
    """Both columns unless the setting tells."""
    if question.setting is None:
        return (False, True)
    return (question.setting not in _IN_OFFICE,)


def _locality(question: Question, knowledge: Knowledge) -> Locality | None:
    """The locality whose name stands in the question; the longest name where several do."""
    text = question.text.lower()
    named = [
        each
        for each in knowledge.fees.localities(on=question.as_of)
        if len(each.name) >= _SHORTEST_NAME and re.search(rf"\b{re.escape(each.name.lower())}\b", text)
    ]
    return max(named, key=lambda each: len(each.name), default=None)

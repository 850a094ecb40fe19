"""What OPPS packages: a hospital's line of status N, and one of Q1 or Q2 beside a line that is paid by itself.

Sources: OPPS Addendum B (the statuses); Medicare Claims Processing Manual 4 §10.1.1 (what they mean).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.rules import rule_of
from caseconsultant.domain.answer import Branch, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.published import Amount
from caseconsultant.domain.question import Question, Topic

_PAID_APART = re.compile(
    r"\b(?:pa(?:y|ys|id|yment|yable)|reimburse\w{0,5}|money)\b[^.?!\n]{0,25}\b(?:extra|separate(?:ly)?|apart|additional\w{0,2}|"
    r"on its own|by itself|on top)\b|\b(?:extra|separate|additional|more)\s(?:pay(?:ment)?|money|reimbursement)\b",
    re.IGNORECASE,
)
"""`Does 59 get us paid extra?`"""
_BRANCH = Branch(Payer.MEDICARE, Setting.OUTPATIENT_HOSPITAL)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The lines that earn nothing beside another one; nothing where the claim is not a hospital's outpatient claim."""
    rule = rule_of(knowledge, question, "facility.packaged_beside")
    if rule is None or question.setting is not Setting.OUTPATIENT_HOSPITAL or question.payer is Payer.COMMERCIAL:
        return NOTHING
    lines = [each for code in proposed(question) if (each := knowledge.schedules.opps(code, on=question.as_of))]
    beside = cast("dict[str, Sequence[str]]", rule.value)
    return joined(_told(*each, rule.references, asked=_asked(question)) for each in _packaged(lines, beside))


def _packaged(lines: Sequence[Amount], beside: dict[str, Sequence[str]]) -> Iterator[tuple[Amount, Amount]]:
    """Each conditionally packaged line, with the one beside which it is."""
    for line in lines:
        paid = next((each for each in lines if each.status in beside.get(line.status or "", ())), None)
        if paid is not None:
            yield line, paid


def _asked(question: Question) -> bool:
    return question.wants_yes_or_no and _PAID_APART.search(question.text) is not None


def _told(line: Amount, paid: Amount, references: Sequence[Reference], *, asked: bool) -> Findings:
    statement = (
        f"Under OPPS {line.code} has status {line.status}: beside {paid.code} (status {paid.status}) it is packaged, "
        "not paid separately, also with a modifier that passes the edit."
    )
    cited = (line.reference, paid.reference, *references)
    finding = Finding(Topic.FEES, Kind.PAYABLE, statement, cited, Verdict.NO if asked else None, branch=_BRANCH)
    return Findings((finding,), corrections=(statement,) if asked else ())

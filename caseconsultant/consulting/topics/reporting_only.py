"""Codes that are reported without a charge, such as the follow-up visit within an operation's package.

Source: `knowledge/rules/reporting_only.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_RULE: Final = "reporting_only.codes.unpaid"
_OF_PAYMENT: Final = re.compile(r"\b(?:paid|pays?|payable|payment|reimburs\w+|separately)\b", re.IGNORECASE)
_DUTY: Final = re.compile(r"\b(?:required|mandatory|must|have to|has to)\b", re.IGNORECASE)
_LONGEST: Final = 14
"""Words; a longer mail asks of what was done beside it."""


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """When the code is reported; nothing where another code or a longer story is in question."""
    codes = {each.code for each in question.codes if not each.absent}
    if len(codes) != 1 or len(question.text.split()) > _LONGEST:
        return NOTHING
    telling = Telling(question, knowledge)
    code = next(iter(codes))
    when = telling.table(_RULE).get(code)
    if when is None:
        return NOTHING
    telling.head(f"{code} {' '.join(str(when).split())}.", _RULE)
    verdict = Verdict.NO if _OF_PAYMENT.search(question.text) else Verdict.YES
    verdict = Verdict.DEPENDS if _DUTY.search(question.text) else verdict
    ruled = (verdict,) if question.wants_yes_or_no else ()
    if verdict is Verdict.YES:
        telling.stands(code)
    return replace(telling.found(), ruled=ruled, closed=(code,))

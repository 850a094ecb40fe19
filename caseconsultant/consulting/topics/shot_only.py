"""A visit beside a shot that was all the patient came for: the look at the patient is part of giving the drug."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_rules import VisitRules, proposed, refused, told
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import PtpEdit

_INJECTION = "96372"
_ONLY = re.compile(
    r"\b(?:only|just|solely|nothing but)\s(?:\w+\s){0,2}?(?:for|here for|got|received|had|given|"
    r"to get)\b[^.?!\n]{0,40}?"
    r"\b(?:shots?|inj\w*|b-?12|depo\w*|testosterone|dose)\b|"
    r"\b(?:shot|injection|inj|b-?12)\s(?:visit\s)?only\b|\bnothing else (?:was )?(?:done|addressed|evaluated)\b|"
    r"\b(?:no|without an?) (?:other )?(?:exam|evaluation|e/?m|problem|provider visit)\b[^.?!\n]{0,20}(?:done|was|"
    r"addressed)",
    re.IGNORECASE,
)
_BY_STAFF = re.compile(
    r"\b(?:nurse|rn|lpn|ma|medical assistant|staff)\b[^.?!\n]{0,24}\b(?:gave|given|giv\w+|administered|did|injected)\b|"
    r"\b(?:gave|given|administered)\b[^.?!\n]{0,24}\bby (?:the |our |a )?(?:nurse|rn|lpn|ma|medical assistant|staff)\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """That the visit falls away; nothing where more than the shot was done."""
    rules = VisitRules(knowledge, question)
    codes = proposed(question)
    visits = [code for code in codes if (rules.family_of(code) or "").startswith("office")]
    if _INJECTION not in codes or not visits or not _ONLY.search(question.text):
        return NOTHING
    edit = knowledge.ptp_edit(_INJECTION, visits[0], setting=Setting.OFFICE, on=question.as_of)
    references = (
        (edit.reference,) if isinstance(edit, PtpEdit) else rules.references("evaluation.incident_to.conditions")
    )
    given = ", given by staff" if _BY_STAFF.search(question.text) else ""
    why = f"the patient came only for the shot{given}: no visit was done, and 25 does not make one"
    said = f"Not {visits[0]}: {why}. The look at the patient is part of {_INJECTION}."
    return Findings(
        (told(said, references, verdict=Verdict.NO),),
        tuple(refused(code, why) for code in visits),
        corrections=(said,),
    )

"""The hospital's own claim for a clinic visit: one code for Medicare, whatever the level."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_rules import VisitRules, follows_cpt, listed, proposed, refused, stands, told
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_HOSPITAL_CLAIM = re.compile(
    r"\bub-?04\b|\b837i\b|\bopps\b|\bfacility (?:side|claim|bill\w*|cod\w*|charge)|\bhospital(?:'s)? (?:claim|side|"
    r"bill)|\bhopd (?:claim|bill)",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """G0463 in place of an office visit on a hospital's Medicare claim; nothing else."""
    rules = VisitRules(knowledge, question)
    code = rules.value("evaluation.hospital.clinic_visit_code")
    asked = proposed(question)
    office = [
        each
        for each in asked
        if (rules.family_of(each) or "").startswith("office_") and "consultation" not in str(rules.family_of(each))
    ]
    if not code or not office or set(asked) - set(office) - {str(code)} or follows_cpt(question):
        return NOTHING
    if not _HOSPITAL_CLAIM.search(question.text):
        return NOTHING
    said = (
        f"On the hospital's Medicare claim a clinic visit is {code}, one code for every level; {listed(office)} is "
        f"not recognized there "
        "(status B). The practitioner bills the office visit with place of service 19 or 22."
    )
    finding = told(
        said, rules.references("evaluation.hospital.clinic_visit_code"), verdict=Verdict.NO, payer=Payer.MEDICARE
    )
    lines = (stands(str(code)), *(refused(each, f"the hospital reports {code} to Medicare") for each in office))
    return Findings((finding,), lines, headlines=(said,))

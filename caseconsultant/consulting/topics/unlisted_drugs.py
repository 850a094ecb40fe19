"""A drug without a code of its own: J3590 or J3490 by the practice, C9399 by the hospital; one unit, name and NDC."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Branch, Finding, Kind
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic

CODES = frozenset({"J3490", "J3590", "C9399"})
"""The codes of drugs that have none."""
ASK_PRODUCT = "Which product (brand or biosimilar name, or NDC) was given?"
_NO_CODE = re.compile(
    r"\bno (?:\w+\s){0,2}?(?:(?:j|q|hcpcs|permanent|assigned|specific|own)(?:[\s/,-]|or\s)*){1,4}code\b|"
    r"\bwithout (?:its own |an? |any )?(?:hcpcs|j|q|permanent|specific)[\s-]?(?:code)?\b|"
    r"\b(?:does ?n.t|do not|has ?n.t|not) (?:have|has|got|been given|been assigned|"
    r"yet have)\b[^.?!\n]{0,20}\bcode\b|\bunlisted\b|\bunclassified\b|\bnot otherwise classified\b|"
    r"\b(?:in|on) none of the\b|\bw/?o (?:a |any )?(?:hcpcs |j[\s-]?)?code\b|\bno hcpcs\b|\bno code (?:yet|"
    r"exists|assigned)|\bjust (?:got )?approved\b|\bnewly[\s-]approved\b|\bapproved (?:last|this) (?:month|week)|"
    r"\bnot (?:listed|in) (?:in )?(?:the )?(?:hcpcs|book|books)",
    re.IGNORECASE,
)
_BIOLOGIC = re.compile(
    r"\bbiosimilar|\bbiologic|\bantibod\w+|\bmab\b|\w+mab\b|\bgene therapy|"
    r"\bimmune globulin",
    re.IGNORECASE,
)
_HOSPITAL_BILLS = re.compile(
    r"\b(?:hospital outpatient|hopd|opps)\b(?=.*\b(?:like|as) (?:the )?(?:doctor|physician|office|"
    r"practice))",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_DRUG = re.compile(
    r"\bdrug|\bbiosimilar|\bbiologic|\bantibod|\bmedic(?:ine|ation)|\bj[\s-]?code|\binject", re.IGNORECASE
)
_HOSPITAL = re.compile(r"\bhospital\b", re.IGNORECASE)
_OFFICE_SAYS = (
    "Office: a new biologic or biosimilar without a code is J3590 (any other drug J3490), 1 unit, with the name, the "
    "dose and the NDC on the claim."
)
_HOSPITAL_SAYS = (
    "Hospital outpatient under Medicare: C9399, 1 unit, for a drug approved by the FDA that has no code yet, with NDC, "
    "quantity and date."
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """How a drug without a code is billed, by who bills; nothing where no such drug is in question."""
    written = {each.code for each in question.codes} & CODES
    if not written and not (_NO_CODE.search(question.text) and _OF_A_DRUG.search(question.text)):
        return NOTHING
    record, hospital = knowledge.code("J3590", on=question.as_of), knowledge.code("C9399", on=question.as_of)
    if record is None or hospital is None:
        return NOTHING
    branches = (Branch(setting=Setting.OFFICE), Branch(setting=Setting.OUTPATIENT_HOSPITAL))
    office = Finding(Topic.DESCRIPTION, Kind.CODABLE, _OFFICE_SAYS, record.references, branch=branches[0])
    outpatient = Finding(Topic.DESCRIPTION, Kind.CODABLE, _HOSPITAL_SAYS, hospital.references, branch=branches[1])
    found: tuple[Finding, ...] = (outpatient, office) if _facility(question) else (office, outpatient)
    if question.payer not in {None, Payer.MEDICARE}:
        found = (office,)
    return Findings(
        found,
        tuple(_opinions(written, question)),
        asks=(ASK_PRODUCT,),
        headlines=tuple(each.statement for each in found),
    )


def _facility(question: Question) -> bool:
    return question.setting is Setting.OUTPATIENT_HOSPITAL or (
        question.setting in {None, Setting.OFFICE} and _HOSPITAL_BILLS.search(question.text) is not None
    )


def _opinions(written: set[str], question: Question) -> Iterator[Opinion]:
    facility = _facility(question)
    both = question.setting is None or _HOSPITAL.search(question.text) is not None
    if not facility:
        code = "J3490" if "J3490" in written and not _BIOLOGIC.search(question.text) else "J3590"
        yield Opinion(code, Standing.CONDITIONAL, units=1, when="the drug has no code of its own on that date")
    if facility:
        why = "the hospital outpatient claim to Medicare takes C9399 for a new drug"
        yield from (Opinion(each, Standing.REFUSED, why=why) for each in sorted(written - {"C9399"}))
    if (facility or both) and question.payer in {None, Payer.MEDICARE}:
        yield Opinion("C9399", Standing.CONDITIONAL, units=1, when="the hospital bills Medicare")

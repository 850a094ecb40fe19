"""What the codes of a denial say, who owes the amount, and the next step.

Source: the claim adjustment reason and remark codes, in our own words (`knowledge/rules/denials.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.remittance import Denial, denials
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Confidence, Finding, Kind
from caseconsultant.domain.question import Question, Topic

_FOLLOWS_ANOTHER = "B15"
_APPEAL = re.compile(r"\bappeal\w*", re.IGNORECASE)
_PRIMARY_DENIED = re.compile(
    r"\b(?:first|primary|main|base|parent)\b[^.?!\n]{0,60}\b(?:den(?:y|ied)|rejected|not paid|unpaid)\b", re.IGNORECASE
)
_FURTHER = re.compile(r"\badd[\s-]?ons?\b|\beach additional\b|\badditional\b|\bextra\b", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Each denial code written, with its meaning and the next step; the headline where no claim line is in question."""
    told = [_told(each, question, knowledge) for each in denials(question.text)]
    found = joined(each for each in told if each is not NOTHING)
    if not found.findings:
        return NOTHING
    alone = not any(not each.absent for each in question.codes)
    statements = tuple(each.statement for each in found.findings)
    headlines = statements if alone else ()
    return Findings(
        found.findings, grounds=(Confidence.MEDIUM,), headlines=headlines, corrections=tuple(_by_itself(question))
    )


def _by_itself(question: Question) -> Iterator[str]:
    """An appeal of the add-on line alone, whose primary was denied too."""
    named = any(each.code == _FOLLOWS_ANOTHER for each in denials(question.text))
    told = all(each.search(question.text) for each in (_APPEAL, _FURTHER, _PRIMARY_DENIED))
    if named and told and question.wants_yes_or_no:
        yield (
            "An appeal of the additional line by itself does nothing: an add-on is paid only beside its primary, so "
            "the primary must be paid first."
        )


def _told(denial: Denial, question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, f"denials.{'remark' if denial.remark else 'reason'}.by_number")
    meanings = cast("Mapping[str, Mapping[str, str]]", rule.value) if rule else {}
    meaning = meanings.get(denial.code)
    if rule is None or meaning is None:
        return NOTHING
    owed = _owed(denial, question, knowledge)
    name = f"{denial.group}-{denial.code}" if denial.group else denial.code
    said = meaning["meaning"][:1].lower() + meaning["meaning"][1:]
    statement = f"{name}: {said} {meaning['next_step']}{owed}"
    return Findings((Finding(Topic.COMPLIANCE, Kind.PAYABLE, statement, rule.references),))


def _owed(denial: Denial, question: Question, knowledge: Knowledge) -> str:
    groups = parameter_of(knowledge, question, "denials.group.meaning")
    meaning = cast("Mapping[str, str]", groups.value).get(denial.group or "") if groups else None
    return f" {denial.group}: {meaning}." if meaning else ""

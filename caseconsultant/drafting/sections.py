"""Where each statement of an answer stands in the letter."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from caseconsultant.domain.answer import Answer, Branch, Finding, Kind
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic


class Section(Enum):
    """The places of a statement, in the order of the letter."""

    CODING = auto()
    PAYMENT = auto()
    COVERAGE = auto()
    BACKGROUND = auto()
    MODIFIERS = auto()
    NOTE = auto()
    ELSEWHERE = auto()


_OF_KIND = {
    Kind.CODABLE: Section.CODING,
    Kind.PAYABLE: Section.PAYMENT,
    Kind.COVERED: Section.COVERAGE,
    Kind.INFO: Section.BACKGROUND,
}
_OPEN = frozenset({Setting.OFFICE, Setting.OUTPATIENT_HOSPITAL})
"""The settings answered side by side where the question names none."""


def sections(answer: Answer, question: Question) -> Mapping[Section, tuple[Finding, ...]]:
    """Returns the findings of each section that has any, in the order of the letter."""
    placed: dict[Section, list[Finding]] = {}
    for finding in answer.findings:
        placed.setdefault(_section(finding, question), []).append(finding)
    return {section: tuple(placed[section]) for section in Section if section in placed}


def _section(finding: Finding, question: Question) -> Section:
    if finding.topic is Topic.COMPLIANCE:
        return Section.NOTE
    if _elsewhere(finding.branch, question):
        return Section.ELSEWHERE
    return Section.MODIFIERS if finding.topic is Topic.MODIFIERS else _OF_KIND[finding.kind]


def _elsewhere(branch: Branch, question: Question) -> bool:
    """Another setting than those in question, or another payer; Medicare's rules are what is compared with."""
    settings = {question.setting} if question.setting else _OPEN
    payers = {None, Payer.MEDICARE, question.payer}
    return branch.payer not in payers or (branch.setting is not None and branch.setting not in settings)

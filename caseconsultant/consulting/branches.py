"""The settings an answer is given for, and how each is named in a sentence."""

from __future__ import annotations

from caseconsultant.domain.answer import Branch
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question

_NAMES = {
    Setting.OFFICE: "in the office",
    Setting.FACILITY_PROFESSIONAL: "on the practitioner's claim in a facility",
    Setting.OUTPATIENT_HOSPITAL: "on the hospital outpatient claim",
    Setting.ASC: "in a surgery center",
    Setting.HOME: "at home",
    Setting.DME: "on the DME claim",
}
_PAYERS = {
    Payer.MEDICARE: "Medicare",
    Payer.MEDICARE_ADVANTAGE: "Medicare Advantage",
    Payer.MEDICAID: "Medicaid",
    Payer.COMMERCIAL: "commercial payers",
}


def settings_of(question: Question) -> tuple[Setting, ...]:
    """The setting the question states, else office and hospital side by side."""
    return (question.setting,) if question.setting else (Setting.OFFICE, Setting.OUTPATIENT_HOSPITAL)


def branch_of(setting: Setting) -> Branch:
    """An NCCI statement's branch: the tables are Medicare's."""
    return Branch(Payer.MEDICARE, setting)


def named(setting: Setting) -> str:
    """The setting within a sentence, such as `in the office`."""
    return _NAMES[setting]


def payer_named(payer: Payer) -> str:
    """The payer within a sentence."""
    return _PAYERS[payer]

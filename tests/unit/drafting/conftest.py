from __future__ import annotations

from datetime import date

import pytest

from caseconsultant.domain.answer import (
    Answer,
    Branch,
    ConditionalLine,
    Confidence,
    Consultation,
    Finding,
    Kind,
    Reference,
    Verdict,
)  # fmt: skip
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Source

_PTP = Reference("ncci-ptp", "96369/96372", "2024-07-01")
_TIME = Reference("time-rule", "96370", "2026")
_OFFICE = Branch(Payer.MEDICARE, Setting.OFFICE)
_TEXT = "Infusion of 3 hours 20 minutes. Can we bill 96369 and 96370 x2 with 96372? Medicare."

SOURCES = {
    "ncci-ptp": Source(
        "ncci-ptp", "Centers for Medicare & Medicaid Services", "NCCI procedure-to-procedure edits", "version 30.2",
        date(2024, 7, 1), date(2024, 9, 30), "https://www.cms.gov/ncci", "US government work",
    ),
    "time-rule": Source("time-rule", "Example Press", "Infusion time", "2026", date(2026, 1, 1), None, "", ""),
}  # fmt: skip


@pytest.fixture
def answer() -> Answer:
    findings = (
        Finding(Topic.GUIDELINES, Kind.CODABLE, "96370 is each further hour", (_TIME,), Verdict.YES, "200 - 60 = 140"),
        Finding(
            Topic.NCCI, Kind.PAYABLE, "96372 is column two to 96369.", (_PTP, _TIME), Verdict.DEPENDS, None, _OFFICE
        ),
        Finding(Topic.COMPLIANCE, Kind.COVERED, "Start and stop times", (_TIME,)),
    )
    return Answer(
        verdict=Verdict.DEPENDS,
        bottom_line="96369 x1 and 96370 x2 are right",
        codes={"96369": 1, "96370": 2},
        conditional=(ConditionalLine("96372", 1, ("59", "XU"), "a different drug was injected", _OFFICE),),
        modifiers=("59", "XU"),
        diagnoses=(),
        findings=findings,
        asks=("What was injected with 96372?",),
        changes=("211 minutes would make a third unit",),
        edition_gap=("ncci-ptp ends 2024-09-30",),
        confidence=Confidence.MEDIUM,
    )


@pytest.fixture
def consultation(answer: Answer) -> Consultation:
    return Consultation(Question(_TEXT, date(2026, 11, 23)), answer, "a1b2c3")

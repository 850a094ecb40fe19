"""A chiropractor's claim to Medicare: manual manipulation with AT, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_CHIROPRACTOR = re.compile(r"\bchiro\w*\b", re.IGNORECASE)
_MARK = re.compile(r"\bAT\b|\bactive treatment\b|\bmaintenance\b")
_RULE = "coverage.chiropractic.covered"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What Medicare pays of the lines; nothing where no chiropractor's manipulation is in question there."""
    telling = Telling(question, knowledge, Topic.COVERAGE)
    rule = telling.table(_RULE)
    lines = proposed(question)
    covered = [code for code in lines if code in cast("Sequence[str]", rule.get("codes", ()))]
    if question.payer is not Payer.MEDICARE or not covered:
        return NOTHING
    others = [code for code in lines if code not in covered]
    if others and _CHIROPRACTOR.search(question.text):
        telling.correct(
            f"Medicare pays a chiropractor manual manipulation alone ({both(covered)}): {both(others)} is excluded, "
            f"and the "
            "patient's to pay (GY if a denial is wanted).",
            _RULE,
        )
        for code in others:
            telling.refuse(code, "Medicare covers nothing of a chiropractor but manual manipulation")
    elif not _MARK.search(question.text):
        return NOTHING
    mark = str(rule["active_treatment"])
    telling.head(
        f"{mark} stands on {both(covered)} for active treatment; without it Medicare denies the line as "
        f"maintenance. Add "
        "it on a corrected claim only if the record shows active treatment.",
        _RULE,
    )
    for code in covered:
        telling.only_if(code, "it was active treatment and the record shows it", (mark,))
    return telling.found()

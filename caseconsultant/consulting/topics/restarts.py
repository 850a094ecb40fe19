"""An infusion that was interrupted and went on at another site is one infusion: its minutes are added.

Source: CPT guidelines on hydration, injections and infusions; NCCI Policy Manual XI §B.
"""

from __future__ import annotations

import re

from caseconsultant.consulting.encounter import restarted
from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import rule_of
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.question import Question, Topic

_SECOND = re.compile(r"\b(?:second|another|two|2|twice|new|additional)\b", re.IGNORECASE)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """That the restart opens nothing; a correction where a second initial code is asked about."""
    minutes = restarted(question)
    rule = rule_of(knowledge, question, "initial.codes")
    if minutes is None or rule is None:
        return NOTHING
    added = " + ".join(str(each.minutes) for each in question.durations)
    statement = (
        f"A new site because the first one failed goes on with the same infusion: {added} = {minutes} minutes, and one "
        "initial code. The restart itself is included."
    )
    asked = question.wants_yes_or_no and _SECOND.search(question.text) is not None
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, statement, rule.references, Verdict.NO if asked else None)
    return Findings((finding,), corrections=(statement,) if asked else ())

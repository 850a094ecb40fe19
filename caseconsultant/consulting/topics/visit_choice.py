"""The level of a visit by decision making or by time: either may decide, and the higher one is billed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from caseconsultant.consulting.findings import Findings, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics import visit_level, visit_time
from caseconsultant.consulting.visit_rules import VisitRules, listed, proposed, refused, stands, told
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What decision making says, what time says, and of both the higher level."""
    level = visit_level.findings(question, knowledge=knowledge)
    time = visit_time.findings(question, knowledge=knowledge)
    rules = VisitRules(knowledge, question)
    by_level, by_time = _code(level, rules), _code(time, rules)
    if not level.findings or not time.findings:
        return level if level.findings else time
    if not by_level or not by_time or rules.family_of(by_level) != rules.family_of(by_time):
        return time if by_time else level
    return _higher(rules, level, time, by_level, by_time)


def _code(found: Findings, rules: VisitRules) -> str:
    """The one visit that stands."""
    codes = [each.code for each in found.opinions if each.standing is Standing.STANDS and rules.family_of(each.code)]
    return codes[0] if len(codes) == 1 else ""


def _higher(rules: VisitRules, level: Findings, time: Findings, by_level: str, by_time: str) -> Findings:
    family: Sequence[str] = rules.table("evaluation.families")[str(rules.family_of(by_time))]
    better = max((by_level, by_time), key=family.index)
    said = f"{better}: decision making gives {by_level}, time gives {by_time}, and the higher of the two may be billed."
    asked = [code for code in proposed(rules.question) if code in family]
    wrong = [code for code in asked if family.index(code) > family.index(better)]
    met = asked and not wrong and better in asked
    references = rules.references("evaluation.time.minimum_minutes", "evaluation.decision_making.columns_needed")
    others = tuple(each for each in time.opinions if each.code not in family)
    statements = tuple(replace(each, verdict=None) for each in (*level.findings, *time.findings))
    if by_time != better:
        others = ()
    return Findings(
        (told(said, references, verdict=Verdict.YES if met else None), *statements),
        (stands(better), *(refused(code, "neither decision making nor time reaches it") for code in wrong), *others),
        asks=time.asks if by_time == better else (),
        corrections=(f"{listed(wrong)} is reached neither by decision making nor by time.",) if wrong else (),
        headlines=(said, *(time.headlines[-1:] if others else ())),
    )

"""Wounds closed by glue or strips alone, and glue beside sutures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.skin_words import Closure
from caseconsultant.consulting.reading.wounds import Wound
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import closing
from caseconsultant.domain.answer import Branch, Finding, Kind
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_REPAIRS = re.compile(r"12[0-5]\d\d|131\d\d|G0168")
_GLUE = "G0168"
_ASK_SITE = "Where on the body is each wound?"


def alone(how: Closure, found: Sequence[Wound], question: Question, knowledge: Knowledge) -> Findings:
    """Glue alone is Medicare's own code and others' simple repair; strips alone are nothing."""
    rule = parameter_of(knowledge, question, "repair.classes.not_repair")
    if rule is None or not (found or question.codes or "lac" in question.text.lower()):
        return NOTHING
    written = [each.code for each in question.codes if _REPAIRS.fullmatch(each.code)]
    if how is Closure.STRIPS:
        said = (
            "Adhesive strips or tape alone are no repair: they are part of the visit, and no repair code is reported."
        )
        refused = tuple(Opinion(each, Standing.REFUSED, why="strips alone are part of the visit") for each in written)
        finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references)
        return Findings((finding,), refused, headlines=(said,))
    medicare = question.payer in {Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}
    repair = _simple(found, question, knowledge)
    said = "Medicare: a wound closed with tissue adhesive (glue) alone is G0168, whatever its length; no repair code."
    other = (
        f"Payers that follow CPT take glue alone as a simple "
        f"repair{f', {closing.said(repair)}' if repair else ', by site and summed length'}."
    )
    finding = Finding(Topic.GUIDELINES, Kind.CODABLE, said, rule.references, branch=Branch(payer=Payer.MEDICARE))
    finding_other = Finding(
        Topic.GUIDELINES, Kind.CODABLE, other, rule.references, branch=Branch(payer=Payer.COMMERCIAL)
    )
    opinions = tuple(_glued(repair, written, question))
    headlines = (said, other) if medicare or question.payer is None else (other, said)
    return Findings(
        (finding, finding_other), opinions, asks=() if repair or medicare else (_ASK_SITE,), headlines=headlines
    )


_SAME_WOUND = re.compile(r"\bsame (?:wound|lac\w*|cut|site|repair)\b", re.IGNORECASE)


def with_sutures(question: Question, knowledge: Knowledge) -> Findings:
    """G0168 beside a repair code of the same wound: the glue is included."""
    written = {each.code for each in question.codes}
    rule = parameter_of(knowledge, question, "repair.classes.not_repair")
    if rule is None or _GLUE not in written or len(written) == 1 or not _SAME_WOUND.search(question.text):
        return NOTHING
    said = "Glue beside sutures of the same wound is included in the repair code: no G0168 for it."
    refused = Opinion(_GLUE, Standing.REFUSED, why="the glue is included in the repair of the same wound")
    return Findings((Finding(Topic.NCCI, Kind.PAYABLE, said, rule.references),), (refused,), headlines=(said,))


def _glued(repair: Mapping[str, int], written: Sequence[str], question: Question) -> Iterator[Opinion]:
    if question.payer in {Payer.MEDICARE, Payer.MEDICARE_ADVANTAGE}:
        yield Opinion(_GLUE, Standing.STANDS, units=1)
        for each in dict.fromkeys([*written]):
            if each != _GLUE:
                yield Opinion(each, Standing.REFUSED, why="Medicare takes G0168 for glue alone")
        return
    if question.payer is None:
        yield Opinion(_GLUE, Standing.CONDITIONAL, units=1, when="the payer is Medicare or follows it")
        for code, units in repair.items():
            yield Opinion(code, Standing.CONDITIONAL, units=units, when="the payer follows CPT")
        return
    for code, units in repair.items():
        yield Opinion(code, Standing.STANDS, units=units)
    if _GLUE in written:
        yield Opinion(_GLUE, Standing.CONDITIONAL, units=1, when="the plan's policy takes G0168 as Medicare does")


def _simple(found: Sequence[Wound], question: Question, knowledge: Knowledge) -> Mapping[str, int]:
    """The simple repair that the same wounds would be."""
    units: dict[str, int] = {}
    for each in closing.sums([Wound(one.length, one.site, Closure.SIMPLE) for one in found], question, knowledge):
        repair = closing.repair(each.closure, each.length, each.group, question, knowledge)
        units |= dict(repair.codes) if repair else {}
    return units

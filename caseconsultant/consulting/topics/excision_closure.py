"""The closure beside an excision: simple is included, layered and complex have their own line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.lengths import centimetres
from caseconsultant.consulting.reading.lesions import Lesion
from caseconsultant.consulting.reading.skin_words import Closure
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.topics import closing
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.answer import Kind as Of
from caseconsultant.domain.question import Question, Topic

FAMILY = re.compile(r"1(?:14|16)\d\d|12[0-5]\d\d|131\d\d")
"""Excisions and repairs."""
_ASKS_CLOSURE = re.compile(r"\bclos(?:ure|ed|ing)\b|\bsutur\w+|\bstitch\w*|\brepair", re.IGNORECASE)


def beside(lesion: Lesion, code: str | None, question: Question, knowledge: Knowledge) -> Findings:
    """Simple closure is part of the excision; a layered or complex one has its own line, but for the smallest."""
    rule = parameter_of(knowledge, question, "lesions.excision.closure_beside_others")
    always = parameter_of(knowledge, question, "lesions.excision.closure_included_always")
    if rule is None or always is None:
        return NOTHING
    included = Finding(
        Topic.NCCI,
        Of.PAYABLE,
        "Simple closure is included in the excision and has no line; an intermediate (layered) or complex one is "
        "reported beside it.",
        rule.references,
    )
    if lesion.closure is Closure.SIMPLE:
        return Findings((included,), headlines=("The simple closure is included in the excision.",))
    if code in cast("Sequence[str]", always.value):
        said = f"{code} includes every closure, layered and complex too: no repair code beside it."
        return Findings(
            (Finding(Topic.NCCI, Of.PAYABLE, said, always.references),), headlines=(said,) if lesion.closure else ()
        )
    if lesion.closure in {Closure.INTERMEDIATE, Closure.COMPLEX}:
        return joined((_repaired(lesion, question, knowledge), Findings((included,))))
    asks = ("How was the wound closed (one layer, layered, complex), and how long is the closure?",)
    return Findings((included,), asks=asks if _ASKS_CLOSURE.search(question.text) else ())


def _repaired(lesion: Lesion, question: Question, knowledge: Knowledge) -> Findings:
    closure = cast("Closure", lesion.closure)
    if lesion.closed is None:
        return Findings(asks=(f"How long in cm is the {closure.value} closure?",))
    where = closing.group(closure, lesion.site, question, knowledge)
    found = closing.repair(closure, lesion.closed, where, question, knowledge)
    if found is None or not found.codes:
        return NOTHING
    lines = " and ".join(f"{code} x{units}" for code, units in found.codes.items())
    said = (
        f"The {closure.value}{' (layered)' if closure is Closure.INTERMEDIATE else ''} closure of "
        f"{centimetres(lesion.closed)} cm is {lines}."
    )
    opinions = tuple(Opinion(code, Standing.STANDS, units=units) for code, units in found.codes.items())
    return Findings((Finding(Topic.GUIDELINES, Of.CODABLE, said, found.references),), opinions, headlines=(said,))


_LAYERED = re.compile(r"\b(?:layered|intermediate|complex)\b|\b(?:120[3-5]\d|131\d\d)\b", re.IGNORECASE)
_SIMPLE = re.compile(r"\bsimple\b|\b120(?:0[1-7]|1[1-8])\b", re.IGNORECASE)
_CODE = re.compile(r"11[46]\d\d")


def unmeasured(question: Question, knowledge: Knowledge) -> Findings:
    """Whether a closure may stand beside an excision that is named by its code, without any size."""
    rule = parameter_of(knowledge, question, "lesions.excision.closure_beside_others")
    always = parameter_of(knowledge, question, "lesions.excision.closure_included_always")
    excisions = [each.code for each in question.codes if _CODE.fullmatch(each.code)]
    if rule is None or always is None or not excisions:
        return NOTHING
    smallest = set(excisions) & set(cast("Sequence[str]", always.value))
    if smallest:
        said = (
            f"{' and '.join(sorted(smallest))} includes every closure, layered and complex too: no repair "
            f"code beside it."
        )
    elif _SIMPLE.search(question.text) and not _LAYERED.search(question.text):
        said = "Simple closure is included in the excision and has no line."
    elif _LAYERED.search(question.text):
        said = (
            "A layered (intermediate) or complex closure is reported beside the excision, by its own site and "
            "length; simple is included."
        )
        verdict = Verdict.YES if question.wants_yes_or_no else None
        return Findings((Finding(Topic.NCCI, Of.PAYABLE, said, rule.references, verdict),), headlines=(said,))
    else:
        return NOTHING
    repairs = tuple(
        Opinion(each.code, Standing.REFUSED, why="the closure is included in the excision")
        for each in question.codes
        if each.code not in excisions and FAMILY.fullmatch(each.code)
    )
    verdict = Verdict.NO if question.wants_yes_or_no else None
    return Findings((Finding(Topic.NCCI, Of.PAYABLE, said, rule.references, verdict),), repairs, headlines=(said,))

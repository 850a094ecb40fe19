"""A resident's visit under a teaching physician: GC, the primary care exception GE, and whose time counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.visit_minutes import stretches
from caseconsultant.consulting.visit_rules import VisitRules, hangs, listed, proposed, refused, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question

_NAMED = re.compile(
    r"\bteaching physician\b|\bprimary care exception\b|\bresidents?\b(?! of)|\b(?:modifier )?(?-i:GC|GE)\b",
    re.IGNORECASE,
)
_VISIT = re.compile(
    r"\bsaw\b|\bseen\b|\bvisit\b|\be/?m\b|\battending\b|\bteaching\b|\bmodifier\b|\bexception\b|\bbill\w*\b|"
    r"\b99[23]\d\d\b|\blevels?\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bnursing home resident|\bresident (?:of|at) (?:a|the)\b|\bsurgery\b|\bassist\w*\b|\banesthe\w+|"
    r"\bminutes?\b.{0,40}\btotal\b|\btotal\b.{0,40}\bminutes?",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:not (?:present|in the room|seen|see)|wasn't (?:there|present)|without seeing|never saw|only (?:reviewed|"
    r"signed|discussed)|did not see|didn't see|by phone)\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(r"\bprimary care exception\b|(?-i:\bGE\b)", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\b(?:residents?'?s?|teaching) (?:time|minutes)\b[^.?!\n]{0,40}\bcount\w*|"
    r"\bcount (?:the )?(?:residents?'?s?|teaching) (?:time|minutes)\b|"
    r"\btime\b[^.?!\n]{0,40}\bteaching(?! physician)\b[^.?!\n]{0,30}\bcount\w*",
    re.IGNORECASE,
)
_PRESENT = "evaluation.teaching.presence_modifier"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Which modifier and under what condition; nothing where no resident's visit is in question."""
    rules = VisitRules(knowledge, question)
    text = question.text
    if not _NAMED.search(text) or not _VISIT.search(text) or _OTHER.search(text) or rules.rule(_PRESENT) is None:
        return NOTHING
    if stretches(text):
        return NOTHING  # the minutes decide
    if any(not rules.family_of(code) and code not in {"G0402", "G0438", "G0439"} for code in proposed(question)):
        return NOTHING
    if _OF_TIME.search(text) and not _EXCEPTION.search(text):
        return _time(rules)
    said = tuple(_exception(rules) if _EXCEPTION.search(text) else _presence(rules))
    return Findings(said, tuple(_lines(rules)), headlines=(said[0].statement,))


def _time(rules: VisitRules) -> Findings:
    """Whose minutes count where the level goes by time."""
    said = told(
        "By time only the teaching physician's own minutes count, with the resident or alone; the resident's "
        "minutes alone and "
        "those of teaching do not.",
        rules.references(_PRESENT),
        verdict=Verdict.NO if rules.question.wants_yes_or_no else None,
    )
    return Findings((said,), tuple(_lines(rules)), headlines=(said.statement,))


def _exception(rules: VisitRules) -> Iterator[Finding]:
    codes = rules.words("evaluation.teaching.exception_codes")
    high = [code for code in proposed(rules.question) if code not in codes and rules.family_of(code)]
    over = f" {listed(high)} is above it: the teaching physician must take part in person, with GC." if high else ""
    yield told(
        f"The primary care exception (GE) covers {listed(codes)} only: no presence, but a teaching physician on the "
        f"premises, immediately available, with at most four "
        f"residents, each beyond six months of training.{over}",
        rules.references("evaluation.teaching.exception_codes"),
        verdict=Verdict.NO if high else None,
    )


def _presence(rules: VisitRules) -> Iterator[Finding]:
    absent = _ABSENT.search(rules.question.text) is not None
    yield told(
        "GC: the teaching physician bills the resident's visit where he was present for the key part (or did it "
        "himself), took part in the management and the note says so; "
        "a countersignature alone is not enough.",
        rules.references(_PRESENT),
        verdict=Verdict.NO if absent else None,
    )
    yield told(
        "By time only the teaching physician's own minutes count, never the resident's alone or teaching. Without "
        "presence only the primary care exception (GE) allows it.",
        rules.references(_PRESENT, "evaluation.teaching.exception_codes"),
    )


def _lines(rules: VisitRules) -> Iterator[Opinion]:
    exception = _EXCEPTION.search(rules.question.text) is not None
    codes = rules.words("evaluation.teaching.exception_codes")
    for code in proposed(rules.question):
        if exception and code not in codes:
            yield refused(code, "the primary care exception does not cover it")
        elif exception:
            yield hangs(code, "every condition of the exception is met", "GE")
        elif _ABSENT.search(rules.question.text):
            yield refused(code, "the teaching physician took no part in it")
        else:
            yield hangs(code, "the teaching physician was present for the key part and the note says so", "GC")

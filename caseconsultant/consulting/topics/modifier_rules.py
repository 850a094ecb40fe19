"""Rules of modifiers asked for by themselves: which pass an edit, 59 beside an X modifier, TC."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.operations import modifier_finding
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.consulting.visit_rules import listed, proposed, stands
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import Parameter

_X = r"\bX(?:[EPSU]|-?\{?EPSU\}?| modifiers?)\b|\bx-?modifiers?\b"
_BOTH = re.compile(
    r"\b(?:both|together|along with|in addition to|as well as|same line|one line|a single line|combin\w+|plus|"
    r"stack\w*)\b",
    re.IGNORECASE,
)
_NAMES_59 = re.compile(r"(?<![\d-])59\b")
_NAMES_X = re.compile(_X)
_RETIRED = re.compile(
    r"\b(?:no longer|not (?:any ?more|accept\w*|allowed|valid)|stopped|retired|discontinu\w+|obsolete|eliminat\w+|"
    r"replac\w+|gone|ended|invalid|must (?:now )?use|have to use|required? (?:to use|instead))\b",
    re.IGNORECASE,
)
_PASSES = re.compile(
    r"\b(?:bypass\w*|overrid\w+|break\w*|unbundl\w+|pass(?:es)?|get (?:around|past|through)|clear\w*)\b[^.?!\n]{0,50}"
    r"\b(?:edits?|ncci|cci|ptp|bundl\w+)\b",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"\b(?:modifiers?|mod)\s(?P<name>\d\d|[A-Z][A-Z0-9])\b")
_AUTOMATIC = re.compile(r"\b(?:always|automatic(?:ally)?|every time|any ?time|no matter what)\b", re.IGNORECASE)
_VISIT_WITH_25 = re.compile(
    r"(?:\be\s?/?&?\s?m\b|\bvisits?\b|\b99[2-4]\d\d\b)[^.?!\n]{0,50}(?<!\d)25\b|(?<!\d)25\b[^.?!\n]{0,50}(?:\be\s?/?&?\s?m\b|\bvisits?\b)",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(r"(?-i:\bTC\b)|\btechnical (?:component|part)\b", re.IGNORECASE)
_OF_HOSPITAL = re.compile(r"\bin-?patient\b|\bhospital(?:'s)?\b|\bpos ?(?:19|2[123])\b", re.IGNORECASE)
_PROFESSIONAL = re.compile(
    r"\b(?:professional|physician|pro|doctor'?s|radiologist'?s|1500|part b)\s(?:fee\s)?(?:claim|side|bill\w*)\b|"
    r"\bpart b\b|\bpro[- ]?fee\b|\bcms-?1500\b",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The rule asked for with its yes or no; nothing where a claim is to be judged."""
    associated = parameter_of(knowledge, question, "ncci.modifiers.associated")
    if associated is None or not (question.wants_yes_or_no or "?" in question.text):
        return NOTHING
    found = next(_asked(question, associated), None)
    if found is None:
        return _never_automatic(question, knowledge)
    finding, lines = found
    return Findings((finding,), tuple(lines), headlines=(finding.statement,))


def _never_automatic(question: Question, knowledge: Knowledge) -> Findings:
    """No visit beside a minor procedure is payable by itself, with 25 or for a new patient."""
    rule = parameter_of(knowledge, question, "global_surgery.period.minor")
    if rule is None or not _AUTOMATIC.search(question.text) or not _VISIT_WITH_25.search(question.text):
        return NOTHING
    said = (
        "A visit on the day of a minor procedure is never payable by itself, nor because the patient is new: the "
        "decision to do the procedure is included. 25 takes significant work of its own, and the note must show it."
    )
    return Findings((modifier_finding(said, rule.references, Verdict.NO),), corrections=(said,))


def _asked(question: Question, associated: Parameter) -> Iterator[tuple[Finding, Sequence[Opinion]]]:
    codes = proposed(question)
    named = _NAMES_59.search(question.text) and _NAMES_X.search(question.text)
    if named and not codes:
        yield from _fifty_nine(question, associated)
    if not codes and _PASSES.search(question.text):
        yield from _passing(question, associated)
    if _TECHNICAL.search(question.text) and _OF_HOSPITAL.search(question.text) and _PROFESSIONAL.search(question.text):
        said = (
            "No TC on a professional claim for a hospital's patient: the hospital is paid the technical part on "
            "its own claim, without TC, and the physician who reads reports 26."
        )
        lines = [stands(code, 1, "26") for code in codes if code.startswith("7")]
        yield modifier_finding(said, associated.references, Verdict.NO), lines


def _fifty_nine(question: Question, associated: Parameter) -> Iterator[tuple[Finding, Sequence[Opinion]]]:
    if _RETIRED.search(question.text):
        said = (
            "Medicare still takes 59. XE, XS, XP and XU, in force since 2015-01-01, are more specific and preferred "
            "where one of them fits; 59 where none does."
        )
        yield modifier_finding(said, associated.references, Verdict.NO), ()
    elif _BOTH.search(question.text):
        said = (
            "Never both on one line: 59 or one of XE, XS, XP and XU, which are more specific forms of 59. "
            "One of them passes the edit; the second adds nothing."
        )
        yield modifier_finding(said, associated.references, Verdict.NO), ()


def _passing(question: Question, associated: Parameter) -> Iterator[tuple[Finding, Sequence[Opinion]]]:
    """Whether the modifiers named are among those that pass an edit of indicator 1."""
    passing = cast("Sequence[str]", associated.value)
    named = [match["name"] for match in _MODIFIER.finditer(question.text)]
    named = list(dict.fromkeys(each for each in named if each in {*question.modifiers, *passing}))
    if not named:
        return
    outside = [each for each in named if each not in passing]
    if outside:
        said = (
            f"{listed(outside, 'or')} passes no NCCI edit. Only the associated modifiers do, where the facts earn "
            f"them and the indicator is 1: anatomic ones, 24, 25, 57, 58, 78, 79, 27, 59, 91, XE, XS, XP and XU."
        )
    else:
        said = (
            f"{listed(named)} passes an edit of indicator 1, where the facts earn it; no modifier passes "
            "an edit of indicator 0."
        )
    yield modifier_finding(said, associated.references, Verdict.NO if outside else Verdict.DEPENDS), ()

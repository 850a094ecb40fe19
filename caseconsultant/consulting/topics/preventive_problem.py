"""A checkup and a problem visit on one day: 25 on the problem visit, and only for work of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.decision_making import elements
from caseconsultant.consulting.reading.visits import visit_words
from caseconsultant.consulting.visit_rules import (
    VisitRules,
    follows_cpt,
    hangs,
    listed,
    proposed,
    refused,
    stands,
    told,
)
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import PtpEdit

_CHECKUP = re.compile(
    r"\bcheck-?ups?\b|\bannual (?:physical|exam|preventive|visit|checkup)\b|\byearly (?:physical|checkup|exam)\b|"
    r"\bphysical exam\b|\b(?:complete |yearly )?physical\b(?! therap)|\bwell[- ](?:visit|child|woman|baby|adult|male|"
    r"check)\b|"
    r"\bpreventive (?:visit|exam|medicine|e/?m)\b|\bawv\b|\bwellness (?:visit|exam)\b|\bwelcome to medicare\b|\bippe\b",
    re.IGNORECASE,
)
_PROBLEM = re.compile(
    r"\boffice visit\b|\bsick visit\b|\bproblem[- ](?:visit|oriented|focused)\b|\bseparate e/?m\b|\be/?m\b|"
    r"\b992[01]\d\b|\bvisit (?:code )?(?:along|as well|too|on top)|\bextra visit\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bG2211\b|\b9949[78]\b|\badvance care\b|\bacp\b|\bedits?\b(?! ?out)|\bpap\b|\bG0444\b|\b9612\d\b|\btcm\b|\bccm\b",
    re.IGNORECASE,
)
_EDIT = re.compile(
    r"\b(?:was|is|were) there (?:an? |any )?(?:ncci |cci |ptp )?edits?\b|\bedit in (?:force|effect)\b", re.IGNORECASE
)
_STRONG = re.compile(
    r"\bseparate (?:note|documentation|history|work|section)\b|\bworked up\b|\bwork-?up\b|\bnew (?:onset |chest |"
    r"knee |back |breast )?(?:pain|problem|complaint|symptom|rash|lump|cough|diagnosis|issue|headache|concern|finding|"
    r"mole)\w*|"
    r"\b(?:ordered|started|prescribed|adjusted|changed|increased|switched|referred)\b|\buncontrolled\b|"
    r"\bmed(?:ication)? changes?\b|\bsignificant(?:ly)?\b(?! ?\?)|\babnormal\w*|\bhistory, exam\b|"
    r"\bmanaged\b|\bevaluated and\b|\bworsening\b|\bexacerbat\w+|\bexpanded\b|\bat length\b|\bnew med",
    re.IGNORECASE,
)
_OWES = re.compile(r"\bowes?\b|\bco-?pays?\b|\bcoinsurance\b|\bcost[- ]shar\w+|\bdeductible\b", re.IGNORECASE)
_BESIDE = re.compile(r"\bsame (?:visit|day|time|appointment)\b|\bboth\b|\balong with\b", re.IGNORECASE)
_OFF = ("2020-01-01", "2020-09-30")
"""First and last day of the months in which NCCI had taken its edits of visits out."""
_WELLNESS = ("G0402", "G0438", "G0439")
_TRADITIONAL = "preventive.visits.codes_by_age"
_BEYOND = (
    "the note shows significant work on the problem of its own, beyond the checkup (history, exam, decision "
    "separate from it)"
)
_AGE = re.compile(
    r"\b(?:age[d]? |is )?(?P<age>\d{1,2})[- ]?(?:y/?o\b|yo\b|year[s]?[- ]old|yrs? old)|\bage[d]? (?P<age2>\d{1,2})\b",
    re.IGNORECASE,
)
_MISTAKEN = re.compile(
    r"\b25\b[^.?]{0,50}\b(?:on|to)\b[^.?]{0,20}\b(?:wellness|preventive|awv|G04\d\d|993[89]\d)\b", re.IGNORECASE
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whether both are billed and which carries 25; nothing where one of the two is not in question."""
    rules = VisitRules(knowledge, question)
    codes, text = proposed(question), question.text
    checkups = [code for code in codes if code in _WELLNESS or _is_checkup(code)]
    problems = [code for code in codes if (rules.family_of(code) or "").startswith("office_")]
    others = set(codes) - set(checkups) - set(problems)
    if not others and checkups and problems and _EDIT.search(text):
        return _edit_on_date(rules, checkups[0], problems[0])
    if others or _OTHER.search(text) or not (checkups or _CHECKUP.search(text)):
        return NOTHING
    if rules.question.payer is Payer.MEDICARE and not problems and checkups and all(map(_is_checkup, checkups)):
        return _not_covered(rules, checkups)
    beside = _PROBLEM.search(text) or (not codes and _BESIDE.search(text))
    if not (problems or (beside and _worked_up(text))):
        return NOTHING
    wellness = any(code in _WELLNESS for code in checkups) or (
        not checkups and re.search(r"\bawv\b|\bwellness\b|\bmedicare\b", text, re.IGNORECASE) is not None
    )
    return _both(rules, checkups or _by_age(rules, wellness=wellness), problems, wellness=wellness)


def _edit_on_date(rules: VisitRules, first: str, second: str) -> Findings:
    """Whether NCCI paired the two on the date of service."""
    setting = rules.question.setting or Setting.OFFICE
    edit = rules.knowledge.ptp_edit(first, second, setting=setting, on=rules.question.as_of)
    if edit is None:
        return NOTHING
    there = isinstance(edit, PtpEdit)
    on = rules.question.as_of
    said = (
        f"NCCI paired {edit.column_one}/{edit.column_two} on {on} with indicator {edit.modifier_indicator}."
        if isinstance(edit, PtpEdit)
        else (
            f"There was no edit between {first} and {second} in force on {on}; most edits of visits were "
            f"off from 2020-01-01 to 2020-09-30."
        )
        if _OFF[0] <= str(on) <= _OFF[1]
        else f"There was no edit between {first} and {second} in force on {on}."
    )
    verdict = Verdict.YES if there else Verdict.NO
    return Findings((told(said, (edit.reference,), verdict=verdict),), closed=(first, second), headlines=(said,))


def _not_covered(rules: VisitRules, checkups: Sequence[str]) -> Findings:
    """A checkup by itself and Medicare, which has its own wellness visits."""
    said = (
        f"Medicare never covers {listed(checkups)} (status N, excluded by law): the patient pays, and no ABN is "
        f"required. It pays its own visits instead, if their content was given: G0402 in the first 12 months of Part "
        f"B, G0438 the first wellness visit, G0439 each later year."
    )
    references = rules.references("preventive.wellness.problem_visit_modifier", _TRADITIONAL)
    lines = tuple(refused(code, "Medicare does not cover it (status N)") for code in checkups)
    return Findings((told(said, references, verdict=Verdict.NO),), lines, headlines=(said,))


def _worked_up(text: str) -> bool:
    """Whether work on a problem is told that would be a visit by itself: findings, orders, an acute illness."""
    return _STRONG.search(text) is not None or bool(
        {"acute_uncomplicated", "chronic_not_at_goal"} & set(elements(text).problems)
    )


def _is_checkup(code: str) -> bool:
    return code.isdigit() and 99381 <= int(code) <= 99397  # noqa: PLR2004 - the range of the codes


def _by_age(rules: VisitRules, *, wellness: bool) -> list[str]:
    """The checkup code of the age told; none where Medicare's wellness visits or no age are in question."""
    found = _AGE.search(rules.question.text)
    new = visit_words(rules.question.text).new
    if wellness or not found or new is None:
        return []
    age = int(found["age"] or found["age2"])
    rows = cast("Sequence[Mapping[str, Any]]", rules.value(_TRADITIONAL) or ())
    return [str(row["new" if new else "established"]) for row in rows if row["from"] <= age <= (row["to"] or age)]


def _both(rules: VisitRules, checkups: Sequence[str], problems: Sequence[str], *, wellness: bool) -> Findings:
    strong = _worked_up(rules.question.text)
    uncovered = [code for code in checkups if _is_checkup(code)] if rules.question.payer is Payer.MEDICARE else []
    lines: list[Opinion] = [refused(code, "Medicare does not cover it (status N)") for code in uncovered]
    lines += [stands(code) for code in checkups if code not in uncovered]
    lines += [stands(code, 1, "25") if strong else hangs(code, _BEYOND, "25") for code in problems]
    verdict = Verdict.YES if strong else Verdict.DEPENDS
    which = listed(problems) if problems else "an office visit (99202-99215)"
    checkup = listed(checkups) if checkups else "the wellness visit" if wellness else "the checkup"
    headline = (
        f"{checkup} and {which} may both be billed, with 25 on {which}: the problem was work of its own, beyond "
        f"{checkup}."
        if strong
        else (
            f"{which} beside {checkup} only if {_BEYOND}; then 25 goes on {which}. Refills or a stable condition "
            f"looked "
            f"at in passing are part of the checkup."
        )
    )
    headline = headline[0].upper() + headline[1:]
    corrections = tuple(_corrections(rules, checkups, problems, uncovered))
    asks = (
        () if strong else ("What was evaluated or managed beyond the checkup, and does the note show it separately?",)
    )
    findings = (
        told(
            headline,
            rules.references("preventive.wellness.problem_visit_modifier", _TRADITIONAL),
            verdict=None if uncovered else verdict,
        ),
        *_edits(rules, checkups, problems),
        *_share(rules, uncovered),
    )
    if _OWES.search(rules.question.text):
        share = tuple(_share(rules, uncovered))
        owed = tuple(replace(each, verdict=Verdict.YES) for each in share[:1])
        findings = (*(replace(each, verdict=None) for each in findings[:1]), *findings[1:], *owed)
        return Findings(
            findings,
            tuple(lines),
            corrections=corrections,
            headlines=(*(each.statement for each in share[:2]), headline),
        )
    return Findings(findings, tuple(lines), asks=asks, corrections=corrections, headlines=(headline,))


def _corrections(
    rules: VisitRules, checkups: Sequence[str], problems: Sequence[str], uncovered: Sequence[str]
) -> Iterator[str]:
    """25 on the wrong line, and checkups that Medicare does not cover."""
    marked = {each.code for each in rules.question.codes if "25" in each.modifiers}
    wrong = marked & set(checkups) and not marked & set(problems)
    if wrong or (_MISTAKEN.search(rules.question.text) and not marked & set(problems)):
        yield (
            f"25 goes on the problem visit, {listed(problems) or 'the office visit'} with 25, not on "
            f"{listed(checkups) or 'the checkup'}."
        )
    if uncovered:
        yield (
            f"Medicare does not cover {listed(uncovered)} (status N, excluded); the patient pays it. Medicare's own "
            f"are the wellness visits G0438 (first) and G0439."
        )


def _edits(rules: VisitRules, checkups: Sequence[str], problems: Sequence[str]) -> Iterator[Finding]:
    for first in checkups:
        for second in problems:
            edit = rules.knowledge.ptp_edit(
                first, second, setting=rules.question.setting or Setting.OFFICE, on=rules.question.as_of
            )
            if isinstance(edit, PtpEdit):
                yield told(
                    f"NCCI pairs {edit.column_one}/{edit.column_two} with indicator {edit.modifier_indicator}: 25 on "
                    f"{second} passes it when the work was separate.",
                    (edit.reference,),
                )


def _share(rules: VisitRules, uncovered: Sequence[str]) -> Iterator[Finding]:
    if rules.question.payer in {None, Payer.MEDICARE}:
        beside = " Of a noncovered checkup the patient pays the part beyond the covered visit." if uncovered else ""
        yield told(
            f"The wellness visit has no cost share; the problem visit has deductible and coinsurance, so tell the "
            f"patient.{beside}",
            rules.references("preventive.wellness.problem_visit_modifier"),
            payer=Payer.MEDICARE,
        )
    if follows_cpt(rules.question) or rules.question.payer is None:
        yield told(
            "A commercial patient owes the copay or deductible of the problem visit, though the checkup has none.",
            rules.references(_TRADITIONAL),
        )

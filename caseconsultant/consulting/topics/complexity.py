"""G2211: the add-on for a lasting relationship, with 25 and without, by payer and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from caseconsultant.consulting.complexity_case import ADD_ON, ComplexityCase, complexity_case, names_complexity
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.visit_rules import VisitRules, hangs, listed, refused, stands, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question

_LASTING = (
    "the clinician is the lasting focal point of the patient's care or follows one serious or complex condition "
    "over time (longitudinal)"
)
_SINCE = "paid only from 2024-01-01"


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """Whether the add-on is paid; nothing where it is not named."""
    rules = VisitRules(knowledge, question)
    if not names_complexity(question.text):
        return NOTHING
    if rules.rule("evaluation.complexity_add_on.code") is None:
        return _too_early(rules)
    case = complexity_case(rules)
    if case.wrong_bases and not case.bases:
        return _no_base(rules, case)
    other = question.payer is None and _OTHER_PAYERS.search(question.text) is not None
    if other or question.payer in {Payer.COMMERCIAL, Payer.MEDICAID, Payer.MEDICARE_ADVANTAGE}:
        return _by_policy(rules, case)
    return _in_general(rules, case) or _by_medicare(rules, case)


def _by_medicare(rules: VisitRules, case: ComplexityCase) -> Findings:
    if case.one_time:
        why = "one-time or urgent care is no lasting relationship"
        return _refused(rules, why, "evaluation.complexity_add_on.code")
    if case.marked or case.kind == "procedure":
        return _with_25(rules, case)
    return _alone(rules, case)


def _too_early(rules: VisitRules) -> Findings:
    said = f"G2211 was not payable on that date: Medicare bundled it (status B) and it is {_SINCE}."
    references = rules.references("evaluation.families")
    return Findings(
        (told(said, references, verdict=Verdict.NO),), (refused(ADD_ON, f"it is {_SINCE}"),), headlines=(said,)
    )


def _refused(rules: VisitRules, why: str, path: str) -> Findings:
    said = f"G2211 is not paid there: {why}."
    return Findings(
        (told(said, rules.references(path), verdict=Verdict.NO), _lasting(rules)),
        (refused(ADD_ON, why),),
        headlines=(said,),
    )


def _no_base(rules: VisitRules, case: ComplexityCase) -> Findings:
    home = any(rules.family_of(code) in {"home_new", "home_established"} for code in case.wrong_bases)
    when = "; home visits 99341-99350 are bases only from 2026-01-01" if home else ""
    return _refused(
        rules,
        f"{listed(case.wrong_bases)} is no base of it; it stands beside office visits 99202-99215 and, from 2026, "
        f"home visits 99341-99350{when}",
        "evaluation.complexity_add_on.primaries",
    )


def _lasting(rules: VisitRules) -> Finding:
    return told(
        f"G2211 needs a lasting relationship: {_LASTING}; the note shows it. Any level of visit, by time or decision "
        f"making.",
        rules.references("evaluation.complexity_add_on.code"),
    )


def _by_policy(rules: VisitRules, case: ComplexityCase) -> Findings:
    said = (
        "G2211 with a payer other than Original Medicare is each plan's own policy: many commercial, Medicaid and "
        "Medicare Advantage plans bundle or "
        "do not pay it, so look the payer policy up before billing. Medicare pays it with an office visit of a "
        "lasting relationship."
    )
    lines = (*(stands(code) for code in case.bases), hangs(ADD_ON, "the plan's own policy pays it"))
    return Findings(
        (told(said, rules.references("evaluation.complexity_add_on.code"), verdict=Verdict.DEPENDS), _lasting(rules)),
        lines,
        asks=("What does this plan's policy say of G2211?",),
        headlines=(said,),
    )


_OTHER_PAYERS = re.compile(r"\b(?:other|commercial|private) (?:payers?|plans?|insur\w+)\b", re.IGNORECASE)
_GENERAL = (
    (
        re.compile(r"\b(?:home|residence|assisted living) visits?\b|\bhouse calls?\b", re.IGNORECASE),
        (
            "Yes, from 2026: 99341, 99342, 99344, 99345 and 99347-99350 are bases of G2211; before 2026 only office "
            "visits were."
        ),
    ),
    (
        re.compile(r"\bnew (?:pt|patient)s?\b", re.IGNORECASE),
        (
            "Yes, new patients too: 99202-99205 are bases of G2211 as 99212-99215 are, if the relationship is meant to "
            "last."
        ),
    ),
    (
        re.compile(
            r"\b(?:nurse practitioner|physician assistant|non-?physician)\b|(?-i:\b(?:NP|PA|NPP|APP)s?\b)",
            re.IGNORECASE,
        ),
        (
            "Yes: any clinician who may bill office visits may bill G2211, a nurse practitioner or physician "
            "assistant at "
            "85 percent."
        ),
    ),
    (
        re.compile(r"\bdocument\w*|\bnote\b", re.IGNORECASE),
        (
            "No form of words is needed: the note (history, diagnoses, plan) shows the lasting relationship or the "
            "serious condition followed over time."
        ),
    ),
    (
        re.compile(
            r"\bspecialis?t|\b(?:cardi|onc|endocrin|rheumat|neur|pulmon|nephr|gastroenter|ur|dermat|hemat)olog",
            re.IGNORECASE,
        ),
        "Yes, specialists too, where they follow one serious or complex condition over time.",
    ),
)


def _in_general(rules: VisitRules, case: ComplexityCase) -> Findings | None:
    """Who and with what in general, where no claim is told."""
    if case.bases or case.preventive or case.procedures or case.kind:
        return None
    said = next((text for pattern, text in _GENERAL if pattern.search(rules.question.text)), None)
    if said is None:
        return None
    verdict = Verdict.YES if said.startswith("Yes") else None
    plain = said.removeprefix("Yes: ").removeprefix("Yes, ")
    plain = plain[0].upper() + plain[1:]
    references = rules.references("evaluation.complexity_add_on.primaries", "evaluation.complexity_add_on.code")
    return Findings(
        (told(plain, references, verdict=verdict), _lasting(rules)), (hangs(ADD_ON, _LASTING),), headlines=(plain,)
    )


def _with_25(rules: VisitRules, case: ComplexityCase) -> Findings:
    paid = cast("Mapping[str, bool]", rules.value("evaluation.complexity_add_on.paid_with_25") or {})
    rule = told(_rule_of_25(paid), rules.references("evaluation.complexity_add_on.paid_with_25"))
    if case.kind == "procedure" or (case.kind and not paid.get(case.kind)):
        return _not_with_25(case, rule)
    if not case.kind:
        return _open_25(rules, rule, paid)
    said = (
        f"G2211 is paid with that visit though it carries 25, because the other service is {_PLAIN[case.kind]}; from "
        f"2025 Medicare allows that."
    )
    lines = [stands(code, 1, "25") for code in case.bases]
    lines += [stands(code) for code in case.preventive]
    rule_asked = _asks_whether_beside(rules)
    lines.append(stands(ADD_ON) if case.relation or rule_asked else hangs(ADD_ON, _LASTING))
    verdict = Verdict.YES if case.relation or rule_asked else Verdict.DEPENDS
    if rule_asked and not case.relation:
        said += f" As always it needs that {_LASTING}."
    asks = (
        ()
        if case.relation
        else ("Is the clinician the patient's lasting focal point of care, or following a serious condition?",)
    )
    return Findings(
        (told(said, rule.references, verdict=verdict, payer=Payer.MEDICARE), rule, _lasting(rules)),
        tuple(lines),
        asks=asks,
        headlines=(said,),
    )


_BESIDE = re.compile(
    r"\b(?:can|may|could|is|are|does)\b[^.?]{0,60}\b(?:G2211|add-?on)\b[^.?]{0,30}\b(?:be )?(?:bill\w*|report\w*|"
    r"paid|pay\w*|allow\w*|cod\w+|us\w+|go(?:es)?)\b[^.?]{0,12}\b(?:with|beside|along|together|on|when|if)\b|"
    r"\boffice (?:visits? )?only\b|"
    r"\bonly (?:with |for |in )?(?:the )?office\b",
    re.IGNORECASE,
)


def _asks_whether_beside(rules: VisitRules) -> bool:
    """Whether the rule is asked for, which codes it goes with, and no patient is told of."""
    return _BESIDE.search(rules.question.text) is not None


_PLAIN = {
    "wellness_visit": "an annual wellness visit (AWV)",
    "vaccine_administration": "a vaccine administration",
    "part_b_preventive": "a Part B preventive service",
}


def _rule_of_25(paid: Mapping[str, bool]) -> str:
    if paid.get("wellness_visit"):
        return (
            "Since 2025 Medicare pays G2211 beside a visit with 25 only where the other service is an annual wellness "
            "visit, a vaccine administration or another Part B "
            "preventive service; with 25 for a procedure or any other service it does not."
        )
    return (
        "In 2024 Medicare did not pay G2211 where the visit carried 25, whatever the other service was; the "
        "exception for preventive services begins in 2025."
    )


def _not_with_25(case: ComplexityCase, rule: Finding) -> Findings:
    other = f" ({listed(case.procedures)})" if case.procedures else ""
    why = (
        f"the visit carries 25 for a procedure{other}; only wellness visits, vaccines and Part B preventive services "
        f"are excepted, from 2025"
        if case.kind == "procedure"
        else f"in 2024 no visit with 25 took it, not even beside {_PLAIN[case.kind]}; that came in 2025"
    )
    said = f"G2211 is not paid there: {why}."
    beside = tuple(stands(code, 1, "25") for code in case.bases) if case.kind != "procedure" else ()
    return Findings(
        (told(said, rule.references, verdict=Verdict.NO, payer=Payer.MEDICARE), rule),
        (refused(ADD_ON, why), *beside),
        headlines=(said,),
    )


def _open_25(rules: VisitRules, rule: Finding, paid: Mapping[str, bool]) -> Findings:
    if not paid.get("wellness_visit"):
        return _refused(
            rules,
            "in 2024 no visit with 25 took it, whatever the other service",
            "evaluation.complexity_add_on.paid_with_25",
        )
    said = f"It hangs on why the visit carries 25. {rule.statement}"
    return Findings(
        (told(said, rule.references, verdict=Verdict.DEPENDS, payer=Payer.MEDICARE), _lasting(rules)),
        (
            hangs(
                ADD_ON,
                "the other service is a wellness visit, a vaccine administration or a Part B preventive service, not "
                "a procedure",
            ),
        ),
        asks=("Which other service was done that day (why the 25): a procedure, a wellness visit, a vaccine?",),
        headlines=(said,),
    )


def _alone(rules: VisitRules, case: ComplexityCase) -> Findings:
    lines: list[Opinion] = [stands(code) for code in case.bases]
    if not case.bases and case.preventive and set(case.preventive) & {"G0402", "G0438", "G0439"}:
        return _refused(
            rules,
            "a wellness visit alone is no base of it; it needs an office visit (99202-99215) that day",
            "evaluation.complexity_add_on.primaries",
        )
    lines.append(stands(ADD_ON) if case.relation else hangs(ADD_ON, _LASTING))
    said = (
        "G2211 stands beside the visit: the relationship is lasting (longitudinal) and the visit carries no 25."
        if case.relation
        else f"G2211 only if {_LASTING}. It is no reward for a long or hard visit, and one-time care does not earn it."
    )
    at_home = any((rules.family_of(code) or "").startswith("home") for code in case.bases)
    if at_home:
        said = f"Home visits 99341-99350 are bases of G2211 since 2026-01-01, office visits since 2024. {said}"
    rule_asked = at_home and _asks_whether_beside(rules)
    if rule_asked and not case.relation:
        lines[-1] = stands(ADD_ON)
    verdict = Verdict.YES if case.relation or rule_asked else Verdict.DEPENDS
    asks = (
        ()
        if case.relation
        else (
            (
                "Is the clinician the patient's lasting focal point of care, or following one serious or complex "
                "condition?"
            ),
        )
    )
    references = rules.references("evaluation.complexity_add_on.code", "evaluation.complexity_add_on.primaries")
    return Findings(
        (told(said, references, verdict=verdict, payer=Payer.MEDICARE), *_others(rules)),
        tuple(lines),
        asks=asks,
        headlines=(said,),
    )


def _others(rules: VisitRules) -> Iterator[Finding]:
    yield _lasting(rules)
    if rules.question.payer is None:
        yield told(
            "Other payers have policies of their own, and many do not pay G2211.",
            rules.references("evaluation.complexity_add_on.code"),
        )
    rule = rules.rule("evaluation.complexity_add_on.paid_with_25")
    if rule:
        yield told(_rule_of_25(cast("Mapping[str, bool]", rule.value)), rule.references)

"""99211: the nurse's visit, beside an injection or infusion, beside a vaccine, and alone."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.topics.incident_to import absent
from caseconsultant.consulting.visit_rules import VisitRules, hangs, proposed, refused, stands, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question
from caseconsultant.domain.records import PtpEdit

_CODE, _INJECTION = "99211", "96372"
_NURSE = re.compile(
    r"\bnurse[- ](?:only )?visits?\b|\b99211\b|\bnurse[- ]only\b|\bsee(?:n by)? the nurse\b", re.IGNORECASE
)
_SHOT = re.compile(
    r"\b(?:b-?12|shot|injection|depo\w*|testosterone|im inj\w*|injectable|96372|toradol|rocephin|allergy shot)\b",
    re.IGNORECASE,
)
_VACCINE = re.compile(
    r"\b(?:vaccin\w*|immuniz\w*|flu shot|tdap?|9047[1-4]|9046[01]|90480|G000[89]|G0010)\b", re.IGNORECASE
)
_HOSPITAL = re.compile(
    r"\bhospital\b|\boutpatient (?:department|ncci|table|claim)\b|\bhopd\b|\bopps\b|\bpos ?(?:19|22)\b|\bfacility\b",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\b(?:outpatient|hospital)\b[^.?]{0,30}\b(?:table|ncci|ptp|edits?)\b", re.IGNORECASE)
_ALLERGY = re.compile(r"\b9511[57]\b|\ballergy\b", re.IGNORECASE)


_NEVER = (
    (
        re.compile(
            r"\b(?:no|without(?: an?| any)?) (?:physician'?s? |doctor'?s? |written |standing )?orders?\b", re.IGNORECASE
        ),
        "the clinician has to have ordered the nurse's service in a plan of care, which makes it incident to",
    ),
    (
        re.compile(r"\bnew (?:pt|patient)s?\b", re.IGNORECASE),
        "it is for established patients only; there is no new-patient code for a nurse",
    ),
    (
        re.compile(r"\b(?:blood draw|draw\w* blood|venipuncture|lab draw|36415)\b[^?]{0,20}", re.IGNORECASE),
        "drawing blood is 36415, not a visit of its own",
    ),
    (
        re.compile(r"\b(?:phone|telephone) call\b|\bover the phone\b|\bby phone\b", re.IGNORECASE),
        "it takes the patient face to face; a phone call is not 99211",
    ),
    (
        re.compile(r"\b(?:prescription )?refill (?:only|request|pick)|\bpick(?:ed|ing)? up\b|\bform\b", re.IGNORECASE),
        "handing over a form or a prescription is no needed service of the nurse",
    ),
    (
        re.compile(r"\b99211\b[^?.]{0,20}\b(?:time|minutes)\b|\b(?:time|minutes)\b[^?.]{0,30}\b99211\b", re.IGNORECASE),
        "99211 has no minutes and no level of decision making, so time never chooses it",
    ),
)


def _no(rules: VisitRules, why: str) -> Findings:
    said = f"Not so: {why}."
    references = rules.references("evaluation.time.codes_without_level", "evaluation.incident_to.conditions")
    refusing = () if "no minutes" in why else (refused(_CODE, why),)
    return Findings((told(said, references, verdict=Verdict.NO), *_says(rules, "")[1:]), refusing, headlines=(said,))


def asked(question: Question) -> bool:
    """Whether a nurse's visit with a shot is told in words alone, or the hospital's table is asked about."""
    if _TABLE.search(question.text) and _CODE in proposed(question):
        return True
    return not question.codes and _NURSE.search(question.text) is not None and _SHOT.search(question.text) is not None


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What becomes of 99211; nothing where no nurse's visit is in question."""
    rules = VisitRules(knowledge, question)
    codes = proposed(question)
    if not _NURSE.search(question.text) or (_CODE not in codes and not asked(question) and codes):
        return NOTHING
    others = [code for code in codes if code != _CODE]
    if len(others) > 1 or any(rules.family_of(code) for code in others) or _ALLERGY.search(question.text):
        return NOTHING
    if others or (_SHOT.search(question.text) and not _VACCINE.search(question.text)):
        return _beside(rules, others[0] if others else _INJECTION)
    if _VACCINE.search(question.text):
        return _vaccine(rules)
    return _alone(rules)


def _beside(rules: VisitRules, other: str) -> Findings:
    """A drug's administration: the edit of the table of the setting decides."""
    hospital = _HOSPITAL.search(rules.question.text) is not None
    setting = Setting.OUTPATIENT_HOSPITAL if hospital else Setting.OFFICE
    edit = rules.knowledge.ptp_edit(other, _CODE, setting=setting, on=rules.question.as_of)
    if not isinstance(edit, PtpEdit):
        return NOTHING
    if edit.modifier_indicator == 0:
        said = (
            f"{other} alone: {_CODE} beside {other} is indicator 0 for a practitioner, never paid with any modifier "
            f"(25 and 59 included){_dates(edit)}; the nurse's "
            "look at the patient is included in giving the drug."
        )
        lines: tuple[Opinion, ...] = (stands(other), refused(_CODE, f"{other}/{_CODE} is indicator 0"))
        return Findings((told(said, (edit.reference,), verdict=Verdict.NO),), lines, headlines=(said,))
    if not hospital:
        return _passing(edit, other)
    said = (
        f"In the outpatient hospital table {other}/{_CODE} is indicator 1, not 0: a modifier (25) passes it where the "
        f"visit was separate. For Medicare the "
        "hospital reports G0463 instead of 99211. In the office (practitioner table) it is indicator 0."
    )
    same = re.search(r"\b(?:also|same)\b[^.?]{0,20}\bindicator 0\b|\bindicator 0\b", rules.question.text, re.IGNORECASE)
    verdict = Verdict.NO if same else Verdict.DEPENDS
    return Findings(
        (told(said, (edit.reference,), verdict=verdict),),
        (hangs(_CODE, "the visit was separate from giving the drug", "25"),),
        headlines=(said,),
    )


def _passing(edit: PtpEdit, other: str) -> Findings:
    """The practitioner's table lets the pair pass; the manual's word on vaccines stands beside it."""
    said = (
        f"{_CODE} beside {other} only for a needed service apart from it: the practitioner table has indicator "
        f"{edit.modifier_indicator} since "
        f"{edit.effective_from}, so 25 passes the edit, but the NCCI manual says 99211 is not reported beside the "
        f"administration of a vaccine. "
        "Both are true; the manual's rule is the safe one."
    )
    lines = (stands(other), hangs(_CODE, "the nurse gave a needed service apart from the vaccine", "25"))
    return Findings((told(said, (edit.reference,), verdict=Verdict.DEPENDS),), lines, headlines=(said,))


def _dates(edit: PtpEdit) -> str:
    """The days an edit that has ended was in force."""
    return f", in force until {edit.effective_to}" if edit.effective_to else ""


def _vaccine(rules: VisitRules) -> Findings:
    codes = [code for code in proposed(rules.question) if code != _CODE]
    if codes:
        return NOTHING  # the edit of the pair answers
    said = (
        "The vaccine's administration covers the nurse's work: the NCCI manual says 99211 is not reported beside it "
        "unless a separate, needed service was given."
    )
    return Findings((told(said, rules.references("evaluation.time.codes_without_level")),), headlines=(said,))


def _alone(rules: VisitRules) -> Findings:
    if not rules.references("evaluation.time.codes_without_level"):
        return NOTHING
    why = next((text for pattern, text in _NEVER if pattern.search(rules.question.text)), "")
    if absent(rules.question.text):
        why = (
            "nobody supervised directly: for Medicare 99211 is incident to, and a physician or other clinician must be "
            "in the office suite"
        )
    if why:
        return _no(rules, why)
    said = (
        f"{_CODE} only if the patient is established, the clinician ordered the service in a plan of care, and the "
        f"nurse gave a needed service of her own under "
        "direct supervision (for Medicare incident to: a physician or other clinician in the suite). Drawing blood, a "
        "form, a phone call or a shot alone is not it."
    )
    lines = (
        hangs(
            _CODE, "an established patient got a needed service that was ordered, with direct supervision (incident to)"
        ),
    )
    asks = (
        "What service did the nurse give, and who ordered it (plan of care)?",
        "Was the supervising clinician in the office suite?",
    )
    return Findings((*_says(rules, said),), lines, asks=asks, headlines=(said,))


def _says(rules: VisitRules, said: str) -> tuple[Finding, ...]:
    references = rules.references("evaluation.time.codes_without_level", "evaluation.incident_to.conditions")
    first = told(said, references, verdict=Verdict.DEPENDS)
    second = told(
        f"{_CODE} has no minutes and no level of decision making; the note shows who did what, why, on whose order "
        f"and who supervised.",
        references,
    )
    return first, second

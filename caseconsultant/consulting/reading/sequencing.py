"""Diagnoses in question by their plain names: fractures healing, screenings, hypertension with disease, sepsis."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caseconsultant.domain.question import Question

_CONDITIONS = {
    "hypertension": r"\bhypertens\w+|\bhtn\b|\bhigh blood pressure\b|\bI10\b",
    "kidney_disease": (
        r"\bckd\b|\bchronic kidney\b|\bkidney disease\b|\brenal (?:disease|failure)\b|\bN18(?:\.\w+)?\b|"
        r"\besrd\b"
    ),
    "heart_failure": r"\bheart failure\b|\bchf\b|\bhfp?ref\b|\bhfpef\b|\bI50(?:\.\w+)?\b",
    "sepsis": r"\bseps\w+|\bseptic\b|\bR65\.2[01]\b|\bA41(?:\.\w+)?\b",
    "pneumonia": r"\bpneumonia\b|\bpna\b|\bJ18(?:\.\w+)?\b",
    "copd": r"\bcopd\b|\bJ44(?:\.\w+)?\b",
    "asthma": r"\basthma\w*|\bJ45(?:\.\w+)?\b",
    "fracture": r"\bfracture\w*|\bfx\b|\bbroken\b|\bS\d2\.\w+|\bS[0-9]2\b",
    "aftercare": r"\baftercare\b|\bZ47(?:\.\w+)?\b|\bafter-care\b",
    "polyps": r"\bpolyps?\b|\badenomas?\b|\bZ86\.010\w*",
    "diabetes": r"\bdiabet\w+|\bdm\s?2?\b|\bE1[01](?:\.\w+)?\b",
    "insulin": r"\binsulin\b",
}
_DENIED = {
    "hypertension": r"\b(?:no|denies|without)\s(?:\w+\s){0,3}(?:htn|hypertens\w+|high blood pressure)",
    "diabetes": r"\b(?:no|denies|without)\s(?:\w+\s){0,3}(?:diabet\w+|dm)\b|\b(?:non-?|pre-?)diabet\w+",
    "sepsis": r"\b(?:no|without|ruled out)\s(?:\w+\s){0,2}seps\w+|\bsepsis (?:was |is )?ruled out",
}
"""Conditions that the patient does not have, so far as the words tell it."""
_STAGE = re.compile(
    r"\bstage\s?(?:[1-5]|[iv]{1,3})[ab]?\b|\bN18\.[1-69]\d?\b|\besrd\b|\bckd\s?[1-5][ab]?\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\b(?:stage|ckd)\s?(?:stage\s?)?(?P<stage>[1245]|3[ab]?)\b", re.IGNORECASE)
_END_STAGE = re.compile(
    r"\besrd\b|\bend[- ]stage (?:renal|kidney)\b|\bN18\.[56]\b|\b(?:stage|ckd) ?(?:stage ?)?5\b", re.IGNORECASE
)
_SHOCK = re.compile(r"\bseptic shock\b|\bR65\.21\b", re.IGNORECASE)
_SEVERE = re.compile(
    (
        r"\bsevere sepsis\b|\bR65\.2\b|\borgan (?:failure|dysfunction)\b|\brespiratory failure\b|"
        r"\baki\b|\bacute kidney\b|\bencephalopathy\b|\bdic\b"
    ),
    re.IGNORECASE,
)
_PRINCIPAL = re.compile(
    r"\bprincipal\b|\bfirst[- ]listed\b|\bfirst\b|\bprimary\b|\bsequenc\w+|\bwhich (?:goes|stands|is|comes)\b",
    re.IGNORECASE,
)
_HEALED = re.compile(r"\bhealed\b|\bcompletely healed\b|\bcast (?:is )?off\b", re.IGNORECASE)
_HEALING = re.compile(
    (
        r"\bheal(?:ing|s)?\b|\bfollow[- ]?up\b|\bf/u\b|\bweeks?\b|\bpost-?op\b|\broutine\b|\brecheck\b|"
        r"\bpinned\b|\bsubsequent\b"
    ),
    re.IGNORECASE,
)
_COMPLICATED = re.compile(r"\b(?:nonunion|non-union|malunion|delayed healing|not healing)\b", re.IGNORECASE)
_SCREENING = re.compile(r"\bscreen\w*|\bsurveillance\b|\bcolonoscop\w+|\bscope\b", re.IGNORECASE)
_SYMPTOMS = re.compile(
    r"\bno (?:symptoms|complaints|signs)\b|\basymptomatic\b|\bsymptom\w*|\bbleed\w*|\banemia\b|\bpain\b", re.IGNORECASE
)
_SEVENTH = re.compile(
    (
        r"\b(?:7th|seventh) char\w*|\b(?:A|D|S) or (?:A|D|S)\b|\baftercare\b|\bZ47\b|\bS\d2\b|\bZ09\b|"
        r"\bz[- ]?codes?\b|\binitial or subsequent\b|\b(?:initial|subsequent) encounter\b|\bwith D\b"
    ),
    re.IGNORECASE,
)
_ADMITTED = re.compile(r"\b(?:both )?present on admission\b|\bpoa\b|\bon admission\b|\badmitted with\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:developed|after admission|hospital day|later became|day \d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sequencing:
    """What the words tell."""

    conditions: frozenset[str]
    stage: bool
    shock: bool
    severe: bool
    asks_first: bool
    healed: bool
    healing: bool
    complicated: bool
    screening: bool
    symptoms: bool
    seventh: bool
    on_admission: bool
    later: bool
    kidney_stage: str | None = None
    """The code of the stage, written or by its number."""
    late_stage: bool = False
    """Stage 5 or end-stage disease."""
    heart_failure: str | None = None
    """The code of the heart failure, where written."""
    dialysis: bool = False


def sequencing(question: Question) -> Sequencing:
    """The conditions named, and what is told of them."""
    text = question.text
    named = frozenset(
        name
        for name, pattern in _CONDITIONS.items()
        if re.search(pattern, text, re.IGNORECASE) and not _is_denied(name, text)
    )
    return Sequencing(
        named,
        _STAGE.search(text) is not None,
        _SHOCK.search(text) is not None,
        _SEVERE.search(text) is not None,
        _PRINCIPAL.search(text) is not None,
        _HEALED.search(text) is not None,
        _HEALING.search(text) is not None,
        _COMPLICATED.search(text) is not None,
        _SCREENING.search(text) is not None,
        _SYMPTOMS.search(text) is not None,
        _SEVENTH.search(text) is not None,
        _ADMITTED.search(text) is not None,
        _LATER.search(text) is not None,
        _kidney_stage(text),
        _END_STAGE.search(text) is not None,
        _written(r"\bI50\.\w+\b", text),
        re.search(r"\bdialysis\b|\bhemodialysis\b|\bhd pt\b|\bZ99\.2\b", text, re.IGNORECASE) is not None,
    )


def _is_denied(name: str, text: str) -> bool:
    return name in _DENIED and re.search(_DENIED[name], text, re.IGNORECASE) is not None


def _written(pattern: str, text: str) -> str | None:
    """The one code of the pattern, None where none or several are written."""
    found = dict.fromkeys(each.upper() for each in re.findall(pattern, text, re.IGNORECASE))
    return next(iter(found)) if len(found) == 1 else None


def _kidney_stage(text: str) -> str | None:
    """The code of the stage: as written, else by its number."""
    if written := _written(r"\bN18\.\d\d?\b", text):
        return written
    if re.search(r"\besrd\b|\bend[- ]stage (?:renal|kidney)\b", text, re.IGNORECASE):
        return "N18.6"
    told = _NUMBERED.search(text)
    if told is None:
        return None
    number = told["stage"].lower()
    third = {"3": "N18.30", "3a": "N18.31", "3b": "N18.32"}
    return third.get(number) or (f"N18.{number}" if number.isdigit() else None)

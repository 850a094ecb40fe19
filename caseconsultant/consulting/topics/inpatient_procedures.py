"""ICD-10-PCS asked by itself: whether the code is valid, what its characters stand for, and whose claims bear it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Confidence, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import CodeSystem, Setting
from caseconsultant.domain.question import Intent, Question, Topic

_RULES = "inpatient_procedures"
_SURGICAL, _PLACES = "0", {"body_systems": 1, "operations": 2, "approaches": 4}
_ELSEWHERE = frozenset({Setting.OFFICE, Setting.FACILITY_PROFESSIONAL, Setting.ASC, Setting.HOME, Setting.DME})
_ONLY_INPATIENT = (
    "ICD-10-PCS is for hospital inpatient claims only: practitioners and outpatient claims report CPT and HCPCS."
)
_NOT_HELD = "Our sources hold no list of ICD-10-PCS, so a person has to look the code up."


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What is known of each ICD-10-PCS code in the question; nothing where it has none."""
    codes = [each.code for each in question.codes if each.system is CodeSystem.ICD10PCS]
    if not codes:
        return NOTHING
    told = joined(_told(code, question, knowledge) for code in dict.fromkeys(codes))
    return joined((told, _whose(question, knowledge)))


def _told(code: str, question: Question, knowledge: Knowledge) -> Findings:
    """Validity with the code set's own title, and the characters in words."""
    found = knowledge.validity(code, on=question.as_of)
    built, references = _characters(code, question, knowledge)
    if found.system is not CodeSystem.ICD10PCS or found.valid is None:
        finding = Finding(Topic.DESCRIPTION, Kind.INFO, built, references)
        return Findings((finding,), headlines=(f"{_NOT_HELD} {built}",), ruled=(Verdict.UNKNOWN,))
    if not found.valid:
        statement = f"{code} is not valid in ICD-10-PCS on {question.as_of}: {found.why}."
        wrong = Finding(Topic.DESCRIPTION, Kind.CODABLE, statement, found.references, Verdict.NO)
        return Findings((wrong, Finding(Topic.DESCRIPTION, Kind.INFO, built, references)), corrections=(statement,))
    title = knowledge.diagnoses.operation(code, on=question.as_of)
    verdict = Verdict.YES if Intent.VALIDITY in question.intents else Verdict.DEPENDS
    statement = f"{code} is valid in ICD-10-PCS on {question.as_of}{': ' + title if title else ''}."
    right = "" if verdict is Verdict.YES else " It is right only if the operative note tells each of these characters."
    finding = Finding(Topic.DESCRIPTION, Kind.CODABLE, statement, found.references, verdict)
    return Findings(
        (finding, Finding(Topic.DESCRIPTION, Kind.INFO, built, references)),
        headlines=(f"{statement} {built}{right}",),
        grounds=(Confidence.MEDIUM,),
    )


def _characters(code: str, question: Question, knowledge: Knowledge) -> tuple[str, tuple[Reference, ...]]:
    """`Section 0 (medical and surgical), body system D (gastrointestinal system), ...`."""
    sections = parameter_of(knowledge, question, f"{_RULES}.sections.names")
    names = cast("Mapping[str, str]", sections.value) if sections else {}
    parts = [f"section {_named(code[0], names)}"]
    if code[0] == _SURGICAL:
        parts += _surgical(code, question, knowledge)
    return f"Its characters: {', '.join(parts)}.", sections.references if sections else ()


def _surgical(code: str, question: Question, knowledge: Knowledge) -> Sequence[str]:
    kinds = parameter_of(knowledge, question, f"{_RULES}.surgical.characters")
    names = {
        place: cast("Mapping[str, str]", rule.value)
        for table, place in _PLACES.items()
        if (rule := parameter_of(knowledge, question, f"{_RULES}.surgical.{table}"))
    }
    labels = cast("Sequence[str]", kinds.value) if kinds else ()
    return [f"{label} {_named(code[place], names.get(place, {}))}" for place, label in enumerate(labels, 1)]


def _named(character: str, names: Mapping[str, str]) -> str:
    name = names.get(character)
    return f"{character} ({name})" if name else character


def _whose(question: Question, knowledge: Knowledge) -> Findings:
    """That it stands on inpatient claims alone; a correction where another claim is told."""
    rule = parameter_of(knowledge, question, f"{_RULES}.claims.only_inpatient")
    if rule is None:
        return NOTHING
    elsewhere = question.setting in _ELSEWHERE and Intent.VALIDITY not in question.intents
    finding = Finding(
        Topic.COMPLIANCE, Kind.CODABLE, _ONLY_INPATIENT, rule.references, Verdict.NO if elsewhere else None
    )
    said = (_ONLY_INPATIENT,)
    return Findings((finding,), corrections=said) if elsewhere else Findings((finding,), headlines=said)

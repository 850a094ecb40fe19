"""Emergency visits beside their level: no time, no new or established, the hospital's own level."""

from __future__ import annotations

import re

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.decision_making import elements
from caseconsultant.consulting.reading.visits import Place, visit_words
from caseconsultant.consulting.visit_rules import VisitRules, proposed, told
from caseconsultant.domain.answer import Finding, Verdict
from caseconsultant.domain.question import Question, Service

_CLOCK = re.compile(
    r"\b(?:by|on|for) (?:the )?(?:clock|time)\b|\btime[- ]based\b|\bminutes\b|\bmins?\b|\bhours?\b.{0,40}\b(?:level|"
    r"code)|\btotal time\b",
    re.IGNORECASE,
)
_LEVELING = re.compile(
    r"\blevel\w*\b|\be/?m\b|\bmdm\b|\bdata (?:column|element)|\bby (?:the )?(?:clock|time)\b|\b(?:ed|er|"
    r"emergency) (?:codes?|visits?)\b|\bcodes? ?\?|"
    r"\bindependent interpretation\b|\bestablished ed code",
    re.IGNORECASE,
)
_NEW_OR_OLD = re.compile(r"\b(?:established|new (?:pt|patient)|new vs|new or est|returning)\b", re.IGNORECASE)
_FACILITY = re.compile(
    r"\b(?:facility|hospital) (?:side|level|grid|visit level|e/?m|leveling)\b|\bhospital's (?:own )?level\b|"
    r"\bfacility\b.{0,60}\blevel\b",
    re.IGNORECASE,
)
_DOCTOR = re.compile(r"\b(?:doctor|physician|doc|pro[- ]?fee|professional|provider)", re.IGNORECASE)
_OTHER = re.compile(
    r"\bcritical care\b(?<!not critical care)|\b9929[12]\b|\bsplit|\bshared?\b|\bmodifier\b|\badmi(?:t|"
    r"ssion)\w*\b(?<!no admission)|\bobs",
    re.IGNORECASE,
)


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What is asked of emergency visits in general; nothing where only the level of one is."""
    rules = VisitRules(knowledge, question)
    words = visit_words(question.text)
    emergency = words.place is Place.EMERGENCY or any(
        rules.family_of(code) == "emergency" for code in proposed(question)
    )
    text = re.sub(r"\bnot critical care\b|\bno admission\b", " ", question.text, flags=re.IGNORECASE)
    given = {each.service for each in question.services} - {Service.VISIT}
    leveling = _LEVELING.search(text) is not None or any(
        rules.family_of(code) == "emergency" for code in proposed(question)
    )
    if given or not leveling:
        return NOTHING
    if not emergency or _OTHER.search(text) or not rules.references("evaluation.time.decision_making_only_codes"):
        return NOTHING
    if _FACILITY.search(text) and _DOCTOR.search(text) and not _CLOCK.search(text):
        return _spoken((_facility(rules),))
    said = [
        *([_by_decision(rules)] if _CLOCK.search(text) else []),
        *([_own_reading(rules)] if elements(text).own_reading_billed else []),
        *(
            [_without_level(rules)]
            if "99281" in text and re.search(r"\brequir|\bpresen|\bphysician\b|\bneed", text)
            else []
        ),
        *([_neither(rules)] if _NEW_OR_OLD.search(text) else []),
    ]
    return _spoken(tuple(said))


def _spoken(said: tuple[Finding, ...]) -> Findings:
    return Findings(said, headlines=tuple(each.statement for each in said)) if said else NOTHING


def _by_decision(rules: VisitRules) -> Finding:
    return told(
        "An emergency visit (99281-99285) is never leveled by time: decision making (MDM) alone decides, two of "
        "problems, data and risk; "
        "minutes do not change it. Only critical care, 99291 from 30 minutes, goes by minutes there.",
        rules.references("evaluation.time.decision_making_only_codes"),
        verdict=Verdict.NO,
    )


def _own_reading(rules: VisitRules) -> Finding:
    return told(
        "A test whose reading your own group bills counts nowhere in the data column, neither as an order nor as an "
        "independent "
        "interpretation.",
        rules.references("evaluation.decision_making.own_interpretation_counts"),
        verdict=Verdict.NO,
    )


def _neither(rules: VisitRules) -> Finding:
    return told(
        "Emergency codes make no difference between new and established patients: 99281-99285 for everyone, by "
        "decision making.",
        rules.references("evaluation.time.decision_making_only_codes"),
        verdict=Verdict.NO,
    )


def _without_level(rules: VisitRules) -> Finding:
    return told(
        "99281 has no level of decision making and may not need the physician's presence: staff may give it under the "
        "physician's supervision.",
        rules.references("evaluation.time.codes_without_level"),
        verdict=Verdict.NO,
    )


def _facility(rules: VisitRules) -> Finding:
    return told(
        "The hospital's level need not match the physician's: the hospital levels by its own written guidelines, "
        "which follow the resources "
        "it used and are applied evenly; the physician's 99281-99285 goes by decision making. Both may differ on one "
        "encounter.",
        rules.references("evaluation.hospital.clinic_visit_code"),
        verdict=Verdict.NO,
    )

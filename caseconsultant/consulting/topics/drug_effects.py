"""The order of diagnoses where a drug is behind them: poisoning first, an adverse effect and underdosing after.

Source: `knowledge/rules/diagnosis_chapters.yaml`; guideline I.C.19.e.5 of ICD-10-CM.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.diagnosis_asked import asked
from caseconsultant.consulting.reading.drug_effects import Effect, effect, encounter
from caseconsultant.consulting.reading.plain_words import pattern_of, tells_of
from caseconsultant.consulting.topics import conditions
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.question import Question

_SUBSTANCES, _REACTIONS = "diagnosis_chapters.drugs.substances", "diagnosis_chapters.drugs.reactions"
_BLEEDING, _REASON = "diagnosis_chapters.drugs.bleeding", "diagnosis_chapters.drugs.underdosing_reason"
_LENGTH: Final = 6
_OWN: Final = ("T36", "T37", "T38", "T39", "T4", "T50", "Z79", "Z91.1")
"""Codes that this subject gives itself, or that say nothing of what the drug did."""
_RULE: Final = {
    Effect.ADVERSE: "an adverse effect of a drug rightly taken: what it did first, then the drug with 5",
    Effect.UNDERDOSING: "underdosing: the condition first, then the drug with 6, never first, then why",
}
_POISONING: Final = "poisoning: the drug first with what happened, then what it did"

Entry = Mapping[str, Any]


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The diagnoses in order; nothing where none is asked, or no drug is told of, or what it did is not."""
    text = question.text.lower()
    what = effect(text)
    if what is None or question.codes or question.diagnoses or not asked(question):
        return NOTHING
    telling = Telling(question, knowledge)
    if what is Effect.ADVERSE and _known(telling):
        return NOTHING
    drugs = _drugs(text, what, telling)
    did = _reactions(text, drugs, telling)
    if not drugs or (what is Effect.ADVERSE and not did):
        return NOTHING
    order = [*drugs, *did] if what not in _RULE else [*did, *drugs]
    order += _why(text, what, telling)
    return replace(_said(order, what, telling), diagnoses=tuple(code for code, _ in order))


def _known(telling: Telling) -> bool:
    """Whether the conditions' own rules have the drug already."""
    found = conditions.findings(telling.question, knowledge=telling.knowledge).diagnoses
    return any(each.startswith(("T3", "T4", "T50")) for each in found)


def _said(order: Sequence[tuple[str, str]], what: Effect, telling: Telling) -> Findings:
    listed = ", then ".join(f"{code}{f' ({name})' if name else ''}" for code, name in order)
    telling.head(f"{listed}. The rule for {_RULE.get(what, _POISONING)}.", _SUBSTANCES, _REACTIONS, _REASON)
    if what is Effect.ACCIDENT:
        telling.say("Where the record tells no intent a poisoning is coded as an accident.", _SUBSTANCES)
    if what is Effect.UNDERDOSING and not _why(telling.question.text.lower(), what, telling):
        telling.ask("Why was less taken: on purpose (cost, or another reason), or not on purpose?")
    return telling.found()


def _drugs(text: str, what: Effect, telling: Telling) -> list[tuple[str, str]]:
    """Each drug named with the character of what happened and of the encounter."""
    entries = cast("Sequence[Entry]", telling.value(_SUBSTANCES, ()))
    told = [(found.start(), each) for each in entries if (found := pattern_of(tuple(each["words"])).search(text))]
    kept = [each for _, each in sorted(told, key=lambda one: one[0]) if what.value not in each.get("never", ())]
    return [
        (_whole(str(each["code"]).format(n=what.value), text), f"{each['name']}, {what.name.lower().replace('_', ' ')}")
        for each in kept
    ]


def _whole(stem: str, text: str) -> str:
    """The code with its seventh character; a placeholder X fills what is short."""
    bare = stem.replace(".", "").ljust(_LENGTH, "X")
    return f"{bare[:3]}.{bare[3:]}{encounter(text)}"


def _reactions(text: str, drugs: Sequence[tuple[str, str]], telling: Telling) -> list[tuple[str, str]]:
    """What the drug did: the reactions of this subject's own list, then the conditions told."""
    own = [
        (str(each["code"]), str(each["name"]))
        for each in cast("Sequence[Entry]", telling.value(_REACTIONS, ()))
        if tells_of(text, each["words"])
    ]
    bleeding = telling.table(_BLEEDING)
    stem = str(bleeding.get("drug", "")).split("{", maxsplit=1)[0]
    bled = (
        bleeding
        and tells_of(text, cast("Sequence[str]", bleeding["words"]))
        and any(code.startswith(stem) for code, _ in drugs)
    )
    first = [(str(bleeding["code"]), "bleeding from an anticoagulant")] if bled else []
    known = conditions.findings(telling.question, knowledge=telling.knowledge).diagnoses
    skin = {"R21", "L50.9"} if own else set()
    rest = [(each, "") for each in known if not each.startswith(_OWN) and each not in skin]
    return list(dict(first + own + rest).items())


def _why(text: str, what: Effect, telling: Telling) -> list[tuple[str, str]]:
    """Why less was taken, where it is told."""
    if what is not Effect.UNDERDOSING:
        return []
    entries = cast("Sequence[Entry]", telling.value(_REASON, ()))
    told = next((each for each in entries if tells_of(text, each["words"])), None)
    return [(str(told["code"]), str(told["name"]))] if told else []

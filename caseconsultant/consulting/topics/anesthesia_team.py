"""Who bills which modifier: the anesthesiologist and the nurse anesthetist, by direction and concurrent cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.anesthesia import Case
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Intent, Question, Topic

_ASKED = re.compile(
    r"\bmodifiers?\b|\bcrnas?\b|\bdirect\w*|\bsupervis\w*|\bconcurren\w*|\bQ[KXYZ]\b|\bAD\b|\bAA\b", re.IGNORECASE
)
_ALONE = re.compile(
    r"\bcrna alone\b|\bcrna (?:worked |working )?(?:by (?:her|him)self|independently|without)\b|"
    r"\bwithout (?:medical )?direct\w*|\bno (?:medical )?direct\w*|\bnon-?medically directed",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\bpersonally\b|\bby (?:him|her)self\b|\bsolo\b|\banesthesiologist alone\b", re.IGNORECASE)
_TEAM = re.compile(r"\bdirect\w*|\bsupervis\w*", re.IGNORECASE)
_STEPS = re.compile(
    r"\bseven\b|\b7 (?:steps|rules|requirements|elements)\b|\bsteps\b|\brequirements?\b|\btefra\b", re.IGNORECASE
)
_SINGLE = 1


def findings(told: Case, question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifiers of the team, where modifiers, direction or concurrent cases are told of."""
    if not _ASKED.search(question.text):
        return NOTHING
    return joined(
        (
            _pair(told, question, knowledge),
            _concurrent(told, question, knowledge),
            _roles(told, question, knowledge),
            _steps(question, knowledge),
        )
    )


def _say(said: str, question: Question, knowledge: Knowledge, path: str, verdict: Verdict | None = None) -> Findings:
    rule = parameter_of(knowledge, question, f"anesthesia.{path}")
    if rule is None:
        return NOTHING
    finding = Finding(
        Topic.MODIFIERS, Kind.PAYABLE, said, rule.references, verdict, branch=Branch(payer=Payer.MEDICARE)
    )
    return Findings((finding,), headlines=(said,))


def _pair(told: Case, question: Question, knowledge: Knowledge) -> Findings:
    """The other half of a directed case."""
    rule = parameter_of(knowledge, question, "anesthesia.modifiers.pairs")
    if rule is None:
        return NOTHING
    pairs = cast("Mapping[str, str]", rule.value)
    own = next((each for each in told.modifiers if each in pairs), None)
    if own is None or told.concurrent is not None:
        return NOTHING
    said = (
        f"The directing anesthesiologist bills {own}, the nurse anesthetist {pairs[own]}, each 50 percent of "
        f"the allowed amount."
    )
    return _say(said, question, knowledge, "modifiers.pairs")


def _concurrent(told: Case, question: Question, knowledge: Knowledge) -> Findings:
    """One directed case is QY, two to four QK, more than four AD."""
    most = parameter_of(knowledge, question, "anesthesia.direction.concurrent_maximum")
    above = parameter_of(knowledge, question, "anesthesia.modifiers.supervision_ad")
    if told.concurrent is None or most is None or above is None:
        return NOTHING
    limit = int(str(most.value))
    ad = cast("Mapping[str, int]", above.value)
    if told.concurrent > limit:
        said = (
            f"{told.concurrent} concurrent cases are over {limit}: supervision, modifier AD, {ad['base_units']} "
            f"base units a case, one more if present at "
            "induction, and no time units; the nurse anesthetists bill QX."
        )
        wrong = tuple(
            f"{each} is wrong for {told.concurrent} concurrent cases: AD."
            for each in told.modifiers
            if each in {"QK", "QY"}
        )
    elif told.concurrent == _SINGLE:
        said = (
            "One nurse anesthetist directed: the anesthesiologist bills QY, the nurse anesthetist QX, 50 percent each."
        )
        wrong = ("QK is wrong for one directed case: QY.",) if "QK" in told.modifiers else ()
    else:
        said = (
            f"{told.concurrent} concurrent cases directed (two to {limit}): the anesthesiologist bills QK, "
            f"each nurse anesthetist QX, 50 percent each."
        )
        wrong = ("QY is for one directed case; two to four take QK.",) if "QY" in told.modifiers else ()
    return joined((_say(said, question, knowledge, "direction.concurrent_maximum"), Findings(corrections=wrong)))


def _roles(told: Case, question: Question, knowledge: Knowledge) -> Findings:
    """Alone or personally: QZ or AA in full."""
    if told.modifiers or told.concurrent is not None or Intent.MODIFIER not in question.intents:
        return NOTHING
    if _ALONE.search(question.text):
        return _say(
            "A nurse anesthetist without medical direction bills QZ, 100 percent of the allowed amount.",
            question,
            knowledge,
            "modifiers.share",
        )
    if _PERSONAL.search(question.text):
        return _say(
            "The anesthesiologist who does the case in person bills AA, 100 percent of the allowed amount.",
            question,
            knowledge,
            "modifiers.share",
        )
    if _TEAM.search(question.text):
        said = (
            "By concurrent cases: QY for one nurse anesthetist directed, QK for two to four, AD for more; the "
            "nurse anesthetist bills QX."
        )
        return joined(
            (
                _say(said, question, knowledge, "modifiers.meaning"),
                Findings(asks=("How many cases ran at once under the anesthesiologist?",)),
            )
        )
    return NOTHING


def _steps(question: Question, knowledge: Knowledge) -> Findings:
    rule = parameter_of(knowledge, question, "anesthesia.direction.steps")
    if rule is None or not (_STEPS.search(question.text) and _TEAM.search(question.text)):
        return NOTHING
    said = "Medical direction takes all seven: the anesthesiologist " + "; ".join(cast("list[str]", rule.value)) + "."
    return _say(said, question, knowledge, "direction.steps")

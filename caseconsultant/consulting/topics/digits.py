"""Fingers and toes: FA and F1 to F9, TA and T1 to T9, by the side and name told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import proposed, written_modifiers
from caseconsultant.consulting.reading.digits import Digit, digits
from caseconsultant.consulting.topics.telling import Telling, both
from caseconsultant.domain.question import Intent, Question, Topic

_OF_DIGITS = re.compile(r"^(?:117[1-6]\d|26\d{3}|28\d{3}|73140|73660|20600|2055[01])$")
_RULES = {"finger": "modifiers.groups.fingers", "toe": "modifiers.groups.toes"}
_GROUPS = frozenset({"FA", "TA", *(f"F{n}" for n in range(1, 10)), *(f"T{n}" for n in range(1, 10))})


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The modifier of each digit told of; nothing where no line or modifier of a digit is in question."""
    told = digits(question.text)
    lines = [code for code in proposed(question) if _OF_DIGITS.match(code)]
    if not told or not (lines or Intent.MODIFIER in question.intents):
        return NOTHING
    telling = Telling(question, knowledge, Topic.MODIFIERS)
    named = [(each, modifier) for each in told if (modifier := _modifier(each, telling))]
    if not named:
        return NOTHING
    _said(named, lines, telling)
    if len(named) == 1:
        for code in lines:
            telling.stands(code, modifiers=(named[0][1],))
    return telling.found()


def _modifier(digit: Digit, telling: Telling) -> str | None:
    names = cast("Mapping[str, str]", telling.table(_RULES[digit.kind]))
    told = f"{digit.side} {digit.name}"
    return next((modifier for modifier, name in names.items() if name == told), None)


def _said(named: list[tuple[Digit, str]], lines: list[str], telling: Telling) -> None:
    listed = both([f"{modifier} ({_name(digit)})" for digit, modifier in named])
    where = f"on {both(lines)}" if lines else "on its line"
    each = "" if len(named) == 1 else ", one line for each"
    statement = f"{listed} {where}{each}."
    wrong = (written_modifiers(telling.question) & _GROUPS) - {modifier for _, modifier in named}
    rules = tuple(dict.fromkeys(_RULES[digit.kind] for digit, _ in named))
    if wrong and telling.question.wants_yes_or_no:
        telling.correct(f"{statement} Not {both(sorted(wrong))}.", *rules)
    else:
        telling.head(statement, *rules)


def _name(digit: Digit) -> str:
    return f"{digit.side} thumb" if digit.name == "thumb" else f"{digit.side} {digit.name} {digit.kind}"

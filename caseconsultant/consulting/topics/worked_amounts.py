"""Amounts worked out of the figures that the sender gives, or of the fee schedule's: shares, reductions, what is left.

Source: `knowledge/rules/fees.yaml` and `surgical_payment.yaml`. The steps follow Medicare Claims Processing Manual
12 §40.6 to §40.8: both sides first, then several procedures, then the helper's share.
"""

from __future__ import annotations

from dataclasses import replace

from caseconsultant.consulting.findings import NOTHING, Findings
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.billing import governing_payer
from caseconsultant.consulting.reading.helpers import Helper, helped
from caseconsultant.consulting.reading.worked_amounts import Asked, asked_amount
from caseconsultant.consulting.topics import amounts_of_parts, amounts_of_surgery
from caseconsultant.consulting.topics.amounts_told import Line, checked, divided, limited, lines_of, of_practitioner
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Question, Topic

_PLANS = frozenset({Payer.COMMERCIAL, Payer.MEDICAID})


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """The amount asked for with its arithmetic; nothing where none is asked or the figures do not tell which."""
    told = asked_amount(question)
    if told is None or governing_payer(question) in _PLANS:
        return NOTHING
    telling = Telling(question, knowledge, Topic.FEES)
    expected = _worked_out(told, telling)
    if telling.silent:
        return NOTHING
    ruled = checked(told, expected, telling) if question.wants_yes_or_no else ()
    closed = tuple(dict.fromkeys(each.code for each in question.codes))
    return replace(telling.found(), ruled=ruled, closed=closed, amounts=expected)


def _worked_out(told: Asked, telling: Telling) -> tuple[int, ...]:
    """Says the amount; returns what may rightly have been paid, in cents."""
    if amounts_of_parts.therapy(told, telling) or amounts_of_parts.imaging(told, telling):
        return (0,)
    lines = lines_of(told, telling)
    if told.limit and lines:
        return limited(lines[0], telling)
    allowed = _allowed(lines, told, telling)
    if allowed is None:
        return ()
    return (allowed, *divided(allowed, told, telling))


def _allowed(lines: tuple[Line, ...], told: Asked, telling: Telling) -> int | None:
    """The allowed amount that the steps come to, None where nothing was to be worked out."""
    helper = helped(telling.question)
    if helper is not None and helper.who is Helper.NOT_PAID:
        return None
    steps = amounts_of_surgery.steps(lines, told, helper, telling)
    if steps is not None:
        return steps
    if told.practitioner and lines:
        return of_practitioner(lines, told, telling)
    return lines[0].cents if told.chain and len(lines) == 1 and told.amounts else None

"""Modifiers of therapy lines: GP, GO, GN by the plan, CQ and CO for assistants, KX over the year's threshold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading import therapy
from caseconsultant.consulting.rules import parameter_of
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Intent, Question, Topic

_KX = re.compile(r"\bkx\b|\btherapy cap\b|\bthreshold\b", re.IGNORECASE)
_PLAN = re.compile(r"\b(?:GP|GO|GN)\b")
_SHARED = "physical_and_speech"


@dataclass(frozen=True, slots=True)
class Beside:
    """The plan's modifier for the lines, and what is said of modifiers."""

    modifiers: tuple[str, ...]
    findings: Findings


def findings(question: Question, lines: bool, *, knowledge: Knowledge) -> Beside:  # noqa: FBT001 - whether lines are counted
    """The modifiers of the lines where they are asked or known; only Medicare asks for KX, CQ and CO."""
    which = therapy.discipline(question.text)
    plan = parameter_of(knowledge, question, "timed_units.therapy.plan_modifiers")
    own = cast("Mapping[str, str]", plan.value).get(which or "") if plan else None
    asked = Intent.MODIFIER in question.intents or _PLAN.search(question.text) is not None
    told = [_threshold(which, each, knowledge) for each in _of_years(question)]
    if plan is not None and lines and (asked or own):
        said = f"Every line carries the plan's modifier: {own or 'GP physical, GO occupational, GN speech therapy'}."
        told.append(
            Findings(
                (Finding(Topic.MODIFIERS, Kind.PAYABLE, said, plan.references),), headlines=(said,) if asked else ()
            )
        )
    told.append(_assistant(which, question, knowledge))
    return Beside((own,) if own else (), joined(told))


def _of_years(question: Question) -> tuple[Question, ...]:
    """The question as of each year it names; as it stands where it names none, or a day."""
    named = () if question.as_of_stated or not _KX.search(question.text) else therapy.years(question.text)
    return tuple(replace(question, as_of=date(year, 12, 31)) for year in named) or (question,)


def _threshold(which: str | None, question: Question, knowledge: Knowledge) -> Findings:
    """KX from the year's threshold on; the amount told is compared with it."""
    rule = parameter_of(knowledge, question, "timed_units.therapy.kx_threshold")
    medicare = question.payer in {None, Payer.MEDICARE}
    asked = _KX.search(question.text) is not None or Intent.MODIFIER in question.intents
    if rule is None or rule.value is None or not medicare or not asked:
        return NOTHING
    amounts = cast("Mapping[str, int]", rule.value)
    amount = amounts["occupational" if which == "occupational" else _SHARED]
    year = question.as_of.year
    what = "occupational therapy" if which == "occupational" else "physical and speech therapy together"
    said = f"KX is needed once the allowed charges of {year} pass ${amount:,} for {what}, if the record shows the need."
    so_far = therapy.dollars(question.text)
    branch = Branch(payer=Payer.MEDICARE)
    if so_far is None or not _KX.search(question.text):
        return Findings(
            (Finding(Topic.MODIFIERS, Kind.PAYABLE, said, rule.references, branch=branch),),
            headlines=(said,) if _KX.search(question.text) else (),
        )
    over = so_far > amount
    compared = (
        f"${so_far:,} {'is over' if over else 'is not over'} ${amount:,}, so the lines "
        f"{'carry KX' if over else 'need no KX yet'}."
    )
    verdict = (Verdict.YES if over else Verdict.NO) if question.wants_yes_or_no else None
    finding = Finding(Topic.MODIFIERS, Kind.PAYABLE, f"{said} {compared}", rule.references, verdict, branch=branch)
    return Findings((finding,), headlines=(compared, said))


def _assistant(which: str | None, question: Question, knowledge: Knowledge) -> Findings:
    """CQ and CO where an assistant gave more than a tenth of a line."""
    if not therapy.by_assistant(question.text) or question.payer not in {None, Payer.MEDICARE}:
        return NOTHING
    codes = parameter_of(knowledge, question, "timed_units.therapy.assistant_modifiers")
    share = parameter_of(knowledge, question, "timed_units.therapy.assistant_share")
    pay = parameter_of(knowledge, question, "timed_units.therapy.assistant_payment")
    if codes is None or share is None or pay is None:
        return NOTHING
    own = cast("Mapping[str, str]", codes.value).get(which or "", "")
    mark = f"{own} (beside the plan's modifier)" if own else "CQ (physical) or CO (occupational), beside GP or GO,"
    said = (
        f"{mark} stands on a line of which the assistant alone gave more than {float(str(share.value)):.0%} of "
        f"the minutes; Medicare pays such a "
        f"line at {float(str(pay.value)):.0%}."
    )
    part = therapy.assistant_share(question.text)
    verdict = None
    if part is not None:
        over = part[0] > part[1] * float(str(share.value))
        said = (
            f"{part[0]} of {part[1]} minutes are {'over' if over else 'not over'} a tenth, so "
            f"{own or 'CQ or CO'} is {'needed' if over else 'not needed'}. {said}"
        )
        verdict = (Verdict.YES if over else Verdict.NO) if question.wants_yes_or_no else None
    finding = Finding(
        Topic.MODIFIERS, Kind.PAYABLE, said, codes.references, verdict, branch=Branch(payer=Payer.MEDICARE)
    )
    return Findings((finding,), headlines=(said,))

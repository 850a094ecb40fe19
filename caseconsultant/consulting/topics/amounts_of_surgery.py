"""What operations come to: both sides, several in one session, endoscopy families, assistants and co-surgeons.

Source: Medicare Claims Processing Manual 12 §20.4.3, §40.6, §40.7 and §40.8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from caseconsultant.consulting.calculators.amounts import family_parts, part, ranked_shares
from caseconsultant.consulting.reading.helpers import Help, Helper
from caseconsultant.consulting.reading.worked_amounts import Asked
from caseconsultant.consulting.topics.amounts_told import Line, figure, money, of_schedule
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Kind

_SHARES: Final = "surgical_payment.multiple_procedures.shares"
_BILATERAL, _HELPERS, _FAMILY = (
    "surgical_payment.bilateral.factor",
    "surgical_payment.helpers.share",
    "surgical_payment.endoscopy.formula",
)
_USUAL, _REDUCED, _OF_FAMILIES, _ADD_ON = "2", frozenset({"1", "2"}), "3", "ZZZ"
_SEVERAL: Final = 2
_HELP: Final = re.compile(r"\bassist\w*|\bco-?\s?surg\w+|\bmod(?:ifier)?s?\b|\bteam\b", re.IGNORECASE)
_ASSISTANT: Final = re.compile(
    r"\bassist(?:ant|ing)? surgeons?\b|\bsurgical assist\w*\b|\bassistant at surgery\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A line's amount so far in cents, with its arithmetic."""

    line: Line
    cents: int
    said: str

    def times(self, share: object) -> _Step:
        """The amount taken by a share; all of it changes nothing."""
        whole = float(str(share)) == 1.0
        return self if whole else _Step(self.line, part(self.cents, share), f"{self.said} x {float(str(share)):g}")


def steps(lines: Sequence[Line], told: Asked, helper: Help | None, telling: Telling) -> int | None:
    """The total in cents after every step that is told of; None where none is."""
    helping = None if _misread(told, helper, telling) else _helping(helper, telling)
    lines = [each for each in lines if not _is_base(each, lines, telling)]
    if not lines or any(_never(each, helping, telling) for each in lines):
        return None
    several = len(lines) >= _SEVERAL and told.several
    both = [_factor(each, lines, told, telling) for each in lines]
    if not (helping or several or any(each != 1.0 for each in both)) or (len(lines) >= _SEVERAL and not several):
        return None
    worked = [
        _Step(each, each.cents, figure(each.cents)).times(factor) for each, factor in zip(lines, both, strict=True)
    ]
    worked = _ranked(worked, told, telling) if several else worked
    share = telling.table(_HELPERS).get(helping, 1.0) if helping else 1.0
    worked = [each.times(share) for each in worked]
    _said(worked, helping, share, several=several, both=both, telling=telling)
    return sum(each.cents for each in worked)


def _misread(told: Asked, helper: Help | None, telling: Telling) -> bool:
    """Whether the modifier is an amount: `20610 80`, and no word of anybody who helped."""
    figures = {str(each.cents // 100) for each in told.amounts}
    return (
        helper is not None
        and bool(helper.modifiers)
        and helper.modifiers <= figures
        and not _HELP.search(telling.question.text)
    )


def _is_base(line: Line, lines: Sequence[Line], telling: Telling) -> bool:
    """Whether a line is the base code of another line's endoscopy family."""
    fees = [telling.fee(each.code) for each in lines if each.code and each.code != line.code]
    return any(
        fee is not None and fee.multiple_procedure == _OF_FAMILIES and fee.endoscopic_base == line.code for fee in fees
    )


def _never(line: Line, helping: str | None, telling: Telling) -> bool:
    """Whether the code's indicator says that nobody who helps is paid; the subject of helpers tells that."""
    fee = telling.fee(line.code) if line.code and helping else None
    if fee is None:
        return False
    return fee.co_surgeon == "0" if helping == "62" else fee.assistant == "1"


def _helping(helper: Help | None, telling: Telling) -> str | None:
    """The modifier whose share is asked of: as written, else as the facts tell."""
    if helper is None or helper.team or helper.resident_available:
        return None
    written = sorted(helper.modifiers & {"62", "80", "81", "82", "AS"})
    if len(written) == 1:
        return written[0]
    if helper.co_surgeons:
        return "62"
    if helper.who is None:
        return "80" if _ASSISTANT.search(telling.question.text) else None
    return {Helper.NONPHYSICIAN: "AS", Helper.PHYSICIAN: "80"}.get(helper.who)


def _factor(line: Line, lines: Sequence[Line], told: Asked, telling: Telling) -> float:
    """What both sides are of one side's amount, by the code's indicator; 150 percent where no schedule tells."""
    if not ("50" in line.modifiers or (told.bilateral and len(lines) == 1)):
        return 1.0
    fee = telling.fee(line.code) if line.code else None
    factors = cast("Mapping[str, float | None]", telling.table(_BILATERAL))
    return float(factors.get(fee.bilateral if fee else "1") or 1.0)


def _ranked(worked: Sequence[_Step], told: Asked, telling: Telling) -> list[_Step]:
    """Families of endoscopies first; then the usual shares by rank; add-on codes and indicator 0 in full."""
    fees = [telling.fee(each.line.code) if each.line.code else None for each in worked]
    bases = {fee.endoscopic_base for fee in fees if fee and fee.multiple_procedure == _OF_FAMILIES}
    base = _base_amount(bases, told, telling)
    if len(bases) == 1 and base is not None and all(fee and fee.multiple_procedure == _OF_FAMILIES for fee in fees):
        return _family(worked, base, telling)
    scheme = cast("Sequence[float]", telling.table(_SHARES).get(_USUAL, (1.0, 0.5)))
    counted = [
        each
        for each, fee in zip(worked, fees, strict=True)
        if fee is None or _is_reduced(fee.multiple_procedure, fee.global_days)
    ]
    by_rank = dict(zip(map(id, counted), ranked_shares([each.cents for each in counted], scheme), strict=True))
    return [each.times(by_rank.get(id(each), 1.0)) for each in worked]


def _is_reduced(indicator: str, days: str) -> bool:
    return days != _ADD_ON and (indicator in _REDUCED or indicator == _OF_FAMILIES)


def _base_amount(bases: set[str | None], told: Asked, telling: Telling) -> int | None:
    """The base code's amount, as told or as the schedule has it."""
    if told.base is not None or len(bases) != 1:
        return told.base
    base = next(iter(bases))
    stated = next((each.cents for each in told.amounts if base and each.code == base), None)
    if stated is not None or not base:
        return stated
    found = telling.knowledge.fees.payment(
        base, on=telling.question.as_of, facility=telling.question.setting != "office"
    )
    return found.cents if found and not told.amounts else None


def _family(worked: Sequence[_Step], base: int, telling: Telling) -> list[_Step]:
    """The highest in full, each other one less the base; the base itself earns nothing beside them."""
    earned = family_parts([each.cents for each in worked], base)
    telling.say(
        f"Endoscopy family: the highest in full, each other one less the base code's {money(base)}.",
        _FAMILY,
        kind=Kind.PAYABLE,
    )
    return [
        each if each.cents == cents else _Step(each.line, cents, f"({each.said} - {figure(base)})")
        for each, cents in zip(worked, earned, strict=True)
    ]


def _said(
    worked: Sequence[_Step],
    helping: str | None,
    share: object,
    *,
    several: bool,
    both: Sequence[float],
    telling: Telling,
) -> None:
    total = sum(each.cents for each in worked)
    sums = "; ".join(f"{f'{each.line.code}: ' if each.line.code else ''}{_equation(each)}" for each in worked)
    arithmetic = f"{sums}{f'; together {figure(total)}' if len(worked) > 1 else ''}."
    whose = _whose(helping, share)
    source = of_schedule(tuple(each.line for each in worked), telling)
    rules = [
        path
        for path, holds in ((_HELPERS, helping), (_SHARES, several), (_BILATERAL, any(each != 1.0 for each in both)))
        if holds
    ]
    references = [each for step in worked for each in step.line.references]
    reasons = [
        *(
            ["the highest amount counts in full, each further one half (indicator 2)"]
            if " x 0.5" in sums and several
            else []
        ),
        *(["both sides are 150 percent of one"] if any(each == 1.5 for each in both) else []),  # noqa: PLR2004
    ]
    why = f"; {', '.join(reasons)}" if reasons else ""
    telling.head(f"{whose} {money(total)}{source}{why}: {arithmetic}", *rules, *references)
    telling.say(f"Arithmetic: {arithmetic}", *rules, kind=Kind.PAYABLE, arithmetic=arithmetic)


def _equation(step: _Step) -> str:
    return figure(step.cents) if step.said == figure(step.cents) else f"{step.said} = {figure(step.cents)}"


def _whose(helping: str | None, share: object) -> str:
    if helping == "62":
        return f"Each co-surgeon (62) is allowed {percent(share)} of the amount:"
    if helping == "AS":
        return f"AS (PA, NP or CNS) is allowed {percent(share)} of the surgeon's amount, 85 percent of 16:"
    return f"{helping} is allowed {percent(share)} of the surgeon's amount:" if helping else "Medicare allows"

"""The sentences of a worked amount: whose share it is, what is left of it, whether what was paid is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseconsultant.consulting.calculators.amounts import Paid, paid, part
from caseconsultant.consulting.reading.worked_amounts import Asked
from caseconsultant.consulting.topics.telling import Telling, percent
from caseconsultant.domain.answer import Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting

_NONPARTICIPATING: Final = "fees.formula.nonparticipating_share"
_LIMIT: Final = "fees.formula.limiting_charge_share_of_nonparticipating"
_COINSURANCE, _SEQUESTER, _PRACTITIONER = "fees.share.coinsurance", "fees.share.sequester", "fees.share.by_practitioner"
_ROUNDING: Final = 1
"""Cents by which roundings differ."""
_IN_OFFICE: Final = frozenset({Setting.OFFICE, Setting.HOME})


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its full amount in cents; `code` is empty where only the amount was told."""

    code: str
    cents: int
    references: tuple[Reference, ...] = ()
    modifiers: tuple[str, ...] = ()


def money(cents: int) -> str:
    """`$1,234.50`."""
    return f"${cents / 100:,.2f}"


def figure(cents: int) -> str:
    """`1234.50`, as it stands in arithmetic."""
    return f"{cents / 100:.2f}"


def lines_of(told: Asked, telling: Telling) -> tuple[Line, ...]:
    """The amounts told, each with its code; where none is told, the fee schedule's for the codes in question."""
    question = telling.question
    codes = [each.code for each in question.codes if not each.absent]
    written = {code: tuple(m for each in question.codes if each.code == code for m in each.modifiers) for code in codes}
    if told.amounts:
        only = codes[0] if len(codes) == 1 and len(told.amounts) == 1 else ""
        return tuple(
            Line(each.code or only, each.cents, (), written.get(each.code or only, ())) for each in told.amounts
        )
    facility = question.setting not in _IN_OFFICE
    paid = [
        (code, telling.knowledge.fees.payment(code, on=question.as_of, facility=facility))
        for code in dict.fromkeys(codes)
    ]
    return tuple(Line(code, each.cents, each.references, written[code]) for code, each in paid if each)


def of_schedule(lines: tuple[Line, ...], telling: Telling) -> str:
    """Where the amounts come from, empty where the sender told them."""
    if not any(each.references for each in lines):
        return ""
    place = "outside a facility" if telling.question.setting in _IN_OFFICE else "in a facility"
    return f" (national amounts of the fee schedule {place})"


def limited(line: Line, telling: Telling) -> tuple[int, ...]:
    """The nonparticipating amount and the limiting charge."""
    share, limit = str(telling.value(_NONPARTICIPATING, 0.95)), str(telling.value(_LIMIT, 1.15))
    lower = part(line.cents, share)
    most = part(lower, limit)
    arithmetic = f"{figure(line.cents)} x {share} = {figure(lower)}; x {limit} = {figure(most)}"
    telling.head(
        f"Of {money(line.cents)} for participating practitioners the nonparticipating amount is {money(lower)} "
        f"(95 percent) and the limiting "
        f"charge on an unassigned claim {money(most)} (115 percent of that, 109.25 percent of the whole).",
        _NONPARTICIPATING,
        _LIMIT,
        *line.references,
    )
    telling.say(f"Limiting charge: {arithmetic}.", _LIMIT, kind=Kind.PAYABLE, arithmetic=f"{arithmetic}.")
    return (most, lower)


def of_practitioner(lines: tuple[Line, ...], told: Asked, telling: Telling) -> int:
    """The share of who bills under an own number; all of it where the service is incident to the physician's."""
    share = telling.table(_PRACTITIONER).get(told.practitioner, 1.0)
    full = sum(each.cents for each in lines)
    own = part(full, share)
    source = of_schedule(lines, telling)
    who = told.practitioner.replace("_", " ") if told.practitioner != "nurse_practitioner" else "NP, PA or CNS"
    said = f"Under the own number of the {who} Medicare allows {percent(share)} of {money(full)}{source}: {money(own)}."
    if told.incident_to:
        said += f" Billed incident to (under the physician, all conditions met) it is 100 percent: {money(full)}."
    telling.head(said, _PRACTITIONER, *(each for line in lines for each in line.references))
    arithmetic = f"{figure(full)} x {share} = {figure(own)}."
    telling.say(f"Share: {arithmetic}", _PRACTITIONER, kind=Kind.PAYABLE, arithmetic=arithmetic)
    return own


def divided(allowed: int, told: Asked, telling: Telling) -> tuple[int, ...]:
    """Deductible, coinsurance and sequester of an allowed amount; in the first lines where they are asked of."""
    coinsurance, sequester = str(telling.value(_COINSURANCE, 0.2)), str(telling.value(_SEQUESTER, 0))
    parts = paid(allowed, coinsurance=coinsurance, sequester=sequester, deductible=told.deductible)
    said = _left(allowed, parts, coinsurance, sequester)
    if told.chain:
        telling.lead(said)
    telling.say(
        said,
        _COINSURANCE,
        _SEQUESTER,
        kind=Kind.PAYABLE,
        payer=Payer.MEDICARE,
        arithmetic=_chain(allowed, parts, coinsurance, sequester),
    )
    return (parts.program, parts.left)


def _left(allowed: int, parts: Paid, coinsurance: str, sequester: str) -> str:
    open_part = (
        f"{money(parts.deductible)} goes to the deductible and is the patient's; of the rest "
        if parts.deductible
        else ""
    )
    met = "" if parts.deductible else ", the deductible met,"
    return (
        f"Of {money(allowed)} allowed{met} {open_part}Medicare's {percent(1 - float(coinsurance))} is "
        f"{money(parts.program)}; less the "
        f"sequester of {percent(sequester)} ({money(parts.sequester)}) it pays {money(parts.left)}. The patient "
        f"owes {money(parts.patient)}, "
        "and the sequester may not be billed to anyone."
    )


def _chain(allowed: int, parts: Paid, coinsurance: str, sequester: str) -> str:
    rest = allowed - parts.deductible
    first = f"{figure(allowed)} - {figure(parts.deductible)} = {figure(rest)}; " if parts.deductible else ""
    program = f"{figure(rest)} x {1 - float(coinsurance):g} = {figure(parts.program)}"
    return f"{first}{program}; x {1 - float(sequester):g} = {figure(parts.left)}."


def checked(told: Asked, expected: tuple[int, ...], telling: Telling) -> tuple[Verdict, ...]:
    """Whether what was paid is one of the amounts it may rightly be, as an answer to the question as it was put."""
    if not told.paid or not expected:
        return ()
    right = any(abs(each - told.paid[-1]) <= _ROUNDING for each in expected)
    telling.lead(f"{money(told.paid[-1])} {'is that amount' if right else 'is another amount'}.")
    return (Verdict.YES if right != told.doubted else Verdict.NO,)

"""The first lines of an answer: what to bill, on what it hangs, what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.branches import named, payer_named
from caseconsultant.consulting.scope import HELD
from caseconsultant.consulting.turning import opening
from caseconsultant.domain.answer import ConditionalLine, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.question import Question, Service


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines as they came out: standing, hanging on a fact, refused with the reason."""

    codes: Mapping[str, int]
    earned: Mapping[str, tuple[str, ...]]
    """Modifiers of standing lines."""
    conditional: tuple[ConditionalLine, ...]
    refused: Mapping[str, str]
    refused_in: Mapping[str, tuple[Setting, ...]]
    """Settings in which a line can never stand, where it can in another."""
    corrections: tuple[str, ...]
    """Sentences that say what the sender has wrong."""
    lengths: Mapping[str, int]
    """Minutes behind a line, where they were written."""
    short: tuple[str, ...]
    """Sentences on infusions too short for any code."""
    unknown: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    """What the loaded knowledge leaves open about the lines."""
    described: tuple[str, ...] = ()
    """What was asked about a code itself, where no claim is in question."""


def bottom_line(outcome: Outcome, verdict: Verdict | None, question: Question) -> str:
    """A few short sentences; the first one answers."""
    described = (*outcome.described, *outcome.corrections) if outcome.described else ()
    sentences = list(described or _sentences(outcome, question))
    if not sentences:
        return _nothing(outcome, question)
    return " ".join([opening(verdict, question) + sentences[0], *sentences[1:]])


def refused_said(outcome: Outcome) -> Iterator[str]:
    """The lines that fall away, with the reason."""
    yield from _refused(outcome)


def lines_said(outcome: Outcome) -> Iterator[str]:
    """What becomes of the other lines: standing, or hanging on a fact."""
    yield from _standing(outcome)
    for code, settings in outcome.refused_in.items():
        if settings:
            yield f"{code} never {_and([named(setting) for setting in settings])}."
    yield from _conditional(outcome.conditional, outcome.codes)


def _sentences(outcome: Outcome, question: Question) -> Iterator[str]:
    """What is wrong comes first, then what stands, then what hangs on a fact."""
    if question.alternatives:
        yield from _standing(outcome)
    yield from _refused(outcome)
    yield from outcome.corrections
    yield from outcome.short
    if not question.alternatives:
        yield from _standing(outcome)
    for code, settings in outcome.refused_in.items():
        if settings:
            yield f"{code} never {_and([named(setting) for setting in settings])}."
    yield from _conditional(outcome.conditional, outcome.codes)
    if not (outcome.codes or outcome.conditional or outcome.refused):
        return
    if outcome.unknown:
        yield f"{_and(outcome.unknown)}: not in the loaded knowledge, so nothing is said of it."
    yield from (doubt for doubt in outcome.doubts if not any(code in doubt for code in outcome.unknown))
    if question.payer not in {None, Payer.MEDICARE} and question.payer is not None:
        yield f"The edits are Medicare's; for {payer_named(question.payer)} the plan's own policy decides."


def _standing(outcome: Outcome) -> Iterator[str]:
    """One sentence for the lines of each length of time, one for the rest."""
    lengths = dict.fromkeys(outcome.lengths.get(code) for code in outcome.codes)
    for minutes in sorted(lengths, key=lambda each: each is None):
        lines = [_line(code, outcome) for code in outcome.codes if outcome.lengths.get(code) == minutes]
        length = f" for {minutes} minutes" if minutes else ""
        yield f"{_and(lines)} {'is' if len(lines) == 1 else 'are'} right{length}."


def _line(code: str, outcome: Outcome) -> str:
    modifiers = outcome.earned.get(code, ())
    return f"{code} x{outcome.codes[code]}" + (f" with {_or(modifiers)}" if modifiers else "")


def _refused(outcome: Outcome) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for code, why in outcome.refused.items():
        by_reason.setdefault(why, []).append(code)
    for why, codes in by_reason.items():
        yield f"{_and(codes)} cannot be billed: {why}."


def _conditional(lines: Sequence[ConditionalLine], standing: Mapping[str, int]) -> Iterator[str]:
    """Lines that hang on the same fact are said in one sentence; beside a standing line they are another."""
    alike: dict[tuple[object, ...], list[ConditionalLine]] = {}
    for line in lines:
        alike.setdefault((line.when, line.modifiers, line.branch), []).append(line)
    for each in alike.values():
        first = each[0]
        codes = _and([f"{line.code} x{line.units}" if line.units > 1 or len(each) > 1 else line.code for line in each])
        codes = f"Another {codes}" if first.code in standing else codes
        where = f" {named(first.branch.setting)}" if first.branch.setting else ""
        modifiers = f", with modifier {_or(first.modifiers)}" if first.modifiers else ""
        yield f"{codes}{where} only if {first.when}{modifiers}."


def _nothing(outcome: Outcome, question: Question) -> str:
    if outcome.unknown:
        held = "is" if len(outcome.unknown) == 1 else "are"
        return f"{_and(outcome.unknown)} {held} not in the loaded knowledge, so a person has to look this up. {HELD}"
    if outcome.doubts:
        return " ".join(outcome.doubts)
    if not question.text.strip():
        return "The message holds no question."
    if any(each.service is not Service.VISIT for each in question.services) or question.drugs:
        return "There is no code to give yet: the route, the drug and the minutes decide it."
    return f"We found no code or service in the question that our sources cover, so there is no answer yet. {HELD}"


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))

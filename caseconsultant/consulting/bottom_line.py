"""The first lines of an answer: what to bill, on what it hangs, what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caseconsultant.consulting.branches import named
from caseconsultant.domain.answer import ConditionalLine, Verdict
from caseconsultant.domain.question import Question


@dataclass(frozen=True, slots=True)
class Outcome:
    """The lines as they came out: standing, hanging on a fact, refused with the reason."""

    codes: Mapping[str, int]
    earned: Mapping[str, tuple[str, ...]]
    """Modifiers of standing lines."""
    conditional: tuple[ConditionalLine, ...]
    refused: Mapping[str, str]
    over_asked: tuple[str, ...]
    """Sentences that correct the units asked."""
    unknown: tuple[str, ...]


def bottom_line(outcome: Outcome, verdict: Verdict | None, question: Question) -> str:
    """A few short sentences; the first one answers."""
    sentences = list(_sentences(outcome, question))
    if not sentences:
        return _nothing(outcome, question)
    opening = {Verdict.YES: "Yes: ", Verdict.NO: "No: "}.get(verdict, "") if verdict else ""
    first = sentences[0] if not opening else opening + sentences[0]
    return " ".join([first, *sentences[1:]])


def _sentences(outcome: Outcome, question: Question) -> Iterator[str]:
    if outcome.refused and not outcome.conditional:
        yield from _refused(outcome)
        yield from outcome.over_asked
        yield from _standing(outcome, question)
    else:
        yield from _standing(outcome, question)
        yield from outcome.over_asked
        yield from _refused(outcome)
    yield from _conditional(outcome.conditional)
    if outcome.unknown and (outcome.codes or outcome.conditional or outcome.refused):
        yield f"{_and(outcome.unknown)}: not in the loaded knowledge, so nothing is said of it."


def _standing(outcome: Outcome, question: Question) -> Iterator[str]:
    if not outcome.codes:
        return
    lines = _and([f"{_with(code, outcome.earned)} x{units}" for code, units in outcome.codes.items()])
    be = "is" if len(outcome.codes) == 1 else "are"
    length = f" for {question.minutes} minutes" if question.minutes else ""
    yield f"{lines} {be} right{length}."


def _with(code: str, earned: Mapping[str, tuple[str, ...]]) -> str:
    modifiers = earned.get(code, ())
    return f"{code} with {_or(modifiers)}" if modifiers else code


def _refused(outcome: Outcome) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for code, why in outcome.refused.items():
        by_reason.setdefault(why, []).append(code)
    for why, codes in by_reason.items():
        yield (
            f"not {_and(codes)}: {why}."
            if not outcome.codes and len(by_reason) == 1
            else f"{_and(codes)} cannot be billed: {why}."
        )


def _conditional(lines: Sequence[ConditionalLine]) -> Iterator[str]:
    for line in lines:
        count = f" x{line.units}" if line.units > 1 else ""
        where = f" {named(line.branch.setting)}" if line.branch.setting else ""
        modifiers = f", with modifier {_or(line.modifiers)}" if line.modifiers else ""
        yield f"{line.code}{count}{where} only if {line.when}{modifiers}."


def _nothing(outcome: Outcome, question: Question) -> str:
    if outcome.unknown:
        return f"{_and(outcome.unknown)}: not in the loaded knowledge. This needs a person with the code set at hand."
    if not question.text.strip():
        return "The message holds no question."
    return "The question names no service this knowledge covers, so there is no answer to give yet."


def _and(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _or(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))

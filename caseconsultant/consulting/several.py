"""Several questions in one mail: an answer each, and the outer one that sums them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from caseconsultant.domain.answer import Answer, Confidence, Verdict

_Item = TypeVar("_Item")
_GRADES = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
_MOST_ASKS = 3


def summed(parts: Sequence[Answer]) -> Answer:
    """The parts' lines, statements and asks together. The verdict is theirs where they agree, else it depends."""
    verdicts = {each.verdict for each in parts if each.verdict}
    codes: dict[str, int] = {}
    earned: dict[str, tuple[str, ...]] = {}
    for each in parts:
        codes |= {code: max(units, codes.get(code, 0)) for code, units in each.codes.items()}
        earned |= each.earned
    return Answer(
        verdict=verdicts.pop() if len(verdicts) == 1 else Verdict.DEPENDS if verdicts else None,
        bottom_line=" ".join(f"{number}. {each.bottom_line}" for number, each in enumerate(parts, 1)),
        codes=codes,
        conditional=_once(chain.from_iterable(each.conditional for each in parts)),
        modifiers=_once(chain.from_iterable(each.modifiers for each in parts)),
        diagnoses=_once(chain.from_iterable(each.diagnoses for each in parts)),
        findings=_once(chain.from_iterable(each.findings for each in parts)),
        asks=_once(chain.from_iterable(each.asks for each in parts))[:_MOST_ASKS],
        changes=_once(chain.from_iterable(each.changes for each in parts)),
        edition_gap=_once(chain.from_iterable(each.edition_gap for each in parts)),
        confidence=min((each.confidence for each in parts), key=_GRADES.index),
        parts=tuple(parts),
        earned=earned,
    )


def _once(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))

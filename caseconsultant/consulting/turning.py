"""A question that asks for a refusal (`is the denial right?`) is answered the other way round."""

from __future__ import annotations

from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

_TURNED = {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}
_OPENINGS = {Verdict.YES: "Yes: ", Verdict.NO: "No: "}
_OPENINGS_TURNED = {Verdict.YES: "Yes, that is right: ", Verdict.NO: "No, that is not right: "}


def answered(verdict: Verdict | None, question: Question) -> Verdict | None:
    """The verdict on the lines as an answer to the question as it was put."""
    return _TURNED.get(verdict, verdict) if verdict and question.asks_for_a_refusal else verdict


def opening(verdict: Verdict | None, question: Question) -> str:
    """How the first sentence begins under that answer."""
    openings = _OPENINGS_TURNED if question.asks_for_a_refusal else _OPENINGS
    return openings.get(verdict, "") if verdict else ""

"""What several subjects ask of one question is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Protocol, TypeVar

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.question import Question

_Found_co = TypeVar("_Found_co", covariant=True)
_AT_ONCE = 4
"""Questions whose parts are remembered: a mail's and its parts'; more would keep texts for nothing."""


class _Asked(Protocol[_Found_co]):
    def __call__(self, question: Question, *, knowledge: Knowledge) -> _Found_co:
        """What is found of a question."""


def remembered(find: Callable[..., _Found_co]) -> _Asked[_Found_co]:
    """The function of a question and the knowledge, asked once for each of the last few questions."""
    kept = lru_cache(maxsize=_AT_ONCE)(lambda question, knowledge: find(question, knowledge=knowledge))

    def of(question: Question, *, knowledge: Knowledge) -> _Found_co:
        return kept(question, knowledge)

    update_wrapper(of, find)
    return of

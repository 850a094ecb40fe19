"""What the subjects of pathology share: how lines are counted, named, and held against those proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from caseconsultant.consulting.reading.billing import facility_bills, in_hospital
from caseconsultant.consulting.topics.telling import Telling
from caseconsultant.domain.answer import Verdict
from caseconsultant.domain.question import Question

Entry = Mapping[str, Any]
_NUMBERS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def number_of(word: str) -> int:
    """A number in digits or as a word."""
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def fits(units: Mapping[str, int], question: Question) -> Verdict | None:
    """Yes where the sender proposes these very lines and asks for yes or no."""
    mentions = [each for each in question.codes if not each.absent and each.code not in question.alternatives]
    fits = bool(mentions) and all((each.units or 1) == units.get(each.code) for each in mentions)
    return Verdict.YES if fits and question.wants_yes_or_no else None


def part(telling: Telling) -> tuple[str, ...]:
    """26 for the pathologist's part where the patient is a hospital's."""
    own = in_hospital(telling.question) and facility_bills(telling.question) is not True
    return ("26",) if own else ()


def plural(number: int, noun: str) -> str:
    """`1 block`, `2 blocks`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def capital(name: str) -> str:
    """The name as it opens a sentence."""
    return name[:1].upper() + name[1:]

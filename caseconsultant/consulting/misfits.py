"""Codes of an infusion other than the one that is told of: of another route, or of chemotherapy for a plain drug."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.courses import beneath_the_skin
from caseconsultant.consulting.encounter import carries_drug
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Circumstance, Question
from caseconsultant.domain.records import Parameter

_BENEATH_THE_SKIN, _INTO_A_VEIN = "96369", "96365"
_HYDRATION = "hydration"
_THERAPEUTIC, _CHEMOTHERAPY = "therapeutic", "chemotherapy_infusion"
_CANCER = re.compile(r"\b(?:chemo\w*|cancer|oncolog\w*|biologics?|\w{3,20}mab|J9\d{3})\b", re.IGNORECASE)
_ONE_CHEMOTHERAPY = frozenset({"96413", "96415"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """Codes asked that are not those of the infusion told of, the code that opens it, and why, after `it is`."""

    codes: tuple[str, ...]
    opening: str
    why: str
    references: tuple[Reference, ...] = ()
    """Of the rule that says so, where it is not the codes themselves."""
    beside: bool = False
    """Whether the right opening code may be on the claim too."""


def misfit(asked: Mapping[str, CodeMention], question: Question, knowledge: Knowledge) -> Misfit | None:
    """The codes that do not fit, None where all may; a question between codes is answered as one."""
    found = () if question.alternatives else _misfits(asked, question, knowledge)
    return next((each for each in found if each.codes and (each.beside or each.opening not in asked)), None)


def _misfits(asked: Mapping[str, CodeMention], question: Question, knowledge: Knowledge) -> Iterator[Misfit]:
    if beneath_the_skin(question):
        codes = _of_family(_THERAPEUTIC, asked, question, knowledge)
        yield Misfit(codes, _BENEATH_THE_SKIN, "for an infusion into a vein, and the drug ran under the skin")
    if carries_drug(question):
        codes = _of_family(_HYDRATION, asked, question, knowledge)
        yield Misfit(codes, _INTO_A_VEIN, "hydration, and this fluid carries the drug", beside=True)
    rule = _never_chemotherapy(question, knowledge)
    drug = next((each.drug for each in question.drugs), "")
    if rule and drug in cast("Sequence[str]", rule.value) and _alone(question):
        codes = _of_family(_CHEMOTHERAPY, asked, question, knowledge)
        why = f"for chemotherapy and complex biologics, and {drug} is neither"
        yield Misfit(codes, _INTO_A_VEIN, why, rule.references)


def _of_family(
    family: str, asked: Mapping[str, CodeMention], question: Question, knowledge: Knowledge
) -> tuple[str, ...]:
    records = {code: knowledge.code(code, on=question.as_of) for code in asked}
    return tuple(code for code, record in records.items() if record and record.family == family)


def _never_chemotherapy(question: Question, knowledge: Knowledge) -> Parameter | None:
    """The rule on drugs that are no chemotherapy whoever gets them (Claims Processing Manual 12 §30.5)."""
    try:
        return knowledge.parameter("drugs.never_chemotherapy", on=question.as_of)
    except KnowledgeError:
        return None


def _alone(question: Question) -> bool:
    """Whether one drug is told of, with the codes of one infusion, and nothing of cancer or a second drug."""
    told = len({each.drug for each in question.drugs}) == 1 and Circumstance.OTHER_DRUG not in question.circumstances
    codes = {each.code for each in question.codes if each.code[0] not in "JQ"}
    return told and codes <= _ONE_CHEMOTHERAPY and not _CANCER.search(question.text)

"""Scores answers against what they must hold: the examination of `knowledge/questions/`, case by case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseconsultant.consulting.consultant import consult
from caseconsultant.consulting.contract import consultation_object
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.spoken import says, spoken
from caseconsultant.domain.answer import Answer, Confidence
from caseconsultant.domain.codes import Payer, Setting

Case = Mapping[str, Any]
_VERDICTS = {True: "yes", False: "no"}
"""YAML reads a bare yes and no as booleans."""


@dataclass(frozen=True, slots=True)
class Score:
    """One case: what the answer lacks, and whether it is wrong with high confidence."""

    id: str
    missed: tuple[str, ...]
    gravely: bool

    @property
    def passed(self) -> bool:
        """Whether nothing is missed."""
        return not self.missed


def examine(case: Case, *, knowledge: Knowledge, today: date) -> Score:
    """The score of a case; never raises on any question."""
    consultation = consult(
        str(case["question"]),
        knowledge=knowledge,
        as_of=case.get("as_of") or today,
        payer=Payer(case["payer"]) if case.get("payer") else None,
        setting=Setting(case["setting"]) if case.get("setting") else None,
    )
    missed = tuple(_missed(case, consultation.answer, consultation_object(consultation, id=None)["question"]))
    wrong = any(each.startswith("verdict") for each in missed)
    gravely = wrong and consultation.answer.confidence is Confidence.HIGH
    return Score(str(case.get("id") or case["question"])[:70], missed, gravely)


def _missed(case: Case, answer: Answer, question: Any) -> Iterator[str]:  # noqa: ANN401  # object of the contract
    yield from _lines_missed(case, answer)
    said = spoken(answer)
    yield from (f"does not say {each!r}" for each in case.get("say", ()) if not says(said, each))
    yield from (f"says {each!r}" for each in case.get("never", ()) if says(said, each))
    asks = " ".join(answer.asks)
    yield from (f"does not ask {each!r}" for each in case.get("asks", ()) if not says(asks, each))
    yield from _codes_read(case, question)


def _lines_missed(case: Case, answer: Answer) -> Iterator[str]:
    """The verdict and what stands in the fields of the answer: lines, modifiers, diagnoses."""
    verdict = answer.verdict.value if answer.verdict else None
    wanted = case.get("verdict")
    wanted = _VERDICTS[wanted] if isinstance(wanted, bool) else wanted
    if "verdict" in case and verdict not in (wanted.split(" | ") if wanted else [None]):
        yield f"verdict {verdict}, not {wanted}"
    if "codes" in case and answer.codes != case["codes"]:
        yield f"codes {answer.codes}, not {case['codes']}"
    hanging = {line.code for line in answer.conditional}
    yield from (f"conditional lacks {code}" for code in case.get("conditional", ()) if code not in hanging)
    yield from (f"modifiers lack {each}" for each in _missing_modifiers(case, answer))
    yield from (f"{line} is missing" for line in _missing_on_lines(case, answer))
    if "diagnoses" in case and list(answer.diagnoses) != case["diagnoses"]:
        yield f"diagnoses {', '.join(answer.diagnoses) or 'none'}, not {', '.join(case['diagnoses'])}"


def _missing_modifiers(case: Case, answer: Answer) -> Sequence[str]:
    """A modifier may also be named in a statement, where no line carries it."""
    statements = " ".join(finding.statement for finding in answer.findings)
    wanted = map(str, case.get("modifiers", ()))
    return [each for each in wanted if each not in answer.modifiers and not re.search(rf"\b{each}\b", statements)]


def _missing_on_lines(case: Case, answer: Answer) -> Iterator[str]:
    """`modifiers_of`: each modifier has to stand on the line of that code, standing or conditional."""
    for code, wanted in case.get("modifiers_of", {}).items():
        carried = {*answer.earned.get(code, ())}.union(
            *(line.modifiers for line in answer.conditional if line.code == code)
        )
        yield from (f"{code}-{modifier}" for modifier in map(str, wanted) if modifier not in carried)


def _codes_read(case: Case, question: Any) -> Iterator[str]:  # noqa: ANN401
    """For texts of numbers: which codes may be read out of them."""
    read = {code["code"] for code in question["codes"]} | {each["code"] for each in question["diagnoses"]}
    if case.get("no_codes") and read:
        yield f"reads {', '.join(sorted(read))}"
    if "only_codes" in case and read != set(map(str, case["only_codes"])):
        yield f"reads {', '.join(sorted(read)) or 'nothing'}, not {', '.join(map(str, case['only_codes']))}"

"""Scores answers against what they must hold: the examination of `knowledge/questions/`, case by case."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from caseconsultant.consulting.consultant import consult
from caseconsultant.consulting.contract import consultation_object
from caseconsultant.consulting.knowledge import Knowledge
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
    told = consultation_object(consultation, id=None)
    answer: Any = told["answer"]
    missed = tuple(_missed(case, told["question"], answer))
    wrong = any(each.startswith("verdict") for each in missed)
    return Score(str(case.get("id") or case["question"])[:70], missed, wrong and answer["confidence"] == "high")


def _missed(case: Case, question: Any, answer: Any) -> Iterator[str]:  # noqa: ANN401  # objects of the contract
    if "verdict" in case:
        wanted = _VERDICTS.get(case["verdict"], case["verdict"])
        if answer["verdict"] != wanted:
            yield f"verdict {answer['verdict']}, not {wanted}"
    if "codes" in case and answer["codes"] != case["codes"]:
        yield f"codes {answer['codes']}, not {case['codes']}"
    hanging = {line["code"] for line in answer["conditional"]}
    yield from (f"conditional lacks {code}" for code in case.get("conditional", ()) if code not in hanging)
    yield from (f"modifiers lack {each}" for each in _missing_modifiers(case, answer))
    said = json.dumps(answer, ensure_ascii=False).lower()
    yield from (f"does not say {each!r}" for each in case.get("say", ()) if not _says(said, each))
    yield from (f"says {each!r}" for each in case.get("never", ()) if str(each).lower() in said)
    asks = " ".join(answer["asks"]).lower()
    yield from (f"does not ask {each!r}" for each in case.get("asks", ()) if not _says(asks, each))
    yield from _codes_read(case, question)


def _missing_modifiers(case: Case, answer: Any) -> Sequence[str]:  # noqa: ANN401
    """A modifier may also be named in a statement, where no line carries it."""
    statements = " ".join(finding["statement"] for finding in answer["findings"])
    wanted = map(str, case.get("modifiers", ()))
    return [each for each in wanted if each not in answer["modifiers"] and not re.search(rf"\b{each}\b", statements)]


def _says(said: str, wanted: object) -> bool:
    """Whether one of the alternatives stands there."""
    return any(each.strip().lower() in said for each in str(wanted).split(" | "))


def _codes_read(case: Case, question: Any) -> Iterator[str]:  # noqa: ANN401
    """For texts of numbers: which codes may be read out of them."""
    read = {code["code"] for code in question["codes"]} | {each["code"] for each in question["diagnoses"]}
    if case.get("no_codes") and read:
        yield f"reads {', '.join(sorted(read))}"
    if "only_codes" in case and read != set(map(str, case["only_codes"])):
        yield f"reads {', '.join(sorted(read)) or 'nothing'}, not {', '.join(map(str, case['only_codes']))}"

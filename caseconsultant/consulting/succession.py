"""Codes that have ended: their last day, and what is reported since (`knowledge/rules/succession.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Reference
from caseconsultant.domain.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Ended:
    """A code that has ended: its last day, and what is reported since."""

    last: date
    by: tuple[str, ...]
    but: str
    references: tuple[Reference, ...]


def ended(code: str, *, on: date, knowledge: Knowledge) -> Ended | None:
    """The end of a code that lies before the day, and its successors; None where nothing is known of one."""
    try:
        rule = knowledge.parameter("succession.ended.codes", on=on)
    except KnowledgeError:
        return None
    rows = cast("Sequence[Mapping[str, Any]]", rule.value)
    row = next((each for each in rows if code in each["codes"]), None)
    if row is None or date.fromisoformat(row["last"]) >= on:
        return None
    return Ended(date.fromisoformat(row["last"]), tuple(row["by"]), row.get("but", ""), rule.references)

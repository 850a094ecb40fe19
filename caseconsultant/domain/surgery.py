"""What a question tells of an operation's package: when, how the later service belongs to it, who gave it where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How a service belongs to the operation before it, as the sender tells."""

    UNRELATED = "unrelated"
    COMPLICATION = "complication"
    RECOVERY = "recovery"
    """Usual follow-up: a postoperative check, sutures, dressings."""
    STAGED = "staged"
    """Planned, staged, more extensive, or therapy after a diagnosis."""


class VisitWork(StrEnum):
    """What a visit beside a procedure was for, as the sender tells."""

    SEPARATE = "separate"
    """Another problem was worked up as well."""
    DECISION_ONLY = "decision_only"
    """Nothing but the decision on the procedure, or the procedure was planned before."""
    DECIDED_BEFORE = "decided_before"
    """The decision to operate was made at an earlier visit."""
    DECIDED = "decided"
    """The decision to operate was made at this visit."""


class Timing(StrEnum):
    """When a visit stands to the operation."""

    SAME_DAY = "same_day"
    DAY_BEFORE = "day_before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class SurgicalCourse:
    """The operation's package as told; None where the words leave it open. `day` counts from the day after."""

    timing: Timing | None = None
    day: int | None = None
    relation: Relation | None = None
    work: VisitWork | None = None
    operating_room: bool | None = None
    """Whether the later service was given in an operating room or its like."""
    other_side: bool = False
    regions: frozenset[str] = frozenset()
    """Parts of the body named; two of them tell that a later problem lies elsewhere."""
    earlier: tuple[str, ...] = ()
    """Codes written of the operation that came first."""
    visit_told: bool = False
    """A visit is told of, in words or by code."""
    operation_told: bool = False
    """An operation is told of, in words or by code."""
    other_group: bool = False
    """The later service was by someone outside the surgeon's group or specialty."""


NO_SURGERY = SurgicalCourse()

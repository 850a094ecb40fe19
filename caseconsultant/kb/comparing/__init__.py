"""What is authored beside what the loaded tables say; one module a kind of fact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A day on which the two say otherwise."""

    source: str
    subject: str
    on: date
    authored: str
    published: str

    def __str__(self) -> str:
        return f"{self.source} {self.subject} on {self.on}: knowledge says {self.authored}; table says {self.published}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One authored fact: whether a loaded table speaks of it, and where the two disagree."""

    compared: bool
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(slots=True)
class Verification:
    """How many authored facts a loaded table speaks of, how many none does, and where the two disagree."""

    checked: int = 0
    unchecked: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)

"""What a topic hands to the consultant: statements, opinions on claim lines, questions back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from caseconsultant.domain.answer import Branch, Confidence, Finding


class Standing(IntEnum):
    """How a claim line stands; of several opinions the gravest counts."""

    STANDS = 0
    CONDITIONAL = 1
    REFUSED = 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """A topic's view of one claim line. `when` completes 'only if ...'; `why` says why a line is refused."""

    code: str
    standing: Standing
    units: int | None = None
    when: str = ""
    why: str = ""
    most: int | None = None
    """Units an absolute limit leaves of the line."""
    modifiers: tuple[str, ...] = ()
    branch: Branch = field(default_factory=Branch)


@dataclass(frozen=True, slots=True)
class Findings:
    """The work of one topic. `gaps` are sentences of editions that ended; `doubts` what the sources leave open."""

    findings: tuple[Finding, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    asks: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    grounds: tuple[Confidence, ...] = ()
    """How the articles used are graded."""
    corrections: tuple[str, ...] = ()
    """Sentences that say plainly what the sender has wrong; each makes the answer a no."""


def joined(parts: Iterable[Findings]) -> Findings:
    """All parts as one, each sentence and finding once, in their order."""
    each = tuple(parts)
    return Findings(
        findings=tuple(dict.fromkeys(finding for part in each for finding in part.findings)),
        opinions=tuple(dict.fromkeys(opinion for part in each for opinion in part.opinions)),
        asks=tuple(dict.fromkeys(ask for part in each for ask in part.asks)),
        changes=tuple(dict.fromkeys(change for part in each for change in part.changes)),
        gaps=tuple(dict.fromkeys(gap for part in each for gap in part.gaps)),
        grounds=tuple(dict.fromkeys(ground for part in each for ground in part.grounds)),
        corrections=tuple(dict.fromkeys(sentence for part in each for sentence in part.corrections)),
        doubts=tuple(dict.fromkeys(doubt for part in each for doubt in part.doubts)),
    )

"""What a topic hands to the consultant: statements, opinions on claim lines, questions back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from enum import IntEnum
from itertools import chain

from caseconsultant.domain.answer import Branch, ConditionalLine, Confidence, Finding, Reference, Verdict


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
class Note:
    """What the note must say for one line or thing: `about` is a code or a name, `says` the parts of one sentence."""

    about: str
    says: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """The work of one topic. `doubts` say what the sources leave open."""

    findings: tuple[Finding, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    asks: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    grounds: tuple[Confidence, ...] = ()
    """How the articles used are graded."""
    corrections: tuple[str, ...] = ()
    """Sentences that say plainly what the sender has wrong; each makes the answer a no."""
    notes: tuple[Note, ...] = ()
    headlines: tuple[str, ...] = ()
    """Sentences that answer what was asked, for the first lines of the reply."""
    leaning: tuple[Verdict, ...] = ()
    """How the article whose question is asked answers it; counts only where no table or rule decides."""
    ruled: tuple[Verdict, ...] = ()
    """How an article rules on the very facts that are told; gives way to a table's no and to nothing else."""
    settled: tuple[str, ...] = ()
    """Codes whose pairs and primaries a topic has weighed by the facts; the tables' conditions on them are told."""
    closed: tuple[str, ...] = ()
    """Codes of which a topic has said all there is; the tables of a claim are not asked of them again."""
    further: tuple[ConditionalLine, ...] = ()
    """Lines beside one of the same code: the first stands or falls by itself, each of these hangs on a fact."""
    diagnoses: tuple[str, ...] = ()
    """Diagnoses worked out, in order; those of the question follow them."""
    amounts: tuple[int, ...] = ()
    """Amounts worked out, in cents: how much has no yes or no unless an amount paid is held against them."""
    no_diagnoses: tuple[str, ...] = ()
    """Diagnoses of the question that do not stand."""


_FIELDS = tuple(each.name for each in fields(Findings))


def joined(parts: Iterable[Findings]) -> Findings:
    """All parts as one, in their order."""
    each = [part for part in parts if part is not NOTHING]
    if len(each) == 1:
        return each[0]
    return Findings(*(tuple(chain.from_iterable(getattr(part, name) for part in each)) for name in _FIELDS))


def distinct(found: Findings) -> Findings:
    """Every sentence, finding and opinion once, in their order."""
    return Findings(*(tuple(dict.fromkeys(getattr(found, name))) for name in _FIELDS))


NOTHING = Findings()

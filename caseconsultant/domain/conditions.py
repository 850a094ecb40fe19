"""Conditions as coders name them, the codes they take, and what two of them together become: records of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from caseconsultant.domain.answer import Reference

Words = tuple[str, ...]


class Status(StrEnum):
    """How a condition is told of."""

    PRESENT = "present"
    ABSENT = "absent"
    HISTORY = "history"
    FAMILY = "family"
    UNCERTAIN = "uncertain"


class Side(StrEnum):
    """The side of a condition; `OPEN` where none is told."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the kinds of a condition: the characters it puts into the code, or the whole code."""

    words: Words
    put: str = ""
    code: str | None = None
    name: str = ""
    vague: str = ""
    """What is still to be asked where this is told."""
    least: float | None = None
    """The least figure, inclusive, where a figure decides; `most` is the first that is too high."""
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What decides some characters of a code, first choice first; `otherwise` where nothing is told of it."""

    name: str
    choices: tuple[Choice, ...]
    otherwise: Choice
    ask: str = ""
    figure: Words = ()
    """Words after which the figure stands that decides, such as `bmi`."""
    anywhere: bool = False
    """Whether the whole text tells it, not only the sentence of the condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with its words and the code it takes alone."""

    id: str
    name: str
    words: Words
    code: str
    """With a brace for each part: `N18.{stage}`; empty where it only tells something of another condition."""
    references: tuple[Reference, ...]
    not_words: Words = ()
    groups: Words = ()
    stem: str = ""
    """The beginning of the codes it makes with others."""
    parts: tuple[Part, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    """The character of each side, for `{side}`; with `right_dominant` and the like, of the side by handedness."""
    history: str = ""
    """The condition it is once it is history; the same one where it is chronic."""
    family: str = ""
    """The condition of a family history of it."""
    rank: int = 5
    """The place among others whose order no note fixes: 0 first, 9 last."""
    needs: Words = ()
    """Conditions or groups without which it is not coded."""
    yields: Words = ()
    """Conditions or groups beside which it is not coded: they say more."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Codes that are written for it in error, each with what that code is for."""
    note: str = ""

    def is_of(self, name: str) -> bool:
        """Whether it is the condition of that id, or of that group."""
        return name == self.id or name in self.groups


@dataclass(frozen=True, slots=True)
class Combination:
    """What conditions become together, and the order that the notes fix."""

    of: Words
    code: str
    name: str
    references: tuple[Reference, ...]
    parts: tuple[Part, ...] = ()
    replaces: Words = ()
    """Members whose own codes fall away."""
    uses: Words = ()
    """Members that fall away and enter no further combination."""
    sided: str = ""
    """The member whose side the code tells."""
    sides: Mapping[str, str] = field(default_factory=dict)
    then: Words = ()
    """Members that stand after this code."""
    after: Words = ()
    """Members that stand before this code."""
    first: str = ""
    """Without a code: the member that stands before all others."""
    with_codes: Mapping[str, Words] = field(default_factory=dict)
    """Beginnings of the code that a member must have."""
    assumed: bool = False
    """Whether the link is assumed unless the record says otherwise."""
    says: Words = ()
    """Words of which one must be told."""
    why: str = ""
    why_unless: Words = ()
    """Words beside which the reason need not be told."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    rank: int = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A condition as the text tells it."""

    condition: Condition
    start: int
    status: Status
    side: str
    """A key of `sides`."""
    chosen: Mapping[str, Choice]
    open: tuple[str, ...] = ()
    """What to ask, as the text does not tell it."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A code worked out, with its name."""

    code: str
    name: str
    references: tuple[Reference, ...]
    position: tuple[int, int]
    asks: tuple[str, ...] = ()
    of: Words = ()
    """The conditions it stands for."""
    complete: bool = True
    """Whether the code has all its characters."""


@dataclass(frozen=True, slots=True)
class Coding:
    """The codes in order, why, and the codes written that are wrong, each with what it is for."""

    codes: tuple[Coded, ...]
    reasons: tuple[str, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    given_up: Mapping[str, str] = field(default_factory=dict)
    """Codes that a condition would take alone, each with the one that says it beside the others."""
    fixed: tuple[tuple[str, str], ...] = ()
    """Pairs of codes of which the first stands before the second."""
    assumed: bool = False

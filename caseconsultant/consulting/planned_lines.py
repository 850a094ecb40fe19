"""The lines of a claim in question, and the arithmetic behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caseconsultant.consulting.calculators.infusion import (
    InfusionUnits,
)
from caseconsultant.consulting.misfits import Misfit
from caseconsultant.domain.codes import CodeMention
from caseconsultant.domain.records import Role

_INITIAL = frozenset({Role.INITIAL, Role.PUSH_INITIAL})


@dataclass(frozen=True, slots=True)
class Line:
    """A claim line in question. `asked` is the mention, None where words or minutes brought the line."""

    code: str
    asked: CodeMention | None = None
    earned: int | None = None
    """Units the minutes earn; None where no minutes speak of it."""

    @property
    def units(self) -> int:
        """The units to report: earned, else as asked, else one."""
        return self.earned or (self.asked.units if self.asked else None) or 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines, and the arithmetic of every infusion whose minutes are known."""

    lines: tuple[Line, ...]
    timed: tuple[InfusionUnits, ...] = ()
    untimed: tuple[str, ...] = ()
    """Opening codes of infusions whose minutes nobody wrote."""
    roles: Mapping[str, Role | None] | None = None

    replaced: tuple[str, ...] = ()
    """Codes the minutes do not reach: another code, or none, stands in their place."""
    unplaced: tuple[InfusionUnits, ...] = ()
    """Further drugs of which nobody says whether they ran after the first or beside it, as if after it."""
    misfit: Misfit | None = None
    """Codes asked that are those of another infusion than the one told of."""
    informational: bool = False
    """Only what a code is or whether it is valid was asked: there is no claim."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in question, each once."""
        return tuple(line.code for line in self.lines)

    @property
    def initials(self) -> tuple[str, ...]:
        """The codes among the lines that open an encounter."""
        roles = self.roles or {}
        return tuple(code for code in self.codes if roles.get(code) in _INITIAL and code not in self.replaced)

    def line(self, code: str) -> Line | None:
        """The line of a code."""
        return next((line for line in self.lines if line.code == code), None)

    def asked(self, code: str) -> bool:
        """Whether the sender wrote the code."""
        line = self.line(code)
        return line is not None and line.asked is not None

"""What the knowledge base holds of a token, as far as reading asks: a procedure code, a diagnosis, an operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Protocol

from caseconsultant.domain.codes import CodeSystem

if TYPE_CHECKING:
    from caseconsultant.consulting.knowledge import Knowledge
    from caseconsultant.domain.published import Validity

_CATEGORY = 3
_UNKNOWN = "unknown"
"""`Invalid.UNKNOWN`, by its value: no edition of the code set has the code."""
_PROCEDURES = frozenset({CodeSystem.CPT, CodeSystem.HCPCS})


class Held(Protocol):
    """Whether the knowledge base has a code, in force or not; None where no table of its system is loaded."""

    def procedure(self, code: str) -> bool:
        """Of CPT or HCPCS Level II."""

    def diagnosis(self, code: str) -> bool | None:
        """Of ICD-10-CM, with or without its dot; a header counts."""

    def leaf(self, code: str) -> bool:
        """Of ICD-10-CM and valid as it stands."""

    def operation(self, code: str) -> bool | None:
        """Of ICD-10-PCS."""


def with_dot(code: str) -> str:
    """`E1142` as `E11.42`; a category has no dot."""
    return f"{code[:_CATEGORY]}.{code[_CATEGORY:]}" if len(code) > _CATEGORY and "." not in code else code


def held(knowledge: Knowledge, on: date) -> Held:
    """What the knowledge base holds on the day, each token looked up once."""
    return _Held(cache(lambda code: knowledge.validity(code, on=on)), cache(lambda code: _authored(knowledge, code)))


def _authored(knowledge: Knowledge, code: str) -> bool:
    return bool(knowledge.code_history(code))


class _Validities(Protocol):
    def __call__(self, code: str, /) -> Validity: ...


class _Authored(Protocol):
    def __call__(self, code: str, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Held:
    validity: _Validities
    authored: _Authored

    def procedure(self, code: str) -> bool:
        return self.authored(code) or bool(self._listed(code, _PROCEDURES))

    def diagnosis(self, code: str) -> bool | None:
        return self._listed(with_dot(code), {CodeSystem.ICD10CM})

    def leaf(self, code: str) -> bool:
        return bool(self.diagnosis(code)) and self.validity(with_dot(code)).valid is True

    def operation(self, code: str) -> bool | None:
        return self._listed(code, {CodeSystem.ICD10PCS})

    def _listed(self, code: str, systems: frozenset[CodeSystem] | set[CodeSystem]) -> bool | None:
        """A table that does not have the code answers too, with its reference: that is no, not None."""
        found = self.validity(code)
        if found.system not in systems or not found.references:
            return None
        return found.reason != _UNKNOWN

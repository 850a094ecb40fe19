"""The dated rules of visits, and the statements built on them; a missing rule is silence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from caseconsultant.consulting.findings import Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.domain.answer import Branch, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter


@dataclass(frozen=True, slots=True)
class VisitRules:
    """The parameters in force on the date of service of one question."""

    knowledge: Knowledge
    question: Question

    def rule(self, path: str) -> Parameter | None:
        """The parameter, None where none is in force."""
        try:
            return self.knowledge.parameter(path, on=self.question.as_of)
        except KnowledgeError:
            return None

    def value(self, path: str) -> object:
        """Its value, None where none is in force."""
        found = self.rule(path)
        return found.value if found else None

    def whole(self, path: str) -> int:
        """A whole number; 0 where none is in force."""
        return int(str(self.value(path) or 0))

    def numbers(self, path: str) -> Mapping[str, int]:
        """Whole numbers by code; empty where none is in force."""
        return cast("Mapping[str, int]", self.value(path) or {})

    def table(self, path: str) -> Mapping[str, Sequence[str]]:
        """Codes by name; empty where none is in force."""
        return cast("Mapping[str, Sequence[str]]", self.value(path) or {})

    def words(self, path: str) -> Sequence[str]:
        """A list of words or codes; empty where none is in force."""
        return cast("Sequence[str]", self.value(path) or ())

    def references(self, *paths: str) -> tuple[Reference, ...]:
        """The references of the rules named, each once."""
        found = [each for path in paths if (rule := self.rule(path)) for each in rule.references]
        return tuple(dict.fromkeys(found))

    def family_of(self, code: str) -> str | None:
        """The family of visit codes that a code belongs to."""
        families = self.table("evaluation.families")
        return next((name for name, codes in families.items() if code in codes), None)


def told(
    statement: str,
    references: tuple[Reference, ...],
    *,
    verdict: Verdict | None = None,
    arithmetic: str | None = None,
    payer: Payer | None = None,
    kind: Kind = Kind.CODABLE,
) -> Finding:
    """A statement on visits."""
    return Finding(
        Topic.GUIDELINES, kind, statement, references, verdict, arithmetic=arithmetic, branch=Branch(payer=payer)
    )


def stands(code: str, units: int = 1, *modifiers: str) -> Opinion:
    """The line stands."""
    return Opinion(code, Standing.STANDS, units=units, modifiers=modifiers)


def refused(code: str, why: str) -> Opinion:
    """The line falls away."""
    return Opinion(code, Standing.REFUSED, why=why)


def hangs(code: str, when: str, *modifiers: str, units: int = 1) -> Opinion:
    """The line hangs on a fact."""
    return Opinion(code, Standing.CONDITIONAL, units=units, when=when, modifiers=modifiers)


def proposed(question: Question) -> tuple[str, ...]:
    """The codes the sender names as on the claim, each once."""
    return tuple(dict.fromkeys(each.code for each in question.codes if not each.absent))


_BY_CPT = re.compile(
    r"\bcpt (?:payer|rules?|plan)s?\b|\bfollow(?:s|ing)? cpt\b|\bgo(?:es)? (?:strictly )?by cpt\b|\bper cpt\b|"
    r"\bdoes cpt\b|\bunder cpt\b|\bcpt itself\b",
    re.IGNORECASE,
)


def follows_cpt(question: Question) -> bool:
    """Whether a payer is stated that is not Medicare."""
    return question.payer in {Payer.COMMERCIAL, Payer.MEDICAID} or (
        question.payer is None and _BY_CPT.search(question.text) is not None
    )


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in a row: `a, b and c`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""

"""One topic's answer, put together sentence by sentence; every sentence with the rule or record it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.succession import ended
from caseconsultant.domain.answer import Branch, ConditionalLine, Finding, Kind, Reference, Verdict
from caseconsultant.domain.codes import Payer, Setting
from caseconsultant.domain.errors import KnowledgeError
from caseconsultant.domain.published import Fee
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import Parameter, PtpEdit

_DENIED = re.compile(r"\b(?:denied|denial|denies|rejected|rejects)\b", re.IGNORECASE)
"""`denied; is that right?` asks about the denial, not about the line."""


class Telling:
    """Collects what a topic says of one question; `found` hands it over. Rules are those of the date of service."""

    def __init__(self, question: Question, knowledge: Knowledge, topic: Topic = Topic.GUIDELINES) -> None:
        self.question = question
        self.knowledge = knowledge
        self._topic = topic
        self._findings: list[Finding] = []
        self._opinions: list[Opinion] = []
        self._headlines: list[str] = []
        self._corrections: list[str] = []
        self._asks: list[str] = []
        self._further: list[ConditionalLine] = []

    # --- Rules and records ---------------------------------------------------------------------------------------

    def rule(self, path: str) -> Parameter | None:
        """The rule in force, None where none is."""
        try:
            return self.knowledge.parameter(path, on=self.question.as_of)
        except KnowledgeError:
            return None

    def value(self, path: str, default: object = None) -> object:
        """The rule's value, or the default."""
        found = self.rule(path)
        return default if found is None else found.value

    def table(self, path: str) -> Mapping[str, object]:
        """A rule that is a mapping; empty where none is in force."""
        return cast("Mapping[str, object]", self.value(path, {}))

    def listed(self, path: str) -> Sequence[str]:
        """A rule that is a list of words or codes."""
        return cast("Sequence[str]", self.value(path, ()))

    def fee(self, code: str, modifier: str = "") -> Fee | None:
        """The line of the physician fee schedule."""
        return self.knowledge.fees.record(code, on=self.question.as_of, modifier=modifier)

    def ended(self, code: str) -> bool:
        """Whether the code had ended by the date of service."""
        return ended(code, on=self.question.as_of, knowledge=self.knowledge) is not None

    def edit(self, first: str, second: str) -> PtpEdit | None:
        """The NCCI record of the setting told, the practitioner's where none is."""
        setting = self.question.setting or Setting.OFFICE
        found = self.knowledge.ptp_edit(first, second, setting=setting, on=self.question.as_of)
        return found if isinstance(found, PtpEdit) else None

    # --- What is said --------------------------------------------------------------------------------------------

    def say(
        self,
        statement: str,
        *rests_on: str | Reference,
        verdict: Verdict | None = None,
        kind: Kind = Kind.CODABLE,
        arithmetic: str | None = None,
        payer: Payer | None = None,
    ) -> None:
        """A statement, with the paths of the rules (or the references) it rests on."""
        branch = Branch(payer=payer)
        references = tuple(dict.fromkeys(self._references(rests_on)))
        self._findings.append(
            Finding(self._topic, kind, statement, references, verdict, arithmetic=arithmetic, branch=branch)
        )

    def head(self, statement: str, *rests_on: str | Reference, verdict: Verdict | None = None) -> None:
        """A statement that answers what was asked."""
        self._headlines.append(statement)
        self.say(statement, *rests_on, verdict=verdict)

    def lead(self, statement: str) -> None:
        """A sentence for the first lines that is said, with its sources, in a statement of its own."""
        self._headlines.append(statement)

    def correct(self, statement: str, *rests_on: str | Reference) -> None:
        """What the sender has wrong."""
        self._corrections.append(statement)
        self.say(statement, *rests_on, verdict=Verdict.NO)

    def stands(self, code: str, units: int | None = None, modifiers: Sequence[str] = ()) -> None:
        """A line that can be billed, whatever the open facts turn out to be."""
        self._opinions.append(Opinion(code, Standing.STANDS, units=units, modifiers=tuple(modifiers)))

    def only_if(self, code: str, when: str, modifiers: Sequence[str] = (), units: int | None = None) -> None:
        """A line that hangs on a fact."""
        self._opinions.append(Opinion(code, Standing.CONDITIONAL, when=when, modifiers=tuple(modifiers), units=units))

    def branch(self, code: str, when: str, modifiers: Sequence[str] = (), units: int = 1) -> None:
        """One of several ways in which the same code may stand."""
        self._further.append(ConditionalLine(code, units, tuple(modifiers), when))

    def refuse(self, code: str, why: str) -> None:
        """A line that cannot be billed."""
        self._opinions.append(Opinion(code, Standing.REFUSED, why=why))

    def ask(self, *questions: str) -> None:
        """What is missing."""
        self._asks.extend(questions)

    @property
    def silent(self) -> bool:
        """Whether nothing has been said."""
        return not (self._findings or self._opinions)

    def found(self) -> Findings:
        """All that was said; nothing where that is nothing."""
        if self.silent:
            return NOTHING
        findings = list(self._findings)
        denied = _DENIED.search(self.question.text)
        if findings and self.question.wants_yes_or_no and not denied and self._as_proposed():
            findings[0] = replace(findings[0], verdict=Verdict.YES)
        return Findings(
            tuple(findings),
            tuple(self._opinions),
            asks=tuple(self._asks),
            corrections=tuple(self._corrections),
            headlines=tuple(self._headlines),
            settled=tuple(dict.fromkeys(each.code for each in self._opinions)),
            further=tuple(self._further),
        )

    def _as_proposed(self) -> bool:
        """Whether the lines stand as the sender proposed them, modifiers and all."""
        if self._corrections or any(each.verdict for each in self._findings):
            return False
        lines = [each for each in self.question.codes if not each.absent]
        written = {modifier for each in lines for modifier in each.modifiers}
        standing = {each.code: each for each in self._opinions if each.standing is Standing.STANDS}
        apart = set(self.question.modifiers)
        if not written and apart and len({each.code for each in lines}) == 1:
            code = lines[0].code
            return code in standing and apart <= set(standing[code].modifiers)
        return bool(written) and all(
            each.code in standing
            and set(each.modifiers) <= set(standing[each.code].modifiers)
            and (each.units or 1) <= (standing[each.code].units or 1)
            for each in lines
        )

    def _references(self, rests_on: Iterable[str | Reference]) -> Iterable[Reference]:
        for each in rests_on:
            if isinstance(each, Reference):
                yield each
            elif rule := self.rule(each):
                yield from rule.references


def percent(share: object) -> str:
    """A share as a coder writes it: `62.5 percent`."""
    return f"{round(float(str(share)) * 100, 2):g} percent"


def either(words: Sequence[str]) -> str:
    """`59 or XS`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def both(words: Sequence[str]) -> str:
    """`29881 and G0289`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""

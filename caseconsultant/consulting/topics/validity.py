"""Diagnoses: whether each is valid on the date, what the tabular list says of two, whether an LCD lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from caseconsultant.consulting.findings import NOTHING, Findings, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.reading.places import state
from caseconsultant.domain.answer import Branch, Finding, Kind, Verdict
from caseconsultant.domain.codes import Payer
from caseconsultant.domain.question import Intent, Question, Topic

_FEW = 6
_ASKED = re.compile(r"\b(?:valid|billable|specific enough)\b", re.IGNORECASE)
_CATEGORY = re.compile(r"\b[A-TV-Z]\d[0-9AB]\b(?!\.\w)")
_NOTES = {
    "excludes1": "Excludes1: not together unless clearly unrelated",
    "excludes2": "Excludes2: both may be reported if both are there",
    "code_first": "code first",
    "use_additional_code": "use an additional code",
    "code_also": "code also, in either order",
}


def findings(question: Question, *, knowledge: Knowledge) -> Findings:
    """What the tables say of the diagnoses in the question; nothing where they hold none of them."""
    codes = [each.code for each in question.diagnoses] or _bare(question)
    return joined(
        (
            *(_valid(code, question, knowledge) for code in codes),
            *(_together(first, second, question, knowledge) for first, second in combinations(codes, 2)),
            *(_listed(line.code, code, question, knowledge) for line in question.codes for code in codes),
        )
    )


def _bare(question: Question) -> list[str]:
    """A category of three characters in a few words that ask whether it is valid: `R05 billable`."""
    few = not question.codes and len(question.text.split()) <= _FEW and _ASKED.search(question.text) is not None
    return _CATEGORY.findall(question.text)[:1] if few else []


def _valid(code: str, question: Question, knowledge: Knowledge) -> Findings:
    found = knowledge.validity(code, on=question.as_of)
    if not found.references:
        return NOTHING
    if found.valid is None:
        return Findings(doubts=(f"Whether {code} is valid on {question.as_of} is not known: {found.why}.",))
    if found.valid:
        if Intent.VALIDITY not in question.intents and question.diagnoses and not _alone(question):
            return NOTHING
        record = knowledge.diagnoses.record(code, on=question.as_of)
        described = f" {record.description}." if record else ""
        statement, verdict = f"{code} is valid on {question.as_of}.{described}", Verdict.YES
    else:
        statement, verdict = f"{code} is not valid on {question.as_of}: {found.why}.", Verdict.NO
    finding = Finding(Topic.DESCRIPTION, Kind.CODABLE, statement, found.references, verdict)
    return Findings((finding,), corrections=(statement,) if verdict is Verdict.NO else ())


def _alone(question: Question) -> bool:
    """A mail of codes and nothing else asks what they are."""
    rest = question.text
    for each in question.diagnoses:
        rest = rest[: each.span.start] + " " * (each.span.end - each.span.start) + rest[each.span.end :]
    return not any(character.isalnum() for character in rest)


def _together(first: str, second: str, question: Question, knowledge: Knowledge) -> Findings:
    """Each note of either code that names the other."""
    conflicts = knowledge.diagnoses.conflicts(first, second, on=question.as_of)
    return joined(
        Findings(
            (
                Finding(
                    Topic.GUIDELINES,
                    Kind.CODABLE,
                    f"{each.code} with {each.other}: the tabular list says at {each.note.owner}, "
                    f'{_NOTES[each.note.kind]}: "{each.note.text}".',
                    (each.reference,),
                ),
            )
        )
        for each in conflicts
    )


def _listed(code: str, diagnosis: str, question: Question, knowledge: Knowledge) -> Findings:
    """Whether the LCDs behind a procedure list the diagnosis; the list is partial, and being on it is not all."""
    found = knowledge.coverage.diagnosis(code, diagnosis, on=question.as_of)
    if found is None:
        return NOTHING
    behind = ", ".join(found.documents)
    said = {
        True: f"{diagnosis} is listed for {code} in an LCD among {behind}; its other criteria must be met too.",
        False: f"{diagnosis} is listed as not covered for {code} in an LCD among {behind}.",
        None: f"{diagnosis} is not in the lists we hold for {code} ({behind}); they are partial, so look the LCD up.",
    }
    branch = Branch(payer=Payer.MEDICARE)
    finding = Finding(Topic.COVERAGE, Kind.COVERED, said[found.listed], (found.reference,), branch=branch)
    return Findings((finding,), asks=tuple(_contractor(question)))


def _contractor(question: Question) -> Iterator[str]:
    if question.payer in {None, Payer.MEDICARE} and state(question.text) is None:
        yield "Which state (Medicare contractor) is it?"

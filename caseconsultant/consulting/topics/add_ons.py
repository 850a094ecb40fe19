"""NCCI add-on codes: whether a primary stands beside each, and what that hangs on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from caseconsultant.consulting.branches import branch_of, named, settings_of
from caseconsultant.consulting.findings import NOTHING, Findings, Opinion, Standing, joined
from caseconsultant.consulting.knowledge import Knowledge
from caseconsultant.consulting.planned_lines import Line, Plan
from caseconsultant.domain.answer import Finding, Kind, Verdict
from caseconsultant.domain.codes import Setting
from caseconsultant.domain.question import Question, Topic
from caseconsultant.domain.records import AddOn

_ALONE = re.compile(r"\b(?:alone|by itself|on its own|stand-?\s?alone|only code)\b", re.IGNORECASE)


def findings(question: Question, found: Plan, *, knowledge: Knowledge) -> Findings:
    """What each add-on code asked needs beside it."""
    return joined(_add_on(line, found, question, knowledge) for line in found.lines)


def _add_on(line: Line, found: Plan, question: Question, knowledge: Knowledge) -> Findings:
    record = knowledge.add_on(line.code, on=question.as_of)
    if record is None or not record.primaries or not found.asked(line.code):
        return NOTHING  # the contractor's own list of primaries is in no table
    return joined(_primary_findings(record, found, question))


def _primary_findings(record: AddOn, found: Plan, question: Question) -> Iterator[Findings]:
    present = [code for code in found.codes if code in record.primaries]
    if present:
        statement = f"{record.code} is an add-on code; its primary {' or '.join(present)} is on the claim."
        yield Findings((Finding(Topic.NCCI, Kind.CODABLE, statement, (record.reference,), Verdict.YES),))
        if not set(present) - set(record.practitioner_only):
            yield _practitioner_only(record, present, question)
        return
    listed = ", ".join(record.primaries)
    statement = f"{record.code} is an add-on code and never stands alone; its primaries are {listed}."
    why = f"no primary of it is on the claim (it needs {_one_of(record.primaries)})"
    finding = Finding(Topic.NCCI, Kind.CODABLE, statement, (record.reference,), Verdict.NO)
    if not _claim_is_told(record.code, found, question):
        when = f"{_one_of(record.primaries)} stands on the same claim"
        asks = (f"Which primary procedure stands on the claim beside {record.code}?",)
        told = replace(finding, verdict=Verdict.DEPENDS)
        yield Findings((told,), (Opinion(record.code, Standing.CONDITIONAL, when=when),), asks=asks)
        return
    yield Findings(
        (finding,),
        (Opinion(record.code, Standing.REFUSED, why=why),),
        changes=(f"{_one_of(record.primaries)} on the same claim would give {record.code} its primary.",),
    )


def _claim_is_told(code: str, found: Plan, question: Question) -> bool:
    """Whether the sender says what else is on the claim, so that a missing primary is missing."""
    others = [each for each in found.codes if each != code and found.asked(each)]
    return bool(others) or any(each.absent for each in question.codes) or _ALONE.search(question.text) is not None


def _practitioner_only(record: AddOn, present: Sequence[str], question: Question) -> Findings:
    if Setting.OUTPATIENT_HOSPITAL not in settings_of(question):
        return NOTHING
    why = f"{' and '.join(present)} counts as its primary for practitioners only"
    branch = branch_of(Setting.OUTPATIENT_HOSPITAL)
    finding = Finding(
        Topic.NCCI,
        Kind.PAYABLE,
        f"{record.code} {named(Setting.OUTPATIENT_HOSPITAL)}: {why}.",
        (record.reference,),
        Verdict.NO,
        branch=branch,
    )
    return Findings((finding,), (Opinion(record.code, Standing.REFUSED, why=why, branch=branch),))


def _one_of(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else f"one of {', '.join(codes)}"
